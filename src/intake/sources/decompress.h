// gzip and xz as pull sources over another source of bytes.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <string>

#include "base/result.h"
#include "intake/sources/byte_stream.h"

namespace vigie::intake {

class ByteSource {
  public:
    ByteSource() = default;
    ByteSource(const ByteSource&) = delete;
    ByteSource& operator=(const ByteSource&) = delete;
    virtual ~ByteSource() = default;
    /// Fills some of `out` (not empty) and says how much; 0 at the end, and again after it.
    [[nodiscard]] virtual Result<std::size_t> read(std::span<char> out) = 0;
};

/// What the first bytes of a file say about its compression.
[[nodiscard]] Compression compression_of_magic(std::string_view first_bytes);

/// Decompresses `input`, which must outlive the result. Files of several members (gzip) or streams
/// (xz) are read as one; the input is always read to its end. `name` is for messages. Null for
/// Compression::none.
[[nodiscard]] std::unique_ptr<ByteSource> make_decompressor(Compression compression,
                                                            ByteSource& input, std::string name);

}  // namespace vigie::intake
