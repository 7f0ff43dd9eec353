#include "store/spool/spool_appender.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <utility>

#include "base/errno_text.h"
#include "store/data_folder_files.h"

namespace vigie::spool {

namespace {

/// The buffers are given back when a rare long group made them larger.
constexpr std::size_t kept_buffer_bytes = 16U << 20;
/// No counter of seals comes near its end: the segment is closed long before.
constexpr std::uint32_t seals_max = 1U << 31;

tl::unexpected<Error> failed(const char* what, const std::string& path, int error) {
    return fail(ErrorCode::unavailable,
                fmt::format("{} : {}{} : {}", path, what, error == ENOSPC || error == EDQUOT ? " (disque plein)" : "", errno_text(error)));
}

/// 0, or errno.
int write_at(int file, const void* bytes, std::size_t size, std::uint64_t offset) {
    const auto* from = static_cast<const char*>(bytes);
    while (size > 0) {
        const ssize_t written = ::pwrite(file, from, size, static_cast<off_t>(offset));
        if (written < 0 && errno == EINTR) {
            continue;
        }
        if (written <= 0) {
            return written == 0 ? ENOSPC : errno;
        }
        from += written;
        size -= static_cast<std::size_t>(written);
        offset += static_cast<std::uint64_t>(written);
    }
    return 0;
}

}  // namespace

std::string segment_name(std::uint64_t first) { return fmt::format("{:020}.segment", first); }

Result<std::unique_ptr<SegmentAppender>> SegmentAppender::create(const std::string& directory, std::uint64_t first, const SpoolKey& master) {
    std::unique_ptr<SegmentAppender> made(new SegmentAppender(make_segment_cipher(), files::join(directory, segment_name(first)), first));
    // A draft first: a segment that has its name has a whole header.
    const std::string draft = made->path_ + ".new";
    auto written = made->write_draft(draft, master);
    if (written && ::rename(draft.c_str(), made->path_.c_str()) != 0) {
        written = failed("création impossible", made->path_, errno);
    }
    if (!written) {
        ::unlink(draft.c_str());
        return tl::unexpected<Error>(std::move(written).error());
    }
    TRY(files::sync_directory(directory));
    return made;
}

Status SegmentAppender::write_draft(const std::string& draft, const SpoolKey& master) {
    file_ = ::open(draft.c_str(), O_RDWR | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
    if (file_ < 0) {
        return failed("création impossible", draft, errno);
    }
    const auto header = make_segment_header(next_, cipher_, master);
    const int error = write_at(file_, header.data(), header.size(), 0);
    if (error != 0) {
        return failed("écriture impossible", draft, error);
    }
    if (::fsync(file_) != 0) {
        return failed("écriture sur le disque impossible", draft, errno);
    }
    return {};
}

SegmentAppender::~SegmentAppender() {
    if (file_ >= 0) {
        ::close(file_);
    }
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
    const int error = write_at(file_, sealed_.data(), sealed_.size(), durable_bytes_);
    if (error != 0) {
        broken_ = broken_ || ::ftruncate(file_, static_cast<off_t>(durable_bytes_)) != 0;
        return failed("écriture impossible", path_, error);
    }
    if (::fdatasync(file_) != 0) {
        broken_ = true;
        return failed("écriture sur le disque impossible", path_, errno);
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
