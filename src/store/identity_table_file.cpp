#include "store/identity_table_file.h"

#include <fcntl.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>
#include <xxhash.h>

#include <array>
#include <cerrno>
#include <cstdio>
#include <cstring>
#include <system_error>
#include <utility>

namespace vigie {

namespace {

constexpr std::uint64_t header_bytes = 4096;
constexpr std::size_t checked_bytes = 40;
constexpr std::uint32_t format_version = 1;
constexpr const char* magic = "VIGIEIDX";

using HeaderPage = std::array<std::uint8_t, header_bytes>;

tl::unexpected<Error> failed(const char* what, int error) {
    return fail(ErrorCode::unavailable, std::string("index des identités : ") + what + " : " +
                                            std::generic_category().message(error));
}

template <class Number>
void put(HeaderPage& page, std::size_t at, Number value) {
    std::memcpy(page.data() + at, &value, sizeof(Number));
}

template <class Number>
Number get(const HeaderPage& page, std::size_t at) {
    Number value{};
    std::memcpy(&value, page.data() + at, sizeof(Number));
    return value;
}

}  // namespace

Result<IdentityTableHeader> read_identity_header(const std::string& path) {
    const int file = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
    if (file < 0) {
        return errno == ENOENT ? fail(ErrorCode::not_found, "index des identités absent")
                               : failed("ouverture impossible", errno);
    }
    HeaderPage page{};
    const ssize_t got = ::pread(file, page.data(), page.size(), 0);
    ::close(file);
    if (got != static_cast<ssize_t>(page.size()) || std::memcmp(page.data(), magic, 8) != 0 ||
        get<std::uint32_t>(page, 8) != format_version ||
        get<std::uint64_t>(page, checked_bytes) != XXH3_64bits(page.data(), checked_bytes)) {
        return fail(ErrorCode::corrupt, "index des identités : en-tête illisible");
    }
    IdentityTableHeader header;
    header.capacity_log2 = static_cast<int>(get<std::uint32_t>(page, 12) & 0xffU);
    header.count = get<std::uint64_t>(page, 16);
    header.store_version = get<std::uint64_t>(page, 24);
    header.generation = page[32];
    header.dirty = page[33] != 0;
    return header;
}

Result<IdentityTableFile> IdentityTableFile::create(const std::string& path, std::uint64_t slots) {
    IdentityTableFile made;
    made.path_ = path;
    made.file_ = ::open(path.c_str(), O_RDWR | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
    if (made.file_ < 0) {
        return failed("création impossible", errno);
    }
    const int reserved =
        ::posix_fallocate(made.file_, 0, static_cast<off_t>(header_bytes + slots * 8));
    if (reserved != 0) {
        ::unlink(path.c_str());
        return failed("place insuffisante sur le disque", reserved);
    }
    TRY(made.map_slots(slots));
    return made;
}

Result<IdentityTableFile> IdentityTableFile::map(const std::string& path, std::uint64_t slots) {
    IdentityTableFile mapped;
    mapped.path_ = path;
    mapped.file_ = ::open(path.c_str(), O_RDWR | O_CLOEXEC);
    if (mapped.file_ < 0) {
        return failed("ouverture impossible", errno);
    }
    struct stat status {};
    if (::fstat(mapped.file_, &status) != 0 ||
        static_cast<std::uint64_t>(status.st_size) != header_bytes + slots * 8) {
        return fail(ErrorCode::corrupt, "index des identités : le fichier n'a pas la taille annoncée");
    }
    TRY(mapped.map_slots(slots));
    return mapped;
}

Status IdentityTableFile::map_slots(std::uint64_t slots) {
    bytes_ = header_bytes + slots * 8;
    void* const mapping = ::mmap(nullptr, bytes_, PROT_READ | PROT_WRITE, MAP_SHARED, file_, 0);
    if (mapping == MAP_FAILED) {
        return failed("projection en mémoire impossible", errno);
    }
    mapping_ = mapping;
    return {};
}

IdentityTableFile::IdentityTableFile(IdentityTableFile&& other) noexcept { *this = std::move(other); }

IdentityTableFile& IdentityTableFile::operator=(IdentityTableFile&& other) noexcept {
    std::swap(path_, other.path_);
    std::swap(file_, other.file_);
    std::swap(mapping_, other.mapping_);
    std::swap(bytes_, other.bytes_);
    return *this;
}

IdentityTableFile::~IdentityTableFile() {
    if (mapping_ != nullptr) {
        ::munmap(mapping_, bytes_);
    }
    if (file_ >= 0) {
        ::close(file_);
    }
}

std::uint64_t* IdentityTableFile::slots() const {
    return static_cast<std::uint64_t*>(mapping_) + header_bytes / 8;
}

Status IdentityTableFile::write_header(const IdentityTableHeader& header) {
    HeaderPage page{};
    std::memcpy(page.data(), magic, 8);
    put(page, 8, format_version);
    put(page, 12, static_cast<std::uint32_t>(header.capacity_log2));
    put(page, 16, header.count);
    put(page, 24, header.store_version);
    page[32] = header.generation;
    page[33] = header.dirty ? 1 : 0;
    put(page, checked_bytes, std::uint64_t{XXH3_64bits(page.data(), checked_bytes)});
    if (::pwrite(file_, page.data(), page.size(), 0) != static_cast<ssize_t>(page.size())) {
        return failed("écriture impossible", errno);
    }
    return {};
}

Status IdentityTableFile::sync() {
    if (::msync(mapping_, bytes_, MS_SYNC) != 0 || ::fdatasync(file_) != 0) {
        return failed("écriture sur le disque impossible", errno);
    }
    return {};
}

Status IdentityTableFile::rename_to(const std::string& path) {
    if (::rename(path_.c_str(), path.c_str()) != 0) {
        return failed("remplacement impossible", errno);
    }
    path_ = path;
    return {};
}

void IdentityTableFile::release() {
    if (mapping_ != nullptr) {
        // On a shared mapping of a file this only empties this process's page tables: advice that fails costs memory, not data.
        static_cast<void>(::madvise(mapping_, bytes_, MADV_DONTNEED));
    }
}

}  // namespace vigie
