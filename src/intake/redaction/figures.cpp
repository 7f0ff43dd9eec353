#include "intake/redaction/figures.h"

#include <algorithm>

namespace vigie::intake {

std::string lower_case(std::string_view word) {
    std::string out(word);
    std::transform(out.begin(), out.end(), out.begin(), [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; });
    return out;
}

char digit_read(char c) {
    switch (c) {
        case 'O': case 'o': return '0';
        case 'I': case 'l': case 'i': return '1';
        case 'S': case 's': return '5';
        case 'B': return '8';
        case 'Z': return '2';
        default: return is_digit(c) ? c : '\0';
    }
}

std::string figures_of(const RedactedText& text, std::size_t i) {
    const Token& token = text.tokens[i];
    std::string figures;
    if (token.kind != TokenKind::number && token.kind != TokenKind::mixed) {
        return figures;
    }
    if (token.size() == 2 && (text.plain(token) == "2A" || text.plain(token) == "2B")) {
        return "20";  // Corsica in a social security number
    }
    std::size_t real = 0;
    for (const char c : text.plain(token)) {
        const char digit = digit_read(c);
        if (digit == 0) {
            return {};
        }
        real += is_digit(c) ? 1U : 0U;
        figures += digit;
    }
    return real * 2 >= figures.size() ? figures : std::string();
}

}  // namespace vigie::intake
