// A file descriptor that closes itself, and whole reads and writes at a place. Private to store/spool.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>

#include "base/result.h"

namespace vigie::spool {

/// Says what failed, where, and the system's reason; `error` is an errno. Always unavailable, but not_found for ENOENT.
[[nodiscard]] tl::unexpected<Error> disk_failed(std::string_view what, const std::string& path, int error);

class DiskFile {
  public:
    DiskFile() = default;
    /// flags and mode as open(2). Errors: not_found, unavailable.
    [[nodiscard]] static Result<DiskFile> open(const std::string& path, int flags, unsigned mode = 0);
    DiskFile(DiskFile&& other) noexcept : path_(std::move(other.path_)), file_(std::exchange(other.file_, -1)) {}
    DiskFile& operator=(DiskFile&& other) noexcept;
    ~DiskFile();

    [[nodiscard]] const std::string& path() const { return path_; }
    [[nodiscard]] Result<std::uint64_t> size() const;
    /// All the bytes, or an error; then some may be written.
    [[nodiscard]] Status write_at(const void* bytes, std::size_t size, std::uint64_t offset) const;
    /// Bytes read, fewer than `size` only at the end of the file.
    [[nodiscard]] Result<std::size_t> read_at(void* bytes, std::size_t size, std::uint64_t offset) const;
    [[nodiscard]] Status truncate(std::uint64_t size) const;
    /// Contents and size are on disk. After an error nothing of what was written is certain, and asking again would lie.
    [[nodiscard]] Status sync() const;

  private:
    DiskFile(std::string path, int file) : path_(std::move(path)), file_(file) {}
    std::string path_;
    int file_ = -1;
};

/// Removes the file; one that is not there is removed. The caller syncs the folder.
[[nodiscard]] Status remove_file(const std::string& path);
[[nodiscard]] Status rename_file(const std::string& from, const std::string& to);

}  // namespace vigie::spool
