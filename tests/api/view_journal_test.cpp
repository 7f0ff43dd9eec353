#include "api/view_journal.h"

#include <doctest/doctest.h>

#include "small_observatory.h"

using namespace vigie;
using namespace vigie::api;
using namespace vigie::api::testing;

namespace {

SignedIn somebody(std::uint8_t number) {
    SignedIn who;
    who.token_hash[0] = number;
    who.login = "agent" + std::to_string(number);
    return who;
}

}  // namespace

TEST_CASE("a settled view leaves one line in half an hour, by session, question and action") {
    MemoryJournal lines;
    ViewJournal journal(lines);
    const Look look{"past.view", "cat=noise", 12};
    for (int i = 0; i < 100; ++i) {
        REQUIRE(journal.write_once(somebody(1), look, noon + std::chrono::seconds{i}));
    }
    CHECK(lines.entries.size() == 1);
    CHECK(lines.entries[0].entry.rows == 12);
    CHECK(lines.entries[0].entry.account == "agent1");
    REQUIRE(journal.write_once(somebody(2), look, noon));
    REQUIRE(journal.write_once(somebody(1), {"past.frames", "cat=noise", 12}, noon));
    REQUIRE(journal.write_once(somebody(1), {"past.view", "cat=theft", 12}, noon));
    CHECK(lines.entries.size() == 4);
    REQUIRE(journal.write_once(somebody(1), look, noon + same_view_within));
    CHECK(lines.entries.size() == 5);
    // A clock that went back is no reason not to write.
    REQUIRE(journal.write_once(somebody(1), look, noon - std::chrono::hours{1}));
    CHECK(lines.entries.size() == 6);
}

TEST_CASE("a line that could not be written is not believed to be") {
    MemoryJournal lines;
    ViewJournal journal(lines);
    const Look look{"past.view", "", 1};
    lines.failing = true;
    CHECK(!journal.write_once(somebody(1), look, noon));
    CHECK(!journal.is_written(somebody(1), look, noon));
    lines.failing = false;
    CHECK(journal.write_once(somebody(1), look, noon));
    CHECK(journal.is_written(somebody(1), look, noon));
}
