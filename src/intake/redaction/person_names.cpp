// Names of persons, by a closed vocabulary: a word stays when it is known to be ordinary or part of a place. What no list knows
// goes. A word that is both ordinary and a name (rose, petit) goes when its neighbours or its capital say so.
#include "intake/redaction/token.h"

namespace vigie::intake {
namespace {

constexpr std::size_t words_after_title_max = 6;
constexpr WordRoles name_roles = bit(WordRole::first_name) | bit(WordRole::family_name);
constexpr WordRoles little = bit(WordRole::determiner) | bit(WordRole::preposition) | bit(WordRole::conjunction) | bit(WordRole::pronoun);
/// A word with one of these is ordinary although a list of names holds it too.
constexpr WordRoles everyday = little | bit(WordRole::everyday) | bit(WordRole::sigle) | bit(WordRole::verb) | bit(WordRole::number) | bit(WordRole::month) | bit(WordRole::day) | bit(WordRole::place) |
                               bit(WordRole::person_title) | bit(WordRole::role) | bit(WordRole::rank) | bit(WordRole::street) | bit(WordRole::weak_street) | bit(WordRole::facility) | bit(WordRole::shop) |
                               bit(WordRole::agent_number) | bit(WordRole::dwelling) | bit(WordRole::code) | bit(WordRole::paper) | bit(WordRole::birth) | bit(WordRole::plate) | bit(WordRole::network) |
                               bit(WordRole::colour) | bit(WordRole::auxiliary) | bit(WordRole::qualifier);
/// Ends a name even when a list of names holds it.
constexpr WordRoles stops_name = little | bit(WordRole::verb) | bit(WordRole::auxiliary) | bit(WordRole::number) | bit(WordRole::month) | bit(WordRole::day) | bit(WordRole::street) | bit(WordRole::role) | bit(WordRole::person_title);

class NameReader {
  public:
    explicit NameReader(RedactedText& text) : text_(text) {}

