#include "programs/vigie/live_sources.h"

#include <algorithm>
#include <utility>

#include "intake/manifest.h"
#include "intake/mqtt/mqtt_topic.h"

namespace vigie::programs {

Status LiveSources::load(Metadata& metadata, Log& log) {
    const std::optional<City> city = TRY(metadata.city());
    if (!city) {
        return fail(ErrorCode::invalid_input, "ni ville ni nomenclature dans ce dossier");
    }
    LocalCalendar calendar = TRY(LocalCalendar::open(city->zone));
    const std::vector<SourceRecord> records = TRY(metadata.sources());
    std::map<std::string, Source, std::less<>> fresh;
    std::vector<intake::WatchedSource> folders;
    for (const SourceRecord& record : records) {
        const auto manifest = intake::parse_manifest(record.manifest, record.key + ".toml");
        if (!manifest) {
            log.warning("manifest_unreadable", {{"source", std::string_view(record.key)}, {"error", std::string_view(manifest.error().message)}});
            continue;
        }
        const intake::ContractTables& terms = manifest->terms;
        if (!terms.live || !terms.contract) {
            continue;
        }
        const auto spool_class = static_cast<SpoolClass>(terms.live->feed_class);
        fresh.emplace(record.key, Source{spool_class, *terms.contract, terms.live->topics});
        if (!terms.live->folder.empty()) {
            folders.push_back({record.key, terms.live->folder, std::string(intake::name_of(terms.live->format)), spool_class});
        }
    }
    const std::lock_guard guard(mutex_);
    calendar_ = std::move(calendar);
    sources_ = std::move(fresh);
    folders_ = std::move(folders);
    return {};
}

Result<SpoolClass> LiveSources::admit(std::string_view source_key, Instant at) {
    const std::lock_guard guard(mutex_);
    const auto found = sources_.find(source_key);
    if (found == sources_.end()) {
        return fail(ErrorCode::not_found, "cette source n'est pas une source en direct de cet observatoire (voir « vigie source list »)");
    }
    TRY(governance::may_enter(found->second.contract, day_of(calendar_->local_hour_of(at))));
    return found->second.spool_class;
}

std::vector<intake::WatchedSource> LiveSources::folders() const {
    const std::lock_guard guard(mutex_);
    return folders_;
}

std::vector<std::string> LiveSources::filters() const {
    const std::lock_guard guard(mutex_);
    std::vector<std::string> all;
    for (const auto& [key, source] : sources_) {
        all.insert(all.end(), source.topics.begin(), source.topics.end());
    }
    std::sort(all.begin(), all.end());
    all.erase(std::unique(all.begin(), all.end()), all.end());
    return all;
}

std::optional<std::string> LiveSources::source_of_topic(std::string_view topic) const {
    const std::lock_guard guard(mutex_);
    for (const auto& [key, source] : sources_) {
        for (const std::string& filter : source.topics) {
            if (intake::topic_matches(filter, topic)) {
                return key;
            }
        }
    }
    return std::nullopt;
}

}  // namespace vigie::programs
