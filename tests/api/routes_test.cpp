#include <doctest/doctest.h>

#include <set>
#include <string>

#include "api/router.h"

using namespace vigie::api;

TEST_CASE("every route has a name, a handler and a place of its own") {
    std::set<std::string> places;
    std::set<std::string> names;
    for (const auto& route : routes()) {
        CAPTURE(route.name);
        CHECK((route.handler != nullptr || route.lane == Lane::inbox));  // the inbox answers by itself
        CHECK(
            places.insert(std::string(name_of(route.method)) + std::string(route.pattern)).second);
        CHECK(names.insert(std::string(route.name)).second);
        // Only what is open to anybody may be answered without asking who asks.
        CHECK((route.lane != Lane::at_once || route.door == Door::open));
        CHECK((!route.from_cache || (route.action && route.method == Method::get)));
    }
}
