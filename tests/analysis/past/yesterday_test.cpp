#include "analysis/past/yesterday.h"

#include <doctest/doctest.h>

#include <map>
#include <numeric>

#include "analysis/past/memory_event_store.h"
#include "base/random.h"
#include "stories/letter_city.h"

using namespace vigie;
using namespace vigie::past;
using stories::hour_of;
using stories::period;

namespace {

/// A year and a half of facts over a few cells and three districts, one of them without outline,
/// some without a place.
MemoryEventStore random_store(std::uint64_t seed, int count) {
    Random random(seed);
    MemoryEventStore store;
    for (int i = 0; i < count; ++i) {
        Event event;
        event.local_hour = LocalHour{hour_of("2015-01-01").raw() +
                                     static_cast<std::int32_t>(random.below(550 * 24))};
        event.point = {static_cast<std::int32_t>(random.below(900)),
                       static_cast<std::int32_t>(random.below(300)) - 150};
        event.source = SourceId{static_cast<std::uint16_t>(random.below(2))};
        event.category = CategoryId{static_cast<std::uint16_t>(random.below(4))};
        event.origin = static_cast<Origin>(random.below(4));
        const std::uint64_t district = random.below(4);
        event.district =
            district == 3 ? no_district : DistrictId{static_cast<std::uint16_t>(district)};
        event.place_precision =
            random.below(10) == 0 ? PlacePrecision::area_only : PlacePrecision::point;
        if (random.below(8) == 0) {
            event.time_precision = TimePrecision::day;
            event.local_hour = first_hour_of(day_of(event.local_hour));
        }
        store.events.push_back(event);
    }
    return store;
}

City three_districts() {
    City city;
    for (std::uint16_t i = 0; i < 3; ++i) {
        District district;
        district.id = DistrictId{i};
        district.area_km2 = i == 2 ? 0.0 : 0.5 + i;
        district.rings =
            i == 2 ? std::vector<Ring>() : std::vector<Ring>{{{5, 43}, {6, 43}, {6, 44}}};
        if (i == 0) {
            district.residents = 2000;
        }
        city.districts.push_back(district);
    }
    return city;
}

std::uint64_t total(const std::vector<std::uint64_t>& counts) {
    return std::accumulate(counts.begin(), counts.end(), std::uint64_t{0});
}

std::uint64_t total(const std::vector<Breakdown>& rows) {
    std::uint64_t sum = 0;
    for (const Breakdown& row : rows) {
        sum += row.count;
    }
    return sum;
}

template <class Count>
std::uint64_t counted(const MemoryEventStore& store, const Count& wanted) {
    return static_cast<std::uint64_t>(std::ranges::count_if(store.events, wanted));
}

}  // namespace

TEST_CASE("every part of the answer counts the same facts") {
    MemoryEventStore store = random_store(1, 4000);
    const City city = three_districts();
    const HourRange span = store.stats().value().span.value();
    for (const HourRange asked :
         {period("2016-01-01", "2016-03-15"), period("2015-11-11T07", "2016-02-02T19")}) {
        for (const Unit unit : {Unit::cells, Unit::districts}) {
            Question question;
            question.filter.hours = asked;
            question.filter.categories = {CategoryId{0}, CategoryId{2}};
            question.unit = unit;
            question.bin = Bin::week;
            question.comparison = Comparison::previous_period;
            const auto answer = look_at_yesterday(store, city, span, question);
            REQUIRE(answer);
            const auto inside = [&](const Event& event) {
                return event.local_hour >= asked.begin && event.local_hour < asked.end &&
                       event.category.raw() % 2 == 0;
            };
            CHECK(answer->total == counted(store, inside));
            CHECK(total(answer->series.counts) == answer->total);
            CHECK(total(answer->sources) == answer->total);
            CHECK(total(answer->categories) == answer->total);
            CHECK(total(answer->origins) == answer->total);
            CHECK(total(answer->hour_of_week) + answer->known_by_day == answer->total);
            CHECK(total(answer->ribbon.counts) ==
                  counted(store, [](const Event& event) { return event.category.raw() % 2 == 0; }));
            CHECK(answer->known_by_day == counted(store, [&](const Event& event) {
                      return inside(event) && event.time_precision == TimePrecision::day;
                  }));
            REQUIRE(answer->compared_total);
            CHECK(total(answer->compared_series->counts) == *answer->compared_total);
            CHECK(answer->not_placed == counted(store, [&](const Event& event) {
                      const bool off = unit == Unit::cells ? !is_placed(event.place_precision)
                                                           : event.district.raw() >= 2;
                      return inside(event) && off;
                  }));
            CHECK(std::ranges::is_sorted(answer->places, std::less<>{}, &Place::key));
            CHECK(std::ranges::is_sorted(answer->categories, std::greater<>{}, &Breakdown::count));
        }
    }
}

TEST_CASE("a view costs three passes of the store, five with a comparison") {
    MemoryEventStore store = random_store(2, 50);
    const HourRange span = store.stats().value().span.value();
    Question question;
    question.filter.hours = period("2016-01-01", "2016-03-01");
    REQUIRE(look_at_yesterday(store, City{}, span, question));
    CHECK(store.passes == 3);
    question.comparison = Comparison::previous_period;
    store.passes = 0;
    REQUIRE(look_at_yesterday(store, City{}, span, question));
    CHECK(store.passes == 5);
    question.filter.hours = period("2016-01-01T05", "2016-03-01");
    store.passes = 0;
    REQUIRE(look_at_yesterday(store, City{}, span, question));
    CHECK(store.passes == 5);
}

TEST_CASE("an absence of data is not a quiet period") {
    MemoryEventStore store = random_store(3, 300);
    Question question;
    question.filter.hours = period("2015-01-01", "2016-01-01");
    question.comparison = Comparison::same_period_last_year;
    question.measure = Measure::change;
    const auto answer =
        look_at_yesterday(store, City{}, period("2015-01-01", "2016-07-01"), question);
    REQUIRE(answer);
    CHECK(answer->compared_period == period("2014-01-01", "2015-01-01"));
    CHECK(!answer->compared_total);
    CHECK(!answer->compared_series);
    CHECK(std::ranges::none_of(answer->places,
                               [](const Place& place) { return place.value.has_value(); }));
    CHECK(std::ranges::none_of(answer->origins,
                               [](const Breakdown& row) { return row.compared.has_value(); }));
}

TEST_CASE("an empty store answers nothing, calmly") {
    MemoryEventStore store;
    Question question;
    question.filter.hours = period("2016-01-01", "2016-02-01");
    question.comparison = Comparison::same_period_last_year;
    const auto answer = look_at_yesterday(store, City{}, question.filter.hours, question);
    REQUIRE(answer);
    CHECK(answer->total == 0);
    CHECK(answer->places.empty());
    CHECK(answer->trend.word == TrendWord::insufficient);
    CHECK(answer->series.counts.size() == 31);
}

TEST_CASE("an error of the store is passed on") {
    class Broken final : public MemoryEventStore {
      public:
        Result<Table> aggregate(const EventFilter&, const GroupBy&) override {
            return fail(ErrorCode::unavailable, "disk");
        }
    };
    Broken store;
    Question question;
    question.filter.hours = period("2016-01-01", "2016-02-01");
    const auto answer = look_at_yesterday(store, City{}, question.filter.hours, question);
    REQUIRE(!answer);
    CHECK(answer.error().code == ErrorCode::unavailable);
    CHECK(!play_yesterday(store, question, Step::day));
}
