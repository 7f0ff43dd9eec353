#include "intake/redaction/figures.h"

#include <algorithm>
#include <array>

namespace vigie::intake {

std::string lower_case(std::string_view word) {
    std::string out(word);
    std::transform(out.begin(), out.end(), out.begin(), [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; });
    return out;
}

char digit_read(char c) {
    switch (c) {
        case 'O':
        case 'o':
            return '0';
        case 'I':
        case 'l':
        case 'i':
            return '1';
        case 'S':
        case 's':
            return '5';
        case 'B':
            return '8';
        case 'Z':
            return '2';
        default:
            return is_digit(c) ? c : '\0';
    }
}

std::string figures_of(const RedactedText& text, std::size_t i) {
    const Token& token = text.tokens[i];
    std::string figures;
    if (token.kind != TokenKind::number && token.kind != TokenKind::mixed) {
        return figures;
    }
    const std::string_view plain = text.plain(token);
    const auto is_corsica = [plain](std::size_t k) {  // 2A and 2B in a social security number
        constexpr std::size_t glued = 7;
        const char c = plain[k];
        return k > 0 && plain[k - 1] == '2' && (c == 'A' || c == 'B' || c == 'a' || c == 'b') &&
               (plain.size() == 2 || plain.size() >= glued);
    };
    std::size_t real = 0;
    for (std::size_t k = 0; k < plain.size(); ++k) {
        const char c = plain[k];
        const char digit = is_corsica(k) ? '0' : digit_read(c);
        if (digit == 0) {
            return {};
        }
        real += is_digit(c) ? 1U : 0U;
        figures += digit;
    }
    return real * 2 >= figures.size() ? figures : std::string();
}

namespace {

struct NumberWord {
    KnownWord word;
    int value;
};
constexpr std::array<NumberWord, 35> number_words{
    {{"zero", 0},     {"un", 1},        {"une", 1},        {"premier", 1},   {"deux", 2},      {"trois", 3},     {"quatre", 4},
     {"cinq", 5},     {"six", 6},       {"sept", 7},       {"huit", 8},      {"neuf", 9},      {"dix", 10},      {"onze", 11},
     {"douze", 12},   {"treize", 13},   {"quatorze", 14},  {"quinze", 15},   {"seize", 16},    {"vingt", 20},    {"vingts", 20},
     {"trente", 30},  {"quarante", 40}, {"cinquante", 50}, {"soixante", 60}, {"septante", 70}, {"huitante", 80}, {"octante", 80},
     {"nonante", 90}, {"cent", 100},    {"cents", 100},    {"mille", 1000},  {"mil", 1000},    {"dixsept", 17},  {"dixhuit", 18}}};

/// -1 when the word is no number.
int value_of_word(const RedactedText& text, std::size_t i) {
    if (!text.is(i, TokenKind::word) || !(text.tokens[i].has(WordRole::number) || text.is_word(i, "premier") || text.is_word(i, "mil") ||
                                           text.is_word(i, "dixsept") || text.is_word(i, "dixhuit"))) {
        return -1;
    }
    for (const NumberWord& number : number_words) {
        if (text.is_word(i, number.word)) {
            return number.value;
        }
    }
    return -1;
}

}  // namespace

SaidNumber said_number(const RedactedText& text, std::size_t i) {
    constexpr std::size_t words_max = 12;
    SaidNumber said;
    int hundreds = 0;
    int rest = 0;
    for (std::size_t j = i, words = 0; words < words_max; ++words) {
        const int value = value_of_word(text, j);
        if (value < 0) {
            break;
        }
        // "quatre vingt" is eighty, "trois cents" three hundred; "dix deux" is two numbers.
        if (value == 1000 && hundreds + rest < 1000) {
            hundreds = (hundreds + rest == 0 ? 1 : hundreds + rest) * 1000;
            rest = 0;
        } else if (value == 100 && rest < 10) {
            hundreds += (rest == 0 ? 1 : rest) * 100;
            rest = 0;
        } else if (value == 20 && rest == 4) {
            rest = 80;
        } else if (rest == 0 || (value < 10 && rest >= 20 && rest % 10 == 0) || (value >= 10 && value < 20 && (rest == 60 || rest == 80)) ||
                   (value > 6 && value < 10 && rest % 100 == 10)) {
            rest += value;
        } else if (value < 10 && (rest == 70 || rest == 90) && value > 6) {
            rest += value;
        } else {
            break;
        }
        said = {hundreds + rest, j + 1};
        ++j;
        while (text.mark(j) == '-' ||
               (text.is_word(j, "et") && rest >= 20 && rest % 10 == 0 &&
                (text.is_word(j + 1, "un") || text.is_word(j + 1, "une") || text.is_word(j + 1, "onze") || text.mark(j + 1) == '-'))) {
            ++j;
        }
        if (value == 0 || value == 1 ? hundreds == 0 && value_of_word(text, i) == value : false) {
            break;
        }
    }
    return said;
}

}  // namespace vigie::intake
