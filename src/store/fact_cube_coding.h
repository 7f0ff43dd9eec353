// A question turned into small look-up tables: every place, every hour and every kind of fact gets a class
// number (or none, when the filter leaves it out). Counting is then three look-ups and one increment a fact,
// whatever was asked. Classes are numbered in the order of their keys.
#pragma once

#include <cstdint>
#include <memory>
#include <vector>

#include "store/event_store.h"
#include "store/fact_cube_run.h"
#include "store/night_table.h"

namespace vigie {

/// The runs a reader looks at: never changes once published.
struct CubeSnapshot {
    std::vector<std::shared_ptr<const CubeRun>> runs;  ///< shared with later snapshots, which replace them one by one
    std::shared_ptr<const std::vector<std::uint64_t>> kinds;  ///< packed kinds by number; shared with later snapshots
    std::uint64_t facts = 0;
};

inline constexpr std::uint32_t no_class = UINT32_MAX;

/// The classes of one family of things: places, hours or kinds.
struct Coding {
    std::vector<std::size_t> dimensions;  ///< which of GroupBy::dimensions this family answers
    std::vector<std::uint32_t> codes;     ///< the class of each thing, or no_class
    std::uint32_t classes = 0;
    std::vector<std::int64_t> keys;       ///< classes x dimensions, row-major
    bool is_plain = false;                ///< everything is in, and in one class
};

struct QuestionCodes {
    Coding places;  ///< places of the runs, one run after the other
    Coding hours;   ///< segment_hours for each of `segments`
    Coding kinds;   ///< by number
    std::vector<std::size_t> first_place;  ///< of each run, in places.codes
    std::vector<std::uint32_t> segments;   ///< indexes of the segments that may hold an answer, ascending
};

/// Both have been checked (event_question.h).
[[nodiscard]] QuestionCodes code_question(const CubeSnapshot& snapshot, const EventFilter& filter, const GroupBy& group, NightTable& nights);

}  // namespace vigie
