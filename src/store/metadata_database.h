// The database behind Metadata, shared by the files that implement it. Private to store/.
#pragma once

#include "store/metadata.h"
#include "store/sqlite_statement.h"

namespace vigie {

struct Metadata::Database {
    sqlite::Connection connection;
};

/// Version of the tables that this program reads and writes.
inline constexpr int metadata_schema_version = 2;
/// Brings the tables from any older version up to metadata_schema_version, step by step, each in one transaction.
/// Errors: conflict for a newer version, corrupt for a database that is not ours.
[[nodiscard]] Status migrate_metadata(sqlite::Connection& connection);

/// Within the caller's transaction.
[[nodiscard]] Status insert_quarantine(sqlite::Connection& connection, const std::vector<QuarantineRecord>& records);

/// Most rows that one reading returns: what a screen or an export can need, and what memory can hold.
inline constexpr std::size_t metadata_rows_max = 1'000'000;

[[nodiscard]] inline std::int64_t stored_time(Instant at) { return at.time_since_epoch().count(); }
[[nodiscard]] inline Instant time_of(std::int64_t stored) { return Instant{std::chrono::milliseconds{stored}}; }
[[nodiscard]] inline std::uint64_t bounded(std::size_t limit) {
    return limit < metadata_rows_max ? limit : metadata_rows_max;
}

}  // namespace vigie
