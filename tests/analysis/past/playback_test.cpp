#include <doctest/doctest.h>

#include "analysis/past/memory_event_store.h"
#include "analysis/past/yesterday.h"
#include "stories/letter_city.h"

using namespace vigie;
using namespace vigie::past;
using stories::LetterCity;
using stories::period;

namespace {

MemoryEventStore store_of(const LetterCity& town) {
    MemoryEventStore store;
    store.events = town.events;
    return store;
}

Question ask(std::string_view from, std::string_view to) {
    Question question;
    question.filter.hours = period(from, to);
    question.cell_m = 100;
    return question;
}

}  // namespace

TEST_CASE("a playback tells, step by step, how many facts each place had") {
    LetterCity town({"A.", ".B"});
    town.happened('A', "2016-05-04T10", 3);
    town.happened('B', "2016-05-04T11", 2);
    town.happened('B', "2016-05-09T11", 1);
    town.happened('-', "2016-05-09T11", 4);
    MemoryEventStore store = store_of(town);
    const auto frames = play_yesterday(store, ask("2016-05-04T06", "2016-05-17"), Step::week);
    REQUIRE(frames);
    CHECK(frames->steps == std::vector{period("2016-05-04T06", "2016-05-09"),
                                       period("2016-05-09", "2016-05-16"),
                                       period("2016-05-16", "2016-05-17")});
    CHECK(frames->places == std::vector{pack(Cell{0, 1}), pack(Cell{1, 0})});
    CHECK(frames->step_of == std::vector<std::uint32_t>{0, 0, 1});
    CHECK(frames->place_of == std::vector<std::uint32_t>{0, 1, 1});
    CHECK(frames->count_of == std::vector<std::uint32_t>{3, 2, 1});
    CHECK(store.passes == 1);
}

TEST_CASE("steps cover the period without gap or overlap") {
    MemoryEventStore store;
    for (const Step step : {Step::hour, Step::day, Step::week, Step::month}) {
        const HourRange asked = period("2016-02-10T05", "2016-03-08T17");
        const auto frames = play_yesterday(store, ask("2016-02-10T05", "2016-03-08T17"), step);
        REQUIRE(frames);
        CHECK(frames->steps.front().begin == asked.begin);
        CHECK(frames->steps.back().end == asked.end);
        for (std::size_t i = 1; i < frames->steps.size(); ++i) {
            CHECK(frames->steps[i].begin == frames->steps[i - 1].end);
        }
    }
    CHECK(play_yesterday(store, ask("2016-02-10T05", "2016-03-08T17"), Step::month)->steps.size() ==
          2);
    CHECK(play_yesterday(store, ask("2016-01-01", "2016-02-01"), Step::hour)->steps.size() == 744);
}

TEST_CASE("by hour, facts known by day only are left out") {
    LetterCity town({"A"});
    town.happened('A', "2016-05-04", 3);
    town.happened('A', "2016-05-04T05", 2);
    MemoryEventStore store = store_of(town);
    CHECK(play_yesterday(store, ask("2016-05-04", "2016-05-05"), Step::hour)->count_of ==
          std::vector<std::uint32_t>{2});
    CHECK(play_yesterday(store, ask("2016-05-04", "2016-05-05"), Step::day)->count_of ==
          std::vector<std::uint32_t>{5});
}

TEST_CASE("too many steps are refused with what would fit") {
    MemoryEventStore store;
    const auto year_of_hours = play_yesterday(store, ask("2016-01-01", "2017-01-01"), Step::hour);
    REQUIRE(!year_of_hours);
    CHECK(year_of_hours.error().message ==
          "La lecture compterait 8784 pas (un par heure) ; attendu : au plus 800. Choisissez un "
          "pas par jour "
          "(366 pas) ou une période plus courte.");
    const auto century = play_yesterday(store, ask("1950-01-01", "2050-01-01"), Step::month);
    REQUIRE(!century);
    CHECK(century.error().message.ends_with("Choisissez une période plus courte."));
    CHECK(store.passes == 0);
}
