#include "api/passwords.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <chrono>
#include <set>

using namespace vigie::api;

TEST_CASE("a password is recognised by its hash and by nothing else") {
    const auto hash = hash_password("correct cheval pile agrafe").value();
    CHECK(hash.starts_with("$argon2id$v=19$m=65536,t=3,p=1$"));
    CHECK(verify_password(hash, "correct cheval pile agrafe"));
    CHECK(!verify_password(hash, "correct cheval pile agrafes"));
    CHECK(!verify_password(hash, ""));
    CHECK(!verify_password("", "correct cheval pile agrafe"));
    CHECK(!verify_password("$argon2id$nonsense", "x"));
    CHECK(hash_password("correct cheval pile agrafe").value() != hash);
}

TEST_CASE("an unknown login costs what a known one costs") {
    const auto hash = hash_password("correct cheval pile agrafe").value();
    const auto time_of = [](auto&& work) {
        const auto begin = std::chrono::steady_clock::now();
        work();
        return std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count();
    };
    // The least of three: the machine may be busy, the work can not be less than it is.
    double known = 1e9;
    double unknown = 1e9;
    for (int round = 0; round < 3; ++round) {
        known = std::min(known, time_of([&] { CHECK(!verify_password(hash, "wrong password")); }));
        unknown = std::min(unknown, time_of([] { verify_nothing("wrong password"); }));
    }
    CHECK(unknown > 0.5 * known);
    CHECK(unknown < 2.0 * known);
}

TEST_CASE("random passwords and tokens are long and do not repeat") {
    std::set<std::string> seen;
    for (int round = 0; round < 1000; ++round) {
        const auto password = random_password();
        CHECK(password.size() == 23);
        CHECK(seen.insert(password).second);
        const auto token = random_token(32);
        CHECK(token.size() == 43);
        CHECK(seen.insert(token).second);
    }
}
