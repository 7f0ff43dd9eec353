// Walks the frames of a segment and finds its way again after damage: the next bytes that are the authentic header of a frame at their own
// place. Private to store/spool.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "base/result.h"
#include "store/spool/disk_file.h"
#include "store/spool/spool_frame.h"

namespace vigie::spool {

/// The bytes of a segment, looked at through a window.
class SegmentBytes {
  public:
    SegmentBytes() = default;
    SegmentBytes(const SegmentBytes&) = delete;
    SegmentBytes& operator=(const SegmentBytes&) = delete;
    virtual ~SegmentBytes() = default;
    [[nodiscard]] virtual std::uint64_t size() const = 0;
    /// `bytes` bytes from `offset`, fewer at the end; valid until the next call. Errors: unavailable.
    [[nodiscard]] virtual Result<Bytes> at(std::uint64_t offset, std::size_t bytes) = 0;
};

/// Of a file, read with pread: an error of the disk is an error, not a signal.
class SegmentFile final : public SegmentBytes {
  public:
    /// What the disk refuses to give is read as zeros, which no seal covers, instead of an error.
    enum class Unreadable : std::uint8_t { is_an_error, is_damage };
    /// Errors: not_found, unavailable.
    [[nodiscard]] static Result<std::unique_ptr<SegmentFile>> open(const std::string& path, Unreadable unreadable);
    [[nodiscard]] std::uint64_t size() const override { return size_; }
    /// Looks at no byte from there on.
    void set_size(std::uint64_t size) { size_ = size; }
    [[nodiscard]] Result<Bytes> at(std::uint64_t offset, std::size_t bytes) override;

  private:
    SegmentFile(DiskFile file, std::uint64_t size, Unreadable unreadable) : file_(std::move(file)), unreadable_(unreadable), size_(size) {}
    [[nodiscard]] Status fill(std::uint64_t offset, std::size_t bytes);
    DiskFile file_;
    Unreadable unreadable_;
    std::uint64_t size_ = 0;
    std::uint64_t window_at_ = 0;
    std::vector<std::uint8_t> window_;
};

struct WalkedFrame {
    FrameHeader header;
    std::uint64_t offset = 0;
    std::uint64_t skipped_from = 0;  ///< first byte that was not a frame, since the frame before; 0 if all were
    std::string plain;
};

class FrameWalk {
  public:
    /// Begins at `offset`, where the message numbered `expected` is due. cipher: null to go by headers alone (plain stays empty).
    FrameWalk(SegmentBytes& bytes, const SegmentCipher* cipher, std::uint64_t offset, std::uint64_t expected)
        : bytes_(bytes), cipher_(cipher), offset_(offset), expected_(expected) {}
    /// The next whole frame that holds no number below the expected one; false at the end. Numbers before header.first that were due are
    /// lost. Errors: unavailable, and the walk stands where it stood.
    [[nodiscard]] Result<bool> next(WalkedFrame& frame);
    /// Where the next frame begins, and the number due there.
    [[nodiscard]] std::uint64_t offset() const { return offset_; }
    [[nodiscard]] std::uint64_t expected() const { return expected_; }
    /// First byte after the last good frame that is not a frame; size() if none.
    [[nodiscard]] std::uint64_t bad_from() const { return bad_from_; }

  private:
    [[nodiscard]] Result<bool> take(std::uint64_t offset, WalkedFrame& frame);
    [[nodiscard]] Result<std::uint64_t> find_magic(std::uint64_t from);
    SegmentBytes& bytes_;
    const SegmentCipher* cipher_;
    std::uint64_t offset_;
    std::uint64_t expected_;
    std::uint64_t bad_from_ = UINT64_MAX;
};

}  // namespace vigie::spool
