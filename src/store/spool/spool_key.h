// The master key of the inbox. It lies in a file of its own, outside the data folder, so that a copy of the folder (a stolen disk, a
// backup) opens nothing. In memory it lies in pages that are locked against swapping where the system allows it, and is wiped when it goes.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <string>

#include "base/result.h"

namespace vigie {

/// 32 secret bytes: the master key, or one that it seals.
class SpoolKey {
  public:
    static constexpr std::size_t size = 32;
    /// Copies `bytes`, which the caller wipes.
    explicit SpoolKey(std::span<const std::uint8_t, size> bytes);
    /// A fresh key from the system's random source (libsodium).
    [[nodiscard]] static SpoolKey random();
    SpoolKey(SpoolKey&&) noexcept = default;
    SpoolKey& operator=(SpoolKey&&) noexcept = default;
    ~SpoolKey() = default;
    [[nodiscard]] SpoolKey copy() const;
    [[nodiscard]] std::span<const std::uint8_t, size> bytes() const;
    /// Eight bytes that tell one key from another and say nothing of either: BLAKE2b keyed with it, of a fixed word.
    [[nodiscard]] std::array<std::uint8_t, 8> id() const;

  private:
    struct Wipe {
        void operator()(std::uint8_t* bytes) const;
    };
    std::unique_ptr<std::uint8_t, Wipe> bytes_;
};

/// Reads a key file (docs/formats/spool.md). `data_folder`: the folder beside which the key must not lie.
/// Errors: not_found; denied if the file is within `data_folder` or others than its owner may read it; corrupt; unavailable.
[[nodiscard]] Result<SpoolKey> load_spool_key(const std::string& path, const std::string& data_folder);
/// Makes the file, 0600, with a fresh key, durable on return. Errors: conflict if it exists; denied if within `data_folder`; unavailable.
[[nodiscard]] Result<SpoolKey> make_spool_key(const std::string& path, const std::string& data_folder);

}  // namespace vigie
