#include "intake/number.h"

#include <doctest/doctest.h>

#include <string>

using vigie::intake::parse_number;
using vigie::intake::trimmed;

TEST_CASE("numbers are read as people write them") {
    CHECK(parse_number("41.934649", 0) == doctest::Approx(41.934649));
    CHECK(parse_number("5,374120", ',') == doctest::Approx(5.37412));
    CHECK(parse_number("5,374120", 0) == doctest::Approx(5.37412));
    CHECK(parse_number("-0,5", ',') == doctest::Approx(-0.5));
    CHECK(parse_number("+3", 0) == doctest::Approx(3.0));
    CHECK(parse_number("6 247 350,0", ',') == doctest::Approx(6247350.0));
    CHECK(parse_number("6\xE2\x80\xAF" "247\xC2\xA0" "350", 0) == doctest::Approx(6247350.0));
    CHECK(parse_number("1e3", 0) == doctest::Approx(1000.0));
}

TEST_CASE("what is no number is refused") {
    for (const char* text : {"", " ", "abc", "1.2.3", "1,2,3", "1.234,5", "--1", "+-1", "1 ", " 1", "1, 2", "nan", "inf", "1e999", "0x10", "12a", ".", ","}) {
        INFO(text);
        CHECK_FALSE(parse_number(text, 0).has_value());
    }
    CHECK_FALSE(parse_number("1.5", ',').has_value());
    CHECK_FALSE(parse_number("1,5", '.').has_value());
    CHECK_FALSE(parse_number(std::string(100, '1'), ',').has_value());
}

TEST_CASE("blanks around a value are taken off, no-break ones too") {
    CHECK(trimmed("  a b\t\r") == "a b");
    CHECK(trimmed("\xC2\xA0 x \xE2\x80\xAF") == "x");
    CHECK(trimmed(" \t ").empty());
}
