#include "store/data_folder_files.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <sodium.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <filesystem>
#include <system_error>
#include <tuple>
#include <utility>

namespace vigie::files {

namespace {

namespace fs = std::filesystem;

constexpr std::size_t small_bytes_max = 1U << 20;
constexpr std::size_t copy_bytes = 1U << 20;

tl::unexpected<Error> failed(std::string_view what, const std::string& path, int error) {
    const auto code = error == ENOENT ? ErrorCode::not_found : ErrorCode::unavailable;
    const char* hint = error == EACCES || error == EPERM ? " (ce compte n'en a pas le droit)"
                       : error == EROFS                  ? " (système de fichiers en lecture seule)"
                       : error == ENOSPC || error == EDQUOT ? " (disque plein)"
                                                            : "";
    return fail(code, fmt::format("{} : {}{} : {}", path, what, hint,
                                  std::generic_category().message(error)));
}

class Descriptor {
  public:
    Descriptor(const std::string& path, int flags, mode_t mode = 0)
        : file_(::open(path.c_str(), flags | O_CLOEXEC, mode)) {}
    Descriptor(const Descriptor&) = delete;
    Descriptor& operator=(const Descriptor&) = delete;
    ~Descriptor() {
        if (file_ >= 0) {
            ::close(file_);
        }
    }
    [[nodiscard]] int get() const { return file_; }

  private:
    int file_;
};

bool write_whole(int file, const char* bytes, std::size_t size) {
    while (size > 0) {
        const ssize_t written = ::write(file, bytes, size);
        if (written < 0) {
            if (errno == EINTR) {
                continue;
            }
            return false;
        }
        bytes += written;
        size -= static_cast<std::size_t>(written);
    }
    return true;
}

class Blake2b {
  public:
    Blake2b() {
        // Only chooses the fastest code for this machine; the result does not depend on it.
        std::ignore = sodium_init();
        crypto_generichash_init(&state_, nullptr, 0, crypto_generichash_BYTES);
    }
    void add(const char* bytes, std::size_t size) {
        const void* const untyped = bytes;
        crypto_generichash_update(&state_, static_cast<const unsigned char*>(untyped), size);
    }
    std::string hex() {
        std::array<unsigned char, crypto_generichash_BYTES> hash{};
        crypto_generichash_final(&state_, hash.data(), hash.size());
        std::string text;
        for (const unsigned char byte : hash) {
            text += fmt::format("{:02x}", byte);
        }
        return text;
    }

