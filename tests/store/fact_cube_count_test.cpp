#include "store/fact_cube_count.h"

#include <doctest/doctest.h>

#include "store/cube_samples.h"
#include "store/naive_answers.h"

using namespace vigie;
using namespace vigie::test;

namespace {

struct Counted {
    std::vector<Event> events;
    CubeSnapshot snapshot;
    std::unique_ptr<NightTable> nights = NightTable::open(test_zone, test_city).value();
    Counted(std::size_t count, const EventShape& shape) : events(synthetic_events(91, count, shape)) {
        KindNumbers kinds;
        const auto entries = entries_of(events, kinds);
        snapshot.runs = {make_run(std::span(entries).first(count / 2)), make_run(std::span(entries).subspan(count / 2))};
        snapshot.kinds = std::make_shared<const std::vector<std::uint64_t>>(kinds.kinds);
        snapshot.facts = count;
    }
    [[nodiscard]] Result<std::optional<Table>> ask(const GroupBy& group, int threads) const {
        return count_facts(snapshot, code_question(snapshot, {}, group, *nights), group.dimensions.size(), threads);
    }
};

}  // namespace

TEST_CASE("large key spaces are counted in passes, on several threads, with the same answer") {
    EventShape wide;
    wide.side_m = 12'000;
    const Counted counted(60'000, wide);
    for (const auto& group : {GroupBy{{Dimension::cell, Dimension::day}}, GroupBy{{Dimension::day, Dimension::cell}},
                              GroupBy{{Dimension::day, Dimension::cell, Dimension::week}}, GroupBy{{Dimension::hour, Dimension::district}}}) {
        const auto expected = naive_aggregate(counted.events, {}, group);
        for (const int threads : {1, 3}) {
            const bool same = **counted.ask(group, threads) == expected;
            CHECK(same);
        }
    }
}

TEST_CASE("a key space past the bound is left to the rows, not counted wrong") {
    EventShape wide;
    wide.side_m = 60'000;
    wide.hours = 24 * 700;
    const Counted counted(60'000, wide);
    const auto answer = counted.ask({{Dimension::cell, Dimension::hour}}, 1);
    REQUIRE(answer.has_value());
    CHECK_FALSE(answer->has_value());
}

TEST_CASE("a damaged segment is an error, not a smaller count") {
    Counted counted(2'000, {});
    auto damaged = std::make_shared<CubeRun>(*counted.snapshot.runs.front());
    damaged->segment_is_whole = [](std::size_t i) { return i != 0; };
    counted.snapshot.runs.front() = damaged;
    CHECK(counted.ask({}, 2).error().code == ErrorCode::corrupt);
}
