#include "simulator/kinds.h"

#include <doctest/doctest.h>

#include <set>

using namespace vigie::simulator;

TEST_CASE("kinds have distinct keys, sane figures and a way to be recorded") {
    std::set<std::string_view> keys;
    for (const Kind& kind : kinds()) {
        CHECK_MESSAGE(keys.insert(kind.key).second, kind.key);
        CHECK(kinds()[kind_index(kind.key)].key == kind.key);
        CHECK(kind.hotspot_share >= 0.0);
        CHECK(kind.hotspot_share <= 1.0);
        CHECK(kind.repeat_mean < 0.5);  // far below 1, or repeats of repeats would never end
        CHECK((kind.hotspot_share == 0.0 || kind.flavours != 0 || kind.hotspot_share <= 0.1));
        CHECK((kind.weight == 0.0) == kind.routes[0].codes[0].empty());
        for (const Route& route : kind.routes) {
            CHECK(route.chance >= 0.0);
            CHECK(route.chance < 1.0);
        }
    }
    for (const Kind& kind : kinds()) {
        for (const Route& route : kind.routes) {
            CHECK((route.record_key.empty() || keys.count(route.record_key) == 1));
        }
    }
}
