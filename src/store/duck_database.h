// DuckDB through its C interface, as the rest of the store wants it: one open file, connections lent one
// to a thread, statements that give a Result. After an error that makes DuckDB refuse its own database (a
// full disk in the middle of a commit), the file is closed and opened again at the next use.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

#include "base/result.h"

struct _duckdb_connection;  // NOLINT(bugprone-reserved-identifier): the library's name
struct _duckdb_data_chunk;  // NOLINT(bugprone-reserved-identifier): the library's name

namespace vigie {

class DuckDatabase;

/// One connection, lent. Used by one thread at a time; goes back when destroyed.
class DuckConnection {
  public:
    DuckConnection(DuckDatabase& owner, _duckdb_connection* handle) : owner_(&owner), handle_(handle) {}
    DuckConnection(DuckConnection&& other) noexcept : owner_(other.owner_), handle_(std::exchange(other.handle_, nullptr)) {}
    DuckConnection& operator=(DuckConnection&&) = delete;
    ~DuckConnection();

    /// Runs statements whose rows are of no interest.
    [[nodiscard]] Status run(const std::string& sql);
    /// The first row as integers, one a column (every column BIGINT); empty when there is no row.
    [[nodiscard]] Result<std::vector<std::int64_t>> numbers(const std::string& sql);
    /// Rows as they come, a chunk at a time, in bounded memory; `sink` returns false to stop.
    [[nodiscard]] Status stream(const std::string& sql, const std::function<bool(_duckdb_data_chunk*)>& sink);
    [[nodiscard]] _duckdb_connection* handle() const { return handle_; }
    /// The error of DuckDB as one of ours; marks the database for reopening when DuckDB has given it up.
    [[nodiscard]] Error error(const char* message, int duckdb_error_type);

  private:
    DuckDatabase* owner_;
    _duckdb_connection* handle_;
};

class DuckDatabase {
  public:
    struct Options {
        std::string path;
        std::string temp_directory;
        std::uint64_t memory_bytes = 0;
        int threads = 0;
    };
    /// Errors: corrupt, conflict if another process has the file, unavailable.
    [[nodiscard]] static Result<std::unique_ptr<DuckDatabase>> open(Options options);
    ~DuckDatabase();

    /// A connection for the calling thread. Errors: unavailable, corrupt (while reopening).
    [[nodiscard]] Result<DuckConnection> lend();
    [[nodiscard]] const std::string& path() const { return options_.path; }

  private:
    friend class DuckConnection;
    struct Handle;
    explicit DuckDatabase(Options options);
    [[nodiscard]] Status open_file();
    void take_back(_duckdb_connection* handle);
    void close_file();

    Options options_;
    std::unique_ptr<Handle> handle_;
    std::mutex mutex_;
    std::vector<_duckdb_connection*> idle_;
    int lent_ = 0;
    bool given_up_ = false;  // DuckDB refuses everything until the file is opened again
};

}  // namespace vigie
