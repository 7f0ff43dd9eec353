#include "governance/accounts.h"

#include <doctest/doctest.h>

#include <climits>

using namespace std::chrono_literals;
using vigie::ErrorCode;
using vigie::Instant;
using vigie::governance::check_new_password;
using vigie::governance::is_live;
using vigie::governance::Session;
using vigie::governance::throttle_after;

TEST_CASE("waiting doubles after the third wrong password and stops at a quarter of an hour") {
    CHECK(throttle_after(-1) == 0s);
    CHECK(throttle_after(0) == 0s);
    CHECK(throttle_after(3) == 0s);
    CHECK(throttle_after(4) == 2s);
    CHECK(throttle_after(5) == 4s);
    CHECK(throttle_after(12) == 512s);
    CHECK(throttle_after(13) == 900s);
    CHECK(throttle_after(INT_MAX) == 900s);
    for (int i = 0; i < 100; ++i) {
        CHECK(throttle_after(i) <= throttle_after(i + 1));
    }
}

TEST_CASE("a new password says which rule it breaks") {
    const auto refused = [](const char* login, const std::string& password, const char* word) {
        const auto status = check_new_password(login, password);
        REQUIRE_FALSE(status.has_value());
        CHECK(status.error().code == ErrorCode::invalid_input);
        CHECK(status.error().message.find(word) != std::string::npos);
        // The message must never repeat what was typed.
        CHECK((password.empty() || status.error().message.find(password) == std::string::npos));
    };
    refused("agent", "", "court");
    refused("agent", "abcdefghijk", "court");              // 11
    refused("agent", "ééééééééééé", "court");              // 11 characters in 22 bytes
    refused("agent", "abababababab", "répétitif");
    refused("agent", "abcdabcdabcd", "répétitif");         // 4 distinct
    refused("agent", "mon-Agent-secret", "identifiant");
    refused("agent", std::string(1025, 'x'), "long");
    refused("agent", std::string(100'000, 'x'), "long");
    CHECK(check_new_password("agent", "abcdeabcdeab").has_value());       // 12 characters, 5 distinct
    CHECK(check_new_password("agent", "éèàùçéèàùçéè").has_value());
    CHECK(check_new_password("", "correct horse battery").has_value());
    std::string long_one;
    for (int i = 0; i < 1024; ++i) {
        long_one += static_cast<char>('a' + i % 7);
    }
    CHECK(check_new_password("agent", long_one).has_value());
    refused("agent", long_one + "a", "long");
}

TEST_CASE("a session ends after twelve hours, or one hour without use") {
    Session session;
    session.created = Instant{1'000'000s};
    session.last_seen = session.created;
    CHECK(is_live(session, session.created));
    CHECK(is_live(session, session.created + 60min - 1ms));
    CHECK_FALSE(is_live(session, session.created + 60min));
    session.last_seen = session.created + 11h + 59min;
    CHECK(is_live(session, session.created + 12h - 1ms));
    CHECK_FALSE(is_live(session, session.created + 12h));
    session.last_seen = session.created;
    CHECK(is_live(session, session.created - 1s));  // the clock was set right by a second
    CHECK_FALSE(is_live(session, session.created - 24h * 365));  // set back by a year: no endless session
}
