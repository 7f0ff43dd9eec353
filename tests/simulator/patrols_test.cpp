#include "simulator/patrols.h"

#include <doctest/doctest.h>

#include "simulator/simulate.h"

using namespace vigie;
using namespace vigie::simulator;

TEST_CASE("patrols go where records are, find more there, and never leave a district") {
    const City city = plain_city();
    const auto world = make_world(city, LocalDay{20'454}, 100, 3);
    REQUIRE(world.has_value());
    Patrols patrols(*world);
    const std::size_t watched = world->planted.watched_district;
    const std::size_t twin = world->planted.twin_district;
    CHECK(patrols.presence()[watched] > patrols.presence()[twin]);
    CHECK(patrols.chance_in(watched, 0.3) > patrols.chance_in(twin, 0.3));
    for (int week = 0; week < 30; ++week) {
        for (int i = 0; i < 500; ++i) {
            patrols.count_record(5);
        }
        patrols.move();
    }
    for (std::size_t i = 0; i < patrols.presence().size(); ++i) {
        CHECK(patrols.presence()[i] >= 0.3);
        CHECK(patrols.presence()[i] <= patrols.presence()[5]);
    }
    CHECK(patrols.presence()[5] > 2.0);
    CHECK(patrols.chance_in(5, 0.3) < 1.0);
}
