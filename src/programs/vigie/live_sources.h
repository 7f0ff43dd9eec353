// The live sources as their manifests have them: what may enter now, by which way, and who is shed first.
#pragma once

#include <map>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "api/ingest_desk.h"
#include "base/log.h"
#include "city/time/local_calendar.h"
#include "governance/contract.h"
#include "intake/door/watched_folder.h"
#include "store/metadata.h"

namespace vigie::programs {

/// May be used from several threads.
class LiveSources final : public api::FeedGate {
  public:
    /// Reads them again. A manifest that can not be read is logged, and its source is then no feed. Errors: those of the metadata.
    [[nodiscard]] Status load(Metadata& metadata, Log& log);

    [[nodiscard]] Result<SpoolClass> admit(std::string_view source_key, Instant at) override;
    [[nodiscard]] std::vector<intake::WatchedSource> folders() const;
    /// Every MQTT filter, once each.
    [[nodiscard]] std::vector<std::string> filters() const;
    /// The key of the source whose filter takes the topic, or nothing.
    [[nodiscard]] std::optional<std::string> source_of_topic(std::string_view topic) const;

  private:
    struct Source {
        SpoolClass spool_class;
        governance::Contract contract;
        std::vector<std::string> topics;
    };
    mutable std::mutex mutex_;
    std::optional<LocalCalendar> calendar_;
    std::map<std::string, Source, std::less<>> sources_;
    std::vector<intake::WatchedSource> folders_;
};

}  // namespace vigie::programs
