#include "store/spool/spool_appender.h"

#include <fcntl.h>
#include <fmt/format.h>

#include <utility>

#include "store/data_folder_files.h"

namespace vigie::spool {

namespace {

/// The buffers are given back when a rare long group made them larger.
constexpr std::size_t kept_buffer_bytes = 16U << 20;
/// No counter of seals comes near its end: the segment is closed long before.
constexpr std::uint32_t seals_max = 1U << 31;

}  // namespace

std::string segment_name(std::uint64_t first) { return fmt::format("{:020}.segment", first); }

Result<std::unique_ptr<SegmentAppender>> SegmentAppender::create(const std::string& directory, std::uint64_t first, const SpoolKey& master) {
    std::unique_ptr<SegmentAppender> made(new SegmentAppender(make_segment_cipher(), files::join(directory, segment_name(first)), first));
    // A draft first: a segment that has its name has a whole header.
    const std::string draft = made->path_ + ".new";
    auto written = made->write_draft(draft, master);
    if (written) {
        written = rename_file(draft, made->path_);
    }
    if (!written) {
        static_cast<void>(remove_file(draft));
        return tl::unexpected<Error>(std::move(written).error());
    }
    TRY(files::sync_directory(directory));
    return made;
}

Status SegmentAppender::write_draft(const std::string& draft, const SpoolKey& master) {
    file_ = TRY(DiskFile::open(draft, O_RDWR | O_CREAT | O_TRUNC, 0600));
    const auto header = make_segment_header(next_, cipher_, master);
    TRY(file_.write_at(header.data(), header.size(), 0));
    return file_.sync();
}

void SegmentAppender::seal_frames(std::span<const Item> items) {
    sealed_.clear();
    std::uint64_t number = next_;
    std::size_t begin = 0;
    while (begin < items.size()) {
        plain_.clear();
        std::size_t end = begin;
        do {
            append_message(plain_, *items[end].message, items[end].spool_class);
            ++end;
        } while (end < items.size() && plain_.size() + encoded_bytes(*items[end].message) <= frame_bytes);
        FrameHeader header;
        header.first = number;
        header.messages = static_cast<std::uint32_t>(end - begin);
        header.seal = ++seals_;
        header.durable_before = durable_bytes_;
        seal_frame(sealed_, cipher_, header, durable_bytes_ + sealed_.size(), plain_);
        number += header.messages;
        begin = end;
    }
}

Status SegmentAppender::append(std::span<const Item> items) {
    seal_frames(items);
    broken_ = seals_ >= seals_max;
    auto written = file_.write_at(sealed_.data(), sealed_.size(), durable_bytes_);
    if (!written) {
        broken_ = !file_.truncate(durable_bytes_).has_value() || broken_;
        return written;
    }
    if (auto synced = file_.sync(); !synced) {
        broken_ = true;
        return synced;
    }
    durable_bytes_ += sealed_.size();
    next_ += items.size();
    if (sealed_.capacity() > kept_buffer_bytes) {
        sealed_ = std::string();
        plain_ = std::string();
    }
    return {};
}

}  // namespace vigie::spool
