#include "simulator/facts.h"

#include <doctest/doctest.h>

#include <cmath>

#include "simulator/simulate.h"

using namespace vigie;
using namespace vigie::simulator;

TEST_CASE("facts come at the intensity asked for, on their day and in the city") {
    const City city = plain_city();
    const auto world = make_world(city, LocalDay{20'454}, 100, 3);
    REQUIRE(world.has_value());
    FactSource source(*world, 3.0, 9);
    double expected = 0.0;
    double background = 0.0;
    std::uint64_t last_number = 0;
    for (int i = 0; i < 100; ++i) {
        const LocalDay day{world->rhythm.first_day().raw() + i};
        for (const Kind& kind : kinds()) {
            expected += 3.0 * world->rhythm.mean_of(kind, day);
        }
        for (const Fact& fact : source.next_day()) {
            REQUIRE(fact.number == ++last_number);
            REQUIRE(fact.district != no_district.raw());
            REQUIRE(fact.parent < fact.number);
            const LocalDay at = world->calendar.to_civil(fact.at).day;
            // An event that ends after midnight has facts of the next day.
            REQUIRE(
                (at == day || (fact.cause == Cause::planned_event && at.raw() == day.raw() + 1)));
            background += fact.cause == Cause::background ? 1.0 : 0.0;
        }
    }
    CHECK(std::fabs(background - expected) < 6.0 * std::sqrt(expected));
}
