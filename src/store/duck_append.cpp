// Writing: blocks by whole columns in one transaction, erasure, and finding out after a failed write what
// the database kept.
#include <duckdb.h>
#include <fmt/format.h>

#include <algorithm>
#include <tuple>

#include "base/random.h"
#include "store/duck_event_store.h"
#include "store/event_question.h"
#include "store/event_sql.h"

namespace vigie {
namespace {

constexpr idx_t columns = 17;

struct ChunkColumns {
    std::uint64_t* id;
    std::int64_t* t;
    std::int32_t* numbers[5];   // local_hour, x, y, lon_e7, lat_e7
    std::uint16_t* shorts[4];   // source, category, district, flags
    std::uint8_t* bytes[5];     // origin, severity, time_precision, place_precision, night
    std::uint32_t* seq;
};

/// Types of the columns of `events`, in their order.
constexpr duckdb_type column_types[columns] = {
    DUCKDB_TYPE_UBIGINT,   DUCKDB_TYPE_BIGINT,    DUCKDB_TYPE_INTEGER,   DUCKDB_TYPE_INTEGER,  DUCKDB_TYPE_INTEGER,  DUCKDB_TYPE_INTEGER,
    DUCKDB_TYPE_INTEGER,   DUCKDB_TYPE_USMALLINT, DUCKDB_TYPE_USMALLINT, DUCKDB_TYPE_USMALLINT, DUCKDB_TYPE_USMALLINT,
    DUCKDB_TYPE_UTINYINT,  DUCKDB_TYPE_UTINYINT,  DUCKDB_TYPE_UTINYINT,  DUCKDB_TYPE_UTINYINT, DUCKDB_TYPE_UTINYINT, DUCKDB_TYPE_UINTEGER};

template <class T>
T* column_data(duckdb_data_chunk chunk, idx_t column) {
    return static_cast<T*>(duckdb_vector_get_data(duckdb_data_chunk_get_vector(chunk, column)));
}

ChunkColumns columns_of(duckdb_data_chunk chunk) {
    ChunkColumns c{};
    c.id = column_data<std::uint64_t>(chunk, 0);
    c.t = column_data<std::int64_t>(chunk, 1);
    for (idx_t i = 0; i < 5; ++i) {
        c.numbers[i] = column_data<std::int32_t>(chunk, 2 + i);
        c.bytes[i] = column_data<std::uint8_t>(chunk, 11 + i);
    }
    for (idx_t i = 0; i < 4; ++i) {
        c.shorts[i] = column_data<std::uint16_t>(chunk, 7 + i);
    }
    c.seq = column_data<std::uint32_t>(chunk, 16);
    return c;
}

void put(const ChunkColumns& c, std::size_t row, const Event& e) {
    c.id[row] = e.id.raw();
    c.t[row] = e.at.time_since_epoch().count();
    c.numbers[0][row] = e.local_hour.raw();
    c.numbers[1][row] = e.point.x_m;
    c.numbers[2][row] = e.point.y_m;
    c.numbers[3][row] = e.lon_e7;
    c.numbers[4][row] = e.lat_e7;
    c.shorts[0][row] = e.source.raw();
    c.shorts[1][row] = e.category.raw();
    c.shorts[2][row] = e.district.raw();
    c.shorts[3][row] = e.flags;
    c.bytes[0][row] = static_cast<std::uint8_t>(e.origin);
    c.bytes[1][row] = e.severity.raw();
    c.bytes[2][row] = static_cast<std::uint8_t>(e.time_precision);
    c.bytes[3][row] = static_cast<std::uint8_t>(e.place_precision);
}

std::string change_sql(std::uint64_t seq, const StoreChange& change, std::uint64_t history) {
    return fmt::format("INSERT INTO changes VALUES ({}, {}, {}, {}, {}, {})", seq, change.is_erase ? 1 : 0, change.id.high, change.id.low,
                       change.rows, history);
}

/// Of what questions can tell of the facts, so that two stores with the same history have the same answers.
std::uint64_t content_hash(std::span<const Event> block) {
    std::uint64_t hash = 0;
    for (const auto& event : block) {
        const auto fact = cube_fact(event);
        const auto hour = static_cast<std::uint64_t>(fact.hour.raw() - first_local_hour.raw());
        hash = mix64(hash ^ event.id.raw()) + mix64(fact.place ^ mix64(fact.kind ^ mix64(hour)));
    }
    return hash;
}

}  // namespace

Result<AppendResult> DuckEventStore::append(std::span<const Event> block, BlockId id) {
    if (block.size() > block_events_max) {
        return fail(ErrorCode::invalid_input,
                    fmt::format("ajout refusé : {} faits dans un bloc, {} au plus", block.size(), block_events_max));
    }
    for (const auto& event : block) {
        TRY(check_event(event));
    }
    const std::lock_guard writing(write_mutex_);
    auto connection = TRY(database_->lend());
    TRY(settle(connection));
    const auto known = TRY(connection.numbers(
        fmt::format("SELECT count(*)::BIGINT FROM changes WHERE kind = 0 AND high = {} AND low = {}", id.high, id.low)));
    if (!known.empty() && known.front() > 0) {
        return AppendResult{.stored = 0, .already_there = true};
    }
    const StoreChange change{.is_erase = false, .id = id, .rows = block.size(), .content = content_hash(block)};
    if (auto written = write_block(connection, block, change); !written) {
        head_is_doubtful_ = true;
        std::ignore = connection.run("ROLLBACK");
        return tl::unexpected<Error>(written.error());
    }
    note_appended(block, change);
    return AppendResult{.stored = block.size(), .already_there = false};
}

Status DuckEventStore::write_block(DuckConnection& connection, std::span<const Event> block, const StoreChange& change) {
    const auto seq = head_.seq + 1;
    TRY(connection.run("BEGIN"));
    TRY(append_rows(connection, block, seq));
    TRY(connection.run(change_sql(seq, change, next_history(head_.history, change))));
    return connection.run("COMMIT");
}

Status DuckEventStore::append_rows(DuckConnection& connection, std::span<const Event> block, std::uint64_t seq) {
    duckdb_appender appender = nullptr;
    Status status;
    const auto check = [&](duckdb_state state) {
        if (state == DuckDBError && status) {
            status = tl::unexpected<Error>(connection.error(duckdb_appender_error(appender), DUCKDB_ERROR_IO));
        }
        return state == DuckDBSuccess;
    };
    if (check(duckdb_appender_create(connection.handle(), nullptr, "events", &appender))) {
        duckdb_logical_type types[columns];
        std::ranges::transform(column_types, types, duckdb_create_logical_type);
        auto chunk = duckdb_create_data_chunk(types, columns);
        const std::size_t chunk_rows = duckdb_vector_size();
        for (std::size_t first = 0; first < block.size() && status; first += chunk_rows) {
            const auto part = block.subspan(first, std::min(chunk_rows, block.size() - first));
            duckdb_data_chunk_reset(chunk);
            const auto to = columns_of(chunk);
            for (std::size_t row = 0; row < part.size(); ++row) {
                put(to, row, part[row]);
                to.bytes[4][row] = nights_->is_night(part[row].local_hour) ? 1 : 0;
                to.seq[row] = static_cast<std::uint32_t>(seq);
            }
            duckdb_data_chunk_set_size(chunk, part.size());
            check(duckdb_append_data_chunk(appender, chunk));
        }
        if (status) {
            check(duckdb_appender_close(appender));
        }
        duckdb_destroy_data_chunk(&chunk);
        std::ranges::for_each(types, [](auto& type) { duckdb_destroy_logical_type(&type); });
    }
    duckdb_appender_destroy(&appender);
    return status;
}

void DuckEventStore::note_appended(std::span<const Event> block, const StoreChange& change) {
    Head head = head_;
    head.seq += 1;
    head.history = next_history(head.history, change);
    head.events += block.size();
    if (!block.empty()) {
        const auto [low, high] = std::ranges::minmax_element(block, {}, &Event::local_hour);
        const LocalHour end{high->local_hour.raw() + 1};
        head.span = head.span ? HourRange{std::min(head.span->begin, low->local_hour), std::max(head.span->end, end)}
                              : HourRange{low->local_hour, end};
    }
    if (cube_) {
        std::vector<CubeFact> facts(block.size());
        std::ranges::transform(block, facts.begin(), cube_fact);
        cube_->add(facts);
        cube_->publish({head.seq, head.history});
    }
    const std::lock_guard lock(head_mutex_);
    head_ = head;
}

Status DuckEventStore::settle(DuckConnection& connection) {
    if (!head_is_doubtful_) {
        return {};
    }
    TRY(read_head(connection));
    if (cube_) {
        TRY(bring_cube_up_to_date(connection));
    }
    head_is_doubtful_ = false;
    return {};
}

Result<std::uint64_t> DuckEventStore::erase(const EventFilter& filter) {
    TRY(check_filter(filter, nights_->knows_daylight()));
    const std::lock_guard writing(write_mutex_);
    auto connection = TRY(database_->lend());
    TRY(settle(connection));
    auto removed = erase_rows(connection, filter);
    if (!removed || *removed == 0) {
        head_is_doubtful_ = !removed.has_value();
        std::ignore = connection.run("ROLLBACK");
        return removed;
    }
    // Makes the freed blocks reusable at once. It may wait for a reader; the next automatic one does it then.
    std::ignore = connection.run("CHECKPOINT");
    head_is_doubtful_ = true;
    TRY(read_head(connection));
    if (cube_) {
        if (!cube_->erase(filter, {head_.seq, head_.history})) {
            cube_->clear();
            TRY(load_cube_rows(connection, 0));
        }
    }
    head_is_doubtful_ = false;
    return removed;
}

Result<std::uint64_t> DuckEventStore::erase_rows(DuckConnection& connection, const EventFilter& filter) {
    const auto seq = head_.seq + 1;
    TRY(connection.run("BEGIN"));
    const auto changed = TRY(connection.numbers(
        fmt::format("DELETE FROM events WHERE {}", where_sql(filter, leaves_out_day_facts(filter, {})))));
    const auto removed = changed.empty() ? 0 : static_cast<std::uint64_t>(changed.front());
    if (removed > 0) {
        const StoreChange change{.is_erase = true, .id = {}, .rows = removed, .content = 0};
        TRY(connection.run(change_sql(seq, change, next_history(head_.history, change))));
        TRY(connection.run("COMMIT"));
    }
    return removed;
}

Result<std::uint64_t> DuckEventStore::drop_before(LocalHour hour) {
    EventFilter filter;
    filter.hours.end = hour;
    return erase(filter);
}

}  // namespace vigie
