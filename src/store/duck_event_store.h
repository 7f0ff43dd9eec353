// The event store on DuckDB: rows in the table `events`, a log of what changed them in `changes`, and the
// fact cube beside it for questions. This header is for the duck_*.cpp files only; the rest of the house
// opens it through store/data_folder.h.
//
//   events   one row a fact; `seq` is the change that brought it. No NULL, no key: a key makes appends 14
//            times slower, and duplicates were removed at the door.
//   changes  one row an append or erase, written in its transaction: its number, the block's id, how many
//            rows, and `history`, a hash chained over all changes so far. A derived file that names (seq,
//            history) and after which nothing was erased needs only the rows with a larger seq.
//   settings format of the tables, and the rule the column `night` was computed by.
#pragma once

#include <atomic>
#include <memory>
#include <mutex>
#include <string>

#include "store/data_folder.h"
#include "store/duck_database.h"
#include "store/event_store.h"
#include "store/fact_cube.h"
#include "store/night_table.h"

namespace vigie {

/// Format of the tables of events.duckdb.
inline constexpr int event_tables_version = 1;

/// One line of the table `changes`.
struct StoreChange {
    bool is_erase = false;
    BlockId id;
    std::uint64_t rows = 0;
    std::uint64_t content = 0;  ///< a hash of the facts appended
};

/// The hash of all changes up to and with one more.
[[nodiscard]] std::uint64_t next_history(std::uint64_t history, const StoreChange& change);

class DuckEventStore final : public EventStore {
  public:
    [[nodiscard]] static Result<std::unique_ptr<DuckEventStore>> open(const DuckStoreOptions& options);
    ~DuckEventStore() override;

    [[nodiscard]] Result<AppendResult> append(std::span<const Event> block, BlockId id) override;
    [[nodiscard]] Status scan(const EventFilter& filter, const std::function<bool(std::span<const Event>)>& sink) override;
    [[nodiscard]] Result<Table> aggregate(const EventFilter& filter, const GroupBy& group) override;
    [[nodiscard]] Result<std::vector<CellCount>> top_cells(const EventFilter& filter, std::int32_t cell_m, std::size_t k) override;
    [[nodiscard]] Result<std::uint64_t> erase(const EventFilter& filter) override;
    [[nodiscard]] Result<std::uint64_t> drop_before(LocalHour hour) override;
    [[nodiscard]] Result<StoreStats> stats() override;
    [[nodiscard]] Status backup(const std::string& directory) override;
    [[nodiscard]] Status scan_ids(const std::function<void(std::span<const EventId>)>& sink) override;

  private:
    explicit DuckEventStore(DuckStoreOptions options) : options_(std::move(options)) {}

    [[nodiscard]] Status open_parts();
    // duck_schema.cpp
    [[nodiscard]] Status make_tables(DuckConnection& connection);
    [[nodiscard]] Status check_night_rule(DuckConnection& connection);
    [[nodiscard]] Status read_head(DuckConnection& connection);
    // duck_append.cpp, under write_mutex_
    [[nodiscard]] Status write_block(DuckConnection& connection, std::span<const Event> block, const StoreChange& change);
    [[nodiscard]] Status append_rows(DuckConnection& connection, std::span<const Event> block, std::uint64_t seq);
    void note_appended(std::span<const Event> block, const StoreChange& change);
    [[nodiscard]] Result<std::uint64_t> erase_rows(DuckConnection& connection, const EventFilter& filter);
    [[nodiscard]] Status settle(DuckConnection& connection);
    // duck_aggregate.cpp
    [[nodiscard]] Result<Table> aggregate_rows(const EventFilter& filter, const GroupBy& group);
    // duck_cube.cpp
    [[nodiscard]] Status open_cube(DuckConnection& connection);
    [[nodiscard]] Status bring_cube_up_to_date(DuckConnection& connection);
    [[nodiscard]] Status load_cube_rows(DuckConnection& connection, std::uint64_t after_seq);
    [[nodiscard]] Result<std::optional<Table>> aggregate_in_cube(const EventFilter& filter, const GroupBy& group);
    [[nodiscard]] std::string cube_path() const { return options_.derived_dir + "/facts.cube"; }

    struct Head {
        std::uint64_t seq = 0;
        std::uint64_t history = 0;
        std::uint64_t events = 0;
        std::optional<HourRange> span;
    };

    DuckStoreOptions options_;
    std::unique_ptr<NightTable> nights_;
    std::unique_ptr<DuckDatabase> database_;
    std::unique_ptr<FactCube> cube_;  // null when raw_only
    std::mutex write_mutex_;          // one append or erase at a time
    bool head_is_doubtful_ = false;   // a write failed: what DuckDB kept is read again before the next one
    std::mutex head_mutex_;
    Head head_;                       // written under both mutexes, read under either
    std::mutex backup_mutex_;
};

}  // namespace vigie
