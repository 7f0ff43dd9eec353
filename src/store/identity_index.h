// Which records are already in the store, and which have already been seen in the file being read:
// one memory-mapped open-addressing table for both questions, so that a record costs one cache miss.
//
// A slot is 8 bytes: the low 56 bits of the identity and an 8-bit generation (0 = empty). The high bits of
// the identity choose the slot, so nothing of its 64 bits is lost. "Seen in this file" is "carries the
// current generation"; "stored earlier" is "is there with another one".
//
// The table is derived data: it is marked dirty while an import runs, and rebuilt from
// EventStore::scan_ids when it is found dirty, missing, or older than the store.
#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <string>

#include "base/result.h"
#include "store/event_store.h"

namespace vigie {

class IdentityIndex {
  public:
    /// What `claim` found.
    enum class Claim : std::uint8_t {
        fresh,      ///< nobody had it: it is now ours, of the current file
        stored,     ///< it was stored before this file began; now also seen in this file
        repeated,   ///< this file has already shown it: try the next rank
    };

    /// Opens `path`, or rebuilds it from `store` when it can not be trusted. Errors: unavailable (disk), corrupt.
    [[nodiscard]] static Result<IdentityIndex> open(const std::string& path, EventStore& store);
    IdentityIndex(IdentityIndex&&) noexcept;
    IdentityIndex& operator=(IdentityIndex&&) noexcept;
    ~IdentityIndex();

    /// Starts a new file: everything known becomes "stored". Marks the table dirty on disk first.
    [[nodiscard]] Status begin_file();
    /// Amortised one cache miss. Grows by itself. Errors: unavailable when the disk is full.
    [[nodiscard]] Result<Claim> claim(EventId id);
    /// Fetches the slot of `id` into cache ahead of `claim`.
    void prefetch(EventId id) const;
    /// The last appended block is in the store: drop the mapped pages from this process's memory (they stay in the page cache).
    void release_memory();
    /// The file ended and all its blocks are in the store of version `store_version`: durable, clean.
    [[nodiscard]] Status end_file(std::uint64_t store_version);
    [[nodiscard]] std::uint64_t size() const;

  private:
    struct Table;
    explicit IdentityIndex(std::unique_ptr<Table> table);
    std::unique_ptr<Table> table_;
};

}  // namespace vigie
