// The two files of a day of sealed records: NAME.keys, one slot a record, and NAME.records. Private to store/spool.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "base/result.h"
#include "store/spool/sealed_store.h"
#include "store/spool/spool_frame.h"

namespace vigie::spool {

/// Which pair: the day (days since 1970, UTC) and a number within it, drawn at random so that a clock set back names nothing twice.
struct SealedPairName {
    std::uint16_t day = 0;
    std::uint16_t generation = 0;
    [[nodiscard]] std::uint64_t number() const { return std::uint64_t{day} << 16 | generation; }
    friend bool operator==(const SealedPairName&, const SealedPairName&) = default;
};
/// "20779-0a3f", and back.
[[nodiscard]] std::string text_of(SealedPairName name);
[[nodiscard]] std::optional<SealedPairName> parse_pair_name(std::string_view text);

inline constexpr std::size_t key_slot_bytes = 96;

/// One thread at a time.
class SealedPair {
  public:
    /// Two new files, durable on return. Errors: unavailable.
    [[nodiscard]] static Result<SealedPair> create(const std::string& directory, SealedPairName name, const SpoolKey& master);
    /// Errors: denied if another key sealed it; unavailable. A damaged header is no error: nothing can be unsealed then, but all destroyed.
    [[nodiscard]] static Result<SealedPair> load(const std::string& directory, SealedPairName name, const SpoolKey& master);

    /// Index of the first. Errors: unavailable; then none of them is there.
    [[nodiscard]] Result<std::uint32_t> append(std::span<const SealedRecord> records);
    [[nodiscard]] Result<SealedRecord> unseal(std::uint32_t index) const;
    /// Overwrites the keys of these records, on disk on return. Errors: unavailable.
    [[nodiscard]] Status wipe(std::span<const std::uint32_t> indices) const;
    /// Overwrites the key of the keys, then removes both files. The caller syncs the folder. Errors: unavailable; call again.
    [[nodiscard]] Status destroy() const;

    [[nodiscard]] SealedPairName name() const { return name_; }
    /// Takes no more records: an fsync failed, or the remains of a failed write could not be cut off.
    [[nodiscard]] bool is_broken() const { return broken_; }
    [[nodiscard]] bool is_readable() const { return cipher_.has_value(); }
    [[nodiscard]] std::uint64_t disk_bytes() const { return keys_bytes_ + records_bytes_; }
    [[nodiscard]] std::uint32_t slots() const;
    /// What these records add.
    [[nodiscard]] static std::uint64_t bytes_of(std::span<const SealedRecord> records);

  private:
    SealedPair(const std::string& directory, SealedPairName name);
    [[nodiscard]] Status write_both(const std::string& slots, const std::string& bodies);
    SealedPairName name_;
    std::string keys_path_;
    std::string records_path_;
    std::optional<SegmentCipher> cipher_;
    std::uint64_t keys_bytes_ = 0;
    std::uint64_t records_bytes_ = 0;
    bool broken_ = false;
};

}  // namespace vigie::spool
