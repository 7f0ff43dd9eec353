// A stream of bytes as UTF-8 text: takes the byte-order mark off, tells UTF-8 from cp1252, and
// transcodes only what needs it.
//
// Bytes that are not text in the file's encoding are passed on as they are, so that they are
// invalid UTF-8 in the result too: the reader of records checks each record, and one bad byte costs
// one record, not the file.
#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <utility>

#include "base/result.h"
#include "intake/sources/byte_stream.h"
#include "intake/sources/record_reader.h"

namespace vigie::intake {

/// Text looked at to tell the encoding, counted from the first byte that is not ASCII.
inline constexpr std::size_t encoding_window_bytes = 64 * 1024;

class TextStream {
  public:
    /// Reads the first block. Errors: those of the stream; invalid_input for UTF-16 and UTF-32, for
    /// another mark than the declared encoding's, and for a ZIP archive (a workbook with the wrong
    /// name).
    [[nodiscard]] static Result<TextStream> open(std::unique_ptr<ByteStream> bytes,
                                                 TextEncoding declared);

    /// Appends the next block to `out`; false at the end.
    [[nodiscard]] Result<bool> append_to(std::string& out);

    [[nodiscard]] const ByteStream& bytes() const { return *bytes_; }
    /// "UTF-8", "cp1252" or, as long as nothing told them apart, "ASCII".
    [[nodiscard]] const char* encoding_name() const;
    /// ", UTF-8, .gz": the end of a description.
    [[nodiscard]] std::string description_tail() const;

  private:
    TextStream(std::unique_ptr<ByteStream> bytes, TextEncoding encoding)
        : bytes_(std::move(bytes)), encoding_(encoding) {}
    [[nodiscard]] Status read_mark();
    [[nodiscard]] Status decide(std::string_view block);
    void append_text(std::string_view block, std::string& out) const;

    std::unique_ptr<ByteStream> bytes_;
    TextEncoding encoding_;  ///< `detect` until the first byte that is not ASCII
    std::string held_;       ///< read and not yet given
};

/// Whether all of `text` is UTF-8 without NUL: what a value may be.
[[nodiscard]] bool is_clean_text(std::string_view text);

/// Appends cp1252 `text` to `out` as UTF-8; the five bytes that cp1252 leaves undefined are kept as
/// they are.
void append_cp1252(std::string_view text, std::string& out);

/// utf8 if most of what is not ASCII in `text` is valid UTF-8, else cp1252: accented cp1252 is
/// almost never valid UTF-8. A sequence cut by the end of `text` counts for neither, unless the
/// file ends there.
[[nodiscard]] TextEncoding guess_encoding(std::string_view text, bool is_last);

}  // namespace vigie::intake
