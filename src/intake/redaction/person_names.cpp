// Names of persons, by a closed vocabulary: a word stays when it is known to be ordinary or part of a place. What no list knows
// goes. A word that is both ordinary and a name (rose, petit) goes when its neighbours or its capital say so.
#include <algorithm>
#include <string>

#include "intake/redaction/person_words.h"

namespace vigie::intake {
namespace {

class NameReader : private PersonWords {
  public:
    explicit NameReader(RedactedText& text) : PersonWords(text) {}

    void run() {
        for (std::size_t i = 0; i < size(); ++i) {
            if (is_definite(i) && !at(i).place) {
                take(i);
            }
        }
        find_titled_names(text_);
        for (std::size_t i = 0; i < size(); ++i) {
            by_capital(i);
            by_all_capitals(i);
            by_sentence(i);
        }
        for (std::size_t i = 1; i < size(); ++i) {
            from_left(i);
        }
        for (std::size_t i = size(); i-- > 1;) {
            from_right(i - 1);
        }
        for (std::size_t i = 1; i + 1 < size(); ++i) {
            between(i);
        }
        find_cut_names(text_);
    }

  private:
    /// In no list, or in a list of names only.
    [[nodiscard]] bool is_definite(std::size_t i) const {
        const Token& token = at(i);
        if (token.removed != Removed::none || (token.kind != TokenKind::word && !is_mixed_word(i)) ||
            (token.size() == 1 && token.roles == 0 && text_.text.plain[token.begin] != foreign_letter)) {
            return false;
        }
        constexpr WordRoles of_vehicles = bit(WordRole::make) | bit(WordRole::model) | bit(WordRole::damaged);
        if ((token.roles & ~of_vehicles) == 0) {
            return true;  // what is known as a model only is one after its make only
        }
        if (token.has(WordRole::near) ||
            (token.has(WordRole::damaged) && !token.has_any(name_roles) && text_.lexicon.slip_of(token.hash) != 0)) {
            return is_capital_inside(i);
        }
        if (token.has(WordRole::damaged) && token.has_any(name_roles) && !token.has_any(everyday & ~bit(WordRole::place))) {
            return true;
        }
        return token.has_any(name_roles) && !token.has_any(everyday);
    }
    /// A capital inside a sentence makes a name of a word that may be one, and of a rare one.
    void by_capital(std::size_t i) {
        if (!is_free_word(i) || at(i).place || !is_capital_inside(i) || at(i).size() < 2) {
            return;
        }
        const bool after_article =
            i > 0 && at(i - 1).has(WordRole::determiner) && !text_.is_word(i - 1, "de") && !text_.is_word(i - 1, "d");
        const bool both =
            !after_article && at(i).has_any(name_roles) &&
            !at(i).has_any(little | bit(WordRole::day) | bit(WordRole::number) | bit(WordRole::street) | bit(WordRole::place)) &&
            !(at(i).has(WordRole::sigle) && at(i).capitals == Capitals::all) &&
            !(at(i).has(WordRole::month) && i > 0 && at(i - 1).has(WordRole::preposition));
        if (both || (!after_article && is_rare(i))) {
            take(i);
        }
    }

    /// "CORDIER, LE GUEN": policemen write family names in capitals, also at the beginning of a sentence.
    void by_all_capitals(std::size_t i) {
        constexpr std::size_t family_letters_min = 3;
        constexpr WordRoles others = little | bit(WordRole::day) | bit(WordRole::month) | bit(WordRole::number) | bit(WordRole::street) |
                                     bit(WordRole::place) | bit(WordRole::sigle) | bit(WordRole::unit) | bit(WordRole::rank);
        const bool shown = text_.capitals_tell && at(i).capitals == Capitals::all && at(i).size() >= family_letters_min;
        if (shown && is_both(i) && at(i).has(WordRole::family_name) && !at(i).has_any(others)) {
            take(i);
        }
    }

