// The door: drains the inbox in batches, message by message through its feed, and puts the facts on the table. Nothing that was
// acknowledged is lost by a crash at any point, and nothing is stored twice:
//
//   read after `released` -> judge each message -> look up identities -> append one block (durable) -> receipts -> outcome -> release
//
// Whatever is cut short is done again from the same messages; facts already stored are then known by their identity.
#pragma once

#include <chrono>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>

#include "base/result.h"
#include "intake/door/feed.h"
#include "store/data_folder.h"
#include "store/spool/sealed_store.h"
#include "store/spool/spool.h"

namespace vigie::intake {

/// Bodies taken from the inbox at a time: bounds the memory of a drain, facts included, to about 100 MB.
inline constexpr std::size_t drain_bytes_max = 8U << 20;

struct DrainOutcome {
    std::uint64_t messages = 0;
    std::uint64_t stored = 0;
};

/// What the door works on; outlives it.
struct DoorParts {
    DataFolder& folder;
    Spool& spool;
    ReceiptLog& receipts;
    SealedStore& sealed;
};

/// How long refused bytes wait, sealed, for a replay.
inline constexpr std::chrono::days sealed_days{7};

/// Puts the sealed bytes of a source's refusals back into the inbox, to be judged by the manifest now in force, and destroys them.
/// A crash in between replays some twice: their facts are known by their numbers. Returns how many went. Errors: unavailable when the
/// inbox is full or the disk fails: what went is gone, call again for the rest.
[[nodiscard]] Result<std::uint64_t> replay_sealed(const DoorParts& parts, const SourceRecord& source);

/// Used by one thread, but for `reload_soon`.
class Door {
  public:
    /// config_dir: holds redaction/ and models/, for sources with free text. The parts outlive the door. Errors: invalid_input without a city, unavailable.
    [[nodiscard]] static Result<std::unique_ptr<Door>> open(const DoorParts& parts, const std::string& config_dir);
    ~Door();

    /// Takes what waits, waiting at most `wait` for something to come. Errors: unavailable (disk full, an import under way...):
    /// nothing is lost, call again later; corrupt.
    [[nodiscard]] Result<DrainOutcome> drain(Instant now, std::chrono::milliseconds wait);
    /// Sources or their states changed: read again before the next drain. From any thread.
    void reload_soon();

  private:
    struct Parts;
    explicit Door(std::unique_ptr<Parts> parts);
    std::unique_ptr<Parts> parts_;
};

}  // namespace vigie::intake
