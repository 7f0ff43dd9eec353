// Reading what is durable, in order: from where the last read ended when that fits, else from the beginning of the segment.
#include <algorithm>
#include <iterator>

#include "store/spool/spool_core.h"

namespace vigie {

namespace {

/// So often the same read is refused before what the disk does not give counts as damaged.
constexpr int failed_reads_max = 5;

}  // namespace

Result<std::vector<SpooledMessage>> Spool::read(std::uint64_t after, std::size_t bytes_max, std::chrono::milliseconds wait) {
    for (;;) {
        std::uint64_t through = 0;
        std::uint64_t next = 0;
        {
            std::unique_lock held(core_->mutex);
            core_->arrived.wait_for(held, wait, [&] { return core_->is_woken || core_->is_stopping || core_->last_number > after; });
            if (core_->is_woken || core_->last_number <= after) {
                core_->is_woken = false;
                return std::vector<SpooledMessage>();
            }
            through = core_->last_number;
            next = std::max(after, core_->released) + 1;
        }
        std::vector<SpooledMessage> out;
        TRY(core_->read_from(next, through, bytes_max, out));
        if (!out.empty()) {
            return out;
        }
        after = through;  // all of it is lost or released: wait for what comes
    }
}

Status Spool::Core::read_from(std::uint64_t next, std::uint64_t through, std::size_t bytes_max, std::vector<SpooledMessage>& out) {
    const std::lock_guard walking(read_mutex);
    while (next <= through) {
        SpoolSegment segment;
        {
            const std::lock_guard held(mutex);
            const auto found = std::ranges::find_if(segments, [next](const SpoolSegment& one) { return one.end > next; });
            if (found == segments.end()) {
                note_loss(next, through);
                return {};
            }
            segment = *found;
            note_loss(next, segment.first - 1);  // nothing, when the numbers join
        }
        next = std::max(next, segment.first);
        const auto goes_on = read_segment(segment, next, bytes_max, out);
        if (!goes_on) {
            open_segment.reset();
            place = {};
            ++failed_reads;
            return out.empty() ? Status(tl::unexpected<Error>(goes_on.error())) : Status();
        }
        failed_reads = 0;
        if (!*goes_on) {
            return {};
        }
        next = segment.end;
    }
    return {};
}

Status Spool::Core::open_for_reading(const SpoolSegment& segment) {
    if (!open_segment || open_segment->first != segment.first) {
        open_segment.reset();
        const auto unreadable =
            failed_reads >= failed_reads_max ? spool::SegmentFile::Unreadable::is_damage : spool::SegmentFile::Unreadable::is_an_error;
        auto file = TRY(spool::SegmentFile::open(segment.path, unreadable));
        const auto head = TRY(file->at(0, spool::segment_header_bytes));
        auto cipher = TRY(spool::open_segment_header(head, segment.first, master));
        open_segment.emplace(OpenSegment{segment.first, std::move(file), std::move(cipher)});
    }
    open_segment->file->set_size(segment.bytes);
    return {};
}

/// True when the segment is read to its end, false when `bytes_max` is reached. Errors: unavailable.
Result<bool> Spool::Core::read_segment(const SpoolSegment& segment, std::uint64_t next, std::size_t bytes_max, std::vector<SpooledMessage>& out) {
    const auto note_lost = [&](std::uint64_t first, std::uint64_t last) {
        const std::lock_guard held(mutex);
        const auto listed = std::ranges::find_if(segments, [&](const SpoolSegment& one) { return one.first == segment.first; });
        if (listed != segments.end() && first <= last) {
            listed->damaged = true;
            note_loss(first, last);
        }
    };
    if (const auto opened = open_for_reading(segment); !opened) {
        if (opened.error().code == ErrorCode::unavailable) {
            return tl::unexpected<Error>(opened.error());
        }
        note_lost(segment.first, segment.end - 1);
        return true;
    }
    if (place.segment != segment.first || place.expected > next) {
        place = {segment.first, spool::segment_header_bytes, segment.first};
    }
    std::size_t bytes = 0;
    for (const SpooledMessage& message : out) {
        bytes += message.message.body.size();
    }
    spool::FrameWalk walk(*open_segment->file, &open_segment->cipher, place.offset, place.expected);
    spool::WalkedFrame frame;
    std::vector<SpooledMessage> messages;
    while (place.expected < segment.end) {
        const bool found = TRY(walk.next(frame));
        note_lost(place.expected, std::min(found ? frame.header.first : segment.end, segment.end) - 1);
        if (!found || frame.header.first >= segment.end) {
            break;  // the rest was never acknowledged, or is lost
        }
        const std::uint64_t frame_end = frame.header.first + frame.header.messages;
        messages.clear();
        if (frame_end > next && !spool::read_messages(frame.plain, frame.header, messages)) {
            note_lost(frame.header.first, std::min(frame_end, segment.end) - 1);
            messages.clear();
        }
        for (SpooledMessage& message : messages) {
            if (message.number < next || message.number >= segment.end) {
                continue;
            }
            if (!out.empty() && bytes + message.message.body.size() > bytes_max) {
                return false;  // and the place stays before this frame
            }
            bytes += message.message.body.size();
            out.push_back(std::move(message));
        }
        place = {segment.first, walk.offset(), walk.expected()};
    }
    return true;
}

}  // namespace vigie
