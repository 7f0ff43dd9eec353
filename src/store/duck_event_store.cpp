#include "store/duck_event_store.h"

#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <tuple>

#include "base/errno_text.h"
#include "store/event_sql.h"

namespace vigie {
namespace {

std::uint64_t size_of_file(const std::string& path) {
    struct stat about {};
    return stat(path.c_str(), &about) == 0 ? static_cast<std::uint64_t>(about.st_size) : 0;
}

Status make_directory(const std::string& path, bool may_exist) {
    if (mkdir(path.c_str(), 0700) == 0 || (errno == EEXIST && may_exist)) {
        return {};
    }
    return fail(errno == EEXIST ? ErrorCode::conflict : ErrorCode::unavailable,
                fmt::format("dossier {} : création impossible ({})", path, errno_text(errno)));
}

/// The name DuckDB gives the database of a file: its base name up to the first dot.
std::string catalog_of(const std::string& path) {
    const auto name = path.substr(path.find_last_of('/') + 1);
    return name.substr(0, name.find('.'));
}

}  // namespace

Result<std::unique_ptr<EventStore>> open_duck_event_store(const DuckStoreOptions& options) {
    auto store = TRY(DuckEventStore::open(options));
    return std::unique_ptr<EventStore>(std::move(store));
}

Result<std::unique_ptr<DuckEventStore>> DuckEventStore::open(const DuckStoreOptions& options) {
    std::unique_ptr<DuckEventStore> store(new DuckEventStore(options));
    TRY(store->open_parts());
    return store;
}

Status DuckEventStore::open_parts() {
    TRY(make_directory(options_.derived_dir, true));
    nights_ = TRY(NightTable::open(options_.zone, LonLat{options_.lon_deg, options_.lat_deg}));
    database_ = TRY(DuckDatabase::open({.path = options_.database_path,
                                        .temp_directory = options_.derived_dir + "/duckdb_tmp",
                                        .memory_bytes = options_.limits.memory_bytes,
                                        .threads = options_.limits.threads}));
    auto connection = TRY(database_->lend());
    TRY(make_tables(connection));
    TRY(check_night_rule(connection));
    TRY(read_head(connection));
    return options_.raw_only ? Status{} : open_cube(connection);
}

DuckEventStore::~DuckEventStore() {
    if (cube_) {
        std::ignore = cube_->save();  // without it the next opening reads the missing rows again
    }
}

Result<StoreStats> DuckEventStore::stats() {
    StoreStats stats;
    {
        const std::lock_guard lock(head_mutex_);
        stats.events = head_.events;
        stats.span = head_.span;
        stats.version = head_.seq;
    }
    stats.bytes = size_of_file(options_.database_path) + size_of_file(options_.database_path + ".wal") + size_of_file(cube_path());
    return stats;
}

/// One statement copies everything, so the copy is one moment of the store while appends go on beside it.
Status DuckEventStore::backup(const std::string& directory) {
    const std::lock_guard one_backup(backup_mutex_);
    TRY(make_directory(directory, false));
    auto connection = TRY(database_->lend());
    const auto target = directory + "/events.duckdb";
    TRY(connection.run(fmt::format("ATTACH {} AS backup_copy", quoted_sql(target))));
    auto copied = connection.run(fmt::format("COPY FROM DATABASE \"{}\" TO backup_copy", catalog_of(options_.database_path)));
    if (copied) {
        copied = connection.run("CHECKPOINT backup_copy");
    }
    const auto detached = connection.run("DETACH backup_copy");
    if (!copied || !detached) {
        unlink(target.c_str());
        unlink((target + ".wal").c_str());
        rmdir(directory.c_str());
        return copied ? detached : copied;
    }
    chmod(target.c_str(), 0600);
    return {};
}

}  // namespace vigie
