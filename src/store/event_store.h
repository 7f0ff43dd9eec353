// The table in the middle: the one seam between what enters and what is asked. Typed operations, no SQL
// across it, so that DuckDB on one machine and a cluster later pass the same conformance suite
// (tests/store/event_store_conformance.h).
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "base/result.h"
#include "city/event/event.h"

namespace vigie {

/// Names a block for ever: appending the same block twice stores it once.
struct BlockId {
    std::uint64_t high = 0;
    std::uint64_t low = 0;
    friend auto operator<=>(const BlockId&, const BlockId&) = default;
};

/// Largest block `append` takes, in events: bounds the memory of one transaction to about 100 MB.
inline constexpr std::size_t block_events_max = 1'000'000;

enum class Daylight : std::uint8_t { any, day, night };

/// All conditions hold together; an empty list means "any".
struct EventFilter {
    HourRange hours;                       ///< local hours, half-open
    std::vector<SourceId> sources;
    std::vector<CategoryId> categories;
    std::vector<Origin> origins;
    std::vector<DistrictId> districts;     ///< may name no_district
    std::uint8_t weekdays = 0x7f;          ///< bit 0 = Monday
    std::uint32_t hours_of_day = 0xffffff; ///< bit 0 = 0 h
    Daylight daylight = Daylight::any;
    std::optional<BoxM> box;               ///< edges must be multiples of finest_cell_m; excludes facts not placed
    bool placed_only = false;

    /// True when the filter asks about the hour of the day, which facts known by day only can not answer (they are left out).
    [[nodiscard]] bool asks_hour() const {
        return hours_of_day != 0xffffff || daylight != Daylight::any;
    }
    friend bool operator==(const EventFilter&, const EventFilter&) = default;
};

/// What an answer is broken down by. Keys are int64: packed cell, district id, source id, ..., hours, days, weeks, months.
enum class Dimension : std::uint8_t {
    cell,           ///< pack(Cell) of GroupBy::cell_m; no_cell_key for facts not placed
    district,       ///< DistrictId
    source,         ///< SourceId
    category,       ///< CategoryId
    origin,         ///< Origin
    hour,           ///< LocalHour; leaves out facts known by day only, unless time_precision tells them apart
    day,            ///< LocalDay
    week,           ///< week_of
    month,          ///< month_of
    hour_of_week,   ///< 0..167; as hour
    time_precision, ///< TimePrecision
    place_precision ///< PlacePrecision
};

struct GroupBy {
    std::vector<Dimension> dimensions;  ///< 0 to 3, distinct
    std::int32_t cell_m = finest_cell_m;  ///< a multiple of finest_cell_m, up to coarsest_cell_m
};

/// Counts by key. Rows with a count of 0 are absent; rows are sorted by key.
struct Table {
    std::size_t dimensions = 0;
    std::vector<std::int64_t> keys;      ///< rows x dimensions, row-major
    std::vector<std::uint64_t> counts;   ///< rows
    [[nodiscard]] std::size_t rows() const { return counts.size(); }
    [[nodiscard]] std::int64_t key(std::size_t row, std::size_t dimension) const {
        return keys[row * dimensions + dimension];
    }
    friend bool operator==(const Table&, const Table&) = default;
};

/// Most rows an aggregate may return; more is invalid_input ("ask for larger cells or a shorter period").
inline constexpr std::size_t table_rows_max = 5'000'000;

struct AppendResult {
    std::uint64_t stored = 0;
    bool already_there = false;  ///< this block id had been appended before; nothing was stored now
};

struct StoreStats {
    std::uint64_t events = 0;
    std::uint64_t bytes = 0;
    std::optional<HourRange> span;  ///< local hours from the first to after the last fact; none when empty
    std::uint64_t version = 0;      ///< grows with every append and erase; equal version = equal content
};

struct CellCount {
    Cell cell;
    std::uint64_t count = 0;
};

class EventStore {
  public:
    virtual ~EventStore() = default;

    /// Stores the block and returns once it is on disk. Idempotent by `id`. Events keep their order.
    /// The caller has removed duplicates (store/identity_index.h).
    /// Errors: invalid_input above block_events_max, for an hour outside 1950-2068, an unknown origin or precision, or a place
    /// beyond 20,000 km (nothing stored), unavailable when the disk is full (nothing stored), corrupt.
    [[nodiscard]] virtual Result<AppendResult> append(std::span<const Event> block, BlockId id) = 0;
    /// Every event that passes, by time then id; `sink` returns false to stop. Blocks are views, valid during the call.
    [[nodiscard]] virtual Status scan(const EventFilter& filter, const std::function<bool(std::span<const Event>)>& sink) = 0;
    /// Counts by group. Exact. Errors: invalid_input for a wrong GroupBy, box or too many rows.
    [[nodiscard]] virtual Result<Table> aggregate(const EventFilter& filter, const GroupBy& group) = 0;
    /// The k cells with most facts, ties by column then row. cell_m as in GroupBy.
    [[nodiscard]] virtual Result<std::vector<CellCount>> top_cells(const EventFilter& filter, std::int32_t cell_m, std::size_t k) = 0;
    /// Removes what passes, for ever; returns how many.
    [[nodiscard]] virtual Result<std::uint64_t> erase(const EventFilter& filter) = 0;
    /// Retention: removes everything before the local hour.
    [[nodiscard]] virtual Result<std::uint64_t> drop_before(LocalHour hour) = 0;
    [[nodiscard]] virtual Result<StoreStats> stats() = 0;
    /// Writes a consistent copy to `directory` (made by the call) while others read and append.
    [[nodiscard]] virtual Status backup(const std::string& directory) = 0;
    /// All identities, in any order, for rebuilding the identity index. Blocks are views, valid during the call.
    [[nodiscard]] virtual Status scan_ids(const std::function<void(std::span<const EventId>)>& sink) = 0;
};

}  // namespace vigie
