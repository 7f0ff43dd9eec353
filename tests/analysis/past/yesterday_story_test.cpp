// Yesterday told on a town of letters: what happened is drawn, what the screen says is drawn beside
// it.
#include <doctest/doctest.h>

#include "analysis/past/memory_event_store.h"
#include "analysis/past/yesterday.h"
#include "stories/letter_city.h"

using namespace vigie;
using namespace vigie::past;
using stories::LetterCity;
using stories::period;

namespace {

Yesterday look(const LetterCity& town, const Question& question) {
    MemoryEventStore store;
    store.events = town.events;
    const HourRange span = store.stats().value().span.value();
    const auto answer = look_at_yesterday(store, City{}, span, question);
    REQUIRE_MESSAGE(answer, (answer ? "" : answer.error().message));
    return *answer;
}

Question ask(std::string_view from, std::string_view to) {
    Question question;
    question.filter.hours = period(from, to);
    question.cell_m = 100;
    return question;
}

}  // namespace

TEST_CASE("Friday nights: the bars by the harbour stand out and the school does not") {
    LetterCity town({"S...",            // a school
                     "....", "..BB"});  // two bars; find() places facts at the first
    for (const char* friday :
         {"2016-05-06T23", "2016-05-13T23", "2016-05-20T22", "2016-05-27T22"}) {
        town.happened('B', friday, 3);
    }
    for (const char* weekday :
         {"2016-05-03T16", "2016-05-10T16", "2016-05-17T08", "2016-05-24T08"}) {
        town.happened('S', weekday, 5);
    }
    Question all_month = ask("2016-05-01", "2016-06-01");
    CHECK(town.draw(look(town, all_month).places) ==
          "  20   .   .   .\n"
          "   .   .   .   .\n"
          "   .   .  12   .\n");

    Question friday_night = all_month;
    friday_night.filter.weekdays = 1 << 4;
    friday_night.filter.hours_of_day = 0xf00000;  // 20 h to 24 h
    const Yesterday answer = look(town, friday_night);
    CHECK(town.draw(answer.places) ==
          "   .   .   .   .\n"
          "   .   .   .   .\n"
          "   .   .  12   .\n");
    CHECK(answer.hour_of_week[4 * 24 + 23] == 6);
    CHECK(answer.hour_of_week[4 * 24 + 22] == 6);
    CHECK(answer.total == 12);
}

TEST_CASE(
    "a year later: one street doubled, one halved, and a new one has nothing to compare with") {
    LetterCity town({"U.D", ".N."});
    for (const auto& [at_u, at_d, at_n, day] :
         {std::tuple{20, 40, 0, "2015-07-14T12"}, std::tuple{40, 20, 30, "2016-07-14T12"}}) {
        town.happened('U', day, at_u);
        town.happened('D', day, at_d);
        town.happened('N', day, at_n);
    }
    Question question = ask("2016-07-01", "2016-08-01");
    question.comparison = Comparison::same_period_last_year;
    question.measure = Measure::change;
    const Yesterday none = look(town, question);
    CHECK_MESSAGE(!none.compared_total, "the data begins in the middle of the compared July");

    town.happened('U', "2015-06-30T12");
    const Yesterday answer = look(town, question);
    CHECK(answer.compared_period == period("2015-07-01", "2015-08-01"));
    CHECK(answer.total == 90);
    CHECK(answer.compared_total == 60);
    CHECK(town.draw(answer.places, 100.0) ==  // per cent
          " 100   . -50\n"
          "   .   ?   .\n");
    REQUIRE(answer.compared_series);
    CHECK(answer.compared_series->counts.size() == answer.series.counts.size());
    CHECK(answer.compared_series->counts[13] == 60);
    CHECK(answer.series.counts[13] == 90);
}

TEST_CASE(
    "too few to say: four facts stay grey, five are shown, and what has no place is counted "
    "apart") {
    LetterCity town({"4.5"});
    town.happened('4', "2016-03-01T10", 4);
    town.happened('5', "2016-03-01T10", 5);
    town.happened('-', "2016-03-01T10", 7);
    const Yesterday answer = look(town, ask("2016-03-01", "2016-03-02"));
    CHECK(town.draw(answer.places) == "   ?   .   5\n");
    CHECK(answer.total == 16);
    CHECK(answer.not_placed == 7);
}

TEST_CASE("facts known by day only are on the map and in the days, and in no hour") {
    LetterCity town({"A"});
    town.happened('A', "2016-03-01", 9);
    town.happened('A', "2016-03-01T18", 6);
    const Yesterday answer = look(town, ask("2016-03-01", "2016-03-02"));
    CHECK(town.draw(answer.places) == "  15\n");
    CHECK(answer.known_by_day == 9);
    CHECK(answer.series.counts == std::vector<std::uint64_t>{15});
    CHECK(answer.hour_of_week[24 + 18] == 6);
    CHECK(answer.hour_of_week[24] == 0);

    Question evening = ask("2016-03-01", "2016-03-02");
    evening.filter.hours_of_day = 1 << 18;
    const Yesterday only_evening = look(town, evening);
    CHECK(only_evening.total == 6);
    CHECK(only_evening.known_by_day == 0);
}
