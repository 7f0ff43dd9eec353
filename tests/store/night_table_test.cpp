#include "store/night_table.h"

#include <doctest/doctest.h>

#include "store/naive_answers.h"

using namespace vigie;

TEST_CASE("segments start on a Monday at midnight and give the hour of the week") {
    for (std::int32_t raw = first_local_hour.raw(); raw < last_local_hour.raw(); raw += 997) {
        const LocalHour hour{raw};
        CHECK(first_hour_of_segment(segment_of(hour)).raw() + static_cast<std::int32_t>(hour_in_segment(hour)) == raw);
        CHECK(static_cast<int>(hour_in_segment(hour) % 168) == hour_of_week(hour));
    }
    CHECK(segment_of(LocalHour{last_local_hour.raw() - 1}) == segment_count - 1);
}

TEST_CASE("the table says what the rule of the sun says") {
    auto table = NightTable::open(test::test_zone, test::test_city).value();
    for (std::int32_t raw = 420'000; raw < 420'000 + 24 * 40; ++raw) {
        CHECK(table->is_night(LocalHour{raw}) == test::test_night(LocalHour{raw}));
    }
}

TEST_CASE("without a zone nothing is night, and an unknown zone is an error") {
    auto none = NightTable::open("", {}).value();
    CHECK_FALSE(none->knows_daylight());
    CHECK_FALSE(none->is_night(LocalHour{420'000}));
    CHECK_FALSE(NightTable::open("Mars/Olympus", {}).has_value());
}
