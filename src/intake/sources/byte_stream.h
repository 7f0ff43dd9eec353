// The bytes of one input, decompressed, in bounded blocks. A file is read, hashed and decompressed
// ahead on its own thread, so that whoever parses never waits for the disk; bytes in memory (tests,
// fuzzing) go the same way without one.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>

#include "base/result.h"

namespace vigie::intake {

enum class Compression : std::uint8_t { none, gzip, xz };

/// Bytes handed over at a time: large enough to amortise a lock, small enough for the second-level
/// cache.
inline constexpr std::size_t stream_block_bytes = 256 * 1024;

class ByteStream {
  public:
    ByteStream() = default;
    ByteStream(const ByteStream&) = delete;
    ByteStream& operator=(const ByteStream&) = delete;
    virtual ~ByteStream() = default;
    /// The next block, valid until the next call; empty at the end. What could be read before a
    /// fault is given first. Errors: invalid_input for compressed bytes that are broken or end too
    /// early, unavailable for I/O.
    [[nodiscard]] virtual Result<std::string_view> next() = 0;
    /// What to call the input in messages.
    [[nodiscard]] virtual const std::string& name() const = 0;
    [[nodiscard]] virtual Compression compression() const = 0;
    /// Bytes as they lie on disk: taken so far (may run ahead of `next`), and in all.
    [[nodiscard]] virtual std::uint64_t bytes_read() const = 0;
    [[nodiscard]] virtual std::uint64_t bytes_total() const = 0;
    /// BLAKE2b-256 of the bytes on disk, hex; empty before `next` has given the end.
    [[nodiscard]] virtual std::string hash() const = 0;
};

/// Opens a regular file; .gz and .xz (by extension, or by their first bytes) are decompressed.
/// Errors: not_found; invalid_input for a folder, an unreadable or empty file, or a .gz or .xz that
/// is none.
[[nodiscard]] Result<std::unique_ptr<ByteStream>> open_byte_stream(const std::string& path);

/// Bytes held by the caller for the stream's life, given in blocks of at most `block_bytes`;
/// compression by first bytes. Errors: invalid_input if there are none.
[[nodiscard]] Result<std::unique_ptr<ByteStream>> memory_byte_stream(
    std::string_view bytes, std::size_t block_bytes = stream_block_bytes,
    std::string name = "mémoire");

/// The whole of `stream` in one piece. Errors: those of the stream; invalid_input above
/// `bytes_max`.
[[nodiscard]] Result<std::string> read_whole(ByteStream& stream, std::size_t bytes_max);

/// Lower-case name of the file without .gz or .xz: what the format is told by.
[[nodiscard]] std::string name_without_compression(std::string_view path);

}  // namespace vigie::intake
