// The durable inbox: what the door has acknowledged and not yet turned into facts. HTTP, MQTT and the watched folder put, one reader
// drains in batches. A message is acknowledged after the fsync that covers it, by one fsync for all that waited (group commit).
//
//   put -> [queue in memory, bounded] -> group: frames sealed, one write, one fdatasync -> done(number)
//                                            |
//            DIR/00000000000000000001.segment   DIR/00000000000000004711.segment   DIR/cursor
//                         ^ released: key overwritten, file removed      ^ read(after)
//
// At rest all is encrypted with a key a segment, sealed by a master key that does not lie beside it (docs/formats/spool.md).
// Delivery is at least once: a message whose `done` got an error may still be read after a crash; the reader tells repeats by `mark`.
#pragma once

#include <array>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "base/result.h"
#include "city/time/instant.h"
#include "store/spool/spool_key.h"

namespace vigie {

/// Who is shed first when the spool fills: bulk above 70 % of a bound (disk or memory), ordinary above 85 %, urgent (citizen
/// emergencies, alerts) only when it is full.
enum class SpoolClass : std::uint8_t { bulk, ordinary, urgent };
inline constexpr std::size_t spool_class_count = 3;

/// What came in, as it came. `source`, `channel`, `format` and `mark` are at most `spool_word_bytes_max` bytes each.
struct SpoolMessage {
    std::string source;   ///< key of the source's manifest
    std::string channel;  ///< "http", "mqtt", "folder"
    Instant received;
    std::string format;   ///< "json", "ndjson", "csv", "geojson"
    std::string mark;     ///< idempotency key, or empty
    std::string body;
};
inline constexpr std::size_t spool_word_bytes_max = 255;

/// number: from 1, one more a message, never given to another message; it survives restarts and emptying.
struct SpooledMessage {
    std::uint64_t number = 0;
    SpoolClass spool_class = SpoolClass::ordinary;
    SpoolMessage message;
};

struct SpoolLimits {
    std::uint64_t disk_bytes = 4ULL << 30;      ///< all segments together
    std::uint64_t pending_bytes = 64ULL << 20;  ///< accepted, not yet on disk
    std::uint64_t segment_bytes = 64ULL << 20;  ///< a segment is closed about there; a sixteenth of disk_bytes at most is used
    std::size_t message_bytes = 16ULL << 20;    ///< the longest body
};

/// Messages that were acknowledged and can not be read any more, both ends included.
struct SpoolLoss {
    std::uint64_t first = 0;
    std::uint64_t last = 0;
    friend bool operator==(const SpoolLoss&, const SpoolLoss&) = default;
};
/// The ranges that are remembered one by one; more are only counted.
inline constexpr std::size_t spool_losses_max = 64;

struct SpoolStats {
    std::uint64_t messages_waiting = 0;  ///< durable and not released, lost ones included
    std::uint64_t last_number = 0;       ///< of the last durable message, 0 before the first
    std::uint64_t released = 0;
    std::uint64_t disk_bytes = 0;
    std::uint64_t pending_bytes = 0;
    std::uint64_t segments = 0;
    std::uint64_t groups = 0;       ///< written and durable: one fdatasync each
    std::uint64_t failed_groups = 0;
    std::array<std::uint64_t, spool_class_count> shed{};  ///< puts refused for want of room, by class
    std::uint64_t torn_bytes = 0;   ///< cut off at opening: written when the machine stopped, never acknowledged
    std::uint64_t damages = 0;      ///< ranges lost since opening
    std::vector<SpoolLoss> losses;  ///< the first of them
    std::string last_error;         ///< French, empty when nothing failed since opening
};

/// Thread-safe. Nothing of it may be called while it is destroyed; what was accepted is written first.
class Spool {
  public:
    /// `directory`: the spool's own folder, made if it lacks (the one above must exist). Takes a lock on it.
    /// Errors: conflict if another process has it; denied if `key` is not the one that sealed what lies there; invalid_input for limits
    /// that do not fit together; unavailable.
    [[nodiscard]] static Result<std::unique_ptr<Spool>> open(const std::string& directory, const SpoolKey& key, const SpoolLimits& limits);
    ~Spool();
    Spool(const Spool&) = delete;
    Spool& operator=(const Spool&) = delete;

    using Done = std::function<void(Result<std::uint64_t>)>;
    /// Never waits for the disk. `done` is called exactly once, on the spool's own thread, after the fsync that covers the message, with
    /// its number, or with the error. It must be quick and may put. Errors, `done` not called: unavailable if the class is being shed or
    /// too much is pending, invalid_input if the message is too long.
    [[nodiscard]] Status put(SpoolMessage message, SpoolClass spool_class, Done done);
    /// Waits for the disk: for files. Not from a `done`.
    [[nodiscard]] Result<std::uint64_t> put_and_wait(SpoolMessage message, SpoolClass spool_class);

    /// Messages after `after`, in order, about `bytes_max` of bodies at most (at least one message). Waits at most `wait` for one to come.
    /// Only what is durable is given. A range that is damaged is left out and reported in stats(). Errors: unavailable if the disk can not
    /// be read; the same call may be made again.
    [[nodiscard]] Result<std::vector<SpooledMessage>> read(std::uint64_t after, std::size_t bytes_max, std::chrono::milliseconds wait);
    /// A read that waits returns, empty; so does the next one if none waits.
    void wake();

    /// Everything up to here has been drained.
    [[nodiscard]] std::uint64_t released() const;
    /// Durable on return. Segments of which nothing is left are destroyed, their key first. Lower numbers than before change nothing.
    /// Errors: invalid_input beyond the last durable number; unavailable (then it is as before).
    [[nodiscard]] Status release(std::uint64_t through);

    [[nodiscard]] SpoolStats stats() const;

  private:
    struct Core;
    explicit Spool(std::unique_ptr<Core> core);
    std::unique_ptr<Core> core_;
};

}  // namespace vigie
