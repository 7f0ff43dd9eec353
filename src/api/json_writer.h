// Appends JSON to a string: for answers of hundreds of thousands of numbers, where a tree of values
// would cost more than the counting did.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace vigie::api {

/// Writes one document, left to right. The caller opens and closes in order; commas are kept here.
class JsonWriter {
  public:
    JsonWriter() = default;

    JsonWriter& open_object();
    JsonWriter& close_object();
    JsonWriter& open_array();
    JsonWriter& close_array();
    JsonWriter& key(std::string_view name);

    /// text: bytes that are not UTF-8 are replaced by U+FFFD, so that the document is always valid.
    JsonWriter& text(std::string_view text);
    JsonWriter& text_or_null(const std::optional<std::string>& text);
    JsonWriter& number(std::int64_t number);
    JsonWriter& number(std::uint64_t number);
    JsonWriter& number(std::int32_t number_32) { return number(std::int64_t{number_32}); }
    JsonWriter& number(std::uint32_t number_32) { return number(std::uint64_t{number_32}); }
    /// `digits` significant digits; null when it is not finite.
    JsonWriter& number(double number, int digits = 6);
    /// `decimals` after the point, trailing zeros left out; null when it is not finite.
    JsonWriter& fixed(double number, int decimals);
    JsonWriter& boolean(bool value);
    JsonWriter& null();
    /// A whole value that is already JSON.
    JsonWriter& raw(std::string_view json);

    void reserve(std::size_t bytes) { out_.reserve(bytes); }
    [[nodiscard]] std::string take() { return std::move(out_); }

  private:
    void begin_value();
    std::string out_;
    bool comma_ =
        false;  ///< a value was written at this level, and the next needs a comma before it
};

}  // namespace vigie::api
