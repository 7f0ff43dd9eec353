#include "api/json_writer.h"

#include <charconv>
#include <cmath>
#include <system_error>

#include "api/http_text.h"
#include "base/json_text.h"

namespace vigie::api {

namespace {

/// Bytes of the longest number written: 17 significant digits with sign, point and exponent, or a
/// fixed one below 1e15.
constexpr std::size_t number_bytes_max = 48;

/// Copies `text` with every byte that is not part of a right UTF-8 sequence replaced.
std::string repaired(std::string_view text) {
    std::string out;
    while (!text.empty()) {
        std::size_t length = 1;
        while (length <= 4 && length <= text.size() && !is_utf8(text.substr(0, length))) {
            ++length;
        }
        if (length > 4 || length > text.size()) {
            out += "\xef\xbf\xbd";
            length = 1;
        } else {
            out += text.substr(0, length);
        }
        text.remove_prefix(length);
    }
    return out;
}

}  // namespace

void JsonWriter::begin_value() {
    if (comma_) {
        out_ += ',';
    }
    comma_ = true;
}

JsonWriter& JsonWriter::open_object() {
    begin_value();
    out_ += '{';
    comma_ = false;
    return *this;
}

JsonWriter& JsonWriter::close_object() {
    out_ += '}';
    comma_ = true;
    return *this;
}

JsonWriter& JsonWriter::open_array() {
    begin_value();
    out_ += '[';
    comma_ = false;
    return *this;
}

JsonWriter& JsonWriter::close_array() {
    out_ += ']';
    comma_ = true;
    return *this;
}

JsonWriter& JsonWriter::key(std::string_view name) {
    text(name);
    out_ += ':';
    comma_ = false;
    return *this;
}

JsonWriter& JsonWriter::text(std::string_view text) {
    begin_value();
    out_ += '"';
    if (is_utf8(text)) {
        append_json_text(out_, text);
    } else {
        append_json_text(out_, repaired(text));
    }
    out_ += '"';
    return *this;
}

JsonWriter& JsonWriter::text_or_null(const std::optional<std::string>& value) {
    return value ? text(*value) : null();
}

JsonWriter& JsonWriter::number(std::int64_t number) {
    begin_value();
    char digits[number_bytes_max];
    out_.append(digits, std::to_chars(digits, digits + sizeof digits, number).ptr);
    return *this;
}

JsonWriter& JsonWriter::number(std::uint64_t number) {
    begin_value();
    char digits[number_bytes_max];
    out_.append(digits, std::to_chars(digits, digits + sizeof digits, number).ptr);
    return *this;
}

JsonWriter& JsonWriter::number(double number, int digits_wanted) {
    char digits[number_bytes_max];
    const auto end = std::to_chars(digits, digits + sizeof digits, number,
                                   std::chars_format::general, digits_wanted);
    if (!std::isfinite(number) || end.ec != std::errc{}) {
        return null();
    }
    begin_value();
    out_.append(digits, end.ptr);
    return *this;
}

JsonWriter& JsonWriter::fixed(double number, int decimals) {
    char digits[number_bytes_max];
    const auto end =
        std::to_chars(digits, digits + sizeof digits, number, std::chars_format::fixed, decimals);
    if (!std::isfinite(number) || end.ec != std::errc{}) {
        return null();
    }
    const char* last = end.ptr;
    if (decimals > 0) {
        while (last[-1] == '0') {
            --last;
        }
        if (last[-1] == '.') {
            --last;
        }
    }
    begin_value();
    out_.append(static_cast<const char*>(digits), last);
    return *this;
}

JsonWriter& JsonWriter::boolean(bool value) {
    begin_value();
    out_ += value ? "true" : "false";
    return *this;
}

JsonWriter& JsonWriter::null() {
    begin_value();
    out_ += "null";
    return *this;
}

JsonWriter& JsonWriter::raw(std::string_view json) {
    begin_value();
    out_ += json;
    return *this;
}

}  // namespace vigie::api
