#include "store/spool/spool_key.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <sodium.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <filesystem>
#include <string_view>
#include <system_error>
#include <tuple>

#include "base/assert.h"
#include "base/errno_text.h"

namespace vigie {

namespace {

namespace fs = std::filesystem;

constexpr std::string_view first_line = "vigie-spool-key 1\n";
constexpr std::size_t key_digits = 2 * SpoolKey::size;
constexpr std::size_t check_bytes = 8;
constexpr std::size_t check_digits = 2 * check_bytes;
/// The first line, the key and the check, each with its newline.
constexpr std::size_t file_bytes = first_line.size() + key_digits + 1 + check_digits + 1;
using KeyText = std::array<char, file_bytes + 1>;

/// Finds a slip of a hand or of a disk in the file.
std::string check_of(std::span<const std::uint8_t, SpoolKey::size> key) {
    std::array<std::uint8_t, crypto_generichash_BYTES> hash{};
    crypto_generichash(hash.data(), hash.size(), key.data(), key.size(), nullptr, 0);
    std::string digits;
    for (std::size_t i = 0; i < check_bytes; ++i) {
        digits += fmt::format("{:02x}", hash[i]);
    }
    return digits;
}

Status refuse_within(const std::string& path, const std::string& data_folder) {
    std::error_code error;
    const fs::path file = fs::weakly_canonical(path, error);
    const fs::path folder = error ? fs::path() : fs::weakly_canonical(data_folder, error);
    if (error) {
        return fail(ErrorCode::unavailable, fmt::format("{} : chemin illisible : {}", path, error.message()));
    }
    const fs::path inside = file.lexically_relative(folder);
    if (!inside.empty() && *inside.begin() != "..") {
        return fail(ErrorCode::denied,
                    fmt::format("{} : la clé de la boîte de réception ne doit pas se trouver dans le dossier de données {}, "
                                "qu'elle protège : placez-la ailleurs",
                                path, data_folder));
    }
    return {};
}

class Descriptor {
  public:
    Descriptor(const std::string& path, int flags, mode_t mode) : file_(::open(path.c_str(), flags | O_CLOEXEC, mode)) {}
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

Status refuse_shared(int file, const std::string& path) {
    struct stat about {};
    if (::fstat(file, &about) != 0) {
        return fail(ErrorCode::unavailable, fmt::format("{} : {}", path, errno_text(errno)));
    }
    if (!S_ISREG(about.st_mode)) {
        return fail(ErrorCode::denied, fmt::format("{} : un fichier ordinaire était attendu", path));
    }
    if ((about.st_mode & 077U) != 0) {
        return fail(ErrorCode::denied, fmt::format("{} : d'autres comptes peuvent lire la clé (droits {:o}, 600 attendus) : « chmod 600 »",
                                                   path, about.st_mode & 0777U));
    }
    return {};
}

Result<SpoolKey> key_of(const KeyText& text, std::size_t size, const std::string& path) {
    std::array<std::uint8_t, SpoolKey::size> bytes{};
    std::size_t decoded = 0;
    const std::string_view all(text.data(), size);
    const bool shaped = size == file_bytes && all.starts_with(first_line) && all[first_line.size() + key_digits] == '\n' && all.back() == '\n' &&
                        sodium_hex2bin(bytes.data(), bytes.size(), all.data() + first_line.size(), key_digits, nullptr, &decoded, nullptr) == 0 &&
                        decoded == bytes.size();
    const bool whole = shaped && all.substr(first_line.size() + key_digits + 1, check_digits) == check_of(bytes);
    SpoolKey key(bytes);
    sodium_memzero(bytes.data(), bytes.size());
    if (!whole) {
        return fail(ErrorCode::corrupt,
                    fmt::format("{} : ce n'est pas une clé de boîte de réception intacte (trois lignes étaient attendues : « vigie-spool-key 1 », "
                                "64 chiffres hexadécimaux, leur contrôle)",
                                path));
    }
    return key;
}

std::string parent_of(const std::string& path) {
    const auto parent = fs::path(path).parent_path().string();
    return parent.empty() ? "." : parent;
}

bool write_durably(int file, const KeyText& text, const std::string& folder) {
    if (::write(file, text.data(), file_bytes) != static_cast<ssize_t>(file_bytes) || ::fsync(file) != 0) {
        return false;
    }
    const Descriptor directory(folder, O_RDONLY | O_DIRECTORY, 0);
    return directory.get() >= 0 && ::fsync(directory.get()) == 0;
}

}  // namespace

SpoolKey::SpoolKey(std::span<const std::uint8_t, size> bytes) {
    const bool ready = sodium_init() >= 0;
    VIGIE_ASSERT(ready);
    // Locked pages between guard pages; wiped by sodium_free.
    bytes_.reset(static_cast<std::uint8_t*>(sodium_malloc(size)));
    VIGIE_ASSERT(bytes_ != nullptr);
    std::memcpy(bytes_.get(), bytes.data(), size);
}

void SpoolKey::Wipe::operator()(std::uint8_t* bytes) const { sodium_free(bytes); }

SpoolKey SpoolKey::random() {
    const bool ready = sodium_init() >= 0;
    VIGIE_ASSERT(ready);
    std::array<std::uint8_t, size> bytes{};
    randombytes_buf(bytes.data(), bytes.size());
    SpoolKey key(bytes);
    sodium_memzero(bytes.data(), bytes.size());
    return key;
}

SpoolKey SpoolKey::copy() const { return SpoolKey(bytes()); }

std::span<const std::uint8_t, SpoolKey::size> SpoolKey::bytes() const { return std::span<const std::uint8_t, size>(bytes_.get(), size); }

std::array<std::uint8_t, 8> SpoolKey::id() const {
    constexpr std::string_view word = "vigie spool key id";
    std::array<std::uint8_t, crypto_generichash_BYTES_MIN> hash{};
    std::array<std::uint8_t, word.size()> input{};
    std::memcpy(input.data(), word.data(), word.size());
    crypto_generichash(hash.data(), hash.size(), input.data(), input.size(), bytes_.get(), size);
    std::array<std::uint8_t, 8> id{};
    std::memcpy(id.data(), hash.data(), id.size());
    return id;
}

Result<SpoolKey> load_spool_key(const std::string& path, const std::string& data_folder) {
    TRY(refuse_within(path, data_folder));
    const Descriptor file(path, O_RDONLY | O_NOCTTY | O_NONBLOCK, 0);
    if (file.get() < 0) {
        const int error = errno;
        return fail(error == ENOENT ? ErrorCode::not_found : ErrorCode::unavailable,
                    fmt::format("{} : clé de la boîte de réception {} : {} ; sans elle, ce qui attend ne peut pas être lu", path,
                                error == ENOENT ? "absente" : "illisible", errno_text(error)));
    }
    TRY(refuse_shared(file.get(), path));
    KeyText text{};
    const ssize_t got = ::read(file.get(), text.data(), text.size());
    if (got < 0) {
        return fail(ErrorCode::unavailable, fmt::format("{} : lecture impossible : {}", path, errno_text(errno)));
    }
    auto key = key_of(text, static_cast<std::size_t>(got), path);
    sodium_memzero(text.data(), text.size());
    return key;
}

Result<SpoolKey> make_spool_key(const std::string& path, const std::string& data_folder) {
    TRY(refuse_within(path, data_folder));
    SpoolKey key = SpoolKey::random();
    const Descriptor file(path, O_WRONLY | O_CREAT | O_EXCL, 0600);
    if (file.get() < 0) {
        const int error = errno;
        return fail(error == EEXIST ? ErrorCode::conflict : ErrorCode::unavailable,
                    error == EEXIST ? fmt::format("{} existe déjà : une clé n'est jamais remplacée, ce qu'elle scelle serait perdu", path)
                                    : fmt::format("{} : création impossible : {}", path, errno_text(error)));
    }
    KeyText text{};
    std::memcpy(text.data(), first_line.data(), first_line.size());
    char* const digits = text.data() + first_line.size();
    sodium_bin2hex(digits, key_digits + 1, key.bytes().data(), SpoolKey::size);
    digits[key_digits] = '\n';
    const std::string check = check_of(key.bytes());
    std::copy(check.begin(), check.end(), digits + key_digits + 1);
    digits[key_digits + 1 + check_digits] = '\n';
    const bool written = write_durably(file.get(), text, parent_of(path));
    const int error = errno;
    sodium_memzero(text.data(), text.size());
    if (!written) {
        ::unlink(path.c_str());
        return fail(ErrorCode::unavailable, fmt::format("{} : écriture impossible : {}", path, errno_text(error)));
    }
    return key;
}

}  // namespace vigie
