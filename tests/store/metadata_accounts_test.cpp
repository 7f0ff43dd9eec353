#include "store/metadata.h"

#include <doctest/doctest.h>

#include "store/scratch_folder.h"
#include "store/sqlite_statement.h"

using namespace vigie;
using namespace std::chrono_literals;
using governance::Account;
using governance::Purpose;
using governance::Role;
using governance::Session;

namespace {

const Instant noon{1'790'000'000s};

std::unique_ptr<Metadata> open_metadata(const std::string& path) {
    auto metadata = Metadata::open(path);
    REQUIRE_MESSAGE(metadata.has_value(), metadata.error().message);
    return std::move(*metadata);
}

}  // namespace

TEST_CASE("accounts are kept and replaced without ending sessions") {
    const test::ScratchFolder folder;
    const auto metadata = open_metadata(folder / "m");
    CHECK(metadata->find_account("zoe")->has_value() == false);
    REQUIRE(metadata->save_account({"zoe", Role::dpo, "$argon2id$x", true, false}).has_value());
    REQUIRE(metadata->save_account({"abel", Role::planner, "$argon2id$y", false, true}).has_value());
    Session session;
    session.token_hash.fill(7);
    session.login = "zoe";
    session.purpose = Purpose::preparation;
    session.csrf_token = "jeton";
    session.created = noon;
    session.last_seen = noon + 1min;
    REQUIRE(metadata->save_session(session).has_value());
    REQUIRE(metadata->save_account({"zoe", Role::analyst, "$argon2id$z", false, true}).has_value());
    const auto zoe = **metadata->find_account("zoe");
    CHECK(zoe.role == Role::analyst);
    CHECK(zoe.password_hash == "$argon2id$z");
    CHECK_FALSE(zoe.must_change_password);
    CHECK(zoe.disabled);
    const auto accounts = metadata->accounts();
    REQUIRE(accounts->size() == 2);
    CHECK(accounts->at(0).login == "abel");
    const auto found = **metadata->find_session(session.token_hash);
    CHECK(found.login == "zoe");
    CHECK(found.purpose == Purpose::preparation);
    CHECK(found.csrf_token == "jeton");
    CHECK(found.created == noon);
    CHECK(found.last_seen == noon + 1min);
    CHECK_FALSE(metadata->save_account(Account{}).has_value());
}

TEST_CASE("sessions end one by one, all of a login, and by age") {
    const test::ScratchFolder folder;
    const auto metadata = open_metadata(folder / "m");
    REQUIRE(metadata->save_account({"zoe", Role::dpo, "x", false, false}).has_value());
    REQUIRE(metadata->save_account({"abel", Role::dpo, "x", false, false}).has_value());
    const auto begin = [&](std::uint8_t token, const char* login, Instant at) {
        Session session;
        session.token_hash.fill(token);
        session.login = login;
        session.created = at;
        session.last_seen = at;
        REQUIRE(metadata->save_session(session).has_value());
        return session.token_hash;
    };
    const auto is_there = [&](const governance::TokenHash& hash) { return metadata->find_session(hash)->has_value(); };
    const auto one = begin(1, "zoe", noon);
    const auto two = begin(2, "zoe", noon);
    const auto three = begin(3, "abel", noon);
    REQUIRE(metadata->end_session(one).has_value());
    CHECK_FALSE(is_there(one));
    CHECK(is_there(two));
    REQUIRE(metadata->end_sessions_of("zoe").has_value());
    CHECK_FALSE(is_there(two));
    CHECK(is_there(three));
    begin(4, "zoe", noon + 59min);
    CHECK(is_there(three));
    begin(5, "zoe", noon + 60min);
    CHECK_FALSE(is_there(three));
    Session nobody;
    nobody.login = "nobody";
    CHECK_FALSE(metadata->save_session(nobody).has_value());
}

TEST_CASE("wrong passwords are counted, zeroed, and can not fill the disk") {
    const test::ScratchFolder folder;
    const auto metadata = open_metadata(folder / "m");
    REQUIRE(metadata->save_account({"zoe", Role::dpo, "x", false, false}).has_value());
    CHECK(metadata->failures("zoe")->count == 0);
    REQUIRE(metadata->save_failures("zoe", {4, noon - 24h}).has_value());
    CHECK(metadata->failures("zoe")->count == 4);
    CHECK(metadata->failures("zoe")->last == noon - 24h);
    {
        auto connection = sqlite::Connection::open(folder / "m");
        REQUIRE(connection
                    ->execute("WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 10050) "
                              "INSERT INTO failures SELECT 'x' || i, 1, 1000 FROM n")
                    .has_value());
    }
    REQUIRE(metadata->save_failures("one_more", {1, noon}).has_value());
    auto connection = sqlite::Connection::open(folder / "m");
    CHECK(*connection->integer("SELECT count(*) FROM failures") == 10'001);
    CHECK(metadata->failures("zoe")->count == 4);  // older than all others, but an account
    CHECK(metadata->failures("one_more")->count == 1);
    REQUIRE(metadata->save_failures("zoe", {0, noon}).has_value());
    CHECK(metadata->failures("zoe")->count == 0);
}
