// One file into the store: takes parsed batches, leaves out what is already there, appends the rest block by block, and
// keeps the import's record and its quarantine up to date.
//
// What makes it safe to stop anywhere: a block is in the store whole or not at all; the identity index is marked
// dirty before the first claim and clean after the last append, and is rebuilt from the store when found dirty; so a second
// run of the same file finds exactly what the first one stored. Block ids carry the number of the import, which is never
// used twice: a block of a new run can not be mistaken for one of an old run.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "base/result.h"
#include "city/city.h"
#include "city/event/taxonomy.h"
#include "intake/import.h"
#include "intake/manifest.h"
#include "store/data_folder.h"
#include "store/identity_index.h"

namespace vigie::intake {

/// Facts looked up together in the identity index, in the order of its slots: 24 MB, and one walk through the index a group.
inline constexpr std::size_t import_group_events = 500'000;
/// A block is appended once it holds as many new facts: large enough that roll-ups and fsync cost little a fact, small enough for
/// memory (36 MB with the group that fills it).
inline constexpr std::size_t import_block_events = 250'000;
static_assert(import_block_events + import_group_events <= block_events_max);

/// What every file of one request shares.
struct ImportContext {
    DataFolder& folder;
    IdentityIndex& identities;
    const Manifest& manifest;
    const City& city;
    const Taxonomy& taxonomy;
    SourceId source;
    const ImportRequest& request;
};

/// Adds what happened to `outcome`, on failure too. Errors: as import_files.
[[nodiscard]] Status import_file(const ImportContext& context, const std::string& path, ImportOutcome& outcome);

}  // namespace vigie::intake
