#include "api/http_message.h"

#include <doctest/doctest.h>

using namespace vigie::api;

TEST_CASE("an answer's head says what it is, how long, and how long it may be kept") {
    auto response = json_response("{}");
    response.headers.emplace_back("Retry-After", "5");
    const auto head = render_head(response, "X-Fixed: 1\r\n", true);
    CHECK(head.starts_with("HTTP/1.1 200 OK\r\nX-Fixed: 1\r\n"));
    CHECK(head.find("Content-Length: 2\r\n") != std::string::npos);
    CHECK(head.find("Content-Type: application/json\r\n") != std::string::npos);
    CHECK(head.find("Cache-Control: no-store\r\n") != std::string::npos);
    CHECK(head.find("Retry-After: 5\r\n") != std::string::npos);
    CHECK(head.ends_with("Connection: keep-alive\r\n\r\n"));
}

TEST_CASE("an answer without a body claims none") {
    Response response;
    response.status = 304;
    response.etag = "W/\"a\"";
    const auto head = render_head(response, "", false);
    CHECK(head.find("Content-Length") == std::string::npos);
    CHECK(head.find("ETag: W/\"a\"\r\n") != std::string::npos);
    CHECK(head.ends_with("Connection: close\r\n\r\n"));
}

TEST_CASE("a value can not write headers of its own") {
    Response response;
    response.headers.emplace_back("X-Name", "a\r\nSet-Cookie: evil=1");
    CHECK(render_head(response, "", true).find("\nSet-Cookie") == std::string::npos);
}

TEST_CASE("the page may speak to its own origin only") {
    const auto lines = security_headers(false);
    CHECK(lines.find("default-src 'none'") != std::string::npos);
    CHECK(lines.find("unsafe") == std::string::npos);
    CHECK(lines.find("http:") == std::string::npos);
    CHECK(lines.find("Strict-Transport-Security") == std::string::npos);
    CHECK(security_headers(true).find("Strict-Transport-Security: max-age=") != std::string::npos);
}
