#include "intake/door/watched_folder.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <filesystem>
#include <tuple>
#include <utility>

#include "base/errno_text.h"

namespace vigie::intake {

namespace {

namespace fs = std::filesystem;

constexpr std::string_view refused_folder = "refuses";

bool is_being_written(std::string_view name) { return name.starts_with('.') || name.ends_with(".tmp") || name.ends_with(".part"); }

void sync_folder(const std::string& path) {
    const int folder = ::open(path.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (folder >= 0) {
        static_cast<void>(::fsync(folder));  // at worst the file comes back, and its facts are known
        ::close(folder);
    }
}

Result<std::string> read_file(const std::string& path, std::size_t bytes) {
    const int file = ::open(path.c_str(), O_RDONLY | O_NOFOLLOW | O_CLOEXEC);
    if (file < 0) {
        return fail(ErrorCode::invalid_input, fmt::format("illisible ({})", errno_text(errno)));
    }
    std::string text(bytes, '\0');
    std::size_t done = 0;
    while (done < bytes) {
        const ssize_t n = ::read(file, text.data() + done, bytes - done);
        if (n <= 0) {
            break;
        }
        done += static_cast<std::size_t>(n);
    }
    char further = 0;
    const bool grew = done == bytes && ::read(file, &further, 1) > 0;
    ::close(file);
    if (done < bytes || grew) {
        return fail(ErrorCode::conflict, "a changé pendant la lecture");
    }
    return text;
}

}  // namespace

Result<std::uint64_t> WatchedFolder::look(const std::vector<WatchedSource>& sources, Spool& spool, Instant now, std::vector<std::string>& faults) {
    ++looks_;
    std::uint64_t taken = 0;
    for (const WatchedSource& source : sources) {
        std::error_code failure;
        const std::string folder = drop_ + "/" + source.folder;
        std::vector<std::string> names;
        for (fs::directory_iterator at(folder, failure), end; !failure && at != end; at.increment(failure)) {
            if (at->is_regular_file(failure) && !at->is_symlink(failure) && !is_being_written(at->path().filename().string())) {
                names.push_back(at->path().filename().string());
            }
        }
        std::sort(names.begin(), names.end());  // as they were numbered, when they were
        for (const std::string& name : names) {
            if (taken >= files_a_look) {
                break;
            }
            const Result<bool> one = take(source, folder + "/" + name, spool, now);
            if (one) {
                taken += *one ? 1U : 0U;
            } else if (one.error().code == ErrorCode::unavailable) {
                return tl::unexpected<Error>(one.error());
            } else {
                // The name of a file is its sender's business, and may be somebody's.
                faults.push_back(fmt::format("dossier « {} » : un fichier {}", source.folder, one.error().message));
            }
        }
    }
    std::erase_if(seen_, [&](const auto& seen) { return seen.second.look != looks_; });
    return taken;
}

Result<bool> WatchedFolder::take(const WatchedSource& source, const std::string& path, Spool& spool, Instant now) {
    struct stat status {};
    if (::lstat(path.c_str(), &status) != 0) {
        return false;
    }
    const auto bytes = static_cast<std::uint64_t>(status.st_size);
    const std::int64_t changed = status.st_mtim.tv_sec * 1'000'000'000 + status.st_mtim.tv_nsec;
    const Seen before = std::exchange(seen_[path], Seen{bytes, changed, looks_});
    if (before.look != looks_ - 1 || before.bytes != bytes || before.changed_ns != changed) {
        return false;  // still being written, or new: the next look tells
    }
    if (bytes == 0 || bytes > max_bytes_) {
        std::error_code ignored;
        const fs::path refused = fs::path(path).parent_path() / refused_folder;
        fs::create_directory(refused, ignored);
        fs::rename(path, refused / fs::path(path).filename(), ignored);
        return fail(ErrorCode::invalid_input, bytes == 0 ? "est vide : écarté dans « refuses »"
                                                         : fmt::format("de plus de {} Mio est écarté dans « refuses » : « vigie import » le prend", max_bytes_ >> 20));
    }
    const std::string text = TRY(read_file(path, bytes));
    std::ignore = TRY(spool.put_and_wait({source.key, "folder", now, source.format, "", text}, source.spool_class));
    if (::unlink(path.c_str()) != 0) {
        return fail(ErrorCode::invalid_input, fmt::format("est lu mais ne peut pas être retiré ({}) : il sera relu", errno_text(errno)));
    }
    sync_folder(fs::path(path).parent_path().string());
    return true;
}

}  // namespace vigie::intake
