#include "intake/redaction/accents.h"

#include "intake/redaction/word_table.h"

namespace vigie::intake {
namespace {

bool is_between(std::uint32_t code, std::uint32_t first, std::uint32_t last) {
    return code >= first && code <= last;
}

}  // namespace

char accent_of(std::uint32_t code) {
    switch (code) {
        case 0xC0:
        case 0xE0:
        case 0xC8:
        case 0xE8:
        case 0xD9:
        case 0xF9:
            return '`';
        case 0xC9:
        case 0xE9:
            return '\'';
        case 0xC2:
        case 0xE2:
        case 0xCA:
        case 0xEA:
        case 0xCE:
        case 0xEE:
        case 0xD4:
        case 0xF4:
        case 0xDB:
        case 0xFB:
            return '^';
        case 0xC4:
        case 0xE4:
        case 0xCB:
        case 0xEB:
        case 0xCF:
        case 0xEF:
        case 0xD6:
        case 0xF6:
        case 0xDC:
        case 0xFC:
        case 0xFF:
        case 0x178:
            return ':';
        case 0xC7:
        case 0xE7:
            return ',';
        default:
            break;
    }
    if (code == 0xC6 || code == 0xE6 || code == 0x152 || code == 0x153) {
        return no_accent;  // ae and oe written as one
    }
    const bool latin_letter = is_between(code, 0xC0, 0x24F) || is_between(code, 0x1E00, 0x1EFF);
    return latin_letter ? foreign_accent : is_between(code, 0x370, 0x52F) ? other_script : no_accent;
}

char combined_accent(char letter, std::uint32_t accent) {
    const char lower = letter >= 'A' && letter <= 'Z' ? static_cast<char>(letter + 32) : letter;
    const auto in = [lower](std::string_view letters) { return letters.find(lower) != std::string_view::npos; };
    switch (accent) {
        case 0x300:
            return in("aeu") ? '`' : foreign_accent;
        case 0x301:
            return in("e") ? '\'' : foreign_accent;
        case 0x302:
            return in("aeiou") ? '^' : foreign_accent;
        case 0x308:
            return in("aeiouy") ? ':' : foreign_accent;
        case 0x327:
            return in("c") ? ',' : foreign_accent;
        default:
            return foreign_accent;
    }
}

std::uint64_t accented_hash(std::string_view plain, std::string_view accents) {
    std::uint64_t hash = word_hash_seed;
    for (std::size_t i = 0; i < plain.size(); ++i) {
        const char letter = plain[i];
        hash = add_to_word_hash(hash, letter >= 'A' && letter <= 'Z' ? static_cast<char>(letter - 'A' + 'a') : letter);
        hash = add_to_word_hash(hash, accents[i]);
    }
    return finish_word_hash(hash);
}

}  // namespace vigie::intake
