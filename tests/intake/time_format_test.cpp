#include "intake/time_format.h"

#include <doctest/doctest.h>

#include <chrono>

using namespace vigie;
using namespace vigie::intake;
using Kind = TimeReading::Kind;

namespace {

TimeFormat format(std::string_view text) {
    auto compiled = TimeFormat::compile(text);
    REQUIRE(compiled.has_value());
    return *compiled;
}

/// Minutes since 1970 of a civil reading, or -1.
std::int64_t minutes(const TimeFormat& f, std::string_view text) {
    const TimeReading reading = f.parse(text);
    return reading.kind == Kind::civil ? reading.civil.day.raw() * 1440LL + reading.civil.milliseconds_of_day / 60'000 : -1;
}

std::int64_t minutes_of(int y, unsigned m, unsigned d, int hour = 0, int minute = 0) {
    using namespace std::chrono;
    return sys_days{year{y} / month{m} / day{d}}.time_since_epoch().count() * 1440LL + hour * 60 + minute;
}

}  // namespace

TEST_CASE("the formats of real files are read") {
    CHECK(minutes(format("YYYY-MM-DDTHH:mm"), "2016-01-01T00:05") == minutes_of(2016, 1, 1, 0, 5));
    CHECK(minutes(format("DD/MM/YYYY HH:mm"), "14/07/2025 23:05") == minutes_of(2025, 7, 14, 23, 5));
    CHECK(minutes(format("DD/MM/YYYY HH:mm"), "4/7/2025  3:05") == minutes_of(2025, 7, 4, 3, 5));
    CHECK(minutes(format("MM/DD/YYYY hh:mm:ss A"), "01/31/2016 12:30:00 AM") == minutes_of(2016, 1, 31, 0, 30));
    CHECK(minutes(format("MM/DD/YYYY hh:mm:ss A"), "01/31/2016 12:30:00 PM") == minutes_of(2016, 1, 31, 12, 30));
    CHECK(minutes(format("MM/DD/YYYY hh:mm A"), "01/31/2016 11:30 pm") == minutes_of(2016, 1, 31, 23, 30));
    CHECK(minutes(format("YYYYMMDD"), "19991231") == minutes_of(1999, 12, 31));
    CHECK(minutes(format("YYYY-MM-DD HH:mm:ss.SSS"), "2025-07-14 09:41:27.5") == minutes_of(2025, 7, 14, 9, 41));
    CHECK(minutes(format("excel"), "45852.4038") == minutes_of(2025, 7, 14, 9, 41));
    CHECK(minutes(format("excel"), "2025-07-14T09:41:00") == minutes_of(2025, 7, 14, 9, 41));
}

TEST_CASE("ISO 8601 is read in its usual forms, and an offset makes an instant") {
    const TimeFormat iso = format("iso");
    CHECK(minutes(iso, "2025-07-14T09:41") == minutes_of(2025, 7, 14, 9, 41));
    CHECK(minutes(iso, "2025-07-14 09:41:27.123456") == minutes_of(2025, 7, 14, 9, 41));
    CHECK(minutes(iso, "20250714T0941") == minutes_of(2025, 7, 14, 9, 41));
    CHECK(minutes(iso, "2025-07-14") == minutes_of(2025, 7, 14));
    for (const char* text : {"2025-07-14T21:41Z", "2025-07-14T23:41+02:00", "2025-07-14T23:41+0200", "2025-07-14T23:41:00.000+02", "2025-07-14T16:41-05:00"}) {
        INFO(text);
        const TimeReading reading = iso.parse(text);
        REQUIRE(reading.kind == Kind::instant);
        CHECK(reading.instant_ms == minutes_of(2025, 7, 14, 21, 41) * 60'000);
    }
    CHECK(format("unix_s").parse("1752529200").instant_ms == 1'752'529'200'000);
    CHECK(format("unix_ms").parse("1752529200123").instant_ms == 1'752'529'200'123);
    CHECK(format("YYYY-MM-DDTHH:mmZ").parse("2025-07-14T21:12Z").kind == Kind::instant);
}

TEST_CASE("what is no date or no hour is refused") {
    const TimeFormat f = format("YYYY-MM-DDTHH:mm");
    for (const char* text : {"", "2025", "2025-02-29T00:00", "1900-02-29T00:00", "2025-02-30T00:00", "2025-13-01T00:00", "2025-00-10T00:00", "2025-01-00T00:00",
                             "2025-01-32T00:00", "2025-04-31T00:00", "2025-01-01T25:00", "2025-01-01T24:01", "2025-01-01T00:60", "2025-01-01T00:0",
                             "2025-01-01T00:00 ", "2025-01-01T00:00:00", "2025-01-01 00:00", "01/01/2025 00:00", "aaaa-bb-ccTdd:ee", "-025-01-01T00:00",
                             "9999-01-01T00:00", "0001-01-01T00:00"}) {
        INFO(text);
        CHECK(f.parse(text).kind == Kind::none);
    }
    CHECK(minutes(f, "2024-02-29T00:00") == minutes_of(2024, 2, 29));
    CHECK(minutes(f, "2000-02-29T00:00") == minutes_of(2000, 2, 29));
    CHECK(minutes(f, "2025-01-31T24:00") == minutes_of(2025, 2, 1));
    CHECK(format("iso").parse("2025-07-14T23:41+25:00").kind == Kind::none);
    CHECK(format("iso").parse("2025-07-14T").kind == Kind::none);
    CHECK(format("unix_s").parse("99999999999999999999").kind == Kind::none);
    CHECK(format("unix_s").parse("17525x").kind == Kind::none);
    CHECK(format("excel").parse("12").kind == Kind::none);
}

TEST_CASE("every day of two centuries is read as the calendar counts it") {
    const TimeFormat f = format("YYYY-MM-DD");
    std::int32_t expected = static_cast<std::int32_t>(minutes_of(1900, 1, 1) / 1440);
    for (int year = 1900; year < 2100; ++year) {
        for (unsigned month = 1; month <= 12; ++month) {
            for (unsigned day = 1; day <= 31; ++day) {
                char text[32];
                std::snprintf(text, sizeof text, "%04d-%02u-%02u", year, month, day);
                const auto date = std::chrono::year{year} / std::chrono::month{month} / std::chrono::day{day};
                const TimeReading reading = f.parse(text);
                REQUIRE((reading.kind == Kind::civil) == date.ok());
                if (date.ok()) {
                    REQUIRE(reading.civil.day.raw() == expected++);
                }
            }
        }
    }
}

TEST_CASE("a format that says too little or something unknown is refused") {
    for (const char* text : {"", "HH:mm", "YYYY-MM", "YYYY-MM-DD hh:mm", "YYYY-MM-DD HH:mm A", "YYYY-MM-DD YYYY", "YY-MM-DD", "YYYY-M-DD"}) {
        INFO(text);
        CHECK_FALSE(TimeFormat::compile(text).has_value());
    }
    CHECK(TimeFormat::compile_hour("HH").has_value());
    CHECK(TimeFormat::compile_hour("HH:mm").has_value());
    CHECK_FALSE(TimeFormat::compile_hour("YYYY-MM-DD HH").has_value());
    CHECK_FALSE(TimeFormat::compile_hour("mm").has_value());
}
