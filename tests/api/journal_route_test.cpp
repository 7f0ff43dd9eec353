#include "api/journal_route.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <boost/json.hpp>

#include "small_observatory.h"

using namespace vigie;
using namespace vigie::api;
using namespace vigie::api::testing;

TEST_CASE("the journal is read page by page, and reading it is in it") {
    SmallObservatory small;
    for (int i = 0; i < 25; ++i) {
        governance::JournalEntry entry;
        entry.at = noon;
        entry.account = "somebody";
        entry.action = "past.view";
        REQUIRE(small.journal.record(entry));
    }
    small.sign_in("dpo");
    std::string target = "/api/v1/journal?limit=10";
    std::vector<std::uint64_t> numbers;
    for (int page = 0; page < 10; ++page) {
        const auto document = boost::json::parse(small.get(target).body);
        for (const auto& entry : document.at("entries").as_array()) {
            numbers.push_back(entry.at("number").to_number<std::uint64_t>());
        }
        if (document.at("next_before").is_null()) {
            break;
        }
        target = "/api/v1/journal?limit=10&before=" +
                 std::to_string(document.at("next_before").to_number<std::uint64_t>());
    }
    REQUIRE(numbers.size() == 26);  // with the sign-in
    CHECK(std::is_sorted(numbers.rbegin(), numbers.rend()));
    CHECK(numbers.back() == 1);
    CHECK(small.journal.of("journal").size() == 3);
    CHECK(member(small.get("/api/v1/journal?before=0").body, "parameter") == "before");
}

TEST_CASE("who may not read the journal does not") {
    SmallObservatory small;
    small.sign_in("analyst");
    CHECK(small.get("/api/v1/journal").status == 403);
}
