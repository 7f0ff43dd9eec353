#include "store/data_folder_migration.h"

#include <fmt/format.h>

#include <array>

#include "store/data_folder.h"
#include "store/data_folder_backup.h"
#include "store/data_folder_files.h"
#include "store/duck_event_store.h"
#include "store/metadata_database.h"

namespace vigie {

namespace {

// The databases migrate their own tables when they are opened, so that they must be copied before: whoever changes the tables
// of one of them adds a folder version too, and the copy is made.
static_assert(data_folder_version == 2);
static_assert(metadata_schema_version == 2, "a change of tables needs a new data_folder_version");
static_assert(event_tables_version == 1, "a change of tables needs a new data_folder_version");

/// How many copies beside a folder may be there before something is plainly wrong.
constexpr int copies_max = 1000;

/// Version 0 had no folder for what can be rebuilt.
Status add_derived(const std::string& directory) {
    const std::string derived = files::join(directory, "derived");
    return files::exists(derived) ? Status{} : files::make_directory(derived);
}

/// Version 2 brought feeds: tables of metadata.sqlite, which migrates them when it is opened.
Status only_tables(const std::string& /*directory*/) { return {}; }

/// steps[n] leads from version n to n + 1. A step may be cut short by a crash and run again: each must bear that.
using Step = Status (*)(const std::string& directory);
constexpr std::array<Step, data_folder_version> steps{add_derived, only_tables};

Result<std::string> free_copy_name(const std::string& directory, int version) {
    for (int n = 1; n <= copies_max; ++n) {
        std::string name = fmt::format("{}.backup-v{}-{}", directory, version, n);
        if (!files::exists(name)) {
            return name;
        }
    }
    return fail(ErrorCode::conflict, fmt::format("{} : déjà {} copies d'avant migration à côté de ce dossier",
                                                 directory, copies_max));
}

}  // namespace

Status migrate_data_folder(const std::string& directory) {
    const int found = TRY(read_folder_version(directory));
    if (found > data_folder_version) {
        return fail(ErrorCode::conflict,
                    fmt::format("{} est au format {}, ce programme connaît le format {} : il faut une version plus "
                                "récente de Vigie",
                                directory, found, data_folder_version));
    }
    if (found == data_folder_version) {
        return {};
    }
    const std::string copy = TRY(free_copy_name(directory, found));
    TRY(copy_closed_folder(directory, copy));
    for (int version = found; version < data_folder_version; ++version) {
        TRY(steps.at(static_cast<std::size_t>(version))(directory));
        TRY(files::write_small(directory, "VERSION", fmt::format("{}\n", version + 1)));
    }
    return {};
}

}  // namespace vigie
