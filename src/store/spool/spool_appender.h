// The segment that is being written. Private to store/spool.
#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <utility>

#include "base/result.h"
#include "store/spool/disk_file.h"
#include "store/spool/spool_frame.h"

namespace vigie::spool {

/// One thread uses it.
class SegmentAppender {
  public:
    /// A new segment for messages from `first` on, durable under `path` on return; takes the place of an empty one of that name.
    /// Errors: unavailable, and nothing of it is left but a draft at worst.
    [[nodiscard]] static Result<std::unique_ptr<SegmentAppender>> create(const std::string& directory, std::uint64_t first, const SpoolKey& master);
    struct Item {
        const SpoolMessage* message;
        SpoolClass spool_class;
    };
    /// Durable on return, as the messages that follow those already there. Errors: unavailable; then none of them is there, and
    /// the file is as before unless is_broken().
    [[nodiscard]] Status append(std::span<const Item> items);
    /// It takes no more: an fsync failed (what the kernel still holds of the file is not to be trusted), or the remains of a failed write
    /// could not be cut off.
    [[nodiscard]] bool is_broken() const { return broken_; }
    [[nodiscard]] const std::string& path() const { return path_; }
    /// Number that the next message gets.
    [[nodiscard]] std::uint64_t next() const { return next_; }
    [[nodiscard]] bool has_messages() const { return durable_bytes_ > segment_header_bytes; }
    [[nodiscard]] std::uint64_t durable_bytes() const { return durable_bytes_; }

  private:
    SegmentAppender(SegmentCipher cipher, std::string path, std::uint64_t first) : cipher_(std::move(cipher)), path_(std::move(path)), next_(first) {}
    void seal_frames(std::span<const Item> items);
    [[nodiscard]] Status write_draft(const std::string& draft, const SpoolKey& master);
    SegmentCipher cipher_;
    std::string path_;
    std::uint64_t next_;
    std::uint64_t durable_bytes_ = segment_header_bytes;
    std::uint32_t seals_ = 0;
    bool broken_ = false;
    DiskFile file_;
    std::string plain_;
    std::string sealed_;
};

/// "00000000000000000042.segment"
[[nodiscard]] std::string segment_name(std::uint64_t first);

}  // namespace vigie::spool
