#include "api/sign_in.h"

#include <doctest/doctest.h>

#include "small_observatory.h"

using namespace vigie;
using namespace vigie::api;
using namespace vigie::api::testing;
using Outcome = SignInDesk::Outcome;

TEST_CASE("wrong passwords make one wait, longer each time; the right one forgives") {
    SmallObservatory small;
    SignInDesk desk(small.accounts);
    Instant now = noon;
    for (int i = 0; i < 4; ++i) {
        CHECK(desk.verify("analyst", "wrong", now).value().outcome == Outcome::wrong);
    }
    const auto early = desk.verify("analyst", password_of("analyst"), now).value();
    CHECK(early.outcome == Outcome::too_early);
    CHECK(early.wait == governance::throttle_after(4));
    now += early.wait;
    const auto right = desk.verify("analyst", password_of("analyst"), now).value();
    CHECK(right.outcome == Outcome::right);
    REQUIRE(right.account);
    CHECK(right.account->login == "analyst");
    CHECK(small.accounts.failures("analyst").value().count == 0);
}

TEST_CASE("an unknown login is slowed down like a known one, without filling the store") {
    SmallObservatory small;
    SignInDesk desk(small.accounts);
    for (int i = 0; i < 4; ++i) {
        CHECK(desk.verify("nobody", "wrong", noon).value().outcome == Outcome::wrong);
    }
    CHECK(desk.verify("nobody", "wrong", noon).value().outcome == Outcome::too_early);
    CHECK(small.accounts.failures_of.empty());
    CHECK(desk.verify("", "wrong", noon).value().outcome == Outcome::wrong);
    CHECK(desk.verify(std::string(5000, 'x'), "wrong", noon).value().outcome == Outcome::wrong);
}

TEST_CASE("a disabled account does not come in, even with its password") {
    SmallObservatory small;
    small.accounts.by_login.at("dpo").disabled = true;
    SignInDesk desk(small.accounts);
    CHECK(desk.verify("dpo", password_of("dpo"), noon).value().outcome == Outcome::wrong);
}

TEST_CASE("a clock set back does not lock anybody out for long") {
    SmallObservatory small;
    SignInDesk desk(small.accounts);
    REQUIRE(small.accounts.save_failures("analyst", {5, noon + std::chrono::hours{24}}));
    const auto verdict = desk.verify("analyst", password_of("analyst"), noon).value();
    CHECK(verdict.outcome == Outcome::too_early);
    CHECK(verdict.wait <= governance::throttle_after(5));
}
