// Names that a title, a rank or a word for a nickname announces: "M. X", "brigadier X", "alias X", "X dit le Grand".
#include <string_view>

#include "intake/redaction/person_words.h"

namespace vigie::intake {
namespace {

class TitledNames : private PersonWords {
  public:
    explicit TitledNames(RedactedText& text) : PersonWords(text) {}

    void run() {
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
    }

  private:
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
        while (j < size() && j < i + words_after_title_max &&
               (text_.is_word(j, "e") ||
                (text_.mark(j) != 0 &&
                 (std::string_view(".:\"()<[{*_").find(text_.mark(j)) != std::string_view::npos || text_.mark(j) == other_symbol)))) {
            ++j;
        }
        if (const std::size_t end = manor(j); end > j && is_courtesy(i)) {
            for (std::size_t k = j; k < end; ++k) {
                take_any(k);
            }
            return;
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
            const bool office =
                first && (text_.is_word(j, "le") || text_.is_word(j, "la") || (text_.is_word(j, "l") && text_.mark(j + 1) == '\'')) &&
                !is_name(right_of(j));
            if (office && is_courtesy(i) && is_family_article(j)) {
                take_any(j);
                first = false;
                continue;
            }
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

    /// "Mr LE a baissé", "M. La Van": an article with a capital, where an office ("M. le Maire") has none.
    [[nodiscard]] bool is_family_article(std::size_t j) const {
        if (!text_.small_letters || at(j).capitals == Capitals::none) {
            return false;
        }
        const std::size_t next = right_of(j);
        constexpr WordRoles office = bit(WordRole::role) | bit(WordRole::rank) | bit(WordRole::street_title);
        return next >= size()                        ? at(j).capitals == Capitals::all
               : at(next).capitals == Capitals::none ? at(j).capitals == Capitals::all
                                                     : !at(next).has_any(office) && !text_.is_word(next, "maire");
    }
    [[nodiscard]] bool is_courtesy(std::size_t i) const {
        return text_.is_word(i, "m") || text_.is_word(i, "mr") || text_.is_word(i, "mme") || text_.is_word(i, "mlle") ||
               text_.is_word(i, "monsieur") || text_.is_word(i, "madame") || text_.is_word(i, "mademoiselle");
    }
    /// A particle that leads to a further word of the name.
    [[nodiscard]] bool is_link(std::size_t j) const {
        const bool link = at(j).has(WordRole::particle) || text_.is_word(j, "de") || text_.is_word(j, "la") || text_.is_word(j, "le") ||
                          text_.is_word(j, "du") || text_.is_word(j, "des") || text_.is_word(j, "d");
        const std::size_t next = right_of(j);
        if (!link || next >= size()) {
            return false;
        }
        return is_name(next) || (is_both(next) && !at(next).has_any(stops_name) && (is_capital(next) || at(j).has(WordRole::particle))) ||
               (is_rare(next) && is_capital(next));
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
            return first && is_capital(j) && at(j).has_any(name_roles) && at(j).size() > 1 && !text_.is_word(j, "le") &&
                   !text_.is_word(j, "la") && !text_.is_word(j, "de") && !text_.is_word(j, "du");
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
            for (std::size_t k = j + 1, taken = 0;
                 k < size() && taken < words_after_title_max && text_.mark(k) != '"' && !(text_.mark(k) == '\'' && at(k).space_before);
                 ++k, ++taken) {
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
    void nickname_after_name(std::size_t i) {
        const bool follows_name = i > 0 && (is_name(i - 1) || (i > 1 && text_.mark(i - 1) == ',' && is_name(i - 2)));
        const bool article = text_.is_word(i + 1, "le") || text_.is_word(i + 1, "la") || text_.is_word(i + 1, "l");
        const bool capital = i + 1 < size() && at(i + 1).kind == TokenKind::word && is_capital(i + 1);
        if (follows_name && (text_.mark(i + 1) == '"' || article || capital || is_name(i + 1) ||
                             (i + 1 < size() && (is_rare(i + 1) || (is_both(i + 1) && !at(i + 1).has_any(stops_name)))))) {
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
        const bool subject =
            j + 1 >= size() || text_.mark(j + 1) != 0 || text_.has(j + 1, WordRole::auxiliary) || text_.has(j + 1, WordRole::verb);
        const bool telling = at(i).has(WordRole::rank) || (subject && j < size() && !at(j).has(WordRole::colour));
        if (telling && j < size() && is_both(j) && !at(j).has_any(stops_name & ~bit(WordRole::role)) &&
            (!text_.capitals_tell || is_capital(j)) && !at(j).has(WordRole::rank)) {
            take(j);
        } else if (at(i).has(WordRole::rank) && j < size() && is_rare(j) && !text_.capitals_tell && !looks_like_verb(j)) {
            take(j);
        }
    }
};

}  // namespace

void find_titled_names(RedactedText& text) {
    TitledNames(text).run();
}

}  // namespace vigie::intake
