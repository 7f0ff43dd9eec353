// What has been drained goes: first the cursor says so, then segments of which nothing is left lose their key, then their file.
#include <fcntl.h>
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <string_view>

#include "store/spool/spool_core.h"

namespace vigie {

namespace {

/// Damaged segments that are kept for whoever looks into the damage; the oldest goes when one more comes.
constexpr std::size_t kept_aside_max = 4;
constexpr std::string_view aside_ending = ".damaged";

/// The header, which holds the sealed key, is overwritten in place and on disk: from then on nobody opens what the file held, wherever its
/// blocks go. On file systems that never overwrite in place this is no more than a removal.
Status destroy_key(const std::string& path) {
    const auto file = spool::DiskFile::open(path, O_WRONLY);
    if (!file) {
        return file.error().code == ErrorCode::not_found ? Status() : tl::unexpected<Error>(file.error());
    }
    const std::array<char, spool::segment_header_bytes> zeros{};
    TRY(file->write_at(zeros.data(), zeros.size(), 0));
    return file->sync();
}

Status destroy(const std::string& path) {
    TRY(destroy_key(path));
    return spool::remove_file(path);
}

Status keep_aside(const std::string& directory, const std::string& path) {
    std::vector<std::string> names = TRY(files::file_names(directory));
    std::erase_if(names, [](const std::string& name) { return !name.ends_with(aside_ending); });
    for (std::size_t i = 0; i + kept_aside_max <= names.size(); ++i) {
        TRY(destroy(files::join(directory, names[i])));
    }
    const std::string aside = path.substr(0, path.rfind('.')).append(aside_ending);
    const auto renamed = spool::rename_file(path, aside);
    return renamed || renamed.error().code == ErrorCode::not_found ? Status() : renamed;
}

}  // namespace

Status Spool::Core::release(std::uint64_t through) {
    const std::lock_guard changing(cursor_mutex);
    TRY(write_cursor(through));
    return remove_drained();
}

/// cursor_mutex held.
Status Spool::Core::write_cursor(std::uint64_t through) {
    spool::Cursor wanted;
    wanted.key_id = master.id();
    {
        const std::lock_guard held(mutex);
        if (through > last_number) {
            return fail(ErrorCode::invalid_input, fmt::format("libération jusqu'au message {} : le dernier est {}", through, last_number));
        }
        wanted.released = past_losses(std::max(through, released));
        wanted.durable = last_number;
    }
    if (wanted != cursor) {
        TRY(files::write_small(directory, spool::cursor_name, spool::cursor_text(wanted)));
        cursor = wanted;
    }
    const std::lock_guard held(mutex);
    released = wanted.released;
    return {};
}

/// cursor_mutex held. Never the last segment: its name carries the numbering over.
Status Spool::Core::remove_drained() {
    {
        const std::lock_guard held(mutex);
        while (segments.size() > 1 && segments.front().end <= cursor.released + 1) {
            condemned.push_back(std::move(segments.front()));
            segments.pop_front();
        }
    }
    if (condemned.empty()) {
        return {};
    }
    const std::lock_guard walking(read_mutex);
    open_segment.reset();
    Status outcome;
    std::erase_if(condemned, [&](const SpoolSegment& segment) {
        Status removed = remove_segment(segment);
        if (!removed) {
            outcome = std::move(removed);
            return false;
        }
        const std::lock_guard held(mutex);
        segment_disk_bytes -= segment.bytes;
        return true;
    });
    TRY(files::sync_directory(directory));
    return outcome;
}

Status Spool::Core::remove_segment(const SpoolSegment& segment) {
    return segment.damaged ? keep_aside(directory, segment.path) : destroy(segment.path);
}

void Spool::Core::note_loss(std::uint64_t first, std::uint64_t last) {
    if (last < first) {
        return;
    }
    if (last <= released) {
        note_error(fmt::format("boîte de réception abîmée aux messages {} à {}, déjà traités : rien n'est perdu", first, last));
        return;
    }
    first = std::max(first, released + 1);
    const auto is_known = [&](const SpoolLoss& loss) { return loss.first <= first && last <= loss.last; };
    if (std::ranges::any_of(losses, is_known)) {
        return;
    }
    ++stats.damages;
    note_error(first == last ? fmt::format("boîte de réception abîmée : message {} perdu", first)
                             : fmt::format("boîte de réception abîmée : messages {} à {} perdus", first, last));
    if (losses.size() < spool_losses_max) {
        losses.push_back({first, last});
        std::ranges::sort(losses, {}, &SpoolLoss::first);
    }
}

/// The number up to which all is drained or lost, when all up to `through` is drained.
std::uint64_t Spool::Core::past_losses(std::uint64_t through) const {
    for (const SpoolLoss& loss : losses) {
        if (loss.first <= through + 1) {
            through = std::max(through, loss.last);
        }
    }
    return through;
}

}  // namespace vigie
