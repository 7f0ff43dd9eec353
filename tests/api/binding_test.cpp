#include "api/server.h"

#include <doctest/doctest.h>

using namespace vigie;
using namespace vigie::api;

TEST_CASE("a binding that would show passwords to the network is refused") {
    ServerOptions options;
    CHECK(check_binding(options));
    options.address = "0.0.0.0";
    const auto refused = check_binding(options);
    REQUIRE(!refused);
    CHECK(refused.error().code == ErrorCode::invalid_input);
    CHECK(refused.error().message.find("0.0.0.0") != std::string::npos);
    options.behind_proxy = true;
    CHECK(check_binding(options));
    options.behind_proxy = false;
    options.tls_certificate = "cert.pem";
    CHECK(!check_binding(options));
    options.tls_key = "key.pem";
    CHECK(check_binding(options));
    options.workers = 0;
    CHECK(!check_binding(options));
    options.workers = 1;
    options.address = "localhost";
    CHECK(!check_binding(options));
}
