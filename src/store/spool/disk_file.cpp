#include "store/spool/disk_file.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>

#include "base/errno_text.h"

namespace vigie::spool {

tl::unexpected<Error> disk_failed(std::string_view what, const std::string& path, int error) {
    return fail(error == ENOENT ? ErrorCode::not_found : ErrorCode::unavailable,
                fmt::format("{} : {}{} : {}", path, what, error == ENOSPC || error == EDQUOT ? " (disque plein)" : "", errno_text(error)));
}

Result<DiskFile> DiskFile::open(const std::string& path, int flags, unsigned mode) {
    const int file = ::open(path.c_str(), flags | O_CLOEXEC, mode);
    if (file < 0) {
        return disk_failed((flags & O_CREAT) != 0 ? "création impossible" : "ouverture impossible", path, errno);
    }
    return DiskFile(path, file);
}

DiskFile& DiskFile::operator=(DiskFile&& other) noexcept {
    std::swap(path_, other.path_);
    std::swap(file_, other.file_);
    return *this;
}

DiskFile::~DiskFile() {
    if (file_ >= 0) {
        ::close(file_);
    }
}

Result<std::uint64_t> DiskFile::size() const {
    struct stat about {};
    if (::fstat(file_, &about) != 0) {
        return disk_failed("taille inconnue", path_, errno);
    }
    return static_cast<std::uint64_t>(about.st_size);
}

Status DiskFile::write_at(const void* bytes, std::size_t size, std::uint64_t offset) const {
    const auto* from = static_cast<const char*>(bytes);
    while (size > 0) {
        const ssize_t written = ::pwrite(file_, from, size, static_cast<off_t>(offset));
        if (written < 0 && errno == EINTR) {
            continue;
        }
        if (written <= 0) {
            return disk_failed("écriture impossible", path_, written == 0 ? ENOSPC : errno);
        }
        from += written;
        size -= static_cast<std::size_t>(written);
        offset += static_cast<std::uint64_t>(written);
    }
    return {};
}

Result<std::size_t> DiskFile::read_at(void* bytes, std::size_t size, std::uint64_t offset) const {
    auto* const to = static_cast<char*>(bytes);
    std::size_t done = 0;
    while (done < size) {
        const ssize_t got = ::pread(file_, to + done, size - done, static_cast<off_t>(offset + done));
        if (got < 0 && errno == EINTR) {
            continue;
        }
        if (got < 0) {
            return disk_failed("lecture impossible", path_, errno);
        }
        if (got == 0) {
            break;
        }
        done += static_cast<std::size_t>(got);
    }
    return done;
}

Status DiskFile::truncate(std::uint64_t size) const {
    if (::ftruncate(file_, static_cast<off_t>(size)) != 0) {
        return disk_failed("troncature impossible", path_, errno);
    }
    return {};
}

Status DiskFile::sync() const {
    if (::fdatasync(file_) != 0) {
        return disk_failed("écriture sur le disque impossible", path_, errno);
    }
    return {};
}

Status remove_file(const std::string& path) {
    if (::unlink(path.c_str()) != 0 && errno != ENOENT) {
        return disk_failed("suppression impossible", path, errno);
    }
    return {};
}

Status rename_file(const std::string& from, const std::string& to) {
    if (::rename(from.c_str(), to.c_str()) != 0) {
        return disk_failed("renommage impossible", from, errno);
    }
    return {};
}

}  // namespace vigie::spool
