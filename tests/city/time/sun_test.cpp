#include "city/time/sun.h"

#include <doctest/doctest.h>

#include <cmath>

using namespace vigie;
using namespace std::chrono_literals;

namespace {

constexpr LonLat marseille{5.3698, 43.2965};

/// The minute of `date` (UTC) at which the sun crosses the usual sunset elevation, going up or
/// down.
int crossing_minute(std::chrono::year_month_day date, bool upwards) {
    const Instant midnight = std::chrono::sys_days{date};
    for (int minute = 1; minute < 24 * 60; ++minute) {
        const bool before =
            sun_elevation_deg(midnight + std::chrono::minutes{minute - 1}, marseille) > -0.833;
        const bool after =
            sun_elevation_deg(midnight + std::chrono::minutes{minute}, marseille) > -0.833;
        if (before != after && after == upwards) {
            return minute;
        }
    }
    return -1;
}

}  // namespace

TEST_CASE("the sun's declination is that of the worked example of 13 October 1992") {
    // Meeus 1998, example 25.a: apparent declination -7.78507 degrees at 0 h TD; seen from the
    // pole, elevation = declination.
    const Instant at = std::chrono::sys_days{1992y / 10 / 13} - 59s;
    CHECK(std::fabs(sun_elevation_deg(at, {0.0, 90.0}) - -7.78507) < 1e-3);
}

TEST_CASE("sunrise and sunset of Marseille are those of the almanac, to three minutes") {
    // Published times: 21 June 2024, 05:58 and 21:22 summer time; 21 December 2024, 08:05 and 17:08
    // winter time.
    CHECK(std::abs(crossing_minute(2024y / 6 / 21, true) - (3 * 60 + 58)) <= 3);
    CHECK(std::abs(crossing_minute(2024y / 6 / 21, false) - (19 * 60 + 22)) <= 3);
    CHECK(std::abs(crossing_minute(2024y / 12 / 21, true) - (7 * 60 + 5)) <= 3);
    CHECK(std::abs(crossing_minute(2024y / 12 / 21, false) - (16 * 60 + 8)) <= 3);
}

TEST_CASE("nights are long in December, short in June, and the same one by one or as a range") {
    const auto calendar = LocalCalendar::open("Europe/Paris");
    REQUIRE(calendar.has_value());
    const auto night_hours_of = [&](std::chrono::year_month_day date) {
        const LocalHour begin = first_hour_of(day_from_civil(date));
        const auto night = night_hours({begin, LocalHour{begin.raw() + 24}}, *calendar, marseille);
        int count = 0;
        for (std::size_t i = 0; i < night.size(); ++i) {
            const LocalHour hour{begin.raw() + static_cast<std::int32_t>(i)};
            CHECK((night[i] == 1) == is_night(hour, *calendar, marseille));
            count += night[i];
        }
        CHECK(night.size() == 24);
        CHECK(night[12] == 0);
        CHECK(night[3] == 1);
        return count;
    };
    CHECK(night_hours_of(2024y / 12 / 21) == 15);
    CHECK(night_hours_of(2024y / 6 / 21) == 9);
    CHECK(night_hours({LocalHour{5}, LocalHour{5}}, *calendar, marseille).empty());
}
