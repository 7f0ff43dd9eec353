#include "store/data_folder.h"

#include <fmt/format.h>

#include <tuple>
#include <utility>

#include "store/data_folder_backup.h"
#include "store/data_folder_files.h"
#include "store/data_folder_migration.h"

namespace vigie {

struct DataFolder::Parts {
    std::string directory;
    files::Lock lock;  // first in, last out
    std::unique_ptr<Metadata> metadata;
    std::unique_ptr<EventStore> events;
};

DataFolder::DataFolder(std::unique_ptr<Parts> parts) : parts_(std::move(parts)) {}
DataFolder::DataFolder(DataFolder&&) noexcept = default;
DataFolder& DataFolder::operator=(DataFolder&&) noexcept = default;
DataFolder::~DataFolder() = default;

Status DataFolder::create(const std::string& directory) {
    const std::string path = files::normalised(directory);
    TRY(files::make_empty_directory(path));
    TRY(files::make_directory(files::join(path, "derived")));
    // Last: a folder without VERSION is not a data folder.
    return files::write_small(path, "VERSION", fmt::format("{}\n", data_folder_version));
}

Result<DataFolder> DataFolder::open(const std::string& directory, StoreLimits limits) {
    const std::string path = files::normalised(directory);
    // Before the lock, so that nothing is written into a folder that is not ours.
    std::ignore = TRY(read_folder_version(path));
    files::Lock lock = TRY(files::Lock::take(path, "lock"));
    auto parts = std::make_unique<Parts>(Parts{path, std::move(lock), nullptr, nullptr});
    TRY(migrate_data_folder(path));
    parts->metadata = TRY(Metadata::open(files::join(path, "metadata.sqlite")));
    DuckStoreOptions options;
    options.database_path = files::join(path, "events.duckdb");
    options.derived_dir = files::join(path, "derived");
    options.limits = limits;
    if (const std::optional<City> city = TRY(parts->metadata->city())) {
        options.zone = city->zone;
        options.lon_deg = city->centre.lon_deg;
        options.lat_deg = city->centre.lat_deg;
    }
    parts->events = TRY(open_duck_event_store(options));
    TRY(files::make_private(options.database_path));
    return DataFolder(std::move(parts));
}

const std::string& DataFolder::directory() const { return parts_->directory; }
EventStore& DataFolder::events() { return *parts_->events; }
Metadata& DataFolder::metadata() { return *parts_->metadata; }

std::string DataFolder::identity_index_path() const {
    return files::join(parts_->directory, "derived/identity.index");
}

std::string DataFolder::socket_path() const { return files::join(parts_->directory, "vigie.sock"); }

}  // namespace vigie