    void run() {
        for (std::size_t i = 0; i < size(); ++i) {
            if (is_definite(i) && !at(i).place) {
                take(i);
            }
        }
        for (std::size_t i = 0; i < size(); ++i) {
            if (text_.is_word(i, "certain") && text_.mark(i + 1) == '"') {
                nickname(i + 1);
            } else if (at(i).has(WordRole::person_title) && at(i).is_wordlike() && !at(i).place && is_title(i)) {
                after_title(i);
            } else if (text_.is_word(i, "dit") || text_.is_word(i, "dite")) {
                nickname_after_name(i);
            } else if (at(i).has_any(bit(WordRole::rank) | bit(WordRole::role)) && at(i).is_wordlike()) {
                after_role(i);
            }
        }
        for (std::size_t i = 0; i < size(); ++i) {
            by_capital(i);
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
    }

  private:
    [[nodiscard]] const Token& at(std::size_t i) const { return text_.tokens[i]; }
    [[nodiscard]] std::size_t size() const { return text_.tokens.size(); }
    void take(std::size_t i) {
        if (at(i).removed == Removed::none) {
            text_.tokens[i].removed = Removed::name;
            text_.tokens[i].place = false;
        }
    }
    [[nodiscard]] bool is_name(std::size_t i) const { return i < size() && at(i).removed == Removed::name; }
    [[nodiscard]] bool is_free_word(std::size_t i) const { return i < size() && (at(i).kind == TokenKind::word || is_mixed_word(i)) && at(i).removed == Removed::none; }
    [[nodiscard]] bool is_capital(std::size_t i) const { return text_.capitals_tell && at(i).capitals != Capitals::none; }
    [[nodiscard]] bool is_capital_inside(std::size_t i) const { return is_capital(i) && at(i).inside; }
    [[nodiscard]] bool is_mixed_word(std::size_t i) const { return at(i).kind == TokenKind::mixed && at(i).removed == Removed::none && at(i).roles != 0; }

    /// In no list, or in a list of names only.
    [[nodiscard]] bool is_definite(std::size_t i) const {
        const Token& token = at(i);
        if (token.removed != Removed::none || (token.kind != TokenKind::word && !is_mixed_word(i)) || (token.size() == 1 && token.roles == 0 && text_.text.plain[token.begin] != foreign_letter)) {
            return false;
        }
        if (token.roles == 0) {
            return true;
        }
        if (token.has(WordRole::near)) {
            return is_capital_inside(i);
        }
        if (token.has(WordRole::damaged) && token.has_any(name_roles) && !token.has_any(everyday & ~bit(WordRole::place))) {
            return true;
        }
        return token.has_any(name_roles) && !token.has_any(everyday);
    }
    [[nodiscard]] bool is_both(std::size_t i) const { return is_free_word(i) && at(i).has_any(name_roles) && !at(i).place; }
    /// In the word list, and in no list of ours.
    [[nodiscard]] bool is_rare(std::size_t i) const { return is_free_word(i) && !at(i).place && !at(i).has_any(everyday) && at(i).has_any(bit(WordRole::lexicon) | bit(WordRole::near)) && at(i).size() > 1; }
    [[nodiscard]] bool is_initial(std::size_t i) const {
        return is_free_word(i) && at(i).size() == 1 && !text_.is_word(i, "m") && (text_.mark(i + 1) == '.' || is_capital_inside(i)) && !(text_.is_word(i, "a") && !is_capital(i)) &&
               !(i > 0 && text_.mark(i - 1) == '\'');
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

    [[nodiscard]] bool is_title(std::size_t i) const {
        if (text_.is_word(i, "m")) {
            // "50 m", "m'a dit"; a title has a dot, a capital, or a name after it.
            const bool unit = i > 0 && (at(i - 1).kind == TokenKind::number || text_.mark(i - 1) == '\'');
            return !unit && text_.mark(i + 1) != '\'';
        }
        return !(text_.is_word(i, "maitre") && text_.is_word(i + 1, "chien"));
    }

    void after_title(std::size_t i) {
        std::size_t j = i + 1;
        while (text_.mark(j) == '.' || text_.mark(j) == ':' || text_.mark(j) == '"' || text_.mark(j) == '(' || text_.mark(j) == ')' || text_.is_word(j, "e")) {
            ++j;
        }
        if (text_.is_word(i, "alias") || text_.is_word(i, "surnomme") || text_.is_word(i, "surnommee") || text_.is_word(i, "surnommes")) {
            nickname(i + 1);
            return;
        }
        bool first = true;
        for (std::size_t taken = 0; j < size() && taken < words_after_title_max; ++j) {
            if (text_.mark(j) == '-' || text_.mark(j) == '\'' || (text_.mark(j) == '.' && at(j - 1).size() == 1 && j > i + 1)) {
                continue;
            }
            if (is_name(j)) {
                first = false;
                ++taken;
                continue;
            }
            // "M. le Maire" is an office; "Mme Le Goff" is not.
            const bool office = first && (text_.is_word(j, "le") || text_.is_word(j, "la") || text_.is_word(j, "l")) && !is_name(right_of(j));
            if (office || !goes_after_title(j, first)) {
                break;
            }
            if (!is_link(j)) {
                take(j);
                first = false;
            }
            ++taken;
        }
    }

    /// A particle that leads to a further word of the name.
    [[nodiscard]] bool is_link(std::size_t j) const {
        const bool link = at(j).has(WordRole::particle) || text_.is_word(j, "de") || text_.is_word(j, "la") || text_.is_word(j, "le") || text_.is_word(j, "du") || text_.is_word(j, "des") || text_.is_word(j, "d");
        const std::size_t next = right_of(j);
        if (!link || next >= size()) {
            return false;
        }
        return is_name(next) || (is_both(next) && !at(next).has_any(stops_name) && (is_capital(next) || at(j).has(WordRole::particle))) || (is_rare(next) && is_capital(next));
    }

    [[nodiscard]] bool goes_after_title(std::size_t j, bool first) const {
        if (at(j).kind != TokenKind::word || at(j).removed != Removed::none) {
            return false;
        }
        if (is_link(j) || is_initial(j)) {
            return true;
        }
        if (at(j).size() == 1) {
            return false;
        }
        const bool ends = at(j).has_any(stops_name);
        if (at(j).has_any(name_roles) && !ends && (first || !at(j).has(WordRole::street))) {
            return true;
        }
        if (ends) {
            return first && is_capital(j) && at(j).has_any(name_roles) && at(j).size() > 2;
        }
        if (is_rare(j)) {
            return first || is_capital(j);
        }
        return first ? is_capital(j) && at(j).inside : is_capital(j) && at(j).has_any(name_roles);
    }

    /// After alias, surnommé, dit: the words in quotes, or an article and two words.
    void nickname(std::size_t j) {
        while (text_.mark(j) == ':' || text_.is_word(j, "de")) {
            ++j;
        }
        if (text_.mark(j) == '"' || text_.mark(j) == '\'') {
            for (std::size_t k = j + 1, taken = 0; k < size() && taken < words_after_title_max && text_.mark(k) != '"' && !(text_.mark(k) == '\'' && at(k).space_before); ++k, ++taken) {
                if (text_.mark(k) == 0) {
                    take_any(k);
                }
            }
            return;
        }
        std::size_t taken = 0;
        for (; j < size() && taken < 2; ++j) {
            if (text_.mark(j) == '\'' || text_.mark(j) == '-') {
                continue;
            }
            if (text_.mark(j) != 0) {
                break;
            }
            const bool article = text_.is_word(j, "le") || text_.is_word(j, "la") || text_.is_word(j, "l") || text_.is_word(j, "les");
            if (article && taken == 0) {
                continue;
            }
            if (taken > 0 && !is_name(j) && !is_capital(j) && !at(j).has_any(name_roles)) {
                break;
            }
            if (at(j).has_any(little | bit(WordRole::auxiliary) | bit(WordRole::street)) && at(j).kind == TokenKind::word && !is_name(j)) {
                break;
            }
            take_any(j);
            ++taken;
        }
    }
    void take_any(std::size_t j) {
        if (at(j).kind != TokenKind::bracketed && at(j).removed == Removed::none) {
            take(j);
        }
    }

    void nickname_after_name(std::size_t i) {
        const bool follows_name = i > 0 && is_name(i - 1);
        const bool article = text_.is_word(i + 1, "le") || text_.is_word(i + 1, "la") || text_.is_word(i + 1, "l");
        const bool capital = i + 1 < size() && at(i + 1).kind == TokenKind::word && is_capital(i + 1);
        if (follows_name && (text_.mark(i + 1) == '"' || article || capital || is_name(i + 1) || (i + 1 < size() && (is_rare(i + 1) || (is_both(i + 1) && !at(i + 1).has_any(stops_name)))))) {
            nickname(i + 1);
        }
    }

    /// "brigadier petit", "l'épouse mercier refuse": where capitals tell nothing, a rank is a title, and so is another role when a
    /// verb or the end of the sentence follows.
    void after_role(std::size_t i) {
        std::size_t j = i + 1;
        while (text_.mark(j) == '.' || text_.is_word(j, "chef") || text_.is_word(j, "principal") || text_.mark(j) == '-') {
            ++j;
        }
        const bool subject = j + 1 >= size() || text_.mark(j + 1) != 0 || text_.has(j + 1, WordRole::auxiliary) || text_.has(j + 1, WordRole::verb);
        const bool telling = at(i).has(WordRole::rank) || (subject && j < size() && !at(j).has(WordRole::colour));
        if (telling && j < size() && is_both(j) && !at(j).has_any(stops_name & ~bit(WordRole::role)) && (!text_.capitals_tell || is_capital(j)) && !at(j).has(WordRole::rank)) {
            take(j);
        } else if (at(i).has(WordRole::rank) && j < size() && is_rare(j) && !text_.capitals_tell && !looks_like_verb(j)) {
            take(j);
        }
    }

    /// A capital inside a sentence makes a name of a word that may be one, and of a rare one.
    void by_capital(std::size_t i) {
        if (!is_free_word(i) || at(i).place || !is_capital_inside(i) || at(i).size() < 2) {
            return;
        }
        const bool after_article = i > 0 && at(i - 1).has(WordRole::determiner) && !text_.is_word(i - 1, "de") && !text_.is_word(i - 1, "d");
        const bool both = !after_article && at(i).has_any(name_roles) && !at(i).has_any(little | bit(WordRole::month) | bit(WordRole::day) | bit(WordRole::number) | bit(WordRole::street) | bit(WordRole::sigle) | bit(WordRole::place));
        if (both || (!after_article && is_rare(i))) {
            take(i);
        }
    }

    /// "pierre a frappé", "chez rose", "pierre martin": no article before, and a verb or a second name after.
    void by_sentence(std::size_t i) {
        family_first(i);
        if (!is_both(i) || !at(i).has(WordRole::first_name) || at(i).has_any(little | bit(WordRole::month) | bit(WordRole::number) | bit(WordRole::role) | bit(WordRole::street)) || text_.is_word(i, "grace")) {
            return;
        }
        const bool of = i > 0 && (text_.is_word(i - 1, "de") || text_.is_word(i - 1, "d") || text_.is_word(i - 1, "a"));
        const bool article = i > 0 && !of && (at(i - 1).has_any(bit(WordRole::determiner) | bit(WordRole::number) | bit(WordRole::colour)) || text_.is_word(i - 1, "en"));
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
        const bool clothes = (text_.is_word(i, "jean") && dyed) || (text_.is_word(i, "rose") && dyed && i > 0 && text_.mark(i - 1) == 0 && !at(i - 1).has_any(bit(WordRole::person_title) | bit(WordRole::conjunction)));
        if (second && !(clothes && !is_capital(next))) {
            take(i);
            take(next);
        } else if (text_.is_word(next, "et") && (i == 0 || text_.mark(i - 1) != 0) && !of && (!at(i).has(WordRole::colour) || text_.is_word(next + 1, "son") || text_.is_word(next + 1, "sa"))) {
            take(i);
        } else if (at(next).has(WordRole::auxiliary) && !of && !at(next).place && (!at(i).inside || i == 0 || is_capital(i) || text_.mark(i - 1) != 0 || text_.has(i - 1, WordRole::conjunction))) {
            take(i);
        }
    }

    [[nodiscard]] bool is_dye(std::size_t i) const { return at(i).has(WordRole::dye); }

    /// "roux jean" at the beginning of a sentence or after a colon: family name, then first name.
    void family_first(std::size_t i) {
        const bool begins = i == 0 || text_.mark(i - 1) != 0 || at(i - 1).has_any(bit(WordRole::role) | bit(WordRole::person_title) | bit(WordRole::conjunction));
        const std::size_t next = right_of(i);
        if (begins && next < size() && is_both(i) && at(i).has(WordRole::family_name) && !at(i).has_any(stops_name) && is_both(next) && at(next).has(WordRole::first_name) &&
            !at(next).has_any(stops_name | bit(WordRole::colour))) {
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
        if (is_initial(i)) {
            take(i);
            return;
        }
        if (at(i).size() < 2 || at(i).has_any(stops_name)) {
            return;
        }
        const bool tied = i > 0 && text_.mark(i - 1) == '-' && !at(i).space_before;
        const bool both = at(i).has_any(name_roles);
        if ((both && (!text_.capitals_tell || is_capital(i) || tied)) || at(i).has(WordRole::near) || (both && at(left).kind == TokenKind::word && at(left).has(WordRole::first_name) && !at(i).has(WordRole::colour))) {
            take(i);
        } else if (is_capital(i) && !at(i).has_any(bit(WordRole::sigle) | bit(WordRole::facility) | bit(WordRole::weak_street) | bit(WordRole::shop) | bit(WordRole::rank))) {
            take(i);
        } else if (is_rare(i) && !text_.capitals_tell && at(left).kind == TokenKind::word && at(left).has(WordRole::first_name) && !looks_like_verb(i)) {
            take(i);
        }
    }

    [[nodiscard]] bool looks_like_verb(std::size_t i) const { return ends_like_verb(text_.plain(at(i))); }

    /// A word to the left of a name.
    void from_right(std::size_t i) {
        const std::size_t right = right_of(i);
        if (right >= size() || !is_name(right) || !is_free_word(i) || at(i).place) {
            return;
        }
        const bool strong_particle = at(i).has(WordRole::particle) && !at(i).has_any(little) && !text_.is_word(i, "ap") && (at(i).size() > 1 || text_.mark(i + 1) == '\'');
        if (strong_particle || is_initial(i)) {
            take(i);
            return;
        }
        if (at(i).size() < 2 || at(i).has_any(stops_name)) {
            return;
        }
        const bool article = i > 0 && at(i - 1).has(WordRole::determiner) && !text_.is_word(i - 1, "de") && !text_.is_word(i - 1, "d");
        const bool tied = text_.mark(i + 1) == '-' && !at(right).space_before;
        if (at(i).has_any(name_roles) && ((text_.capitals_tell ? is_capital(i) && (at(i).inside || at(i).has(WordRole::first_name) || at(i).capitals == Capitals::all) : !article && !at(i).has(WordRole::weak_street)) || tied)) {
            take(i);
        } else if (at(i).has(WordRole::near) || (tied && !at(i).has_any(everyday)) || (is_rare(i) && !text_.capitals_tell && !article && !looks_like_verb(i))) {
            take(i);
        } else if (is_capital(i) && !at(i).has_any(bit(WordRole::sigle) | bit(WordRole::everyday) | bit(WordRole::place) | bit(WordRole::rank)) && (at(i).inside || at(i).capitals == Capitals::all)) {
            take(i);
        }
    }

    /// "Maria de la Cruz", "Jean-Pierre", "N'Diaye": what stands between two parts of one name.
    void between(std::size_t i) {
        const bool link = at(i).kind == TokenKind::word && at(i).removed == Removed::none && !at(i).place &&
                          (at(i).has(WordRole::particle) || text_.is_word(i, "de") || text_.is_word(i, "d") || text_.is_word(i, "du") || text_.is_word(i, "la") || text_.is_word(i, "le") || text_.is_word(i, "des"));
        if (!link || !is_name(i - 1)) {
            return;
        }
        std::size_t j = i;
        for (std::size_t k = 0; k < 3 && j < size() && !is_name(j); ++k) {
            const bool goes_on = text_.mark(j) == '\'' || text_.is_word(j, "de") || text_.is_word(j, "la") || text_.is_word(j, "le") || text_.is_word(j, "d") || (at(j).kind == TokenKind::word && at(j).has(WordRole::particle)) ||
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

    RedactedText& text_;
};

}  // namespace

void find_names(RedactedText& text) { NameReader(text).run(); }

}  // namespace vigie::intake
