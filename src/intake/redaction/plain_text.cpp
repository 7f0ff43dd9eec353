#include "intake/redaction/plain_text.h"

#include <array>
#include <span>
#include <utility>

#include "intake/redaction/accents.h"

namespace vigie::intake {
namespace {

// Windows-1252, bytes 80 to 9F.
constexpr std::array<std::uint16_t, 32> windows_1252{0x20AC, 0x81,   0x201A, 0x192,  0x201E, 0x2026, 0x2020, 0x2021, 0x2C6,  0x2030, 0x160,
                                                     0x2039, 0x152,  0x8D,   0x17D,  0x8F,   0x90,   0x2018, 0x2019, 0x201C, 0x201D, 0x2022,
                                                     0x2013, 0x2014, 0x2DC,  0x2122, 0x161,  0x203A, 0x153,  0x9D,   0x17E,  0x178};
// U+00C0 to U+017F without their accents; '*' is spelled out below, '.' is no letter.
constexpr std::string_view latin =
    "AAAAAA*CEEEEIIIIDNOOOOO.OUUUUYTsaaaaaa*ceeeeiiiidnooooo.ouuuuyty"
    "AaAaAaCcCcCcCcDdDdEeEeEeEeEeGgGgGgGgHhHhIiIiIiIiIi**JjKkkLlLlLlLlLlNnNnNnnNnOoOoOo**RrRrRrSsSsSsSsTtTtTtUuUuUuUuUuUuWwYyYZzZzZzs";
// U+1E00 to U+1EFF, the Vietnamese half included.
constexpr std::string_view latin_more =
    "AaBbBbBbCcDdDdDdDdDdEeEeEeEeEeFfGgHhHhHhHhHhIiIiKkKkKkLlLlLlLlMmMmMmNnNnNnNnOoOoOoOoPpPpRrRrRrRrSsSsSsSsSsTtTtTtTtUuUuUuUuUuVvVv"
    "WwWwWwWwWwXxXxYyZzZzZzhtwy.sssssAaAaAaAaAaAaAaAaAaAaAaAaEeEeEeEeEeEeEeEeIiIiOoOoOoOoOoOoOoOoOoOoOoOoUuUuUuUuUuUuUuYyYyYyYyLlVvYy";
// Greek from U+0391 and Cyrillic from U+0410 that look like a Latin letter; '.' when none does.
constexpr std::string_view greek = "AB..EZH.IK.MN.O.P..TY.X.........a...e.n.ik..v.o.pc.tu.x";
constexpr std::string_view cyrillic = "A.B..E.3..K.MHO.PCTY.X..........a.br.e....k.mho.pcty.x......b...";

struct Decoded {
    std::uint32_t code;
    std::size_t length;
};

Decoded decode(std::string_view text, std::size_t at) {
    const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(text[i]); };
    const std::uint32_t first = byte(at);
    if (first < 0x80) {
        return {first, 1};
    }
    const std::size_t length = first >= 0xF0 && first < 0xF5   ? 4
                               : first >= 0xE0 && first < 0xF0 ? 3
                               : first >= 0xC2 && first < 0xE0 ? 2
                                                               : 0;
    if (length > 0 && at + length <= text.size()) {
        std::uint32_t code = first & (0xFFU >> (length + 1));
        bool sound = true;
        for (std::size_t i = 1; i < length; ++i) {
            sound = sound && (byte(at + i) & 0xC0U) == 0x80;
            code = (code << 6U) | (byte(at + i) & 0x3FU);
        }
        const std::uint32_t least = length == 2 ? 0x80 : length == 3 ? 0x800 : 0x10000;
        if (sound && code >= least && code <= 0x10FFFF && (code < 0xD800 || code > 0xDFFF)) {
            return {code, length};
        }
    }
    return {first < 0xA0 ? windows_1252[first - 0x80] : first, 1};
}

void append_utf8(std::string& out, std::uint32_t code) {
    const auto add = [&](std::uint32_t byte) { out += static_cast<char>(byte); };
    if (code < 0x80) {
        add(code);
    } else if (code < 0x800) {
        add(0xC0U | (code >> 6U));
        add(0x80U | (code & 0x3FU));
    } else if (code < 0x10000) {
        add(0xE0U | (code >> 12U));
        add(0x80U | ((code >> 6U) & 0x3FU));
        add(0x80U | (code & 0x3FU));
    } else {
        add(0xF0U | (code >> 18U));
        add(0x80U | ((code >> 12U) & 0x3FU));
        add(0x80U | ((code >> 6U) & 0x3FU));
        add(0x80U | (code & 0x3FU));
    }
}

bool is_between(std::uint32_t code, std::uint32_t first, std::uint32_t last) {
    return code >= first && code <= last;
}

bool is_invisible(std::uint32_t code) {
    return code == 0xAD || code == 0x34F || code == 0x61C || code == 0x180E || is_between(code, 0x200B, 0x200F) ||
           is_between(code, 0x202A, 0x202E) || is_between(code, 0x2060, 0x206F) || is_between(code, 0xFE00, 0xFE0F) || code == 0xFEFF ||
           is_between(code, 0xE0000, 0xE0FFF) || code == 0x115F || code == 0x1160 || code == 0x3164;
}

bool is_accent(std::uint32_t code) {
    return is_between(code, 0x300, 0x36F) || is_between(code, 0x1AB0, 0x1AFF) || is_between(code, 0x20D0, 0x20FF);
}

/// The byte that Windows-1252 shows as this character, or zero.
std::uint32_t byte_shown_as(std::uint32_t code) {
    if (is_between(code, 0x80, 0xFF)) {
        return code;
    }
    for (std::size_t i = 0; i < windows_1252.size(); ++i) {
        if (windows_1252[i] == code) {
            return static_cast<std::uint32_t>(0x80 + i);
        }
    }
    return 0;
}

char mark_of(std::uint32_t code) {
    if (code == 0xA0 || is_between(code, 0x2000, 0x200A) || code == 0x202F || code == 0x205F || code == 0x3000 || code == 0x2028 ||
        code == 0x2029) {
        return ' ';
    }
    if (is_between(code, 0x2010, 0x2015) || code == 0x2212 || code == 0xFE58 || code == 0xFE63) {
        return '-';
    }
    if (is_between(code, 0x2018, 0x201B) || code == 0xB4 || code == 0x2BC || code == 0x2032 || code == 0x2BB || code == 0x2B9) {
        return '\'';
    }
    if (code == 0xAB || code == 0xBB || is_between(code, 0x201C, 0x201F) || code == 0x2033) {
        return '"';
    }
    if (code == 0xB0 || code == 0xBA) {
        return degree_sign;
    }
    if (code == 0xB7 || code == 0x2022 || code == 0x2024 || code == 0x2027 || code == 0x22C5) {
        return '.';
    }
    return code == 0xFFFD ? damaged_letter : other_symbol;
}

bool is_letter_of_another_script(std::uint32_t code) {
    return is_between(code, 0x180, 0x2AF) || is_between(code, 0x370, 0x1FFF) || is_between(code, 0x2C00, 0x2DFF) ||
           is_between(code, 0x3040, 0xA7FF) || is_between(code, 0xA800, 0xD7FF) || is_between(code, 0xF900, 0xFDFF) ||
           is_between(code, 0xFE70, 0xFEFE) || is_between(code, 0xFF66, 0xFFDC) || is_between(code, 0x10000, 0x1EFFF) ||
           is_between(code, 0x1F100, 0x1F1FF) || is_between(code, 0x20000, 0x3FFFF) || is_between(code, 0x2460, 0x24FF) ||
           is_between(code, 0x2100, 0x214F);
}

char digit_of(std::uint32_t code) {
    for (const std::uint32_t zero : {0x660U, 0x6F0U, 0x966U, 0x9E6U, 0xFF10U, 0x2080U, 0x2070U}) {
        if (is_between(code, zero, zero + 9)) {
            return static_cast<char>('0' + (code - zero));
        }
    }
    if (is_between(code, 0x1D7CE, 0x1D7FF)) {
        return static_cast<char>('0' + (code - 0x1D7CE) % 10);
    }
    return code == 0xB9 ? '1' : code == 0xB2 ? '2' : code == 0xB3 ? '3' : '\0';
}

char letter_of(std::uint32_t code) {
    char letter = '.';
    if (is_between(code, 0xC0, 0x17F)) {
        letter = latin[code - 0xC0];
    } else if (is_between(code, 0x1E00, 0x1EFF)) {
        letter = latin_more[code - 0x1E00];
    } else if (is_between(code, 0x391, 0x3C7)) {
        letter = greek[code - 0x391];
    } else if (is_between(code, 0x410, 0x44F)) {
        letter = cyrillic[code - 0x410];
    } else if (is_between(code, 0xFF21, 0xFF3A) || is_between(code, 0xFF41, 0xFF5A)) {
        letter = static_cast<char>(code - 0xFEE0);
    } else if (is_between(code, 0x1D400, 0x1D6A3)) {
        const auto place = static_cast<int>((code - 0x1D400) % 52);
        letter = static_cast<char>(place < 26 ? 'A' + place : 'a' + place - 26);
    } else {
        constexpr std::array<std::pair<std::uint32_t, char>, 14> odd{{{0x131, 'i'},
                                                                      {0x1A0, 'O'},
                                                                      {0x1A1, 'o'},
                                                                      {0x1AF, 'U'},
                                                                      {0x1B0, 'u'},
                                                                      {0x405, 'S'},
                                                                      {0x406, 'I'},
                                                                      {0x408, 'J'},
                                                                      {0x455, 's'},
                                                                      {0x456, 'i'},
                                                                      {0x458, 'j'},
                                                                      {0x218, 'S'},
                                                                      {0x219, 's'},
                                                                      {0x21B, 't'}}};
        for (const auto& [odd_code, plain] : odd) {
            letter = odd_code == code ? plain : letter;
        }
    }
    return letter == '.' || letter == '*' ? '\0' : letter;
}

/// The character meant by two or three that are its UTF-8 bytes shown as Windows-1252, and how many they are; or zero.
Decoded mended(std::span<const std::uint32_t> codes) {
    if (codes.size() >= 2 && is_between(codes[0], 0xC2, 0xC8)) {
        const std::uint32_t second = byte_shown_as(codes[1]);
        if (is_between(second, 0x80, 0xBF) && (codes[0] <= 0xC5 || second != 0xA0)) {
            return {((codes[0] & 0x1FU) << 6U) | (second & 0x3FU), 2};
        }
    }
    if (codes.size() >= 3 && codes[0] == 0xE1 && is_between(codes[1], 0xB8, 0xBB)) {  // Vietnamese
        const std::uint32_t third = byte_shown_as(codes[2]);
        if (is_between(third, 0x80, 0xBF)) {
            return {0x1000U | ((codes[1] & 0x3FU) << 6U) | (third & 0x3FU), 3};
        }
    }
    if (codes.size() >= 3 && codes[0] == 0xE2 && codes[1] == 0x20AC) {
        const std::uint32_t third = byte_shown_as(codes[2]);
        if (is_between(third, 0x80, 0xBF)) {
            return {0x2000U | (third & 0x3FU), 3};
        }
    }
    return {0, 0};
}

std::string_view pair_of(std::uint32_t code) {
    switch (code) {
        case 0xC6:
            return "Ae";
        case 0xE6:
            return "ae";
        case 0x152:
            return "Oe";
        case 0x153:
            return "oe";
        case 0x132:
            return "Ij";
        case 0x133:
            return "ij";
        case 0xFB01:
            return "fi";
        case 0xFB02:
            return "fl";
        case 0xFB00:
            return "ff";
        default:
            return {};
    }
}

void append_plain(PlainText& text, std::uint32_t code, std::uint32_t place) {
    const char accent = accent_of(code);
    const auto add = [&](char letter) {
        text.plain += letter;
        text.accents += accent;
        text.at.push_back(place);
    };
    if (code < 0x80) {
        add(code == '`' ? '\'' : code < 0x20 || code == 0x7F ? ' ' : static_cast<char>(code));
        return;
    }
    if (const std::string_view pair = pair_of(code); !pair.empty()) {
        add(pair[0]);
        add(pair[1]);
        return;
    }
    if (const char digit = digit_of(code); digit != 0) {
        add(digit);
    } else if (const char letter = letter_of(code); letter != 0) {
        add(letter);
    } else if (is_between(code, 0xFF01, 0xFF5E)) {
        add(static_cast<char>(code - 0xFEE0));
    } else {
        add(is_letter_of_another_script(code) ? foreign_letter : mark_of(code));
    }
}

bool is_ascii_letter(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

}  // namespace

void PlainText::read(std::string_view text) {
    shown.clear();
    plain.clear();
    accents.clear();
    at.clear();
    constexpr std::uint32_t hidden = 0x80000000U;  // on a code: something invisible stood before it
    std::uint32_t before = 0;
    std::vector<std::uint32_t> codes;
    codes.reserve(text.size());
    shown.reserve(text.size());
    plain.reserve(text.size());
    accents.reserve(text.size());
    at.reserve(text.size() + 1);
    for (std::size_t i = 0; i < text.size();) {
        if (before == 0 && static_cast<unsigned char>(text[i]) < 0x80) {  // most letters
            codes.push_back(static_cast<unsigned char>(text[i++]));
            continue;
        }
        const Decoded next = decode(text, i);
        i += next.length;
        if (is_invisible(next.code)) {
            before = next.code == 0xAD ? before : hidden;  // a soft hyphen is a word processor's
        } else {
            codes.push_back(next.code | std::exchange(before, 0));
        }
    }
    for (std::size_t i = 0; i < codes.size();) {
        const auto place = static_cast<std::uint32_t>(shown.size());
        const bool after_hidden = (codes[i] & hidden) != 0;
        codes[i] &= ~hidden;
        if (codes[i] >= 0x20 && codes[i] < 0x7F && codes[i] != '`' && !after_hidden) {
            shown += static_cast<char>(codes[i]);
            plain += static_cast<char>(codes[i++]);
            accents += no_accent;
            at.push_back(place);
            continue;
        }
        if (is_accent(codes[i]) && !plain.empty()) {
            accents.back() = accents.back() == no_accent ? combined_accent(plain.back(), codes[i]) : foreign_accent;
            append_utf8(shown, codes[i++]);
            continue;
        }
        const Decoded meant = codes[i] < 0xC2 ? Decoded{0, 0} : mended(std::span(codes).subspan(i));
        const std::size_t count = meant.length > 0 ? meant.length : 1;
        const std::uint32_t code = meant.length > 0 ? meant.code : codes[i];
        for (std::size_t k = 0; k < count; ++k) {
            append_utf8(shown, codes[i + k] & ~hidden);
        }
        append_plain(*this, code, place);
        accents.back() = after_hidden ? hidden_before : accents.back();
        i += count;
    }
    at.push_back(static_cast<std::uint32_t>(shown.size()));
    // A question mark between two letters stands for an accent that was lost on the way.
    for (std::size_t i = 1; i + 1 < plain.size(); ++i) {
        const bool lost = plain[i] == '?' || plain[i] == other_symbol || plain[i] == damaged_letter;
        if (lost && is_ascii_letter(plain[i - 1]) && is_ascii_letter(plain[i + 1])) {
            plain[i] = damaged_letter;
        } else if (plain[i] == damaged_letter && !is_ascii_letter(plain[i - 1]) && !is_ascii_letter(plain[i + 1])) {
            plain[i] = other_symbol;
        }
    }
}

std::string folded_word(std::string_view word) {
    PlainText text;
    text.read(word);
    for (char& letter : text.plain) {
        letter = letter >= 'A' && letter <= 'Z' ? static_cast<char>(letter - 'A' + 'a') : letter;
    }
    return text.plain;
}

}  // namespace vigie::intake
