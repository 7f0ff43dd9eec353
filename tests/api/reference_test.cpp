#include "api/reference.h"

#include <doctest/doctest.h>

#include "small_observatory.h"

using namespace vigie;
using namespace vigie::api;
using namespace vigie::api::testing;

TEST_CASE("the reference data in force is derived once") {
    SmallObservatory small;
    const auto reference = read_reference(small.reference, 3).value();
    CHECK(reference->generation == 3);
    CHECK(reference->boundaries.contains("districts"));
    CHECK(reference->boundaries.contains("outline"));
    CHECK(reference->grid.max_error_m < 1.0);
}

TEST_CASE("a folder without a city says what to do") {
    SmallObservatory small;
    small.reference.the_city.reset();
    const auto refused = read_reference(small.reference, 0);
    REQUIRE(!refused);
    CHECK(refused.error().code == ErrorCode::not_found);
    CHECK(refused.error().message.find("vigie init") != std::string::npos);
}

TEST_CASE("clocks are written with their offset, summer and winter") {
    const auto paris = LocalCalendar::open("Europe/Paris").value();
    const auto new_york = LocalCalendar::open("America/New_York").value();
    CHECK(clock_text(noon, paris) == "2026-11-21T13:00:00+01:00");
    CHECK(clock_text(noon, new_york) == "2026-11-21T07:00:00-05:00");
    CHECK(clock_text(noon - std::chrono::hours{24 * 120}, paris) == "2026-07-24T14:00:00+02:00");
    CHECK(local_hour_text(first_hour_of(day_from_civil(std::chrono::year_month_day{
              std::chrono::year{2016}, std::chrono::month{2}, std::chrono::day{29}}))) ==
          "2016-02-29");
    CHECK(local_hour_text(LocalHour{5}) == "1970-01-01T05");
    CHECK(local_day_text(LocalDay{-1}) == "1969-12-31");
}