  private:
    crypto_generichash_state state_{};
};

/// Reads `from` to its end; `to` may be -1. Errors: as failed().
Result<Digest> pass(int from, const std::string& from_path, int to, const std::string& to_path) {
    std::vector<char> buffer(copy_bytes);
    Blake2b hash;
    Digest digest;
    for (;;) {
        const ssize_t got = ::read(from, buffer.data(), buffer.size());
        if (got < 0 && errno == EINTR) {
            continue;
        }
        if (got < 0) {
            return failed("lecture impossible", from_path, errno);
        }
        if (got == 0) {
            break;
        }
        const auto size = static_cast<std::size_t>(got);
        hash.add(buffer.data(), size);
        digest.bytes += size;
        if (to >= 0 && !write_whole(to, buffer.data(), size)) {
            return failed("écriture impossible", to_path, errno);
        }
    }
    digest.blake2b = hash.hex();
    return digest;
}

std::string parent_of(const std::string& path) {
    const auto parent = fs::path(path).parent_path().string();
    return parent.empty() ? "." : parent;
}

}  // namespace

std::string join(const std::string& directory, std::string_view name) {
    return fmt::format("{}/{}", directory, name);
}

std::string normalised(const std::string& path) {
    std::error_code error;
    fs::path absolute = fs::absolute(path, error);
    if (error) {
        return path;
    }
    std::string text = absolute.lexically_normal().string();
    while (text.size() > 1 && text.back() == '/') {
        text.pop_back();
    }
    return text;
}

bool exists(const std::string& path) {
    struct stat status {};
    return ::lstat(path.c_str(), &status) == 0;
}

Result<std::vector<std::string>> file_names(const std::string& directory) {
    std::error_code error;
    std::vector<std::string> names;
    fs::directory_iterator entry(directory, error);
    for (; !error && entry != fs::directory_iterator(); entry.increment(error)) {
        if (entry->symlink_status(error).type() == fs::file_type::regular) {
            names.push_back(entry->path().filename().string());
        }
    }
    if (error) {
        return failed("lecture du dossier impossible", directory, error.value());
    }
    std::sort(names.begin(), names.end());
    return names;
}

Status make_directory(const std::string& directory) {
    if (::mkdir(directory.c_str(), 0700) != 0) {
        if (errno == EEXIST) {
            return fail(ErrorCode::conflict, fmt::format("{} existe déjà", directory));
        }
        return failed("création du dossier impossible", directory, errno);
    }
    return sync_directory(parent_of(directory));
}

Status make_empty_directory(const std::string& directory) {
    std::error_code error;
    if (!exists(directory)) {
        fs::create_directories(parent_of(directory), error);
        if (error) {
            return failed("création du dossier impossible", parent_of(directory), error.value());
        }
        return make_directory(directory);
    }
    const bool empty = fs::is_empty(directory, error);
    if (error || !fs::is_directory(directory, error)) {
        return fail(error && error.value() != ENOTDIR ? ErrorCode::unavailable : ErrorCode::conflict,
                    fmt::format("{} : un dossier vide ou absent était attendu", directory));
    }
    if (!empty) {
        return fail(ErrorCode::conflict,
                    fmt::format("{} n'est pas vide : rien n'y a été écrit", directory));
    }
    if (::chmod(directory.c_str(), 0700) != 0) {
        return failed("changement de droits impossible", directory, errno);
    }
    return {};
}

void remove_all(const std::string& directory) {
    std::error_code ignored;
    fs::remove_all(directory, ignored);
}

Result<std::string> read_small(const std::string& path) {
    const Descriptor file(path, O_RDONLY);
    if (file.get() < 0) {
        return failed("ouverture impossible", path, errno);
    }
    std::string text(small_bytes_max + 1, '\0');
    std::size_t size = 0;
    while (size < text.size()) {
        const ssize_t got = ::read(file.get(), text.data() + size, text.size() - size);
        if (got < 0 && errno == EINTR) {
            continue;
        }
        if (got < 0) {
            return failed("lecture impossible", path, errno);
        }
        if (got == 0) {
            text.resize(size);
            return text;
        }
        size += static_cast<std::size_t>(got);
    }
    return fail(ErrorCode::corrupt, fmt::format("{} : fichier trop long", path));
}

Status write_small(const std::string& directory, std::string_view name, std::string_view text) {
    const std::string path = join(directory, name);
    const std::string draft = path + ".new";
    {
        const Descriptor file(draft, O_WRONLY | O_CREAT | O_TRUNC, 0600);
        if (file.get() < 0) {
            return failed("création impossible", draft, errno);
        }
        if (!write_whole(file.get(), text.data(), text.size()) || ::fsync(file.get()) != 0) {
            const int error = errno;
            ::unlink(draft.c_str());
            return failed("écriture impossible", draft, error);
        }
    }
    if (::rename(draft.c_str(), path.c_str()) != 0) {
        return failed("remplacement impossible", path, errno);
    }
    return sync_directory(directory);
}

Result<Digest> copy(const std::string& from, const std::string& to) {
    const Descriptor source(from, O_RDONLY);
    if (source.get() < 0) {
        return failed("ouverture impossible", from, errno);
    }
    const Descriptor target(to, O_WRONLY | O_CREAT | O_EXCL, 0600);
    if (target.get() < 0) {
        return failed("création impossible", to, errno);
    }
    Digest digest = TRY(pass(source.get(), from, target.get(), to));
    if (::fsync(target.get()) != 0) {
        return failed("écriture sur le disque impossible", to, errno);
    }
    return digest;
}

Result<Digest> digest(const std::string& path) {
    const Descriptor file(path, O_RDONLY);
    if (file.get() < 0) {
        return failed("ouverture impossible", path, errno);
    }
    return pass(file.get(), path, -1, path);
}

std::string blake2b_of(std::string_view text) {
    Blake2b hash;
    hash.add(text.data(), text.size());
    return hash.hex();
}

Status sync_file(const std::string& path) {
    const Descriptor file(path, O_RDONLY);
    if (file.get() < 0 || ::fsync(file.get()) != 0) {
        return failed("écriture sur le disque impossible", path, errno);
    }
    return {};
}

Status sync_directory(const std::string& path) {
    const Descriptor file(path, O_RDONLY | O_DIRECTORY);
    if (file.get() < 0 || ::fsync(file.get()) != 0) {
        return failed("écriture sur le disque impossible", path, errno);
    }
    return {};
}

Status make_private(const std::string& path) {
    if (::chmod(path.c_str(), 0600) != 0) {
        return failed("changement de droits impossible", path, errno);
    }
    return {};
}

Result<std::uint64_t> size(const std::string& path) {
    struct stat status {};
    if (::stat(path.c_str(), &status) != 0) {
        return failed("taille inconnue", path, errno);
    }
    return static_cast<std::uint64_t>(status.st_size);
}

Result<std::uint64_t> free_bytes(const std::string& path) {
    struct statvfs status {};
    if (::statvfs(path.c_str(), &status) != 0) {
        return failed("place libre inconnue", path, errno);
    }
    return std::uint64_t{status.f_bavail} * status.f_frsize;
}

// ---------------------------------------------------------------- Lock

Result<Lock> Lock::take(const std::string& directory, std::string_view name) {
    const std::string path = join(directory, name);
    const int file = ::open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600);
    if (file < 0) {
        return failed("écriture impossible", path, errno);
    }
    Lock lock(file);
    if (::flock(file, LOCK_EX | LOCK_NB) != 0) {
        if (errno != EWOULDBLOCK) {
            return failed("verrou impossible", path, errno);
        }
        std::array<char, 24> text{};
        const ssize_t got = ::pread(file, text.data(), text.size() - 1, 0);
        std::string number(text.data(), got > 0 ? static_cast<std::size_t>(got) : 0U);
        number.erase(std::find_if(number.begin(), number.end(), [](char c) { return c < '0' || c > '9'; }),
                     number.end());
        return fail(ErrorCode::conflict,
                    fmt::format("{} est déjà ouvert par {} : attendez qu'il finisse, ou arrêtez-le", directory,
                                number.empty() ? "un autre processus" : "le processus " + number));
    }
    const std::string number = fmt::format("{}\n", ::getpid());
    if (::ftruncate(file, 0) != 0 || ::pwrite(file, number.data(), number.size(), 0) < 0) {
        return failed("écriture impossible", path, errno);
    }
    return lock;
}

Lock::Lock(Lock&& other) noexcept : file_(std::exchange(other.file_, -1)) {}

Lock& Lock::operator=(Lock&& other) noexcept {
    std::swap(file_, other.file_);
    return *this;
}

Lock::~Lock() {
    if (file_ >= 0) {
        ::close(file_);
    }
}

}  // namespace vigie::files
