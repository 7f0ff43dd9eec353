#include "store/fact_cube_run.h"

#include <doctest/doctest.h>

#include "store/cube_samples.h"

using namespace vigie;
using namespace vigie::test;

TEST_CASE("a place and a kind come back from one number, and places sort by column, row, district") {
    const CubePlace place{true, Cell{-200'000, 199'999}, DistrictId{7}, PlacePrecision::area_centroid};
    const auto back = unpack_place(pack_place(place));
    CHECK(back.placed);
    CHECK(back.cell == place.cell);
    CHECK(back.district == place.district);
    CHECK(back.precision == place.precision);
    const CubePlace nowhere{false, {}, no_district, PlacePrecision::none};
    CHECK_FALSE(unpack_place(pack_place(nowhere)).placed);
    CHECK(pack_place(nowhere) < pack_place(place));
    CHECK(pack_place({true, Cell{-1, 5}, {}, {}}) < pack_place({true, Cell{0, -5}, {}, {}}));
    CHECK(pack_place({true, Cell{3, -1}, {}, {}}) < pack_place({true, Cell{3, 0}, {}, {}}));
    const CubeKind kind{SourceId{65'535}, CategoryId{119}, Origin::sensor, TimePrecision::day};
    const auto kind_back = unpack_kind(pack_kind(kind));
    CHECK(kind_back.source == kind.source);
    CHECK(kind_back.category == kind.category);
    CHECK(kind_back.origin == kind.origin);
    CHECK(kind_back.time_precision == kind.time_precision);
}

TEST_CASE("a run holds its entries, each once, in order") {
    KindNumbers kinds;
    for (const std::size_t size : {0U, 1U, 2U, 3'000U}) {
        const auto entries = entries_of(synthetic_events(size, size), kinds);
        const auto run = make_run(entries);
        CHECK(facts_in(*run) == facts_in(entries));
        CHECK(std::ranges::is_sorted(run->places));
    }
}

TEST_CASE("a merge holds the facts of all runs that are kept, and no place without a fact") {
    KindNumbers kinds;
    std::vector<CubeEntry> all;
    std::vector<std::shared_ptr<const CubeRun>> runs;
    for (std::uint64_t seed = 0; seed < 5; ++seed) {
        EventShape shape;
        shape.first_hour += static_cast<std::int32_t>(seed) * 700;
        const auto entries = entries_of(synthetic_events(seed, seed == 3 ? 0 : 800, shape), kinds);
        all.insert(all.end(), entries.begin(), entries.end());
        runs.push_back(make_run(entries));
    }
    CHECK(facts_in(*merge_in_memory(runs, {}).value()) == facts_in(all));

    const auto far_east = pack_place({true, Cell{10, -1'000}, {}, {}});
    const auto kept = merge_in_memory(runs, [&](std::size_t run, std::uint32_t place, std::uint32_t, std::uint32_t word) {
                          return runs[run]->places[place] < far_east && word % 2 == 0;
                      }).value();
    std::erase_if(all, [&](const CubeEntry& e) { return e.place >= far_east || e.word % 2 != 0; });
    CHECK(facts_in(*kept) == facts_in(all));
    CHECK(kept->places.back() < far_east);
}

TEST_CASE("a run that is not whole stops a merge") {
    KindNumbers kinds;
    auto damaged = std::make_shared<CubeRun>(*make_run(entries_of(synthetic_events(3, 50), kinds)));
    damaged->segment_is_whole = [](std::size_t i) { return i != 1; };
    const std::vector<std::shared_ptr<const CubeRun>> runs = {damaged};
    CHECK(merge_in_memory(runs, {}).error().code == ErrorCode::corrupt);
}
