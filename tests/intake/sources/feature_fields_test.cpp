#include "intake/sources/feature_fields.h"

#include <doctest/doctest.h>

#include <string>

using namespace vigie;
using namespace vigie::intake;

namespace {

Defect parse(FeatureParser& parser, const std::string& json, FeatureFields& fields) {
    static std::string padded;
    padded = json + std::string(64, '\0');
    return parser.parse(std::string_view(padded).substr(0, json.size()), fields);
}

}  // namespace

TEST_CASE("a feature's members may come in any order, and strange ones are passed over") {
    FeatureParser parser;
    FeatureFields fields;
    CHECK(
        parse(
            parser,
            R"({"id":[1],"properties":{"a":"b"},"bbox":[1],"geometry":{"x":{},"coordinates":[1e1,-2],"type":"Point"},"type":"Feature"})",
            fields) == Defect::none);
    REQUIRE(fields.properties.size() == 1);
    CHECK(fields.properties[0].second == "b");
    CHECK(fields.lon == "1e1");
    CHECK(fields.lat == "-2");
    CHECK(parse(parser, R"({"type":"Feature","geometry":null,"properties":null})", fields) ==
          Defect::none);
    CHECK(fields.properties.empty());
    CHECK(fields.lon.empty());
}

TEST_CASE("numbers are those of JSON") {
    FeatureParser parser;
    FeatureFields fields;
    for (const char* number : {"0", "-0", "1.50", "1E+5", "123456789012345678901234567890"}) {
        CAPTURE(number);
        CHECK(parse(parser, std::string(R"({"type":"Feature","properties":{"n":)") + number + "}}",
                    fields) == Defect::none);
        CHECK(fields.properties.at(0).second == number);
    }
    for (const char* number : {"01", ".5", "1.", "+1", "1e", "-", "NaN", "1x", "nul", "truee"}) {
        CAPTURE(number);
        CHECK(parse(parser, std::string(R"({"type":"Feature","properties":{"n":)") + number + "}}",
                    fields) == Defect::not_an_object);
    }
}

TEST_CASE("coordinates that are not numbers make no place") {
    FeatureParser parser;
    FeatureFields fields;
    for (const char* coordinates : {"[\"1\",2]", "[null,1]", "[[[[[[[[[[1,2]]]]]]]]]]"}) {
        CAPTURE(coordinates);
        CHECK(parse(parser,
                    std::string(R"({"type":"Feature","geometry":{"type":"Point","coordinates":)") +
                        coordinates + "}}",
                    fields) == Defect::not_an_object);
    }
    CHECK(parse(parser, R"({"type":"Feature","geometry":{"type":"Point","coordinates":[1]}})",
                fields) == Defect::none);
    CHECK(fields.lon.empty());
}
