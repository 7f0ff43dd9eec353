// Finding again what was there when the program stopped, cleanly or not.
//
// Of all segments but the last, the next one's first number says where they end: what lies behind was never acknowledged. The last is walked
// whole: it ends where the frames end, unless the cursor, or a later frame, says that more was durable. That difference tells a torn tail
// (cut off, nobody was promised anything) from damage (reported).
#include <fcntl.h>
#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <string_view>

#include "store/spool/spool_core.h"

namespace vigie {

namespace {

constexpr std::string_view segment_ending = ".segment";
constexpr std::string_view draft_ending = ".new";
constexpr std::size_t number_digits = 20;
/// A segment is at most that part of the disk's bound, so that draining gives room back in steps.
constexpr std::uint64_t segments_of_disk = 16;

/// 0 if it is not the name of a segment.
std::uint64_t first_number_of(std::string_view name) {
    std::uint64_t number = 0;
    if (name.size() != number_digits + segment_ending.size() || !name.ends_with(segment_ending)) {
        return 0;
    }
    const auto parsed = std::from_chars(name.data(), name.data() + number_digits, number);
    return parsed.ec == std::errc() && parsed.ptr == name.data() + number_digits ? number : 0;
}

Result<SpoolLimits> checked(SpoolLimits limits) {
    const std::uint64_t message = limits.message_bytes + spool::frame_overhead_bytes + spool::message_overhead_bytes + 4 * spool_word_bytes_max;
    if (limits.message_bytes > spool::body_bytes_max || limits.pending_bytes < 2 * message || limits.disk_bytes < 4 * message ||
        limits.segment_bytes == 0) {
        return fail(ErrorCode::invalid_input, "bornes de la boîte de réception : au moins deux messages du plus grand modèle en mémoire et quatre sur le disque");
    }
    limits.segment_bytes = std::min(limits.segment_bytes, limits.disk_bytes / segments_of_disk);
    return limits;
}

}  // namespace

Result<std::unique_ptr<Spool>> Spool::open(const std::string& directory, const SpoolKey& key, const SpoolLimits& limits) {
    const SpoolLimits fitting = TRY(checked(limits));
    if (!files::exists(directory)) {
        TRY(files::make_directory(directory));
    }
    auto lock = TRY(files::Lock::take(directory, "lock"));
    auto core = std::make_unique<Core>(directory, key.copy(), fitting, std::move(lock));
    TRY(core->load());
    return std::unique_ptr<Spool>(new Spool(std::move(core)));
}

Status Spool::Core::load() {
    const std::vector<std::string> names = TRY(files::file_names(directory));
    const auto known = TRY(load_cursor());
    std::vector<bool> readable;
    TRY(load_segments(names, readable));
    // Without its cursor, what was drained and not yet removed is read once more; the reader tells repeats by their mark.
    released = known ? known->released : segments.empty() ? 0 : segments.front().first - 1;
    const std::uint64_t durable = known ? known->durable : 0;
    last_number = durable;
    if (!segments.empty()) {
        TRY(find_end(segments.back(), readable.back(), durable));
        last_number = segments.back().end - 1;
        note_loss(released + 1, segments.front().first - 1);
    } else if (durable > released) {
        note_loss(released + 1, durable);
    }
    for (std::size_t i = 0; i < segments.size(); ++i) {
        if (segments[i].end <= released + 1) {
            segments[i].damaged = false;  // a crash between the loss of its key and its removal; or it no longer matters
        } else if (!readable[i]) {
            note_loss(segments[i].first, segments[i].end - 1);
        }
    }
    if (!known && !segments.empty()) {
        note_error(fmt::format("{}/{} : curseur absent ou abîmé ; ce qui attend depuis le message {} sera relu", directory, spool::cursor_name, released + 1));
    }
    for (const std::string& name : names) {
        if (name.ends_with(draft_ending)) {
            static_cast<void>(spool::remove_file(files::join(directory, name)));
        }
    }
    return release(released);
}

/// Nothing if there is none, or none that can be read.
Result<std::optional<spool::Cursor>> Spool::Core::load_cursor() {
    const auto text = files::read_small(files::join(directory, spool::cursor_name));
    if (!text && text.error().code == ErrorCode::unavailable) {
        return tl::unexpected<Error>(text.error());
    }
    const auto parsed = text ? spool::parse_cursor(*text) : fail(ErrorCode::not_found, "");
    if (!parsed) {
        return std::optional<spool::Cursor>();
    }
    if (parsed->key_id != master.id()) {
        return fail(ErrorCode::denied, fmt::format("{} : la clé donnée n'est pas celle de cette boîte de réception ; reprenez celle avec laquelle elle a été "
                                                   "ouverte la première fois",
                                                   directory));
    }
    cursor = *parsed;
    return std::optional(*parsed);
}

/// Changes nothing on disk: a wrong key must find all as it was.
Status Spool::Core::load_segments(const std::vector<std::string>& names, std::vector<bool>& readable) {
    for (const std::string& name : names) {
        const std::uint64_t first = first_number_of(name);
        if (first == 0) {
            continue;
        }
        const std::string path = files::join(directory, name);
        auto file = TRY(spool::SegmentFile::open(path, spool::SegmentFile::Unreadable::is_an_error));
        const auto head = TRY(file->at(0, spool::segment_header_bytes));
        const auto cipher = spool::open_segment_header(head, first, master);
        if (!cipher && cipher.error().code != ErrorCode::corrupt) {
            return fail(cipher.error().code, fmt::format("{} : {} ; rien n'y a été changé", path, cipher.error().message));
        }
        if (!segments.empty()) {
            segments.back().end = first;
        }
        segments.push_back({first, first, file->size(), path, !cipher});
        segment_disk_bytes += file->size();
        readable.push_back(cipher.has_value());
    }
    return {};
}

/// Of the last segment. known_durable: what the cursor says was on disk.
Status Spool::Core::find_end(SpoolSegment& last, bool is_readable, std::uint64_t known_durable) {
    auto file = TRY(spool::SegmentFile::open(last.path, spool::SegmentFile::Unreadable::is_an_error));
    std::optional<spool::SegmentCipher> cipher;
    if (is_readable) {
        const auto head = TRY(file->at(0, spool::segment_header_bytes));
        cipher = TRY(spool::open_segment_header(head, last.first, master));
    }
    spool::FrameWalk walk(*file, cipher ? &*cipher : nullptr, spool::segment_header_bytes, last.first);
    spool::WalkedFrame frame;
    last.end = last.first;
    std::uint64_t good_bytes = std::min<std::uint64_t>(spool::segment_header_bytes, file->size());
    for (;;) {
        const bool found = TRY(walk.next(frame));
        // A frame behind bytes that are none, written when those were not yet on disk: the same torn group.
        const bool is_torn = found && frame.skipped_from != 0 && frame.header.durable_before <= frame.skipped_from && last.end > known_durable;
        if (!found || is_torn) {
            break;
        }
        if (frame.header.first > last.end) {
            last.damaged = true;
            note_loss(last.end, frame.header.first - 1);
        }
        last.end = walk.expected();
        good_bytes = walk.offset();
    }
    if (last.end <= known_durable) {
        last.damaged = true;
        note_loss(last.end, known_durable);
        last.end = known_durable + 1;
    }
    return settle_tail(last, good_bytes);
}

/// Cuts off what nobody was promised, and has what was in the kernel's hands when the program died on disk before anybody reads it.
Status Spool::Core::settle_tail(SpoolSegment& last, std::uint64_t good_bytes) {
    const auto file = TRY(spool::DiskFile::open(last.path, O_RDWR));
    if (!last.damaged && last.bytes > good_bytes) {
        TRY(file.truncate(good_bytes));
        stats.torn_bytes = last.bytes - good_bytes;
        segment_disk_bytes -= last.bytes - good_bytes;
        last.bytes = good_bytes;
    }
    return file.sync();
}

}  // namespace vigie
