#include "api/shown_places.h"

#include <doctest/doctest.h>

using namespace vigie;
using namespace vigie::api;

namespace {

past::Place place_of(std::uint64_t count, std::optional<std::uint64_t> compared) {
    past::Place place;
    place.count = count;
    place.compared = compared;
    place.value = 1.5;
    place.low = 1.0;
    place.high = 2.0;
    return place;
}

}  // namespace

TEST_CASE("no figure of a place with 1 to 4 facts leaves") {
    for (std::uint64_t count = 0; count < 10; ++count) {
        CAPTURE(count);
        const auto shown = shown_places({place_of(count, 100)}, past::Measure::count,
                                        governance::Role::administrator);
        const bool few = count >= 1 && count <= 4;
        CHECK(shown[0].few == few);
        CHECK(shown[0].count.has_value() == !few);
        CHECK(shown[0].value.has_value() == !few);
        CHECK(shown[0].low == (few ? 0.0 : 1.0));
        CHECK(shown[0].compared == 100);
        CHECK(shown_count(count, governance::Role::analyst).has_value() == !few);
    }
}

TEST_CASE("a change never gives a hidden count away") {
    const auto change =
        shown_places({place_of(50, 3)}, past::Measure::change, governance::Role::analyst);
    CHECK(!change[0].compared);
    CHECK(!change[0].value);
    CHECK(change[0].count == 50);
    CHECK(!change[0].few);
    const auto rate =
        shown_places({place_of(50, 3)}, past::Measure::rate_per_km2, governance::Role::analyst);
    CHECK(!rate[0].compared);
    CHECK(rate[0].value);
    const auto alone =
        shown_places({place_of(50, std::nullopt)}, past::Measure::count, governance::Role::analyst);
    CHECK(alone[0].value);
}
