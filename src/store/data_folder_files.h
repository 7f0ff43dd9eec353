// The few things the data folder does to files, each durable when it returns. Private to store/. Messages carry the path,
// which the person who runs the command gave.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace vigie::files {

/// Size and BLAKE2b-256 of a file's bytes.
struct Digest {
    std::uint64_t bytes = 0;
    std::string blake2b;  ///< 64 hexadecimal digits
    friend bool operator==(const Digest&, const Digest&) = default;
};

[[nodiscard]] std::string join(const std::string& directory, std::string_view name);
/// Absolute, without « . », « .. » or a slash at the end; symbolic links are left as they are.
[[nodiscard]] std::string normalised(const std::string& path);
[[nodiscard]] bool exists(const std::string& path);
/// Names of the regular files of a folder, sorted. Errors: not_found, unavailable.
[[nodiscard]] Result<std::vector<std::string>> file_names(const std::string& directory);

/// Makes a folder (0700) and those above it that lack, or takes an empty one. Errors: conflict if it holds anything; unavailable.
[[nodiscard]] Status make_empty_directory(const std::string& directory);
/// Makes a folder (0700). Errors: conflict if there is something of that name; unavailable.
[[nodiscard]] Status make_directory(const std::string& directory);
/// Removes a folder that we made and could not finish; what can not be removed stays.
void remove_all(const std::string& directory);

/// The whole of a small file. Errors: not_found, unavailable, corrupt above 1 MiB.
[[nodiscard]] Result<std::string> read_small(const std::string& path);
/// Replaces the file (0600) at once: after a crash it holds the old text or the new.
[[nodiscard]] Status write_small(const std::string& directory, std::string_view name, std::string_view text);
/// Copies into a new file (0600). Errors: unavailable, not_found.
[[nodiscard]] Result<Digest> copy(const std::string& from, const std::string& to);
[[nodiscard]] Result<Digest> digest(const std::string& path);
[[nodiscard]] std::string blake2b_of(std::string_view text);
[[nodiscard]] Status sync_file(const std::string& path);
[[nodiscard]] Status sync_directory(const std::string& path);
/// Takes the file's rights away from everybody but its owner (0600).
[[nodiscard]] Status make_private(const std::string& path);
[[nodiscard]] Result<std::uint64_t> size(const std::string& path);
/// Bytes free for us on the file system that holds `path`. Errors: unavailable.
[[nodiscard]] Result<std::uint64_t> free_bytes(const std::string& path);

/// An exclusive lock on a file (flock), released when destroyed or when the process dies.
class Lock {
  public:
    /// Makes the file if it lacks and writes this process's number into it.
    /// Errors: conflict if another process holds it (the message gives its number), unavailable.
    [[nodiscard]] static Result<Lock> take(const std::string& directory, std::string_view name);
    Lock(Lock&& other) noexcept;
    Lock& operator=(Lock&& other) noexcept;
    ~Lock();

  private:
    explicit Lock(int file) : file_(file) {}
    int file_;
};

}  // namespace vigie::files
