// What the passes of names ask of a word: whether it is free, may be a name, is written as one, and what stands beside it.
#pragma once

#include <cstddef>

#include "intake/redaction/token.h"

namespace vigie::intake {

inline constexpr std::size_t words_after_title_max = 6;
inline constexpr WordRoles name_roles = bit(WordRole::first_name) | bit(WordRole::family_name);
inline constexpr WordRoles little =
    bit(WordRole::determiner) | bit(WordRole::preposition) | bit(WordRole::conjunction) | bit(WordRole::pronoun);
/// A word with one of these is ordinary although a list of names holds it too.
inline constexpr WordRoles everyday =
    little | bit(WordRole::everyday) | bit(WordRole::sigle) | bit(WordRole::verb) | bit(WordRole::number) | bit(WordRole::month) |
    bit(WordRole::day) | bit(WordRole::place) | bit(WordRole::person_title) | bit(WordRole::role) | bit(WordRole::rank) |
    bit(WordRole::street) | bit(WordRole::weak_street) | bit(WordRole::facility) | bit(WordRole::shop) | bit(WordRole::agent_number) |
    bit(WordRole::dwelling) | bit(WordRole::code) | bit(WordRole::paper) | bit(WordRole::birth) | bit(WordRole::plate) |
    bit(WordRole::network) | bit(WordRole::colour) | bit(WordRole::auxiliary) | bit(WordRole::qualifier);
/// Ends a name even when a list of names holds it.
inline constexpr WordRoles stops_name = little | bit(WordRole::verb) | bit(WordRole::auxiliary) | bit(WordRole::number) |
                                        bit(WordRole::month) | bit(WordRole::day) | bit(WordRole::street) | bit(WordRole::role) |
                                        bit(WordRole::person_title);

class PersonWords {
  protected:
    explicit PersonWords(RedactedText& text) : text_(text) {}

    [[nodiscard]] const Token& at(std::size_t i) const { return text_.tokens[i]; }
    [[nodiscard]] std::size_t size() const { return text_.tokens.size(); }
    void take(std::size_t i) {
        if (at(i).removed == Removed::none) {
            text_.tokens[i].removed = Removed::name;
            text_.tokens[i].place = false;
        }
    }
    [[nodiscard]] bool is_name(std::size_t i) const { return i < size() && at(i).removed == Removed::name; }
    [[nodiscard]] bool is_free_word(std::size_t i) const {
        return i < size() && (at(i).kind == TokenKind::word || is_mixed_word(i)) && at(i).removed == Removed::none;
    }
    [[nodiscard]] bool is_capital(std::size_t i) const { return text_.capitals_tell && at(i).capitals != Capitals::none; }
    [[nodiscard]] bool is_capital_inside(std::size_t i) const { return is_capital(i) && at(i).inside; }
    [[nodiscard]] bool is_mixed_word(std::size_t i) const {
        return at(i).kind == TokenKind::mixed && at(i).removed == Removed::none && at(i).roles != 0;
    }

    [[nodiscard]] bool is_both(std::size_t i) const { return is_free_word(i) && at(i).has_any(name_roles) && !at(i).place; }
    /// In the word list, and in no list of ours.
    [[nodiscard]] bool is_rare(std::size_t i) const {
        return is_free_word(i) && !at(i).place && !at(i).has_any(everyday) && at(i).has_any(bit(WordRole::lexicon) | bit(WordRole::near)) &&
               at(i).size() > 1;
    }
    [[nodiscard]] bool is_initial(std::size_t i) const {
        return is_free_word(i) && at(i).size() == 1 && !text_.is_word(i, "m") && (text_.mark(i + 1) == '.' || is_capital_inside(i)) &&
               !(text_.is_word(i, "a") && !is_capital(i)) && !(i > 0 && text_.mark(i - 1) == '\'');
    }

    /// The word beside i with only a space, a hyphen, an apostrophe or an initial's dot between; size() for none.
    [[nodiscard]] std::size_t right_of(std::size_t i) const {
        std::size_t j = i + 1;
        if ((text_.mark(j) == '.' && at(i).size() == 1) || text_.mark(j) == '-' || text_.mark(j) == '\'') {
            ++j;
        }
        return j < size() && text_.mark(j) == 0 ? j : size();
    }
    [[nodiscard]] std::size_t left_of(std::size_t i) const {
        if (i == 0) {
            return size();
        }
        std::size_t j = i - 1;
        if (j > 0 && ((text_.mark(j) == '.' && at(j - 1).size() == 1) || text_.mark(j) == '-' || text_.mark(j) == '\'')) {
            --j;
        }
        return text_.mark(j) == 0 ? j : size();
    }

    [[nodiscard]] bool looks_like_verb(std::size_t i) const { return ends_like_verb(text_.plain(at(i))); }
    void take_any(std::size_t j) {
        if (at(j).kind != TokenKind::bracketed && at(j).removed == Removed::none) {
            take(j);
        }
    }
    /// "de La Tour", "du Plessis": the end of a name that is one of a place too; j when none begins here.
    [[nodiscard]] std::size_t manor(std::size_t j) const {
        std::size_t k = j;
        if (!text_.is_word(k, "de") && !text_.is_word(k, "du") && !text_.is_word(k, "des") && !text_.is_word(k, "d")) {
            return j;
        }
        ++k;
        while (text_.is_word(k, "la") || text_.is_word(k, "l") || text_.is_word(k, "le") || text_.mark(k) == '\'') {
            ++k;
        }
        const bool shown =
            k < size() && (is_capital(k) || (!text_.capitals_tell && at(k).has_any(name_roles | bit(WordRole::weak_street))));
        return k > j && is_free_word(k) && shown && at(k).size() > 2 &&
                       !at(k).has_any(stops_name | bit(WordRole::facility) | bit(WordRole::shop) | bit(WordRole::place)) && !at(k).place
                   ? k + 1
                   : j;
    }

    RedactedText& text_;
};

/// What titles, ranks and nicknames announce; part of find_names.
void find_titled_names(RedactedText& text);
/// What a scanner cut in two; part of find_names.
void find_cut_names(RedactedText& text);

}  // namespace vigie::intake
