// The mapped file below IdentityIndex: a header page and an array of 8-byte slots. Private to store/.
#pragma once

#include <cstdint>
#include <string>

#include "base/result.h"

namespace vigie {

/// First page of the file (docs/formats/identity.md).
struct IdentityTableHeader {
    int capacity_log2 = 0;
    std::uint64_t count = 0;
    std::uint64_t store_version = 0;  ///< EventStore's version of which the table holds every identity
    std::uint8_t generation = 0;      ///< of the last file begun
    bool dirty = true;
};

/// Errors: not_found, corrupt, unavailable; whichever it is, the table is rebuilt.
[[nodiscard]] Result<IdentityTableHeader> read_identity_header(const std::string& path);

/// Owns the file descriptor and the mapping.
class IdentityTableFile {
  public:
    IdentityTableFile() = default;
    /// A new file of empty slots, its disk space reserved: a mapped write into a full disk would be a signal, not an error.
    /// Errors: unavailable.
    [[nodiscard]] static Result<IdentityTableFile> create(const std::string& path, std::uint64_t slots);
    /// Errors: corrupt if the size is not that of `slots`, unavailable.
    [[nodiscard]] static Result<IdentityTableFile> map(const std::string& path, std::uint64_t slots);
    IdentityTableFile(IdentityTableFile&& other) noexcept;
    IdentityTableFile& operator=(IdentityTableFile&& other) noexcept;
    ~IdentityTableFile();

    [[nodiscard]] std::uint64_t* slots() const;
    [[nodiscard]] Status write_header(const IdentityTableHeader& header);
    /// Header and slots are on disk on return.
    [[nodiscard]] Status sync();
    [[nodiscard]] Status rename_to(const std::string& path);
    /// Gives mapped pages back; what was written stays in the page cache and reaches the disk.
    void release();

  private:
    [[nodiscard]] Status map_slots(std::uint64_t slots);
    std::string path_;
    int file_ = -1;
    void* mapping_ = nullptr;
    std::uint64_t bytes_ = 0;
};

}  // namespace vigie
