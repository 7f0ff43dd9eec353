// The live half of `vigie serve`: opens the inbox, lets feeds write into it, and drains it on a thread of its own.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>

#include "api/ingest_desk.h"
#include "base/log.h"
#include "base/result.h"
#include "intake/mqtt/mqtt_options.h"
#include "store/data_folder.h"

namespace vigie::programs {

struct InboxSettings {
    std::string key_file;    ///< empty: the usual place, see inbox_key_path
    std::string drop_folder; ///< empty: no folder is watched
    std::uint64_t disk_bytes = 4ULL << 30;
    std::optional<intake::MqttOptions> mqtt;  ///< without filters: those of the manifests
};

/// Where the key of a data folder lies unless the configuration says otherwise: never in the folder nor beside it.
/// $VIGIE_KEYS/<mark>.key, or $XDG_CONFIG_HOME (~/.config)/vigie/keys/<mark>.key; the mark is a hash of the folder's path.
/// Errors: invalid_input when none of these is set.
[[nodiscard]] Result<std::string> inbox_key_path(const std::string& data_folder);

class Inbox {
  public:
    /// Opens or makes the key, opens the inbox and starts draining. The folder and the log outlive it. Errors: those of Spool::open
    /// and load_spool_key; invalid_input.
    [[nodiscard]] static Result<std::unique_ptr<Inbox>> open(DataFolder& folder, Log& log, const InboxSettings& settings);
    virtual ~Inbox() = default;
    /// For the server; the store is the server's to give.
    [[nodiscard]] virtual api::InboxParts parts() = 0;
    /// Judges again what was refused of a source and lies sealed. From any thread. Errors: not_found, and those of replay_sealed.
    [[nodiscard]] virtual Result<std::uint64_t> replay(const std::string& source_key) = 0;
    /// Sources, tokens or states of feeds changed. From any thread.
    virtual void reload() = 0;
};

}  // namespace vigie::programs
