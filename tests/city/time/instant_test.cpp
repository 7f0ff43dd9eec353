#include "city/time/instant.h"

#include <doctest/doctest.h>

using namespace std::chrono_literals;

TEST_CASE("days, weekdays, weeks and months agree with the civil calendar from 1950 to 2069") {
    using namespace vigie;
    CHECK(civil_from_day(day_of(first_local_hour)) == 1950y / 1 / 1);
    CHECK(civil_from_day(day_of(last_local_hour)) == 2069y / 1 / 1);
    for (std::int32_t raw = day_of(first_local_hour).raw(); raw < day_of(last_local_hour).raw();
         ++raw) {
        const LocalDay day{raw};
        const auto date = civil_from_day(day);
        REQUIRE(day_from_civil(date) == day);
        const std::chrono::weekday weekday{std::chrono::sys_days{date}};
        REQUIRE(weekday_of(day) == static_cast<int>(weekday.iso_encoding()) - 1);
        REQUIRE(week_of(LocalDay{raw + 1}) - week_of(day) == (weekday_of(day) == 6 ? 1 : 0));
        const bool last_of_month =
            date.day() == (date.year() / date.month() / std::chrono::last).day();
        REQUIRE(month_of(LocalDay{raw + 1}) - month_of(day) == (last_of_month ? 1 : 0));
        for (int hour = 0; hour < 24; ++hour) {
            const LocalHour local{first_hour_of(day).raw() + hour};
            REQUIRE(day_of(local) == day);
            REQUIRE(hour_of_day(local) == hour);
            REQUIRE(hour_of_week(local) == weekday_of(day) * 24 + hour);
        }
    }
}

TEST_CASE("known dates have their known weekday") {
    using namespace vigie;
    CHECK(weekday_of(LocalDay{0}) == 3);                     // Thursday 1 January 1970
    CHECK(weekday_of(day_from_civil(1950y / 1 / 1)) == 6);   // a Sunday
    CHECK(weekday_of(day_from_civil(2024y / 2 / 29)) == 3);  // a Thursday
    CHECK(week_of(LocalDay{3}) == 0);                        // Sunday 4 January 1970
    CHECK(week_of(LocalDay{4}) == 1);
    CHECK(month_of(day_from_civil(1969y / 12 / 31)) == -1);
}
