// One sorted run of the fact cube: facts in 4 bytes each, by segment of four weeks, then by place, then by hour and kind.
//
//   segments   [ four weeks A            | four weeks B      ]
//   groups     [ place 0 | place 4 | 9   | place 0 | place 4 ]     a group = the facts of one place in one segment
//   facts      [ w w w w | w w w   | w   | w w     | w w w w ]     w = hour in segment << 16 | kind
//
// A place is a finest cell (or none), a district and how finely the place is known, in one sortable
// number. A kind is the number, in the cube's dictionary, of a combination of source, category, origin and
// time precision. A run is made once and never changes; the base run lies in a mapped file, the others in memory.
#pragma once

#include <atomic>
#include <cstdint>
#include <functional>
#include <memory>
#include <span>
#include <vector>

#include "base/result.h"
#include "city/event/event.h"
#include "store/local_segments.h"

namespace vigie {

/// Kinds one word can tell apart: its low 16 bits.
inline constexpr std::size_t kinds_max = 1U << 16;

/// A fact as the cube keeps it. `kind` is a key of make_kind.
struct CubeFact {
    std::uint64_t place = 0;
    std::uint64_t kind = 0;
    LocalHour hour;
};
[[nodiscard]] CubeFact cube_fact(const Event& event);

struct CubePlace {
    bool placed = false;
    Cell cell;  ///< finest
    DistrictId district;
    PlacePrecision precision = PlacePrecision::none;
};
[[nodiscard]] std::uint64_t pack_place(const CubePlace& place);
[[nodiscard]] CubePlace unpack_place(std::uint64_t key);

struct CubeKind {
    SourceId source;
    CategoryId category;
    Origin origin = Origin::unknown;
    TimePrecision time_precision = TimePrecision::minute;
};
[[nodiscard]] std::uint64_t pack_kind(const CubeKind& kind);
[[nodiscard]] CubeKind unpack_kind(std::uint64_t key);

/// The groups of one segment; their facts are contiguous.
struct CubeSegment {
    std::uint32_t index = 0;  ///< segment_of
    std::uint32_t first_group = 0;
    std::uint32_t groups = 0;
    std::uint32_t reserved = 0;
    std::uint64_t checksum = 0;  ///< of the file's bytes; 0 in memory
};

struct CubeRun {
    std::span<const std::uint64_t> places;       ///< ascending
    std::span<const CubeSegment> segments;       ///< by ascending index
    std::span<const std::uint32_t> group_place;  ///< an index into places; ascending within a segment
    std::span<const std::uint32_t> group_begin;  ///< first fact of each group, and one more: the number of facts
    std::span<const std::uint32_t> facts;
    std::shared_ptr<const void> memory;  ///< what the spans look at; shared by the snapshots that readers hold
    /// True when the bytes of segments[i] are what was written. Checked once, at first use; in memory always true.
    std::function<bool(std::size_t)> segment_is_whole;
    /// Gives the pages of the mapped file back; they stay in the page cache. Does nothing for a run in memory. Any thread.
    std::function<void()> release;

    [[nodiscard]] std::span<const std::uint32_t> facts_of(const CubeSegment& segment) const {
        const auto begin = group_begin[segment.first_group];
        return facts.subspan(begin, group_begin[segment.first_group + segment.groups] - begin);
    }
};

/// One fact on its way into a run: its kind already numbered.
struct CubeEntry {
    std::uint64_t place = 0;
    std::uint32_t segment = 0;
    std::uint32_t word = 0;
};

/// Sorts entries into a run in memory. O(n) by radix sort, about 16 bytes an entry while it works.
[[nodiscard]] std::shared_ptr<const CubeRun> make_run(std::span<const CubeEntry> entries);

/// Where a merge puts its facts, in order.
class FactSink {
  public:
    virtual ~FactSink() = default;
    [[nodiscard]] virtual Status put(std::span<const std::uint32_t> words) = 0;
    virtual void end_segment() = 0;
};

/// All of a run but its facts.
struct RunTables {
    std::vector<std::uint64_t> places;
    std::vector<CubeSegment> segments;
    std::vector<std::uint32_t> group_place;
    std::vector<std::uint32_t> group_begin;
};

/// Says of a fact whether it stays: run, place within the run, segment index, word.
using KeepFact = std::function<bool(std::size_t, std::uint32_t, std::uint32_t, std::uint32_t)>;

/// Merges runs into one; `keep` may be empty (everything stays). Places without a fact are dropped.
/// Errors: those of the sink; corrupt when a run is not whole.
[[nodiscard]] Result<RunTables> merge_runs(std::span<const std::shared_ptr<const CubeRun>> runs, const KeepFact& keep, FactSink& sink);
[[nodiscard]] Result<std::shared_ptr<const CubeRun>> merge_in_memory(std::span<const std::shared_ptr<const CubeRun>> runs,
                                                                     const KeepFact& keep);

}  // namespace vigie
