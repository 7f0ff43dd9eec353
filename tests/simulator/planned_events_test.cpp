#include "simulator/planned_events.h"

#include <doctest/doctest.h>

#include <map>

#include "simulator/kinds.h"
#include "simulator/simulate.h"

using namespace vigie;
using namespace vigie::simulator;
using namespace std::chrono_literals;

TEST_CASE("a year has its matches, concerts, markets, festival and fireworks, in order") {
    const City city = plain_city();
    const Ground ground(city, 3);
    const auto events = plan_events(ground, day_from_civil(2025y / 1 / 1), 365, 2);
    std::map<std::string_view, int> counts;
    for (std::size_t i = 0; i < events.size(); ++i) {
        ++counts[events[i].type->key];
        CHECK(events[i].start_minute < events[i].end_minute);
        CHECK(events[i].attendance > 0);
        CHECK(ground.district_at(events[i].place) != no_district);
        CHECK((i == 0 || events[i - 1].day <= events[i].day));
        for (const Excess& excess : events[i].type->excess) {
            CHECK(kinds()[kind_index(excess.kind)].weight > 0.0);
        }
    }
    CHECK(counts["match"] >= 18);
    CHECK(counts["match"] <= 26);
    CHECK(counts["concert"] >= 8);
    CHECK(counts["marche"] > 300);
    CHECK(counts["festival"] == 3);
    CHECK(counts["feu_d_artifice"] == 2);
}
