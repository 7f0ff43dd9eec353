#include "simulator/live/planted_identifier.h"

#include <fmt/format.h>

#include <array>
#include <cctype>

namespace vigie::simulator {
namespace {

constexpr double common_family_share = 0.3;

constexpr auto women = std::to_array<std::string_view>(
    {"Nadia",   "Sylvie", "Fatoumata", "Giulia", "Araksi", "Carmen",   "Chantal",
     "Amina",   "Léa",    "Djamila",   "Sarah",  "Rosa",   "Elif",     "Manuela",
     "Zoubida", "Inès",   "Salimata",  "Linh",   "Nour",   "Vincente", "Colette"});
constexpr auto men = std::to_array<std::string_view>(
    {"Karim",  "Antoine", "Ange",      "Saïd",    "Mehmet", "João",    "Bruno",
     "Yanis",  "Ibrahim", "Olivier",   "Mamadou", "Hakob",  "Pascal",  "Hugo",
     "Moussa", "Patrick", "Toussaint", "Claude",  "Minh",   "Ludovic", "Ismaël"});
constexpr auto family_names = std::to_array<std::string_view>(
    {"Martin",  "Benali", "Mattei",   "Esposito", "Sarkissian", "Saïdi",
     "Diallo",  "Traoré", "Ferreira", "Garcia",   "Nguyen",     "Yilmaz",
     "Roussel", "Mzé",    "Ben Amar", "Delorme",  "Giordano",   "Petrossian",
     "Hamidou", "Cissé",  "Lopez",    "Aubert",   "Kaddour",    "Poggioli"});
constexpr auto syllables = std::to_array<std::string_view>(
    {"ba", "bel", "cha", "cor", "da", "del", "fa", "fer", "ga",  "gan",
     "ka", "ker", "la",  "lor", "ma", "mir", "na", "nol", "pa",  "per",
     "ra", "rin", "sa",  "sol", "ta", "ter", "va", "vel", "yan", "za"});
constexpr std::string_view plate_letters = "ABCDEFGHJKLMNPQRSTVWXYZ";
constexpr int syllables_in_family_name = 4;

template <class Table>
std::string_view pick(const Table& table, Random& random) {
    return table[random.below(table.size())];
}

/// Letters up to U+00FF in capitals, or in small ones.
std::string changed_case(std::string_view text, bool upper) {
    std::string changed(text);
    for (std::size_t i = 0; i < changed.size(); ++i) {
        auto byte = static_cast<unsigned char>(changed[i]);
        if (byte == 0xC3 &&
            i + 1 < changed.size()) {  // U+00C0 and on: the small ones are 32 further
            byte = static_cast<unsigned char>(changed[++i]);
            const bool is_small = byte >= 0xA0;
            changed[i] = static_cast<char>(is_small == upper ? byte ^ 0x20U : byte);
        } else if (byte < 0x80) {
            changed[i] = static_cast<char>(upper ? std::toupper(byte) : std::tolower(byte));
        }
    }
    return changed;
}

std::string invent_family_name(Random& random) {
    std::string name;
    for (int i = 0; i < syllables_in_family_name; ++i) {
        name += pick(syllables, random);
    }
    name[0] = static_cast<char>(std::toupper(static_cast<unsigned char>(name[0])));
    return name;
}

PlantedIdentifier invent_full_name(WritingStyle style, Called called, Random& random) {
    const bool is_woman =
        called == Called::either ? random.uniform() < 0.5 : called == Called::madam;
    const std::string first(is_woman ? pick(women, random) : pick(men, random));
    const bool is_common = random.uniform() < common_family_share;
    const std::string family =
        is_common ? std::string(pick(family_names, random)) : invent_family_name(random);
    std::string text = first + ' ' + family;
    std::string written_family = family;
    if (style == WritingStyle::formal) {
        written_family = changed_case(family, true);
        text = first + ' ' + written_family;
    } else if (style == WritingStyle::hurried && random.uniform() < 0.5) {
        written_family = changed_case(family, false);
        text = written_family + ' ' + changed_case(first, false);
    }
    // A family name drawn from syllables is nowhere else: the search need not ask for both.
    return {IdentifierKind::full_name, text, is_common ? std::string() : written_family};
}

PlantedIdentifier invent_telephone(Random& random) {
    const std::string digits =
        fmt::format("0{}{:08}", random.uniform() < 0.7 ? 6 : 7, random.below(100'000'000));
    const auto pairs = [&](char mark) {
        std::string text;
        for (std::size_t i = 0; i < digits.size(); i += 2) {
            text += (i == 0 ? "" : std::string(1, mark)) + digits.substr(i, 2);
        }
        return text;
    };
    std::string text = digits;
    switch (random.below(4)) {
        case 0:
            text = pairs(' ');
            break;
        case 1:
            text = pairs('.');
            break;
        case 2:
            text = "+33 " + pairs(' ').substr(1);
            break;
        default:
            break;
    }
    return {IdentifierKind::telephone, text, text};
}

PlantedIdentifier invent_plate(WritingStyle style, Random& random) {
    const auto letter = [&] { return plate_letters[random.below(plate_letters.size())]; };
    const char mark = style == WritingStyle::hurried && random.uniform() < 0.4 ? ' ' : '-';
    std::string text;
    text += letter();
    text += letter();
    text += mark;
    text += fmt::format("{:03}", 1 + random.below(999));
    text += mark;
    text += letter();
    text += letter();
    return {IdentifierKind::plate, text, text};
}

PlantedIdentifier invent_house_number(std::string_view street, Random& random) {
    constexpr std::array<std::string_view, 6> repeats{"", "", "", " bis", " ter", "B"};
    const std::string number = fmt::format("{}{}", 1 + random.below(240), pick(repeats, random));
    return {IdentifierKind::house_number, number, fmt::format("{} {}", number, street)};
}

PlantedIdentifier invent_handle(Random& random) {
    const std::string text = fmt::format("@{}{}_{}", pick(syllables, random),
                                         pick(syllables, random), random.below(1'000'000));
    return {IdentifierKind::handle, text, text};
}

PlantedIdentifier invent_email(Random& random) {
    const std::string text = fmt::format(
        "{}.{}@{}", pick(syllables, random), changed_case(invent_family_name(random), false),
        random.uniform() < 0.5 ? "courriel.example" : "boite.example");
    return {IdentifierKind::email, text, text};
}

}  // namespace

std::string_view name_of(IdentifierKind kind) {
    constexpr std::array<std::string_view, identifier_kind_count> names{
        "full_name", "telephone", "plate", "house_number", "handle", "email"};
    return names[static_cast<std::size_t>(kind)];
}

PlantedIdentifier invent_identifier(IdentifierKind kind, const Mention& mention, Random& random) {
    PlantedIdentifier made;
    switch (kind) {
        case IdentifierKind::full_name:
            made = invent_full_name(mention.style, mention.called, random);
            break;
        case IdentifierKind::telephone:
            made = invent_telephone(random);
            break;
        case IdentifierKind::plate:
            made = invent_plate(mention.style, random);
            break;
        case IdentifierKind::house_number:
            made = invent_house_number(mention.street, random);
            break;
        case IdentifierKind::handle:
            made = invent_handle(random);
            break;
        case IdentifierKind::email:
            made = invent_email(random);
            break;
    }
    constexpr std::size_t searched_bytes_min = 8;  // shorter ones come up by chance
    if (made.searched.size() < searched_bytes_min) {
        made.searched.clear();
    }
    return made;
}

}  // namespace vigie::simulator
