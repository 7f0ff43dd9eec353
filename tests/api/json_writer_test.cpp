#include "api/json_writer.h"

#include <doctest/doctest.h>

#include <boost/json.hpp>
#include <cmath>
#include <limits>

#include "base/random.h"

using namespace vigie;
using vigie::api::JsonWriter;

TEST_CASE("a document has its commas where they belong") {
    JsonWriter json;
    json.open_object();
    json.key("a")
        .number(1)
        .key("b")
        .open_array()
        .number(std::int64_t{-2})
        .text("x")
        .null()
        .boolean(true)
        .open_array()
        .close_array();
    json.close_array().key("c").open_object().close_object().key("d").raw("[1]").close_object();
    CHECK(json.take() == R"({"a":1,"b":[-2,"x",null,true,[]],"c":{},"d":[1]})");
}

TEST_CASE("texts come back from a JSON reader as they were, wrong bytes replaced") {
    Random random(7);
    for (int round = 0; round < 2000; ++round) {
        std::string text;
        for (std::uint64_t i = random.below(12); i > 0; --i) {
            text += static_cast<char>(random.below(0x80));
        }
        text += "é\u2028";
        JsonWriter json;
        json.text(text);
        CHECK(boost::json::parse(json.take()).as_string() == text);
    }
    JsonWriter broken;
    broken.text("a\xff\xc3(\xe2\x82");
    CHECK(boost::json::parse(broken.take()).as_string() == "a\ufffd\ufffd(\ufffd\ufffd");
}

TEST_CASE("numbers are short, and never NaN") {
    const auto written = [](double number, int digits) {
        JsonWriter json;
        json.number(number, digits);
        return json.take();
    };
    CHECK(written(0.1 + 0.2, 6) == "0.3");
    CHECK(written(1.0 / 3.0, 6) == "0.333333");
    CHECK(written(1e21, 6) == "1e+21");
    CHECK(written(std::nan(""), 6) == "null");
    CHECK(written(std::numeric_limits<double>::infinity(), 6) == "null");
    CHECK(std::stod(written(0.1 + 0.2, 17)) == 0.1 + 0.2);

    const auto fixed = [](double number, int decimals) {
        JsonWriter json;
        json.fixed(number, decimals);
        return json.take();
    };
    CHECK(fixed(5.4, 6) == "5.4");
    CHECK(fixed(5.0, 6) == "5");
    CHECK(fixed(100.0, 0) == "100");
    CHECK(fixed(5.1234567, 6) == "5.123457");
    CHECK(fixed(1e300, 6) == "null");

    JsonWriter large;
    large.number(std::numeric_limits<std::uint64_t>::max());
    CHECK(large.take() == "18446744073709551615");
}
