#include "api/session_desk.h"

#include <doctest/doctest.h>

#include "small_observatory.h"

using namespace vigie;
using namespace vigie::api;
using namespace vigie::api::testing;
using std::chrono::minutes;
using std::chrono::seconds;

namespace {

governance::Account agent() {
    governance::Account account;
    account.login = "agent";
    account.role = governance::Role::analyst;
    return account;
}

}  // namespace

TEST_CASE("a session is known by its cookie, and kept by its hash only") {
    MemoryAccounts store;
    REQUIRE(store.save_account(agent()));
    SessionDesk desk(store);
    const auto opened = desk.open(agent(), governance::Purpose::control, noon).value();
    CHECK(opened.cookie_value.size() == 43);
    CHECK(store.sessions.size() == 1);
    const auto hash = SessionDesk::hash_of(opened.cookie_value);
    CHECK(store.sessions.contains(hash));
    const auto who = desk.check(hash, noon + seconds{1}).value();
    REQUIRE(who);
    CHECK(who->login == "agent");
    CHECK(who->purpose == governance::Purpose::control);
    CHECK(!desk.check(SessionDesk::hash_of("guess"), noon).value());
}

TEST_CASE("the store is asked again after a few seconds, not each time") {
    MemoryAccounts store;
    REQUIRE(store.save_account(agent()));
    SessionDesk desk(store);
    const auto hash = SessionDesk::hash_of(desk.open(agent(), {}, noon).value().cookie_value);
    for (int i = 0; i < 100; ++i) {
        CHECK(desk.check(hash, noon + seconds{1}).value());
    }
    CHECK(store.session_reads == 0);
    CHECK(!desk.recall(hash, noon + session_trust));
    CHECK(desk.check(hash, noon + session_trust).value());
    CHECK(store.session_reads == 1);

    auto disabled = agent();
    disabled.disabled = true;
    REQUIRE(store.save_account(disabled));
    CHECK(!desk.check(hash, noon + session_trust * 2).value());
}

TEST_CASE("a session ends when it is not used, and after its longest length even if it is") {
    MemoryAccounts store;
    REQUIRE(store.save_account(agent()));
    SessionDesk desk(store);
    const auto idle = SessionDesk::hash_of(desk.open(agent(), {}, noon).value().cookie_value);
    const auto used = SessionDesk::hash_of(desk.open(agent(), {}, noon).value().cookie_value);
    for (minutes at{0}; at < governance::session_length_max; at += minutes{10}) {
        CAPTURE(at.count());
        CHECK(desk.check(used, noon + at).value());
    }
    CHECK(!desk.check(idle, noon + governance::session_idle_max + seconds{1}).value());
    CHECK(!desk.check(used, noon + governance::session_length_max + seconds{1}).value());
}

TEST_CASE("the moment of last use survives a restart") {
    MemoryAccounts store;
    REQUIRE(store.save_account(agent()));
    governance::TokenHash hash{};
    {
        SessionDesk desk(store);
        hash = SessionDesk::hash_of(desk.open(agent(), {}, noon).value().cookie_value);
        CHECK(desk.check(hash, noon + minutes{50}).value());
    }
    SessionDesk desk(store);
    CHECK(desk.check(hash, noon + minutes{100}).value());
}

TEST_CASE("the other sessions end, this one stays") {
    MemoryAccounts store;
    REQUIRE(store.save_account(agent()));
    SessionDesk desk(store);
    const auto here = desk.open(agent(), {}, noon).value();
    const auto there = desk.open(agent(), {}, noon).value();
    REQUIRE(desk.close_others(here.session, noon));
    CHECK(desk.check(here.session.token_hash, noon).value());
    CHECK(!desk.check(there.session.token_hash, noon).value());
    REQUIRE(desk.close(here.session.token_hash));
    CHECK(!desk.check(here.session.token_hash, noon).value());
}
