#include "api/router.h"

#include <doctest/doctest.h>

#include <array>

using namespace vigie;
using namespace vigie::api;

namespace {

Route route(Method method, std::string_view pattern) {
    Route line;
    line.method = method;
    line.pattern = pattern;
    return line;
}

}  // namespace

TEST_CASE("a path finds its route by method, and learns which methods would do") {
    const std::array table = {route(Method::get, "/a"), route(Method::post, "/a"),
                              route(Method::get, "/b/{name}")};
    CHECK(find_route(table, Method::get, "/a").route == &table[0]);
    CHECK(find_route(table, Method::head, "/a").route == &table[0]);
    CHECK(find_route(table, Method::post, "/a").route == &table[1]);
    const auto wrong = find_route(table, Method::delete_, "/a");
    CHECK(wrong.route == nullptr);
    CHECK(wrong.allow == "GET, HEAD, POST");
    const auto named = find_route(table, Method::get, "/b/quartiers");
    CHECK(named.route == &table[2]);
    CHECK(named.path_argument == "quartiers");
    for (const char* nothing : {"", "/", "/a/", "/b/", "/b/x/y", "/c"}) {
        CAPTURE(nothing);
        const auto none = find_route(table, Method::get, nothing);
        CHECK(none.route == nullptr);
        CHECK(none.allow.empty());
    }
}
