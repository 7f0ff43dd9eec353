#include "api/yesterday_route.h"

#include <doctest/doctest.h>

#include <boost/json.hpp>

#include "busy_week.h"

using namespace vigie;
using namespace vigie::api;
using namespace vigie::api::testing;

TEST_CASE("a view counts what is there, and hides what is too few") {
    BusyWeek week;
    const auto got = week.small.get(week.view());
    REQUIRE(got.status == 200);
    const auto view = boost::json::parse(got.body);
    CHECK(view.at("total").to_number<int>() == 12 + 3 + 7);
    const auto& places = view.at("places");
    REQUIRE(places.at("column").as_array().size() == 3);
    CHECK(places.at("district").as_array().empty());
    CHECK(places.at("n").as_array()[0].to_number<int>() == 12);
    CHECK(places.at("n").as_array()[1].is_null());
    CHECK(places.at("value").as_array()[1].is_null());
    CHECK(places.at("few").as_array()[1].as_bool());
    CHECK(places.at("n").as_array()[2].to_number<int>() == 7);
    CHECK(view.at("attributions").as_array().size() == 2);
    CHECK(view.at("filters").as_string().find("cell=100") != std::string::npos);
    CHECK(view.at("series").at("counts").as_array().size() == 7);
    CHECK(view.at("hour_of_week").as_array().size() == 168);
}

TEST_CASE("one settled view leaves one line, whoever asks however often") {
    BusyWeek week;
    auto& small = week.small;
    for (int i = 0; i < 20; ++i) {
        CHECK(small.get(week.view()).status == 200);
        CHECK(small.get(week.view_in_other_words()).status == 200);
    }
    REQUIRE(small.journal.of("past.view").size() == 1);
    CHECK(small.journal.of("past.view")[0].rows == 22);
    CHECK(small.journal.of("past.view")[0].account == "analyst");
    small.get(week.view() + "&cat=noise");
    CHECK(small.journal.of("past.view").size() == 2);
    small.now += same_view_within;
    CHECK(small.get(week.view()).status == 200);
    CHECK(small.journal.of("past.view").size() == 3);
    small.sign_in("dpo");
    CHECK(small.get(week.view()).status == 200);
    CHECK(small.journal.of("past.view").size() == 4);
}

TEST_CASE("the second time an answer is given at once, without counting again") {
    BusyWeek week;
    auto& small = week.small;
    CHECK(small.get(week.view()).status == 200);
    CHECK(!small.was_at_once);
    const auto counted = small.events.passes;
    const auto again = small.get(week.view());
    CHECK(small.was_at_once);
    CHECK(small.events.passes == counted);

    Ask ask{Method::get, week.view()};
    ask.if_none_match = again.response.etag;
    const auto unchanged = small.ask(ask);
    CHECK(unchanged.status == 304);
    CHECK(unchanged.body.empty());

    // Other words for the same question: no counting either.
    CHECK(small.get(week.view_in_other_words()).body == again.body);
    CHECK(small.events.passes == counted);

    // Another role has its own answer, and a compressed one is the same text.
    ask.if_none_match.clear();
    ask.accept_encoding = "gzip";
    const auto packed = small.ask(ask);
    CHECK(packed.response.gzip);
    CHECK(boost::json::parse(packed.body).at("total") ==
          boost::json::parse(again.body).at("total"));
}

TEST_CASE("new facts are seen half a second later at most") {
    BusyWeek week;
    auto& small = week.small;
    const auto before = small.get(week.view());
    week.add(10, {0, 0});
    small.now += data_state_trust;
    const auto after = small.get(week.view());
    CHECK(boost::json::parse(after.body).at("total").to_number<int>() == 32);
    CHECK(before.response.etag != after.response.etag);
    CHECK(small.journal.of("past.view").size() == 1);
}

TEST_CASE("when the journal can not be written nothing is served, kept answers included") {
    BusyWeek week;
    auto& small = week.small;
    REQUIRE(small.get(week.view()).status == 200);
    small.journal.failing = true;
    small.now += same_view_within;
    for (const auto& target : {week.view(), week.frames(), week.view() + "&cat=noise",
                               week.export_of("places", "csv")}) {
        CAPTURE(target);
        const auto got = small.get(target);
        CHECK(got.status == 503);
        CHECK(member(got.body, "code") == "unavailable");
        CHECK(got.body.find("\"n\"") == std::string::npos);
    }
    small.journal.failing = false;
    CHECK(small.get(week.view()).status == 200);
}

TEST_CASE("a kept answer is not given to somebody whose session has ended") {
    BusyWeek week;
    auto& small = week.small;
    REQUIRE(small.get(week.view()).status == 200);
    small.accounts.sessions.clear();
    small.now += session_trust;
    CHECK(small.get(week.view()).status == 401);
    small.cookie.clear();
    CHECK(small.get(week.view()).status == 401);
}

TEST_CASE("a wrong question names the parameter that is wrong") {
    BusyWeek week;
    for (const auto& [query, name] :
         std::initializer_list<std::pair<const char*, const char*>>{{"cell=150", "cell"},
                                                                    {"cat=nothing", "cat"},
                                                                    {"from=yesterday", "from"},
                                                                    {"wd=8", "wd"},
                                                                    {"step=day", "step"},
                                                                    {"colour=red", "colour"},
                                                                    {"cat=a&cat=b", "cat"}}) {
        CAPTURE(query);
        const auto got = week.small.get("/api/v1/past/view?" + std::string(query));
        CHECK(got.status == 400);
        CHECK(member(got.body, "parameter") == name);
    }
}

TEST_CASE("playback counts by place and step, and hides what is too few") {
    BusyWeek week;
    const auto got = week.small.get(week.frames());
    REQUIRE(got.status == 200);
    const auto frames = boost::json::parse(got.body);
    CHECK(frames.at("steps").as_array().size() == 7);
    CHECK(frames.at("step").as_string() == "day");
    std::uint64_t shown = 0;
    std::size_t hidden = 0;
    for (const auto& count : frames.at("count_of").as_array()) {
        shown += count.is_null() ? 0 : count.to_number<std::uint64_t>();
        hidden += count.is_null() ? 1U : 0U;
    }
    CHECK(shown == 12 + 7);
    CHECK(hidden == 1);
    CHECK(week.small.journal.of("past.frames")[0].rows == 22);
}

TEST_CASE("an empty store has an empty view") {
    SmallObservatory small;
    small.sign_in("analyst");
    const auto got = small.get("/api/v1/past/view");
    REQUIRE(got.status == 200);
    CHECK(boost::json::parse(got.body).at("total").to_number<int>() == 0);
}
