#include "simulator/world.h"

#include <doctest/doctest.h>

#include "simulator/simulate.h"

using namespace vigie;
using namespace vigie::simulator;

TEST_CASE("a world has its plants in distinct districts, and a silent one reports least") {
    const City city = plain_city();
    const auto world = make_world(city, LocalDay{20'454}, 365, 3);
    REQUIRE(world.has_value());
    const Planted& planted = world->planted;
    CHECK(planted.silent_district != planted.watched_district);
    CHECK(planted.watched_district != planted.twin_district);
    CHECK(planted.change_day.raw() == 20'454 - 365 + 219);
    for (std::size_t i = 0; i < world->readiness.size(); ++i) {
        CHECK(world->readiness[i] >= world->readiness[planted.silent_district]);
        CHECK(world->readiness[i] < 1.0);
    }
    CHECK(world->rhythm.first_day().raw() == 20'454 - 365);
    const auto short_world = make_world(city, LocalDay{20'454}, 30, 3);
    REQUIRE(short_world.has_value());
    CHECK(short_world->planted.change_day ==
          short_world->rhythm.last_day());  // too short for a change
}

TEST_CASE("a city too narrow for a street is refused") {
    City city = plain_city();
    city.districts.resize(1);
    city.districts[0].rings = {{{5.0, 43.0}, {5.0001, 43.0}, {5.0001, 43.0001}}};
    const auto world = make_world(city, LocalDay{20'454}, 30, 3);
    REQUIRE(!world.has_value());
    CHECK(world.error().code == ErrorCode::invalid_input);
}
