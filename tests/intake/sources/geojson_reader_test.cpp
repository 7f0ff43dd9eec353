#include "intake/sources/geojson_reader.h"

#include <doctest/doctest.h>

#include <string>
#include <vector>

#include "base/random.h"
#include "intake/sources/json_window.h"
#include "intake/sources/reading.h"

using namespace vigie;
using namespace vigie::intake;

namespace {

using Row = std::vector<std::string>;

ReadTable read(std::string_view text, FileFormat format = FileFormat::geojson,
               std::size_t block = 5, std::size_t record_max = record_bytes_max) {
    auto stream = memory_byte_stream(text, block);
    if (!stream) {
        return ReadTable{{}, {}, {}, {}, stream.error().message};
    }
    ReaderOptions options;
    options.format = format;
    const Row wanted = {"voulue"};
    return read_table(make_geojson_reader(std::move(*stream), options, wanted, record_max));
}

std::string collection(const Row& features) {
    std::string text = R"({"type":"FeatureCollection","features":[)";
    for (std::size_t i = 0; i < features.size(); ++i) {
        text += (i > 0 ? "," : "") + features[i];
    }
    return text + "]}";
}

std::string feature(const std::string& properties, const std::string& geometry = "null") {
    return R"({"type":"Feature","geometry":)" + geometry + R"(,"properties":)" + properties + "}";
}

std::string point(const std::string& coordinates) {
    return R"({"type":"Point","coordinates":)" + coordinates + "}";
}

bool contains(const std::string& text, std::string_view part) {
    return text.find(part) != std::string::npos;
}

}  // namespace

TEST_CASE("features become records, values as they are written") {
    const ReadTable table = read(
        "{ \"name\" : \"x]\\\"}\" , "
        "\"crs\":{\"a\":[1,{}]},\"type\":\"FeatureCollection\",\n\"features\" : [\n" +
        feature(
            R"({"t":"2016","n":1.50,"s":"a\"é\u00e9","o":{"k" : [1, 2]} ,"l":[1 ,2] ,"b":true,"z":null})",
            point("[5.3700,  43.30, 12]")) +
        " ,\n" + feature(R"({"n":-1e5,"t":"x","plus":""})", point("[-0.10,1]")) +
        "\n] , \"bbox\":[1,2]} \n");
    CHECK(table.error.empty());
    CHECK(table.columns ==
          Row{"t", "n", "s", "o", "l", "b", "z", "plus", "voulue", "geometry.lon", "geometry.lat"});
    REQUIRE(table.records.size() == 2);
    CHECK(table.records[0] == ReadRecord{1,
                                         Defect::none,
                                         {"2016", "1.50", "a\"éé", R"({"k" : [1, 2]})", "[1 ,2]",
                                          "true", "", "", "", "5.3700", "43.30"}});
    CHECK(table.records[1] ==
          ReadRecord{2, Defect::none, {"x", "-1e5", "", "", "", "", "", "", "", "-0.10", "1"}});
    CHECK(table.description == "GeoJSON, UTF-8");
    CHECK(table.hash.size() == 64);
}

TEST_CASE("a geometry that is no point is placed at the mean of its vertices") {
    const Row geometries = {
        R"({"coordinates":[[5,43],[7,45]],"type":"LineString"})",
        R"({"type":"Polygon","coordinates":[[[0,0],[4,0],[4,4],[0,4],[0,0]]]})",
        R"({"coordinates":[[[[0,0],[4,0],[4,4],[0,4],[0,0]]],[[[10,10],[14,10],[14,14],[10,14],[10,10]]]],"type":"MultiPolygon"})",
        R"({"type":"MultiPoint","coordinates":[[1.0,2.0],[3,4]]})",
        R"({"type":"GeometryCollection","geometries":[{"type":"Point","coordinates":[1.5,2.5]}]})",
        R"({"type":"LineString","coordinates":[]})",
    };
    Row features;
    for (const std::string& geometry : geometries) {
        features.push_back(feature("{}", geometry));
    }
    const ReadTable table = read(collection(features));
    CHECK(table.error.empty());
    CHECK(table.values(1) == Row{"6.0000000", "2.0000000", "7.0000000", "1.0", "1.5", ""});
    CHECK(table.values(2) == Row{"44.0000000", "2.0000000", "7.0000000", "2.0", "2.5", ""});
}

TEST_CASE("what is no feature costs one record") {
    const ReadTable table = read(collection(
        {"1", "null", "{}", R"({"type":"Point","coordinates":[1,2]})", feature(R"({"a":tru})"),
         feature(R"({"a":01})"), feature(R"({"a":"\ud800"})"), feature("{\"a\":\"\xff\"}"),
         feature(R"({"a":"\u0000"})"), feature(R"({"a":"été"})")}));
    CHECK(table.error.empty());
    REQUIRE(table.records.size() == 10);
    for (std::size_t i = 0; i < 9; ++i) {
        CAPTURE(i);
        CHECK(table.records[i].line == i + 1);
        CHECK(table.records[i].defect == (i < 7 ? Defect::not_an_object : Defect::bad_encoding));
    }
    CHECK(table.records[9].values[0] == "été");
}

