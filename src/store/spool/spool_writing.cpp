// The spool's own thread: takes all that waits, up to a group, writes it with one fdatasync and answers each.
#include <chrono>
#include <span>

#include "store/spool/spool_core.h"

namespace vigie {

namespace {

/// Longer groups gain nothing: at some megabytes the disk's own speed is what counts, and the first of a group waits for the last.
constexpr std::uint64_t group_bytes_max = 8ULL << 20;
/// So often, what is drained is destroyed and the cursor brought up to date: two fsyncs, if anything changed.
constexpr std::chrono::seconds between_housekeeping{1};

}  // namespace

void Spool::Core::run() {
    auto kept = std::chrono::steady_clock::now();
    for (;;) {
        auto group = take_group();
        if (!group.empty()) {
            write_group(group);
            if (std::chrono::steady_clock::now() - kept < between_housekeeping) {
                continue;
            }
        }
        keep_house();
        kept = std::chrono::steady_clock::now();
        const std::lock_guard held(mutex);
        if (is_stopping && queue.empty()) {
            return;
        }
    }
}

/// Empty when nothing came for a while, or at the end.
std::vector<Spool::Core::Waiting> Spool::Core::take_group() {
    std::vector<Waiting> group;
    std::unique_lock held(mutex);
    work.wait_for(held, between_housekeeping, [this] { return is_stopping || !queue.empty(); });
    std::uint64_t bytes = 0;
    while (!queue.empty() && (group.empty() || bytes + queue.front().cost <= group_bytes_max)) {
        bytes += queue.front().cost;
        group.push_back(std::move(queue.front()));
        queue.pop_front();
    }
    return group;
}

void Spool::Core::write_group(std::vector<Waiting>& group) {
    const Status written = commit(group);
    std::uint64_t first = 0;
    {
        const std::lock_guard held(mutex);
        for (const Waiting& waiting : group) {
            pending_bytes -= waiting.cost;
        }
        first = last_number + 1;
        if (written) {
            last_number += group.size();
            SpoolSegment& segment = segments.back();
            segment_disk_bytes += active->durable_bytes() - segment.bytes;
            segment.bytes = active->durable_bytes();
            segment.end = last_number + 1;
            ++stats.groups;
        } else {
            ++stats.failed_groups;
            note_error(written.error().message);
        }
    }
    if (active && active->is_broken()) {
        active.reset();
    }
    if (written) {
        arrived.notify_all();
    }
    for (std::size_t i = 0; i < group.size(); ++i) {
        if (group[i].done) {
            group[i].done(written ? Result<std::uint64_t>(first + i) : tl::unexpected<Error>(written.error()));
        }
    }
}

Status Spool::Core::commit(const std::vector<Waiting>& group) {
    std::vector<spool::SegmentAppender::Item> items;
    items.reserve(group.size());
    std::uint64_t bytes = 0;
    for (const Waiting& waiting : group) {
        items.push_back({&waiting.message, waiting.spool_class});
        bytes += waiting.cost;
    }
    if (active && active->has_messages() && active->durable_bytes() + bytes > limits.segment_bytes) {
        active.reset();
    }
    if (!active) {
        TRY(begin_segment());
    }
    return active->append(items);
}

Status Spool::Core::begin_segment() {
    std::uint64_t first = 0;
    {
        const std::lock_guard held(mutex);
        first = last_number + 1;
    }
    active = TRY(spool::SegmentAppender::create(directory, first, master));
    const std::lock_guard held(mutex);
    if (!segments.empty() && segments.back().is_empty()) {  // its file has just been replaced
        segment_disk_bytes -= segments.back().bytes;
        segments.pop_back();
    }
    segments.push_back({first, first, active->durable_bytes(), active->path(), false});
    segment_disk_bytes += active->durable_bytes();
    return {};
}

/// What is drained goes, the last segment included, and the cursor learns what is durable, so that a loss of the tail is noticed at the next
/// opening.
void Spool::Core::keep_house() {
    bool is_all_drained = false;
    std::uint64_t through = 0;
    {
        const std::lock_guard held(mutex);
        is_all_drained = !segments.empty() && !segments.back().is_empty() && released == last_number;
        through = released;
    }
    Status kept;
    if (is_all_drained) {
        active.reset();
        kept = begin_segment();
    }
    // At rest this finds nothing to do, and does not touch the disk.
    const Status released_again = release(through);
    const std::lock_guard held(mutex);
    if (!kept) {
        note_error(kept.error().message);
    } else if (!released_again) {
        note_error(released_again.error().message);
    }
}

}  // namespace vigie
