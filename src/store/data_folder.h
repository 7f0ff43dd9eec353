// The data folder: one directory that is the whole observatory (docs/formats/data_folder.md).
//
//   DIR/VERSION        format of the folder, a decimal number and a newline
//   DIR/lock           held (flock) by the one process that may write
//   DIR/vigie.sock     where that process listens, 0600
//   DIR/events.duckdb  facts            DIR/metadata.sqlite  everything else
//   DIR/spool/         what the door acknowledged and has not yet turned into facts, encrypted      DIR/sealed/  refused bytes, likewise
//   DIR/derived/       the fact cube and the identity index: may be deleted, are rebuilt
#pragma once

#include <memory>
#include <string>

#include "base/result.h"
#include "city/city.h"
#include "city/event/taxonomy.h"
#include "store/event_store.h"
#include "store/metadata.h"

namespace vigie {

/// Format written by this program. A folder with a higher number is refused, a lower one is backed up and migrated.
inline constexpr int data_folder_version = 2;

struct StoreLimits {
    std::uint64_t memory_bytes = 512ULL << 20;  ///< for the event engine; the whole process stays near this plus 150 MB
    int threads = 2;
};

class DataFolder {
  public:
    /// Makes an empty folder. Errors: conflict if `directory` exists and is not empty; unavailable if it can not be written.
    [[nodiscard]] static Status create(const std::string& directory);
    /// Takes the lock, checks VERSION (migrating after a backup beside the folder), opens the stores.
    /// Errors: conflict if another process holds the lock (the message gives its number), not_found, corrupt,
    /// conflict for a newer version.
    [[nodiscard]] static Result<DataFolder> open(const std::string& directory, StoreLimits limits);
    DataFolder(DataFolder&&) noexcept;
    DataFolder& operator=(DataFolder&&) noexcept;
    ~DataFolder();

    [[nodiscard]] const std::string& directory() const;
    [[nodiscard]] EventStore& events();
    [[nodiscard]] Metadata& metadata();
    [[nodiscard]] std::string identity_index_path() const;
    [[nodiscard]] std::string socket_path() const;

    /// A consistent copy in the new directory `target`, while in use. Metadata is copied after events, so that every
    /// fact of the copy has its source and category. Errors: conflict if target exists, unavailable.
    [[nodiscard]] Status backup(const std::string& target);
    /// Makes `directory` from a backup. Errors: conflict if directory is not empty, corrupt.
    [[nodiscard]] static Status restore(const std::string& backup, const std::string& directory);

  private:
    struct Parts;
    explicit DataFolder(std::unique_ptr<Parts> parts);
    std::unique_ptr<Parts> parts_;
};

/// Opens the DuckDB event store with its fact cube. `night_of` gives the daylight rule (city/time/sun.h).
/// Used by DataFolder and by the conformance suite.
struct DuckStoreOptions {
    std::string database_path;  ///< DIR/events.duckdb
    std::string derived_dir;    ///< DIR/derived
    StoreLimits limits;
    std::string zone;           ///< empty: daylight filters are refused
    double lon_deg = 0.0;
    double lat_deg = 0.0;
    bool raw_only = false;      ///< answer everything from raw rows: the reference of tests and benches
};
[[nodiscard]] Result<std::unique_ptr<EventStore>> open_duck_event_store(const DuckStoreOptions& options);

}  // namespace vigie
