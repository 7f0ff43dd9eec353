#include "intake/number.h"

#include <array>
#include <charconv>
#include <cmath>
#include <cstddef>

namespace vigie::intake {
namespace {

// Longest number read, in characters: a coordinate has fewer than 25.
constexpr std::size_t number_length_max = 64;

/// Bytes of the blank that `text` begins with, or 0.
std::size_t leading_blank(std::string_view text) {
    if (text.empty()) {
        return 0;
    }
    const char c = text[0];
    if (c == ' ' || c == '\t' || c == '\r' || c == '\n') {
        return 1;
    }
    if (text.starts_with("\xC2\xA0")) {
        return 2;
    }
    return text.starts_with("\xE2\x80\xAF") || text.starts_with("\xE2\x80\x89") ? 3 : 0;
}

std::size_t trailing_blank(std::string_view text) {
    if (text.empty()) {
        return 0;
    }
    const char c = text.back();
    if (c == ' ' || c == '\t' || c == '\r' || c == '\n') {
        return 1;
    }
    if (text.ends_with("\xC2\xA0")) {
        return 2;
    }
    return text.ends_with("\xE2\x80\xAF") || text.ends_with("\xE2\x80\x89") ? 3 : 0;
}

std::optional<double> parse_plain(std::string_view text) {
    if (text.starts_with('+')) {
        text.remove_prefix(1);
        if (text.starts_with('-')) {
            return std::nullopt;
        }
    }
    double value = 0.0;
    const char* end = text.data() + text.size();
    const auto [stop, error] = std::from_chars(text.data(), end, value);
    if (error != std::errc() || stop != end || !std::isfinite(value)) {
        return std::nullopt;
    }
    return value;
}

bool is_digit(char c) { return c >= '0' && c <= '9'; }

}  // namespace

std::string_view trimmed(std::string_view text) {
    while (const std::size_t blank = leading_blank(text)) {
        text.remove_prefix(blank);
    }
    while (const std::size_t blank = trailing_blank(text)) {
        text.remove_suffix(blank);
    }
    return text;
}

std::optional<double> parse_number(std::string_view text, char decimal) {
    if (decimal != ',') {
        if (const auto plain = parse_plain(text)) {
            return plain;
        }
    }
    std::array<char, number_length_max> digits{};
    std::size_t length = 0;
    bool marked = false;
    while (!text.empty()) {
        if (length == digits.size()) {
            return std::nullopt;
        }
        if (const std::size_t blank = leading_blank(text)) {
            // A blank groups thousands only between two digits before the decimal mark.
            if (marked || length == 0 || !is_digit(digits[length - 1]) || text.size() == blank || !is_digit(text[blank])) {
                return std::nullopt;
            }
            text.remove_prefix(blank);
            continue;
        }
        const char c = text[0];
        if (c == '.' || c == ',') {
            if (marked || (decimal != 0 && c != decimal)) {
                return std::nullopt;
            }
            marked = true;
        }
        digits[length++] = c == ',' ? '.' : c;
        text.remove_prefix(1);
    }
    return parse_plain({digits.data(), length});
}

}  // namespace vigie::intake
