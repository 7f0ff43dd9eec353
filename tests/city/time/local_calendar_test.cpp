#include "city/time/local_calendar.h"

#include <doctest/doctest.h>

#include "base/random.h"

using namespace std::chrono_literals;
using namespace vigie;

namespace {

LocalCalendar calendar_of(const char* zone) {
    auto calendar = LocalCalendar::open(zone);
    REQUIRE(calendar.has_value());
    return *std::move(calendar);
}

CivilTime reading(std::chrono::year_month_day date, int hour, int minute) {
    return {day_from_civil(date), (hour * 60 + minute) * 60'000};
}

Instant utc(std::chrono::year_month_day date, int hour, int minute) {
    return std::chrono::sys_days{date} + std::chrono::hours{hour} + std::chrono::minutes{minute};
}

int hours_in(const LocalCalendar& calendar, std::chrono::year_month_day date) {
    const LocalDay day = day_from_civil(date);
    const auto length = calendar.start_of(LocalDay{day.raw() + 1}) - calendar.start_of(day);
    return static_cast<int>(std::chrono::duration_cast<std::chrono::hours>(length).count());
}

}  // namespace

TEST_CASE("Paris and New York change clocks on the known days") {
    const LocalCalendar paris = calendar_of("Europe/Paris");
    const LocalCalendar new_york = calendar_of("America/New_York");
    CHECK(paris.name() == "Europe/Paris");
    CHECK(paris.to_utc(reading(2025y / 7 / 14, 12, 0)).at == utc(2025y / 7 / 14, 10, 0));
    CHECK(paris.to_utc(reading(2025y / 1 / 14, 12, 0)).at == utc(2025y / 1 / 14, 11, 0));
    CHECK(new_york.to_utc(reading(2016y / 7 / 4, 12, 0)).at == utc(2016y / 7 / 4, 16, 0));
    CHECK(hours_in(paris, 2016y / 3 / 27) == 23);
    CHECK(hours_in(paris, 2016y / 10 / 30) == 25);
    CHECK(hours_in(paris, 2025y / 3 / 30) == 23);
    CHECK(hours_in(paris, 2025y / 10 / 26) == 25);
    CHECK(hours_in(paris, 2025y / 10 / 27) == 24);
    CHECK(hours_in(new_york, 2016y / 3 / 13) == 23);
    CHECK(hours_in(new_york, 2016y / 11 / 6) == 25);
    CHECK(hours_in(new_york, 2025y / 3 / 9) == 23);
    CHECK(hours_in(new_york, 2025y / 11 / 2) == 25);
    CHECK(hours_in(paris, 1960y / 3 / 27) == 24);  // no summer time in France from 1946 to 1975
    CHECK(hours_in(paris, 1976y / 3 / 28) == 23);
}

TEST_CASE("the rule goes on after the last change the tz database lists") {
    const LocalCalendar paris = calendar_of("Europe/Paris");
    CHECK(hours_in(paris, 2038y / 3 / 28) == 23);
    CHECK(hours_in(paris, 2068y / 10 / 28) == 25);
    CHECK(paris.to_utc(reading(2050y / 7 / 1, 12, 0)).at == utc(2050y / 7 / 1, 10, 0));
    CHECK(hours_in(calendar_of("America/New_York"), 2060y / 3 / 14) == 23);
    CHECK(hours_in(calendar_of("Australia/Sydney"), 2050y / 4 / 3) == 25);
    CHECK(hours_in(calendar_of("Etc/UTC"), 2050y / 3 / 27) == 24);
}

TEST_CASE("a repeated hour is its first passage, a skipped hour moves forward; both are told") {
    const LocalCalendar paris = calendar_of("Europe/Paris");
    const Localised before = paris.to_utc(reading(2025y / 10 / 26, 1, 59));
    CHECK(before.change == ClockChange::none);
    CHECK(before.at == utc(2025y / 10 / 25, 23, 59));
    const Localised repeated = paris.to_utc(reading(2025y / 10 / 26, 2, 30));
    CHECK(repeated.change == ClockChange::repeated);
    CHECK(repeated.at == utc(2025y / 10 / 26, 0, 30));
    const Localised after = paris.to_utc(reading(2025y / 10 / 26, 3, 0));
    CHECK(after.change == ClockChange::none);
    CHECK(after.at == utc(2025y / 10 / 26, 2, 0));
    const Localised skipped = paris.to_utc(reading(2025y / 3 / 30, 2, 30));
    CHECK(skipped.change == ClockChange::skipped);
    CHECK(skipped.at == utc(2025y / 3 / 30, 1, 30));
    CHECK(hour_of_day(paris.local_hour_of(skipped.at)) == 3);
    // The two passages share one local hour.
    CHECK(paris.local_hour_of(utc(2025y / 10 / 26, 0, 30)) ==
          paris.local_hour_of(utc(2025y / 10 / 26, 1, 30)));
}

TEST_CASE("a day whose midnight is skipped starts when the clocks have moved") {
    const LocalCalendar beirut = calendar_of("Asia/Beirut");
    CHECK(hours_in(beirut, 2016y / 3 / 27) == 23);
    CHECK(beirut.start_of(day_from_civil(2016y / 3 / 27)) == utc(2016y / 3 / 26, 22, 0));
}

TEST_CASE(
    "reading and instant are each other's inverse from 1950 to 2069, half-hour zones included") {
    for (const char* zone :
         {"Europe/Paris", "America/New_York", "America/St_Johns", "Asia/Kolkata", "Pacific/Apia"}) {
        const LocalCalendar calendar = calendar_of(zone);
        Random random(41);
        int changed = 0;
        for (int i = 0; i < 50'000; ++i) {
            const auto span =
                static_cast<std::uint64_t>(last_local_hour.raw() - first_local_hour.raw());
            const auto hours =
                static_cast<std::int64_t>(random.below(span)) + first_local_hour.raw();
            const Instant at{std::chrono::milliseconds{
                hours * 3'600'000 + static_cast<std::int64_t>(random.below(3'600'000))}};
            const CivilTime civil = calendar.to_civil(at);
            const LocalHour hour = calendar.local_hour_of(at);
            REQUIRE(day_of(hour) == civil.day);
            REQUIRE(hour_of_day(hour) == civil.milliseconds_of_day / 3'600'000);
            const Localised back = calendar.to_utc(civil);
            REQUIRE(back.change != ClockChange::skipped);
            // Only the second passage of a repeated hour comes back as another instant, an hour or
            // so before.
            if (back.at != at) {
                REQUIRE(back.change == ClockChange::repeated);
                REQUIRE(back.at < at);
                ++changed;
            }
            const Instant start = calendar.start_of(civil.day);
            REQUIRE(start <= at);
            REQUIRE(calendar.to_civil(start).day == civil.day);
        }
        CHECK(changed < 50);
    }
}

TEST_CASE("an unknown zone is refused by its name") {
    for (const char* zone : {"Europe/Marseille", "", "../../../etc/passwd", "posixrules2"}) {
        const auto calendar = LocalCalendar::open(zone);
        REQUIRE(!calendar.has_value());
        CHECK(calendar.error().code == ErrorCode::not_found);
    }
}