    /// "pierre a frappé", "chez rose", "pierre martin": no article before, and a verb or a second name after.
    void by_sentence(std::size_t i) {
        family_first(i);
        if (!is_both(i) || !at(i).has(WordRole::first_name) ||
            at(i).has_any(little | bit(WordRole::month) | bit(WordRole::number) | bit(WordRole::role) | bit(WordRole::street)) ||
            text_.is_word(i, "grace")) {
            return;
        }
        const bool of = i > 0 && (text_.is_word(i - 1, "de") || text_.is_word(i - 1, "d") || text_.is_word(i - 1, "a"));
        const bool article =
            i > 0 && !of &&
            (at(i - 1).has_any(bit(WordRole::determiner) | bit(WordRole::number) | bit(WordRole::colour)) || text_.is_word(i - 1, "en"));
        if (i > 0 && text_.is_word(i - 1, "chez")) {
            take(i);
            return;
        }
        const std::size_t next = right_of(i);
        if (article || next >= size() || at(next).kind != TokenKind::word) {
            return;
        }
        const bool second = is_both(next) && !at(next).has_any(stops_name) && !(is_dye(next) && at(i).has(WordRole::colour) && i > 0);
        const bool dyed = at(next).has(WordRole::colour) && is_dye(next);
        const bool clothes =
            (text_.is_word(i, "jean") && dyed) || (text_.is_word(i, "rose") && dyed && i > 0 && text_.mark(i - 1) == 0 &&
                                                   !at(i - 1).has_any(bit(WordRole::person_title) | bit(WordRole::conjunction)));
        if (second && !(clothes && !is_capital(next))) {
            take(i);
            take(next);
        } else if (text_.is_word(next, "et") && !text_.is_word(i, "vu") && (i == 0 || text_.mark(i - 1) != 0) && !of &&
                   (!at(i).has(WordRole::colour) || text_.is_word(next + 1, "son") || text_.is_word(next + 1, "sa"))) {
            take(i);
        } else if (at(next).has(WordRole::auxiliary) && !of && !at(next).place &&
                   (!at(i).inside || i == 0 || is_capital(i) || text_.mark(i - 1) != 0 || text_.has(i - 1, WordRole::conjunction))) {
            take(i);
        }
    }

    [[nodiscard]] bool is_dye(std::size_t i) const { return at(i).has(WordRole::dye); }

    /// "roux jean" at the beginning of a sentence or after a colon: family name, then first name.
    void family_first(std::size_t i) {
        const bool begins = i == 0 || text_.mark(i - 1) != 0 ||
                            at(i - 1).has_any(bit(WordRole::role) | bit(WordRole::person_title) | bit(WordRole::conjunction));
        const std::size_t next = right_of(i);
        if (begins && next < size() && is_both(i) && at(i).has(WordRole::family_name) && !at(i).has_any(stops_name) && is_both(next) &&
            at(next).has(WordRole::first_name) && !at(next).has_any(stops_name | bit(WordRole::colour))) {
            take(i);
            take(next);
        }
    }

    /// A word to the right of a name.
    void from_left(std::size_t i) {
        // "Saïdi contre mercier": what stands against a name, or with it, is one.
        const bool versus = i > 1 && (text_.is_word(i - 1, "contre") || text_.is_word(i - 1, "et")) && is_name(i - 2);
        if (versus && is_both(i) && !at(i).has_any(stops_name)) {
            take(i);
        }
        const std::size_t left = left_of(i);
        if (left >= size() || !is_name(left) || !is_free_word(i) || at(i).place) {
            return;
        }
        // "Archange M., ..." is an initial, "Archange. M. Petit" a title.
        const bool last_m = text_.is_word(i, "m") && is_capital(i) && text_.mark(i + 1) == '.' && at(i).space_before &&
                            (i + 2 >= size() || !text_.is(i + 2, TokenKind::word) || at(i + 2).capitals == Capitals::none);
        if (is_initial(i) || last_m) {
            take(i);
            return;
        }
        if (is_month_name(i)) {
            take(i);
            return;
        }
        const bool tied = i > 0 && text_.mark(i - 1) == '-' && !at(i).space_before;
        const bool short_name = is_capital_inside(i) && is_both(i) && at(i).has_any(little) &&
                                !at(i).has_any(bit(WordRole::preposition) | bit(WordRole::conjunction)) && !text_.is_word(i, "le") &&
                                !text_.is_word(i, "la") && !text_.is_word(i, "les") && at(i).size() > 1;
        if (const std::size_t end = manor(i); end > i || short_name) {
            for (std::size_t k = i; k < std::max(end, i + 1); ++k) {
                take_any(k);  // "de La Tour"; "Ta", "Son" after a name
            }
            return;
        }
        if (at(i).size() < 2 || at(i).has_any(stops_name)) {
            return;
        }
        const bool both = at(i).has_any(name_roles);
        if ((both && (!text_.capitals_tell || is_capital(i) || tied)) || at(i).has(WordRole::near) ||
            (both && at(left).kind == TokenKind::word && at(left).has(WordRole::first_name) && !at(i).has(WordRole::colour))) {
            take(i);
        } else if (is_capital(i) && !at(i).has_any(bit(WordRole::sigle) | bit(WordRole::facility) | bit(WordRole::weak_street) |
                                                   bit(WordRole::shop) | bit(WordRole::rank))) {
            take(i);
        } else if (is_rare(i) && !text_.capitals_tell && at(left).kind == TokenKind::word && at(left).has(WordRole::first_name) &&
                   !looks_like_verb(i)) {
            take(i);
        }
    }

