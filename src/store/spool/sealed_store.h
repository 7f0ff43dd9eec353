// Where the bytes of refused records wait, sealed, for a correction of their source's manifest; then they are replayed, or destroyed.
//
// Each record has a key of its own. Keys lie in one file a day, records in another: a record is destroyed by overwriting its 96 bytes of
// key in place, a day by overwriting the key of its keys, whatever became of the blocks and the copies of the rest
// (docs/formats/spool.md). The master key does not lie in the data folder.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <vector>

#include "base/result.h"
#include "base/strong.h"
#include "city/time/instant.h"
#include "store/spool/spool_key.h"

namespace vigie {

/// Names a sealed record for ever: also after it is destroyed, no other has its number.
using SealedId = Strong<std::uint64_t, struct SealedIdTag>;

/// `source` and `format` are at most 255 bytes each.
struct SealedRecord {
    std::string source;  ///< key of the manifest that refused it
    std::string format;  ///< "json", "ndjson", "csv", "geojson"
    Instant received;
    std::string bytes;   ///< at most sealed_record_bytes_max
};
inline constexpr std::size_t sealed_record_bytes_max = 16U << 20;

struct SealedStats {
    std::uint64_t disk_bytes = 0;
    std::uint64_t days = 0;  ///< pairs of files: one a day, one more after each restart or disk error
    std::string last_error;  ///< French, empty when nothing failed since opening
};

/// Thread-safe; calls wait for each other and for the disk.
class SealedStore {
  public:
    /// `directory` is made if it lacks (the one above must exist). bytes_max: on disk, beyond which put() refuses.
    /// Errors: conflict if another process has it; denied if `key` is not the one that sealed what lies there; unavailable.
    [[nodiscard]] static Result<std::unique_ptr<SealedStore>> open(const std::string& directory, const SpoolKey& key, std::uint64_t bytes_max);
    ~SealedStore();
    SealedStore(const SealedStore&) = delete;
    SealedStore& operator=(const SealedStore&) = delete;

    /// Durable on return; ids in the order of the records. They expire with the day (UTC) of `now`. All or none.
    /// Errors: invalid_input if a record is too long; unavailable if the bound or the disk is full.
    [[nodiscard]] Result<std::vector<SealedId>> put(std::span<const SealedRecord> records, Instant now);
    /// Errors: not_found if it is destroyed, expired or never was; corrupt; unavailable.
    [[nodiscard]] Result<SealedRecord> unseal(SealedId id);
    /// Destroyed on disk on return. Unknown and destroyed ids pass. Errors: unavailable; some may then be destroyed, call again.
    [[nodiscard]] Status destroy(std::span<const SealedId> ids);
    /// Destroys the days that ended at `before` or earlier. The number of pairs of files that went. Errors: unavailable; call again.
    [[nodiscard]] Result<std::uint64_t> expire(Instant before);
    [[nodiscard]] SealedStats stats() const;

  private:
    struct Core;
    explicit SealedStore(std::unique_ptr<Core> core);
    std::unique_ptr<Core> core_;
};

}  // namespace vigie
