// Figures as they are read in a damaged text.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "intake/redaction/token.h"

namespace vigie::intake {

[[nodiscard]] constexpr bool is_digit(char c) {
    return c >= '0' && c <= '9';
}
[[nodiscard]] constexpr bool is_letter(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}
/// A plain text in lower case.
[[nodiscard]] std::string lower_case(std::string_view word);
/// The digit that a character is or that a scanner took it for; zero when none.
[[nodiscard]] char digit_read(char c);
/// The figures of a token that is a number, perhaps with letters that a scanner put for figures; else empty.
[[nodiscard]] std::string figures_of(const RedactedText& text, std::size_t i);

/// A number written in words: "vingt et un", "quatre-vingt-dix-sept", "mille neuf cent douze".
struct SaidNumber {
    int value = 0;
    std::size_t past = 0;  ///< the token after it; zero when none is said
};
[[nodiscard]] SaidNumber said_number(const RedactedText& text, std::size_t i);

}  // namespace vigie::intake
