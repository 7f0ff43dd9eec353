#include "store/fact_cube_coding.h"

#include <doctest/doctest.h>

#include "store/cube_samples.h"
#include "store/naive_answers.h"

using namespace vigie;
using namespace vigie::test;

namespace {

CubeSnapshot snapshot_of(std::span<const Event> events) {
    KindNumbers kinds;
    CubeSnapshot snapshot;
    snapshot.runs = {make_run(entries_of(events, kinds))};
    snapshot.kinds = std::make_shared<const std::vector<std::uint64_t>>(kinds.kinds);
    snapshot.facts = events.size();
    return snapshot;
}

}  // namespace

TEST_CASE("classes are numbered in the order of their keys, below zero too") {
    const auto snapshot = snapshot_of(synthetic_events(81, 3'000));
    auto nights = NightTable::open(test_zone, test_city).value();
    for (const auto& group : {GroupBy{{Dimension::cell}, 300}, GroupBy{{Dimension::district}}, GroupBy{{Dimension::cell}, 10'000}}) {
        const auto question = code_question(snapshot, {}, group, *nights);
        CHECK(question.places.classes == question.places.keys.size());
        CHECK(std::ranges::is_sorted(question.places.keys));
        CHECK(std::ranges::adjacent_find(question.places.keys) == question.places.keys.end());
    }
    const auto question = code_question(snapshot, {}, {{Dimension::month, Dimension::origin}}, *nights);
    CHECK(std::ranges::is_sorted(question.hours.keys));
    CHECK(question.kinds.keys == std::vector<std::int64_t>{0, 1, 2, 3});
    CHECK(question.places.is_plain);
}

TEST_CASE("only segments that may hold an answer are read") {
    const auto snapshot = snapshot_of(synthetic_events(82, 2'000));
    auto nights = NightTable::open(test_zone, test_city).value();
    EventFilter filter;
    filter.hours = {LocalHour{420'500}, LocalHour{420'501}};
    const auto one = code_question(snapshot, filter, {}, *nights);
    CHECK(one.segments == std::vector<std::uint32_t>{segment_of(LocalHour{420'500})});
    CHECK(std::ranges::count(one.hours.codes, 0U) == 1);
    filter.hours.end = filter.hours.begin;
    CHECK(code_question(snapshot, filter, {}, *nights).segments.empty());
}

TEST_CASE("a filter leaves out what it names, and facts known by day when it asks hours") {
    const auto snapshot = snapshot_of(synthetic_events(83, 2'000));
    auto nights = NightTable::open(test_zone, test_city).value();
    EventFilter filter;
    filter.hours_of_day = 1;
    filter.origins = {Origin::patrol};
    const auto question = code_question(snapshot, filter, {}, *nights);
    for (std::size_t i = 0; i < snapshot.kinds->size(); ++i) {
        const auto kind = unpack_kind((*snapshot.kinds)[i]);
        CHECK((question.kinds.codes[i] == 0) == (kind.origin == Origin::patrol && kind.time_precision != TimePrecision::day));
    }
}
