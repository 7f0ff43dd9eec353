#include "api/server.h"

#include <doctest/doctest.h>

using namespace vigie::api;

TEST_CASE("a server that nobody configured listens to this machine only") {
    CHECK(check_binding(ServerOptions{}));
    CHECK(ServerOptions{}.address == "127.0.0.1");
}
