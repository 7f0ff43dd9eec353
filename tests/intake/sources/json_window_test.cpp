#include "intake/sources/json_window.h"

#include <doctest/doctest.h>

#include <string>

#include "intake/sources/byte_scan.h"

using namespace vigie;
using namespace vigie::intake;

namespace {

bool one_value(const std::string& text) {
    const std::string copy = text + std::string(scan_padding_bytes, '\0');
    return is_one_value(std::string_view(copy).substr(0, text.size()));
}

}  // namespace

TEST_CASE("one balanced value is told from none, several, or crossed ones") {
    for (const char* text : {"{}", " [1,{\"a\":\"]\"}] ", "\"a\\\"b\"", "12", "null", "\"\\\\\""}) {
        CAPTURE(text);
        CHECK(one_value(text));
    }
    for (const char* text : {"", "  ", "{", "[}", "{}{}", "\"a", "\"a\\\"", "1 2", "]", "{]"}) {
        CAPTURE(text);
        CHECK_FALSE(one_value(text));
    }
    CHECK(one_value(std::string(json_depth_max, '[') + std::string(json_depth_max, ']')));
    CHECK_FALSE(
        one_value(std::string(json_depth_max + 1, '[') + std::string(json_depth_max + 1, ']')));
}

TEST_CASE("values and lines are the same however the text is cut") {
    const std::string text = "\n {\"a\\\"\": \n[1, 2]}\n  77 \"x\ny\"";
    for (std::size_t block = 1; block < 40; ++block) {
        CAPTURE(block);
        auto bytes = memory_byte_stream(text, block);
        REQUIRE(bytes);
        auto stream = TextStream::open(std::move(*bytes), TextEncoding::utf8);
        REQUIRE(stream);
        JsonWindow window(std::move(*stream));
        CHECK(window.peek() == '{');
        CHECK(window.line() == 2);
        CHECK(window.take_value(100)->value() == "{\"a\\\"\": \n[1, 2]}");
        CHECK(window.peek() == '7');
        CHECK(window.line() == 4);
        CHECK(window.take_value(100)->value() == "77");
        CHECK(window.peek() == '"');
        CHECK_FALSE(window.take_value(4)->has_value());
        CHECK(window.peek() == json_end);
        CHECK(window.line() == 5);
    }
}
