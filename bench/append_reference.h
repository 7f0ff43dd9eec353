// What appending is compared with: DuckDB's own appender, and the disk.
#pragma once

#include <duckdb.h>
#include <fcntl.h>
#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <span>
#include <string>
#include <vector>

#include "city/event/event.h"
#include "store/duck_database.h"

namespace vigie::bench {

using Clock = std::chrono::steady_clock;

inline double seconds_since(Clock::time_point start) { return std::chrono::duration<double>(Clock::now() - start).count(); }

/// DuckDB's appender on a table of the same columns, given vectors that are already columns: nothing can be faster through it.
inline double raw_append_seconds(const std::string& folder, std::span<const Event> block, int blocks) {
    constexpr const char* types[] = {"UBIGINT", "BIGINT", "INTEGER", "INTEGER", "INTEGER", "INTEGER", "INTEGER", "USMALLINT", "USMALLINT",
                                     "USMALLINT", "USMALLINT", "UTINYINT", "UTINYINT", "UTINYINT", "UTINYINT", "UTINYINT", "UINTEGER"};
    const auto path = folder + "/raw.duckdb";
    unlink(path.c_str());
    auto database = DuckDatabase::open({.path = path, .temp_directory = folder + "/tmp", .memory_bytes = 1ULL << 30, .threads = 2}).value();
    auto connection = database->lend().value();
    std::string table = "CREATE TABLE e(";
    for (std::size_t i = 0; i < std::size(types); ++i) {
        table += fmt::format("{}c{} {} NOT NULL", i > 0 ? "," : "", i, types[i]);
    }
    if (!connection.run(table + ")")) {
        return 0;
    }
    duckdb_type ids[] = {DUCKDB_TYPE_UBIGINT,   DUCKDB_TYPE_BIGINT,    DUCKDB_TYPE_INTEGER,   DUCKDB_TYPE_INTEGER,   DUCKDB_TYPE_INTEGER,
                         DUCKDB_TYPE_INTEGER,   DUCKDB_TYPE_INTEGER,   DUCKDB_TYPE_USMALLINT, DUCKDB_TYPE_USMALLINT, DUCKDB_TYPE_USMALLINT,
                         DUCKDB_TYPE_USMALLINT, DUCKDB_TYPE_UTINYINT,  DUCKDB_TYPE_UTINYINT,  DUCKDB_TYPE_UTINYINT,  DUCKDB_TYPE_UTINYINT,
                         DUCKDB_TYPE_UTINYINT,  DUCKDB_TYPE_UINTEGER};
    duckdb_logical_type logical[17];
    std::ranges::transform(ids, logical, duckdb_create_logical_type);
    std::vector<duckdb_data_chunk> chunks;
    for (std::size_t at = 0; at + 2048 <= block.size(); at += 2048) {
        auto chunk = duckdb_create_data_chunk(logical, 17);
        const auto column = [&](idx_t c) { return duckdb_vector_get_data(duckdb_data_chunk_get_vector(chunk, c)); };
        for (std::size_t row = 0; row < 2048; ++row) {
            const auto& e = block[at + row];
            static_cast<std::uint64_t*>(column(0))[row] = e.id.raw();
            static_cast<std::int64_t*>(column(1))[row] = e.at.time_since_epoch().count();
            const std::int32_t numbers[] = {e.local_hour.raw(), e.point.x_m, e.point.y_m, e.lon_e7, e.lat_e7};
            const std::uint16_t shorts[] = {e.source.raw(), e.category.raw(), e.district.raw(), e.flags};
            const std::uint8_t bytes[] = {static_cast<std::uint8_t>(e.origin), e.severity.raw(), static_cast<std::uint8_t>(e.time_precision),
                                          static_cast<std::uint8_t>(e.place_precision), 0};
            for (idx_t i = 0; i < 5; ++i) {
                static_cast<std::int32_t*>(column(2 + i))[row] = numbers[i];
                static_cast<std::uint8_t*>(column(11 + i))[row] = bytes[i];
            }
            for (idx_t i = 0; i < 4; ++i) {
                static_cast<std::uint16_t*>(column(7 + i))[row] = shorts[i];
            }
            static_cast<std::uint32_t*>(column(16))[row] = 1;
        }
        duckdb_data_chunk_set_size(chunk, 2048);
        chunks.push_back(chunk);
    }
    const auto start = Clock::now();
    for (int b = 0; b < blocks; ++b) {
        duckdb_appender appender = nullptr;
        if (!connection.run("BEGIN") || duckdb_appender_create(connection.handle(), nullptr, "e", &appender) == DuckDBError) {
            return 0;
        }
        for (auto chunk : chunks) {
            duckdb_append_data_chunk(appender, chunk);
        }
        duckdb_appender_destroy(&appender);
        if (!connection.run("COMMIT")) {
            return 0;
        }
    }
    const auto seconds = seconds_since(start);
    std::ranges::for_each(chunks, [](auto& chunk) { duckdb_destroy_data_chunk(&chunk); });
    std::ranges::for_each(logical, [](auto& type) { duckdb_destroy_logical_type(&type); });
    return seconds;
}

/// Writing as many bytes as the store keeps, with one fdatasync a block: the disk's share.
inline double disk_floor_seconds(const std::string& folder, std::uint64_t bytes_a_block, int blocks) {
    const auto path = folder + "/floor.bin";
    const int file = open(path.c_str(), O_WRONLY | O_CREAT | O_TRUNC, 0600);
    const std::string block(bytes_a_block, 'v');
    const auto start = Clock::now();
    for (int b = 0; b < blocks; ++b) {
        if (write(file, block.data(), block.size()) < 0 || fdatasync(file) != 0) {
            break;
        }
    }
    const auto seconds = seconds_since(start);
    close(file);
    unlink(path.c_str());
    return seconds;
}

}  // namespace vigie::bench
