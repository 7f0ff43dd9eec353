#include "api/request_reader.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <cstring>
#include <string>

using namespace vigie::api;
using State = RequestReader::State;

namespace {

/// Feeds `bytes` in pieces of `step`; stops at the first state that is not needs_more.
State feed(RequestReader& reader, std::string_view bytes, std::size_t step) {
    State state = reader.begin();
    while (state == State::needs_more && !bytes.empty()) {
        const auto room = reader.room();
        const std::size_t count = std::min({room.size(), step, bytes.size()});
        std::memcpy(room.data(), bytes.data(), count);
        bytes.remove_prefix(count);
        state = reader.take(count);
    }
    return state;
}

constexpr std::string_view post =
    "POST /api/v1/session?a=1&b=%20 HTTP/1.1\r\nHost: localhost:8080\r\ncookie: "
    "vigie_session=x\r\nX-CSRF-Token: t\r\n"
    "Sec-Fetch-Site: same-origin\r\nContent-Type: application/json\r\nContent-Length: "
    "4\r\n\r\n{\"\"}";

}  // namespace

TEST_CASE("a request is the same however its bytes arrive") {
    for (const std::size_t step : {std::size_t{1}, std::size_t{7}, std::size_t{4096}}) {
        CAPTURE(step);
        RequestReader reader;
        REQUIRE(feed(reader, post, step) == State::done);
        const auto request = reader.request();
        CHECK(request.method == Method::post);
        CHECK(request.path == "/api/v1/session");
        CHECK(request.query == "a=1&b=%20");
        CHECK(request.host == "localhost:8080");
        CHECK(request.cookie == "vigie_session=x");
        CHECK(request.csrf_token == "t");
        CHECK(request.sec_fetch_site == "same-origin");
        CHECK(request.body == "{\"\"}");
        CHECK(reader.keep_alive());
    }
}

TEST_CASE("requests that came together are read one after the other") {
    RequestReader reader;
    const std::string two =
        "GET /a HTTP/1.1\r\nHost: h\r\n\r\nGET /b HTTP/1.1\r\nHost: h\r\nConnection: close\r\n\r\n";
    REQUIRE(feed(reader, two, 4096) == State::done);
    CHECK(reader.request().path == "/a");
    CHECK(reader.keep_alive());
    REQUIRE(reader.begin() == State::done);
    CHECK(reader.request().path == "/b");
    CHECK(!reader.keep_alive());
    CHECK(reader.begin() == State::needs_more);
    CHECK(!reader.has_begun());
}

TEST_CASE("what is too large or not HTTP is told apart") {
    const auto state_of = [](const std::string& bytes) {
        RequestReader reader;
        return feed(reader, bytes, 4096);
    };
    CHECK(state_of("nonsense\r\n\r\n") == State::malformed);
    CHECK(state_of("GET /a HTTP/1.1\r\n\r\n") == State::malformed);  // no host
    CHECK(state_of("GET /a HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n") == State::malformed);
    CHECK(state_of("GET http://a/b HTTP/1.1\r\nHost: a\r\n\r\n") == State::malformed);
    CHECK(state_of("GET /a#b HTTP/1.1\r\nHost: a\r\n\r\n") == State::malformed);
    CHECK(state_of("GET /a HTTP/1.1\r\nHost: a\r\nX: " + std::string(20'000, 'x') + "\r\n\r\n") ==
          State::head_too_large);
    CHECK(state_of("GET /" + std::string(20'000, 'x')) == State::head_too_large);
    CHECK(state_of("POST /a HTTP/1.1\r\nHost: a\r\nContent-Length: 70000\r\n\r\n") == State::wants_room);
    CHECK(state_of("POST /a HTTP/1.1\r\nHost: a\r\nContent-Length: 4194305\r\n\r\n") == State::body_too_large);
    CHECK(state_of("POST /a HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n2\r\n{}\r\n") ==
          State::length_unsaid);
    CHECK(state_of("POST /a HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n") ==
          State::length_unsaid);
    CHECK(state_of("POST /a HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\nContent-Length: 2"
                   "\r\n\r\n{}") == State::malformed);
    CHECK(state_of(
              "POST /a HTTP/1.1\r\nHost: a\r\nContent-Length: 3\r\nContent-Length: 4\r\n\r\nabc") ==
          State::malformed);
}

TEST_CASE("a body of the largest size passes") {
    RequestReader reader;
    const std::string body(request_body_bytes_max, 'x');
    REQUIRE(feed(reader,
                 "POST /a HTTP/1.1\r\nHost: a\r\nContent-Length: " + std::to_string(body.size()) +
                     "\r\n\r\n" + body,
                 4096) == State::done);
    CHECK(reader.request().body.size() == body.size());
}

TEST_CASE("a peer that waits to be told to go on is told once") {
    RequestReader reader;
    REQUIRE(feed(reader,
                 "POST /a HTTP/1.1\r\nHost: a\r\nExpect: 100-continue\r\nContent-Length: 1\r\n\r\n",
                 4096) == State::needs_more);
    CHECK(reader.wants_continue());
    CHECK(!reader.wants_continue());
}
