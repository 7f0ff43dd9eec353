#include "api/session_route.h"

#include <doctest/doctest.h>

#include <chrono>

#include "small_observatory.h"

using namespace vigie;
using namespace vigie::api;
using namespace vigie::api::testing;

TEST_CASE("signing in gives a cookie scripts can not read and a token the page needs") {
    SmallObservatory small;
    const auto got = small.sign_in("analyst");
    REQUIRE(got.status == 200);
    const auto line = got.header("Set-Cookie");
    CHECK(line.starts_with("vigie_session="));
    CHECK(line.find("; HttpOnly") != std::string::npos);
    CHECK(line.find("; SameSite=Strict") != std::string::npos);
    CHECK(line.find("Secure") == std::string::npos);
    CHECK(member(got.body, "role") == "analyst");
    CHECK(member(got.body, "purpose") == "analysis");
    CHECK(member(got.body, "expires_at") == "2026-11-22T01:00:00+01:00");
    CHECK(small.journal.of("sign_in").size() == 1);
    const auto who = small.get("/api/v1/session");
    CHECK(who.status == 200);
    CHECK(member(who.body, "csrf") == small.csrf);
}

TEST_CASE("a wrong sign-in says as little as possible") {
    SmallObservatory small;
    const auto attempt = [&](const std::string& body,
                             const std::string& type = "application/json") {
        Ask ask{Method::post, "/api/v1/session", body};
        ask.content_type = type;
        return small.ask(ask);
    };
    const auto wrong = attempt(R"({"user":"analyst","password":"x","purpose":"analysis"})");
    const auto unknown = attempt(R"({"user":"nobody","password":"x","purpose":"analysis"})");
    CHECK(wrong.status == 401);
    CHECK(member(wrong.body, "code") == "sign_in_failed");
    CHECK(wrong.body == unknown.body);
    CHECK(small.journal.of("sign_in_failed").size() == 1);
    CHECK(attempt(R"({"user":"analyst"})").status == 400);
    CHECK(attempt(R"({"user":"analyst","password":"x","purpose":"curiosity"})").status == 400);
    CHECK(attempt("user=analyst", "application/x-www-form-urlencoded").status == 415);
    for (int i = 0; i < 3; ++i) {
        CHECK(attempt(R"({"user":"analyst","password":"x","purpose":"analysis"})").status == 401);
    }
    const auto throttled = attempt(R"({"user":"analyst","password":"x","purpose":"analysis"})");
    CHECK(throttled.status == 429);
    CHECK(member(throttled.body, "code") == "sign_in_throttled");
    CHECK(throttled.header("Retry-After") == std::to_string(governance::throttle_after(4).count()));
}

TEST_CASE("a refusal takes as long for a login that exists as for one that does not") {
    SmallObservatory small;
    const auto time_of = [&](const std::string& login) {
        const auto begun = std::chrono::steady_clock::now();
        small.ask({Method::post, "/api/v1/session",
                   R"({"user":")" + login + R"(","password":"x","purpose":"analysis"})"});
        return std::chrono::steady_clock::now() - begun;
    };
    constexpr std::chrono::milliseconds grain{250};
    for (const char* login : {"analyst", "nobody"}) {
        const auto taken = time_of(login);
        CHECK(taken >= grain);
        // A little after a multiple of the grain, however long the machine took to get there.
        CHECK(taken % grain < std::chrono::milliseconds{100});
    }
}

TEST_CASE("nobody comes in while the journal can not be written") {
    SmallObservatory small;
    small.journal.failing = true;
    CHECK(small.sign_in("analyst").status == 503);
    CHECK(small.accounts.sessions.empty());
}

TEST_CASE("signing out ends the session on the server too") {
    SmallObservatory small;
    small.sign_in("analyst");
    const auto out = small.ask({Method::delete_, "/api/v1/session"});
    CHECK(out.status == 204);
    CHECK(out.header("Set-Cookie").find("Max-Age=0") != std::string::npos);
    CHECK(small.get("/api/v1/session").status == 401);
    CHECK(small.accounts.sessions.empty());
}

TEST_CASE("a first password opens nothing but its own change, which ends the other sessions") {
    SmallObservatory small;
    small.sign_in("newcomer");
    const auto other_cookie = small.cookie;
    small.sign_in("newcomer");
    CHECK(member(small.get("/api/v1/session").body, "must_change_password") == "true");
    CHECK(member(small.get("/api/v1/city").body, "code") == "must_change_password");
    const auto change = [&](const std::string& current, const std::string& fresh) {
        return small.ask({Method::post, "/api/v1/session/password",
                          R"({"current":")" + current + R"(","new":")" + fresh + R"("})"});
    };
    CHECK(change("wrong", "une phrase bien longue").status == 403);
    CHECK(change(password_of("newcomer"), "court").status == 400);
    CHECK(change(password_of("newcomer"), password_of("newcomer")).status == 400);
    CHECK(change(password_of("newcomer"), "une phrase bien longue").status == 204);
    CHECK(small.get("/api/v1/city").status == 200);
    CHECK(small.journal.of("password_changed").size() == 1);
    small.cookie = other_cookie;
    CHECK(small.get("/api/v1/session").status == 401);
}