    /// "Mai", "Avril" beside a name and beside no number: dates were read before.
    [[nodiscard]] bool is_month_name(std::size_t i) const {
        return is_both(i) && at(i).has(WordRole::month) && (!text_.capitals_tell || is_capital(i)) &&
               !(i > 0 && text_.is(i - 1, TokenKind::number));
    }

    /// A word to the left of a name.
    void from_right(std::size_t i) {
        const std::size_t right = right_of(i);
        if (right >= size() || !is_name(right) || !is_free_word(i) || at(i).place) {
            return;
        }
        const bool strong_particle = at(i).has(WordRole::particle) && !at(i).has_any(little) && !text_.is_word(i, "ap") &&
                                     (at(i).size() > 1 || text_.mark(i + 1) == '\'');
        if (strong_particle || is_initial(i)) {
            take(i);
            return;
        }
        if (is_month_name(i) && !(i > 0 && at(i - 1).has(WordRole::preposition))) {
            take(i);
            return;
        }
        if (at(i).size() < 2 || at(i).has_any(stops_name)) {
            return;
        }
        const bool article = i > 0 && at(i - 1).has(WordRole::determiner) && !text_.is_word(i - 1, "de") && !text_.is_word(i - 1, "d");
        const bool tied = text_.mark(i + 1) == '-' && !at(right).space_before;
        if (at(i).has_any(name_roles) &&
            ((text_.capitals_tell ? is_capital(i) && (at(i).inside || at(i).has(WordRole::first_name) || at(i).capitals == Capitals::all)
                                  : !article && !at(i).has(WordRole::weak_street)) ||
             tied)) {
            take(i);
        } else if (at(i).has(WordRole::near) || (tied && !at(i).has_any(everyday)) ||
                   (is_rare(i) && !text_.capitals_tell && !article && !looks_like_verb(i))) {
            take(i);
        } else if (is_capital(i) &&
                   !at(i).has_any(bit(WordRole::sigle) | bit(WordRole::everyday) | bit(WordRole::place) | bit(WordRole::rank)) &&
                   (at(i).inside || at(i).capitals == Capitals::all || text_.lexicon.shape().odds(text_.plain(at(i))) > 0)) {
            take(i);
        }
    }

    /// "Maria de la Cruz", "Jean-Pierre", "N'Diaye": what stands between two parts of one name.
    void between(std::size_t i) {
        const bool link = at(i).kind == TokenKind::word && at(i).removed == Removed::none && !at(i).place &&
                          (at(i).has(WordRole::particle) || text_.is_word(i, "de") || text_.is_word(i, "d") || text_.is_word(i, "du") ||
                           text_.is_word(i, "la") || text_.is_word(i, "le") || text_.is_word(i, "des"));
        if (!link || !is_name(i - 1)) {
            return;
        }
        std::size_t j = i;
        for (std::size_t k = 0; k < 3 && j < size() && !is_name(j); ++k) {
            const bool goes_on = text_.mark(j) == '\'' || text_.is_word(j, "de") || text_.is_word(j, "la") || text_.is_word(j, "le") ||
                                 text_.is_word(j, "d") || (at(j).kind == TokenKind::word && at(j).has(WordRole::particle)) ||
                                 text_.is_word(j, "du") || text_.is_word(j, "des");
            if (!goes_on) {
                return;
            }
            ++j;
        }
        if (is_name(j)) {
            for (std::size_t k = i; k < j; ++k) {
                take(k);
            }
        }
    }
};

}  // namespace

void find_names(RedactedText& text) {
    NameReader(text).run();
}

}  // namespace vigie::intake
