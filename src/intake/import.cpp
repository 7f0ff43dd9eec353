#include "intake/import.h"

#include <fmt/format.h>

#include "intake/file_import.h"
#include "intake/import_lock.h"
#include "intake/manifest.h"
#include "intake/record_parser.h"

namespace vigie::intake {
namespace {

// The door (door/door.h) holds the lock for a moment at a time, and lets it go between two drains.
constexpr std::chrono::milliseconds lock_wait{3'000};

struct Reference {
    City city;
    Taxonomy taxonomy;
};

Result<Reference> load_reference(DataFolder& folder) {
    std::optional<City> city = TRY(folder.metadata().city());
    std::optional<Taxonomy> taxonomy = TRY(folder.metadata().taxonomy());
    if (!city || !taxonomy) {
        return fail(ErrorCode::invalid_input, fmt::format("{} : ni ville ni nomenclature dans ce dossier (attendu : un dossier fait par « vigie init »)",
                                                          folder.directory()));
    }
    return Reference{*std::move(city), *std::move(taxonomy)};
}

/// Invented facts are labelled on every screen, through the city: a folder of invented facts is marked so, and a folder that
/// holds real ones takes none.
Status keep_synthetic_apart(DataFolder& folder, const Manifest& manifest, Instant now, City& city, std::vector<std::string>& warnings) {
    const StoreStats stats = TRY(folder.events().stats());
    if (manifest.synthetic && !city.synthetic) {
        if (stats.events > 0) {
            return fail(ErrorCode::conflict, fmt::format("{} décrit des faits inventés, et ce dossier en tient {} de réels : un dossier neuf est attendu "
                                                         "(vigie init --city config/cities/marseille_synthetic.toml)",
                                                         manifest.name, stats.events));
        }
        city.synthetic = true;
        TRY(folder.metadata().save_city(city, now));
        warnings.push_back(fmt::format("{} : faits inventés ; ce dossier est désormais marqué « données synthétiques »", manifest.name));
    } else if (!manifest.synthetic && city.synthetic) {
        warnings.push_back(fmt::format("{} : ce dossier est marqué « données synthétiques », les faits importés le seront aussi", manifest.name));
    }
    return {};
}

/// A file of a live source may be read through a manifest of its own: the contract of the feed stays the one in force.
Result<std::string> manifest_in_force(Metadata& metadata, const Manifest& manifest) {
    if (manifest.terms.live) {
        return manifest.toml;
    }
    const std::vector<SourceRecord> sources = TRY(metadata.sources());
    for (const SourceRecord& source : sources) {
        if (source.key != manifest.key) {
            continue;
        }
        const auto known = parse_manifest(source.manifest, source.key + ".toml");
        return known && known->terms.live ? source.manifest : manifest.toml;
    }
    return manifest.toml;
}

Result<SourceRecord> register_source(Metadata& metadata, const Manifest& manifest, Instant now) {
    SourceRecord source;
    source.key = manifest.key;
    source.label = manifest.label;
    source.attribution = manifest.attribution;
    source.licence = manifest.licence;
    source.manifest = TRY(manifest_in_force(metadata, manifest));
    source.registered = now;
    return metadata.register_source(std::move(source));
}

}  // namespace

Result<ImportOutcome> import_files(DataFolder& folder, const ImportRequest& request) {
    const Manifest manifest = TRY(load_manifest(request.manifest_path));
    const ImportLock lock = TRY(ImportLock::take_waiting(folder.identity_index_path() + ".import", lock_wait));
    Reference reference = TRY(load_reference(folder));
    TRY(check_categories(manifest, reference.taxonomy));
    ImportOutcome outcome;
    TRY(keep_synthetic_apart(folder, manifest, request.now, reference.city, outcome.warnings));
    const SourceRecord source = TRY(register_source(folder.metadata(), manifest, request.now));
    IdentityIndex identities = TRY(IdentityIndex::open(folder.identity_index_path(), folder.events()));
    const ImportContext context{folder, identities, manifest, reference.city, reference.taxonomy, source.id, request};
    for (const std::string& path : request.files) {
        TRY(import_file(context, path, outcome));
    }
    return outcome;
}

}  // namespace vigie::intake
