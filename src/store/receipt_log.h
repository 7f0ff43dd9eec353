// What became of each message of the inbox, by its number: 32 bytes a message, in files of a million that are dropped when they are
// old. A database row a message would cost more than storing its facts.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>

#include "base/result.h"
#include "city/event/event.h"

namespace vigie {

enum class Verdict : std::uint8_t {
    none = 0,      ///< not drained yet
    taken = 1,     ///< its records were judged one by one
    unreadable = 2,
    identity = 3,  ///< a field that speaks of a person: refused whole, and its bytes destroyed
    schema = 4,    ///< a field that the contract does not have: refused whole, the feed blocked
    closed = 5,    ///< the contract is not in force
    blocked = 6,   ///< the feed was blocked: sealed, waiting for a decision
    unknown = 7,   ///< no such source any more
};

/// stored + duplicates + passed_over + quarantined = read.
struct MessageReceipt {
    SourceId source;
    Verdict verdict = Verdict::none;
    std::uint32_t read = 0;
    std::uint32_t stored = 0;
    std::uint32_t duplicates = 0;
    std::uint32_t passed_over = 0;
    std::uint32_t quarantined = 0;
    friend bool operator==(const MessageReceipt&, const MessageReceipt&) = default;
};

struct NumberedReceipt {
    std::uint64_t number = 0;
    MessageReceipt receipt;
};

/// Messages of one file, and files kept: eight million messages, 256 MB, two hours at a thousand a second or months of a city.
inline constexpr std::uint64_t receipts_per_file = 1'000'000;
inline constexpr std::uint64_t receipt_files_max = 8;

/// May be used from several threads.
class ReceiptLog {
  public:
    /// directory: its own, made if it lacks. Errors: unavailable.
    [[nodiscard]] static Result<std::unique_ptr<ReceiptLog>> open(const std::string& directory);
    ~ReceiptLog();

    /// Durable on return. Drops files that are too old. Errors: unavailable.
    [[nodiscard]] Status write(std::span<const NumberedReceipt> receipts);
    /// None when it was not drained, or was dropped. Errors: corrupt, unavailable.
    [[nodiscard]] Result<std::optional<MessageReceipt>> find(std::uint64_t number) const;

  private:
    struct Files;
    explicit ReceiptLog(std::unique_ptr<Files> files);
    std::unique_ptr<Files> files_;
};

}  // namespace vigie
