// A text cut into words, numbers and marks, and what is decided of each.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>
#include <vector>

#include "intake/redaction/plain_text.h"
#include "intake/redaction/redaction_lexicon.h"

namespace vigie::intake {

/// What was taken out of a text. Each class has its bracketed word.
enum class Removed : std::uint8_t {
    none,
    name,
    phone,
    plate,
    mail,
    nir,
    iban,
    card,
    account,
    birth_date,
    number,
    dwelling,
    code,
    agent,
    paper,
    device,
    position,
    text
};
inline constexpr std::size_t removed_classes = 18;
/// "[nom]", "[téléphone]", ...; empty for none.
[[nodiscard]] std::string_view bracketed(Removed removed);

enum class TokenKind : std::uint8_t { word, number, mixed, mark, bracketed, fact };  ///< fact: part of a time, a date or a measure; stays
enum class Capitals : std::uint8_t { none, first, all };

struct Token {
    std::uint32_t begin = 0;  ///< in PlainText::plain
    std::uint32_t end = 0;
    std::uint64_t hash = 0;
    WordRoles roles = 0;
    TokenKind kind = TokenKind::mark;
    Capitals capitals = Capitals::none;
    Removed removed = Removed::none;
    bool space_before = false;
    bool place = false;    ///< part of the name of a place: stays
    bool inside = false;   ///< not the first word of a sentence
    bool foreign = false;  ///< written with a letter or an accent that French does not put there
    bool odd = false;      ///< holds a look-alike of another alphabet or something invisible
    [[nodiscard]] std::size_t size() const { return end - begin; }
    [[nodiscard]] bool has(WordRole role) const { return (roles & bit(role)) != 0; }
    [[nodiscard]] bool has_any(WordRoles wanted) const { return (roles & wanted) != 0; }
    [[nodiscard]] bool is_wordlike() const { return kind == TokenKind::word || kind == TokenKind::mixed; }
};

/// A word of the rules, hashed when the program is compiled.
struct KnownWord {
    std::uint64_t hash;
    consteval KnownWord(const char* word) : hash(hash_of_word(word)) {}  // NOLINT(google-explicit-constructor): stands for its word
};

/// One text on its way through the passes.
struct RedactedText {
    const RedactionLexicon& lexicon;
    PlainText text;
    std::vector<Token> tokens;
    bool capitals_tell = false;  ///< capitals are used as in prose, so one inside a sentence means something

    bool small_letters = false;  ///< not all in capitals

    explicit RedactedText(const RedactionLexicon& tables) : lexicon(tables) {}
    void read(std::string_view source);
    [[nodiscard]] std::string_view plain(const Token& token) const {
        return std::string_view(text.plain).substr(token.begin, token.size());
    }
    [[nodiscard]] char mark(std::size_t i) const {
        return i < tokens.size() && tokens[i].kind == TokenKind::mark ? text.plain[tokens[i].begin] : '\0';
    }
    [[nodiscard]] bool is(std::size_t i, TokenKind kind) const { return i < tokens.size() && tokens[i].kind == kind; }
    [[nodiscard]] bool has(std::size_t i, WordRole role) const { return i < tokens.size() && tokens[i].has(role); }
    [[nodiscard]] bool is_word(std::size_t i, KnownWord word) const { return i < tokens.size() && tokens[i].hash == word.hash; }
    /// Every token that touches [begin, end) of the plain text goes.
    void remove(std::size_t begin, std::size_t end, Removed removed);
    void remove_tokens(std::size_t first, std::size_t past, Removed removed);
    /// Part of a time, a date or a measure: no later pass touches it.
    void keep_as_fact(std::size_t first, std::size_t past);
};

/// True of an ending that French verbs and participles have; a family name that has it too is not told from one.
[[nodiscard]] bool ends_like_verb(std::string_view word);

// The passes, in their order. Each is linear in the text.
void find_addresses_on_the_net(RedactedText& text);  ///< mail, links, handles, MAC and IPv6
void find_dates(RedactedText& text);                 ///< dates of birth go, dates of the facts stay
void find_measures(RedactedText& text);              ///< times, durations, amounts and measures: stay
void find_vehicles(RedactedText& text);
void find_places(RedactedText& text);  ///< what stays
void find_house_numbers(RedactedText& text);
void find_plates(RedactedText& text);           ///< plates and IBANs
void find_numbers(RedactedText& text);          ///< phones, cards, dates of birth, long numbers
void find_announced(RedactedText& text);        ///< matricule 1234, code 12B4, appartement 3
void find_accounts(RedactedText& text);         ///< snap c machin, insta : x_y
void find_spoken(RedactedText& text);           ///< numbers in words, radio alphabet, spelled names
void find_announced_names(RedactedText& text);  ///< what the words around say is a name, also of ordinary words
void find_names(RedactedText& text);

}  // namespace vigie::intake
