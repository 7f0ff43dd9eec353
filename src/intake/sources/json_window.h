// A window that slides over JSON text of any length, and finds where values end without parsing
// them: only brackets, strings and escapes are followed. What a value holds is the business of
// whoever takes it.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "base/result.h"
#include "intake/sources/text_stream.h"

namespace vigie::intake {

/// Objects and arrays that may lie inside one another.
inline constexpr unsigned json_depth_max = 64;

/// What `peek` gives after the last byte.
inline constexpr int json_end = -1;

/// Follows one value, piece by piece, to its end.
class ValueExtent {
  public:
    /// Just after the end of the value if it lies in [p, end), else null: go on with the next
    /// piece, or see is_broken(). The text must be readable for scan_padding_bytes beyond `end`. A
    /// number or word ends before what ends it.
    const char* advance(const char* p, const char* end);
    /// Brackets that do not match, or lie deeper than json_depth_max.
    [[nodiscard]] bool is_broken() const { return broken_; }
    /// Whether the text may end here: true within a number or a word.
    [[nodiscard]] bool may_end() const { return begun_ && depth_ == 0 && !in_string_ && !broken_; }

  private:
    const char* advance_scalar(const char* p, const char* end) const;
    const char* advance_brackets(const char* p, const char* end);
    const char* step(const char* at);

    std::uint64_t is_object_ = 0;  ///< one bit a level
    unsigned depth_ = 0;
    bool begun_ = false;
    bool is_scalar_ = false;
    bool in_string_ = false;
    bool escaped_ = false;  ///< the previous piece ended in a backslash that escapes what follows
    bool broken_ = false;
};

/// Whether `json` (padded) is exactly one balanced value, spaces around it allowed.
[[nodiscard]] bool is_one_value(std::string_view json);

class JsonWindow {
  public:
    explicit JsonWindow(TextStream stream) : stream_(std::move(stream)) {}

    /// The next byte that is not a space, not taken; json_end at the end of the file. Errors: those
    /// of the stream.
    [[nodiscard]] Result<int> peek();
    /// Takes the byte that `peek` gave.
    void drop() { ++at_; }

    /// A value, or nothing if it was longer than `bytes_max` (then it is passed over). The view is
    /// padded for simdjson and valid until the next call. Errors: those of the stream;
    /// invalid_input where the file ends or brackets cross.
    [[nodiscard]] Result<std::optional<std::string_view>> take_value(std::size_t bytes_max);

    /// The text before the next `delimiter`, which is taken too, or before the end of the file; as
    /// take_value otherwise.
    [[nodiscard]] Result<std::optional<std::string_view>> take_until(char delimiter,
                                                                     std::size_t bytes_max);

    /// Line of the next byte, from 1.
    [[nodiscard]] std::uint64_t line();
    [[nodiscard]] const TextStream& stream() const { return stream_; }
    [[nodiscard]] const std::string& name() const { return stream_.bytes().name(); }

  private:
    /// Drops what was taken and reads on; false at the end.
    [[nodiscard]] Result<bool> refill();
    [[nodiscard]] const char* begin() const { return text_.data() + at_; }
    [[nodiscard]] const char* end() const { return text_.data() + size_; }

    TextStream stream_;
    std::string text_;         ///< the window, then padding
    std::size_t size_ = 0;     ///< of the text without its padding
    std::size_t at_ = 0;       ///< first byte not taken
    std::size_t counted_ = 0;  ///< line_ is the line of this byte, at most at_
    std::uint64_t line_ = 1;
};

}  // namespace vigie::intake
