#include "simulator/live/live_source.h"

#include <doctest/doctest.h>

using namespace vigie::simulator;

TEST_CASE("sources are found by short name and by key, and their shares make a whole") {
    double sum = 0.0;
    for (const LiveSourceFacts& facts : live_sources()) {
        CHECK(live_source_named(facts.short_name) == facts.source);
        CHECK(live_source_named(facts.key) == facts.source);
        CHECK(facts_of(facts.source).key == facts.key);
        CHECK_FALSE(name_of(facts.channel).empty());
        sum += facts.steady_share;
    }
    CHECK(sum == doctest::Approx(1.0));
    CHECK_FALSE(live_source_named("marseille_live_logbook").has_value());
}