TEST_CASE("a single feature is a record; what has no features is refused in words") {
    const ReadTable one = read(R"({"properties":{"a":1},"type":"Feature","geometry":null})");
    REQUIRE(one.records.size() == 1);
    CHECK(one.records[0].values[0] == "1");
    CHECK(contains(read(point("[1,2]")).error, "géométrie seule"));
    CHECK(contains(read(R"({"type":"FeatureCollection"})").error, "features"));
    CHECK(contains(read("[]").error, "objet GeoJSON"));
    CHECK(contains(read("  ").error, "espaces"));
    CHECK(
        contains(read(one.error + feature("{}") + "\n" + feature("{}")).error, "geojson_sequence"));
    CHECK(contains(read("\x1e{}").error, "geojson_sequence"));
    CHECK(contains(read(collection({}) + "x").error, "suit la fin"));
    CHECK(contains(read("{\"a\":1 \"b\":2}").error, "attendu"));
}

TEST_CASE(
    "a collection that is cut or crossed gives its whole features, then an error with the line") {
    const std::string whole = collection({feature(R"({"a":1})"), "\n" + feature(R"({"a":2})")});
    const ReadTable cut = read(whole.substr(0, whole.size() - 10));
    CHECK(cut.records.size() == 1);
    CHECK(contains(cut.error, "ligne 2"));
    for (std::size_t size = 1; size < whole.size(); ++size) {
        CAPTURE(size);
        CHECK_FALSE(read(whole.substr(0, size)).error.empty());
    }
    CHECK(contains(read(collection({R"({"a":[}])"})).error, "croisent"));
    std::string deep(json_depth_max + 5, '[');
    CHECK(contains(read(collection({deep})).error, "niveaux"));
}

TEST_CASE("a feature above the bound is a defect, wherever it is cut") {
    const std::string big = feature("{\"a\":\"" + std::string(300, 'x') + "\"}");
    for (const std::size_t block : {1U, 7U, 64U, 100'000U}) {
        const ReadTable table =
            read(collection({feature(R"({"a":1})"), big, feature(R"({"a":3})")}),
                 FileFormat::geojson, block, 200);
        CHECK(table.error.empty());
        REQUIRE(table.records.size() == 3);
        CHECK(table.records[1].defect == Defect::too_long);
        CHECK(table.values(0) == Row{"1", "", "3"});
    }
    CHECK(read(big, FileFormat::geojson, 3, 200).records.at(0).defect == Defect::too_long);
}

TEST_CASE("sequences: lines, or records after RS, with one defect a broken record") {
    const std::string good = feature(R"({"a":1})");
    const ReadTable lines =
        read(good + "\n\n{\"type\":\n" + good + " \r\n" + good + good + "\n3\n" + good,
             FileFormat::geojson_sequence);
    CHECK(lines.error.empty());
    std::vector<std::pair<std::uint64_t, Defect>> found;
    for (const ReadRecord& record : lines.records) {
        found.emplace_back(record.line, record.defect);
    }
    CHECK(found == std::vector<std::pair<std::uint64_t, Defect>>{{1, Defect::none},
                                                                 {3, Defect::not_an_object},
                                                                 {4, Defect::none},
                                                                 {5, Defect::not_an_object},
                                                                 {6, Defect::not_an_object},
                                                                 {7, Defect::none}});
    const ReadTable records =
        read("\x1e" + good +
                 "\n\x1e{\n\"type\":\"Feature\",\n\"properties\":{\"a\":2}}\n\x1e{\"a\"\n\x1e\x1e" +
                 good,
             FileFormat::geojson_sequence);
    CHECK(records.error.empty());
    CHECK(records.values(0) == Row{"1", "2", "", "1"});
    CHECK(records.records[2].defect == Defect::not_an_object);
    CHECK(records.records[2].line == 5);
    CHECK(read(good + "\n" + std::string(500, 'x') + "\n" + good, FileFormat::geojson_sequence, 9,
               200)
              .records.at(1)
              .defect == Defect::too_long);
}

TEST_CASE("names of the first thousand features make the columns, and the rest are still read") {
    Row features;
    for (int i = 0; i < 3000; ++i) {
        features.push_back(feature("{\"n\":" + std::to_string(i) +
                                   (i > 1500 ? ",\"tard\":1,\"voulue\":2" : "") + "}"));
    }
    const ReadTable table = read(collection(features), FileFormat::geojson, 1 << 16);
    CHECK(table.columns == Row{"n", "voulue", "geometry.lon", "geometry.lat"});
    REQUIRE(table.records.size() == 3000);
    CHECK(table.records[2999] == ReadRecord{3000, Defect::none, {"2999", "2", "", ""}});
}

TEST_CASE("property: however the text is cut, the records are the same") {
    const std::string text =
        collection({feature(R"({"a":"\\\"]}","b":[[{"c":"}"}]]})", point("[1,2]")), " 12.5 ",
                    "\"te\\\\\"", feature(R"({"é":"日本"})"), "[[1],[2]]"});
    const ReadTable expected = read(text, FileFormat::geojson, text.size());
    CHECK(expected.records.size() == 5);
    for (std::size_t block = 1; block < 150; ++block) {
        CAPTURE(block);
        const ReadTable table = read(text, FileFormat::geojson, block);
        REQUIRE(table.error.empty());
        REQUIRE(table.records == expected.records);
    }
}
