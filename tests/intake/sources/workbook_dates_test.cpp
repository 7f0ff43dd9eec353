#include "intake/sources/workbook_dates.h"

#include <doctest/doctest.h>

using namespace vigie;
using namespace vigie::intake;

TEST_CASE("day numbers become dates, 29 February 1900 included") {
    const auto date = [](double serial, bool from_1904 = false) {
        return iso_of_serial(serial, DateStyle::date, from_1904).value_or("rien");
    };
    CHECK(date(1) == "1900-01-01");
    CHECK(date(59) == "1900-02-28");
    CHECK(date(60) == "1900-02-29");
    CHECK(date(61) == "1900-03-01");
    CHECK(date(25569) == "1970-01-01");
    CHECK(date(45351) == "2024-02-29");
    CHECK(date(2958465) == "9999-12-31");
    CHECK(date(2958466) == "rien");
    CHECK(date(0) == "rien");
    CHECK(date(-1) == "rien");
    CHECK(date(0, true) == "1904-01-01");
    CHECK(date(43889, true) == "2024-02-29");
    CHECK(date(1e300) == "rien");
}

TEST_CASE("times are rounded to the second") {
    CHECK(iso_of_serial(45351.999988425925, DateStyle::date_time, false) == "2024-02-29T23:59:59");
    CHECK(iso_of_serial(45351.99999999, DateStyle::date_time, false) == "2024-03-01T00:00:00");
    CHECK(iso_of_serial(45351, DateStyle::date_time, false) == "2024-02-29T00:00:00");
    CHECK(iso_of_serial(0.5, DateStyle::time, false) == "12:00:00");
    CHECK(iso_of_serial(0, DateStyle::time, false) == "00:00:00");
    CHECK(iso_of_serial(45351.5, DateStyle::time, false) == "2024-02-29T12:00:00");
    CHECK_FALSE(iso_of_serial(1, DateStyle::none, false));
}

TEST_CASE("format codes tell dates from numbers") {
    CHECK(date_style_of_code("dd/mm/yyyy") == DateStyle::date);
    CHECK(date_style_of_code("[$-40C]mmmm\\ yyyy;@") == DateStyle::date);
    CHECK(date_style_of_code("mmm") == DateStyle::date);
    CHECK(date_style_of_code("yyyy-mm-dd\"T\"hh:mm:ss") == DateStyle::date_time);
    CHECK(date_style_of_code("[h]:mm") == DateStyle::time);
    CHECK(date_style_of_code("hh\"h\"mm") == DateStyle::time);
    for (const char* code : {"General", "0.00", "#,##0\" jours\"", "[Red]0;[Blue]-0", "0.00E+00",
                             "@", "\\d0", "_d0", "\"sans fin", "", "[", "0;yyyy"}) {
        CAPTURE(code);
        CHECK(date_style_of_code(code) == DateStyle::none);
    }
}

TEST_CASE("built-in formats") {
    CHECK(builtin_date_style(0) == DateStyle::none);
    CHECK(builtin_date_style(13) == DateStyle::none);
    CHECK(builtin_date_style(14) == DateStyle::date);
    CHECK(builtin_date_style(20) == DateStyle::time);
    CHECK(builtin_date_style(22) == DateStyle::date_time);
    CHECK(builtin_date_style(23) == DateStyle::none);
    CHECK(builtin_date_style(46) == DateStyle::time);
    CHECK(builtin_date_style(49) == DateStyle::none);
}
