#include "store/event_question.h"

#include <doctest/doctest.h>

#include "store/synthetic_events.h"

using namespace vigie;

TEST_CASE("a question by hours leaves out facts known by day, a question by weekdays does not") {
    EventFilter filter;
    CHECK_FALSE(leaves_out_day_facts(filter, {{Dimension::day, Dimension::cell}}));
    CHECK(leaves_out_day_facts(filter, {{Dimension::cell, Dimension::hour}}));
    CHECK(leaves_out_day_facts(filter, {{Dimension::hour_of_week}}));
    CHECK_FALSE(leaves_out_day_facts(filter, {{Dimension::hour_of_week, Dimension::time_precision}}));
    filter.weekdays = 0x60;
    CHECK_FALSE(leaves_out_day_facts(filter, {}));
    filter.daylight = Daylight::night;
    CHECK(leaves_out_day_facts(filter, {}));
}

TEST_CASE("asked hours are cut to the hours facts may have") {
    EventFilter filter;
    filter.hours = {LocalHour{INT32_MIN}, LocalHour{12}};
    CHECK(asked_hours(filter) == HourRange{first_local_hour, LocalHour{12}});
}

TEST_CASE("daylight without a known zone is refused, and so is a fact outside what the store holds") {
    EventFilter filter;
    filter.daylight = Daylight::day;
    CHECK(check_filter(filter, true).has_value());
    REQUIRE_FALSE(check_filter(filter, false).has_value());
    CHECK(check_filter(filter, false).error().code == ErrorCode::invalid_input);

    auto event = test::synthetic_events(1, 1).front();
    event.place_precision = PlacePrecision::point;
    CHECK(check_event(event).has_value());
    event.point.x_m = 20'000'001;
    CHECK_FALSE(check_event(event).has_value());
    event.place_precision = PlacePrecision::none;  // its point means nothing
    CHECK(check_event(event).has_value());
}
