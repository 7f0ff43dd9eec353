// Small runs of the cube, made from events.
#pragma once

#include <algorithm>
#include <map>
#include <vector>

#include "store/fact_cube_run.h"
#include "store/synthetic_events.h"

namespace vigie::test {

/// Numbers kinds as a cube does, over several runs.
struct KindNumbers {
    std::vector<std::uint64_t> kinds;
    std::map<std::uint64_t, std::uint32_t> numbers;
    std::uint32_t number_of(std::uint64_t kind) {
        const auto [at, is_new] = numbers.try_emplace(kind, static_cast<std::uint32_t>(kinds.size()));
        if (is_new) {
            kinds.push_back(kind);
        }
        return at->second;
    }
};

inline std::vector<CubeEntry> entries_of(std::span<const Event> events, KindNumbers& kinds) {
    std::vector<CubeEntry> entries;
    for (const auto& event : events) {
        const auto fact = cube_fact(event);
        entries.push_back({fact.place, segment_of(fact.hour), hour_in_segment(fact.hour) << 16 | kinds.number_of(fact.kind)});
    }
    return entries;
}

/// Every fact of a run, sorted: two runs are equal when these are.
inline std::vector<std::tuple<std::uint32_t, std::uint64_t, std::uint32_t>> facts_in(const CubeRun& run) {
    std::vector<std::tuple<std::uint32_t, std::uint64_t, std::uint32_t>> facts;
    for (const auto& segment : run.segments) {
        for (std::uint32_t g = segment.first_group; g < segment.first_group + segment.groups; ++g) {
            for (std::uint32_t f = run.group_begin[g]; f < run.group_begin[g + 1]; ++f) {
                facts.emplace_back(segment.index, run.places[run.group_place[g]], run.facts[f]);
            }
        }
    }
    return facts;
}

inline std::vector<std::tuple<std::uint32_t, std::uint64_t, std::uint32_t>> facts_in(std::vector<CubeEntry> entries) {
    std::vector<std::tuple<std::uint32_t, std::uint64_t, std::uint32_t>> facts;
    for (const auto& e : entries) {
        facts.emplace_back(e.segment, e.place, e.word);
    }
    std::ranges::sort(facts);
    return facts;
}

}  // namespace vigie::test
