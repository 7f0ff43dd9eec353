#include "store/spool/spool_walk.h"

#include <fcntl.h>

#include <algorithm>
#include <utility>

namespace vigie::spool {

namespace {

constexpr std::size_t window_bytes = 1U << 20;
/// The disk's unit: what can not be read is told apart to this.
constexpr std::size_t block_bytes = 4096;

}  // namespace

Result<std::unique_ptr<SegmentFile>> SegmentFile::open(const std::string& path, Unreadable unreadable) {
    auto file = TRY(DiskFile::open(path, O_RDONLY));
    const std::uint64_t size = TRY(file.size());
    return std::unique_ptr<SegmentFile>(new SegmentFile(std::move(file), size, unreadable));
}

Result<Bytes> SegmentFile::at(std::uint64_t offset, std::size_t bytes) {
    const std::uint64_t end = std::min(size_, offset + bytes);
    if (offset >= end) {
        return Bytes();
    }
    if (offset < window_at_ || end > window_at_ + window_.size()) {
        TRY(fill(offset, std::max(bytes, window_bytes)));
    }
    const std::size_t from = offset - window_at_;
    const std::size_t have = from < window_.size() ? window_.size() - from : 0;
    return Bytes(window_.data() + std::min(from, window_.size()), std::min<std::size_t>(end - offset, have));
}

Status SegmentFile::fill(std::uint64_t offset, std::size_t bytes) {
    window_.resize(std::min<std::uint64_t>(bytes, size_ - offset));
    window_at_ = offset;
    auto got = file_.read_at(window_.data(), window_.size(), offset);
    if (!got && unreadable_ == Unreadable::is_damage) {
        std::fill(window_.begin(), window_.end(), std::uint8_t{0});
        for (std::size_t at = 0; at < window_.size(); at += block_bytes) {
            static_cast<void>(file_.read_at(window_.data() + at, std::min(block_bytes, window_.size() - at), offset + at));
        }
        got = window_.size();
    }
    if (!got) {
        window_.clear();
        return tl::unexpected<Error>(std::move(got).error());
    }
    window_.resize(*got);
    return {};
}

Result<bool> FrameWalk::next(WalkedFrame& frame) {
    std::uint64_t at = offset_;
    std::uint64_t bad = UINT64_MAX;
    while (at < bytes_.size()) {
        const bool taken = TRY(take(at, frame));
        if (taken) {
            frame.skipped_from = bad == UINT64_MAX ? 0 : bad;
            bad_from_ = UINT64_MAX;
            offset_ = at + frame_header_bytes + frame.header.sealed_bytes;
            expected_ = frame.header.first + frame.header.messages;
            return true;
        }
        bad = std::min(bad, at);
        at = TRY(find_magic(at + 1));
    }
    bad_from_ = std::min(bad, bytes_.size());
    return false;
}

Result<bool> FrameWalk::take(std::uint64_t offset, WalkedFrame& frame) {
    const Bytes head = TRY(bytes_.at(offset, frame_header_bytes));
    const auto header = read_frame_header(head, offset);
    if (!header || header->first < expected_ || header->sealed_bytes > bytes_.size() - offset - frame_header_bytes) {
        return false;
    }
    frame.header = *header;
    frame.offset = offset;
    frame.plain.clear();
    if (cipher_ == nullptr) {
        return true;
    }
    const Bytes whole = TRY(bytes_.at(offset, frame_header_bytes + header->sealed_bytes));
    return whole.size() == frame_header_bytes + header->sealed_bytes &&
           open_frame(*cipher_, *header, offset, whole.subspan(frame_header_bytes), frame.plain);
}

Result<std::uint64_t> FrameWalk::find_magic(std::uint64_t from) {
    while (from < bytes_.size()) {
        const Bytes window = TRY(bytes_.at(from, window_bytes));
        if (window.size() < frame_header_bytes) {
            break;
        }
        const auto found = std::search(window.begin(), window.end(), frame_mark.begin(), frame_mark.end());
        if (found != window.end()) {
            return from + static_cast<std::uint64_t>(found - window.begin());
        }
        from += window.size() - (frame_mark.size() - 1);
    }
    return bytes_.size();
}

}  // namespace vigie::spool
