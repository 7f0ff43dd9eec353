// The names of streets and places stay, also those of people who gave theirs to a street.
//
//     rue Jean Jaurès Mohamed Saïdi a frappé
//         ^^^^^^^^^^^ stays  ^^^^^^^^^^^^^ is left to the pass of names
//
// A name in the tables ends where the table says; another one by rule: titles and first names, then one word.
#include <algorithm>

#include "intake/redaction/token.h"

namespace vigie::intake {
namespace {

constexpr std::size_t words_of_a_place_max = 7;
constexpr WordRoles names = bit(WordRole::first_name) | bit(WordRole::family_name);
constexpr WordRoles little = bit(WordRole::determiner) | bit(WordRole::preposition) | bit(WordRole::conjunction) | bit(WordRole::pronoun);

class PlaceReader {
  public:
    explicit PlaceReader(RedactedText& text) : text_(text) {}

    void run() {
        for (std::size_t i = 0; i < size(); ++i) {
            if (!at(i).is_wordlike() || at(i).place || at(i).removed != Removed::none) {
                continue;
            }
            if (begins_place(i)) {
                const std::size_t end = name_end(i);
                if (end > i + 1 || at(i).has(WordRole::street)) {
                    protect(i, end);
                    second_street(end);
                }
            } else {
                bare(i);
            }
        }
    }

  private:
    [[nodiscard]] const Token& at(std::size_t i) const { return text_.tokens[i]; }
    [[nodiscard]] std::size_t size() const { return text_.tokens.size(); }
    [[nodiscard]] bool breaks(std::size_t i) const {
        const char mark = text_.mark(i);
        return i >= size() || (mark != 0 && mark != '\'' && mark != '-') || at(i).kind == TokenKind::bracketed;
    }

    [[nodiscard]] bool begins_place(std::size_t i) const {
        const Token& token = at(i);
        if (token.size() == 1 && !text_.is_word(i, "r")) {
            return false;
        }
        if (text_.is_word(i, "point")) {  // only of "rond-point"
            return i > 0 && (text_.is_word(i - 1, "rond") || (i > 1 && text_.mark(i - 1) == '-' && text_.is_word(i - 2, "rond")));
        }
        if (text_.is_word(i, "r")) {
            return i + 1 < size() && longest(i + 1 + (text_.mark(i + 1) == '.' ? 1U : 0U), PlaceMatch::after_street) > 0;
        }
        if (token.has(WordRole::street) || token.has(WordRole::facility)) {
            return true;
        }
        if (token.has(WordRole::weak_street) || token.has(WordRole::shop)) {
            const bool idle = i > 0 && (text_.is_word(i - 1, "sur") || text_.is_word(i - 1, "en") || text_.is_word(i - 1, "mise") ||
                                        text_.is_word(i - 1, "au") || text_.is_word(i - 1, "sa") || text_.is_word(i - 1, "leur") ||
                                        text_.is_word(i - 1, "fait"));
            return !(idle && token.has(WordRole::weak_street)) || longest(skip_fillers(i), PlaceMatch::after_street) > 0;
        }
        return false;
    }

    [[nodiscard]] std::size_t skip_fillers(std::size_t i) const {
        std::size_t j = i + 1;
        if (text_.mark(j) == '.' && !at(j).space_before) {
            ++j;
        }
        while (j < size() && (text_.mark(j) == '\'' || text_.mark(j) == '-' || (text_.mark(j) == '"' && j == i + 1))) {
            ++j;
        }
        for (std::size_t skipped = 0; j < size() && skipped < 5; ++skipped) {
            if (longest(j, PlaceMatch::after_street) > 0 || !at(j).has(WordRole::qualifier) || !at(j).is_wordlike()) {
                break;
            }
            const bool adjective = !at(j).has_any(little);
            if (adjective && !at(i).has(WordRole::facility) && !at(i).has(WordRole::shop)) {
                break;
            }
            ++j;
            while (text_.mark(j) == '\'' || text_.mark(j) == '-') {
                ++j;
            }
        }
        return j;
    }

    /// How many tokens from i the tables know as one name of a place; 0 for none.
    [[nodiscard]] std::size_t longest(std::size_t i, PlaceMatch wanted) const {
        std::uint64_t sequence = word_hash_seed;
        std::size_t found = 0;
        std::size_t words = 0;
        for (std::size_t j = i; j < size() && words < words_of_a_place_max; ++j) {
            const char mark = text_.mark(j);
            if (mark == '-' || mark == '\'' || (mark == '.' && j > i && at(j - 1).has(WordRole::street_title))) {
                continue;
            }
            if (!at(j).is_wordlike() || at(j).kind == TokenKind::bracketed) {
                break;
            }
            std::uint64_t word = at(j).hash;
            if (text_.is_word(j, "st")) {
                word = hash_of_word("saint");
            } else if (text_.is_word(j, "ste")) {
                word = hash_of_word("sainte");
            } else if (text_.is_word(j, "gal")) {
                word = hash_of_word("general");
            } else if (text_.is_word(j, "dr")) {
                word = hash_of_word("docteur");
            }
            sequence = RedactionLexicon::add_to_place(sequence, word);
            const WordRoles match = text_.lexicon.place_of(sequence);
            if (match == 0) {
                break;
            }
            ++words;
            const auto any = static_cast<WordRoles>(PlaceMatch::bare) |
                             (wanted == PlaceMatch::after_street ? static_cast<WordRoles>(PlaceMatch::after_street) : 0);
            found = (match & any) != 0 ? j - i + 1 : found;
        }
        return found;
    }

    [[nodiscard]] bool may_be_name(std::size_t j) const {
        return !breaks(j) && at(j).kind == TokenKind::word &&
               !at(j).has_any(little | bit(WordRole::verb) | bit(WordRole::auxiliary) | bit(WordRole::street)) && !at(j).odd &&
               !at(j).foreign;
    }

    /// "du 4 septembre", "du 8 mai 1945".
    [[nodiscard]] std::size_t date_end(std::size_t j) const {
        const bool number = text_.is(j, TokenKind::number) || text_.is_word(j, "1er") || (j < size() && at(j).has(WordRole::number));
        if (!number || !text_.has(j + 1, WordRole::month)) {
            return 0;
        }
        return text_.is(j + 2, TokenKind::number) && at(j + 2).size() == 4 ? j + 3 : j + 2;
    }

    /// "du 141e RIA": a rank in figures and what it counts.
    [[nodiscard]] std::size_t regiment_end(std::size_t j) const {
        if (!text_.is(j, TokenKind::mixed) || !text_.is(j + 1, TokenKind::word)) {
            return 0;
        }
        const std::string_view rank = text_.plain(at(j));
        const std::size_t letters = rank.find_first_not_of("0123456789");
        const std::string_view ending = rank.substr(letters == std::string_view::npos ? rank.size() : letters);
        const bool ordinal = letters > 0 && (ending == "e" || ending == "E" || ending == "eme" || ending == "EME" || ending == "er");
        return ordinal && at(j + 1).size() <= 12 && !at(j + 1).has_any(little | bit(WordRole::verb)) ? j + 2 : 0;
    }

    [[nodiscard]] std::size_t name_end(std::size_t i) const {
        std::size_t j = skip_fillers(i);
        if (j >= size() || (text_.mark(j) != 0)) {
            return i + 1;
        }
        if (const std::size_t count = longest(j, PlaceMatch::after_street); count > 0) {
            return j + count;
        }
        if (const std::size_t end = date_end(j); end > 0) {
            return end;
        }
        if (const std::size_t end = regiment_end(j); end > 0) {
            return end;
        }
        if (at(i).has(WordRole::shop) && !at(j).has(WordRole::street_title)) {
            return sign_end(i);
        }
        return head_end(i, j);
    }

    /// "bar Chez Fernand", "brasserie Le Paul", "café Pierre et Paul": what a sign says. "bar Fernand" may be its owner and stays
    /// nobody's.
    [[nodiscard]] std::size_t sign_end(std::size_t i) const {
        std::size_t j = i + 1;
        while (text_.mark(j) == '"' || text_.mark(j) == '-' || (at(i).has(WordRole::shop) && text_.has(j, WordRole::shop))) {
            ++j;  // "bar-tabac", "café \"Le ...\""
        }
        const bool article = text_.is_word(j, "le") || text_.is_word(j, "la") || text_.is_word(j, "les") || text_.is_word(j, "l") ||
                             text_.is_word(j, "au") || text_.is_word(j, "aux");
        const bool at_home = text_.is_word(j, "chez");
        if (!article && !at_home) {
            const bool pair =
                may_be_name(j) && text_.is_word(j + 1, "et") && may_be_name(j + 2) && at(j).has_any(names) && at(j + 2).has_any(names);
            const bool subject = j + 3 < size() &&
                                 (at(j + 3).has_any(bit(WordRole::verb) | bit(WordRole::auxiliary) | bit(WordRole::pronoun) | names) ||
                                  text_.mark(j + 3) == '-' || at(j + 3).roles == 0) &&
                                 text_.mark(j + 3) != ',' && text_.mark(j + 3) != '.' && at(j + 3).kind != TokenKind::fact;
            return pair && !subject ? j + 3 : i + 1;
        }
        const std::size_t name = past_joint(j + 1);
        constexpr WordRoles people = bit(WordRole::role) | bit(WordRole::rank) | bit(WordRole::person_title) | bit(WordRole::day) |
                                     bit(WordRole::number) | bit(WordRole::street);
        if (!may_be_name(name) || at(name).has_any(people) || at(name).size() < 2) {
            return i + 1;
        }
        if (text_.capitals_tell && at(name).capitals == Capitals::none) {
            return i + 1;
        }
        const bool ordinary = at(name).has_any(bit(WordRole::everyday) | bit(WordRole::lexicon)) && !at(name).has_any(names);
        if (!text_.capitals_tell && ordinary && !at_home) {
            return i + 1;
        }
        std::size_t end = name + 1;
        while (text_.mark(end) == '-' && !at(end).space_before && may_be_name(end + 1)) {
            end += 2;
        }
        const bool second = text_.capitals_tell && may_be_name(end) && at(end).capitals != Capitals::none &&
                            !at(end).has_any(people | names) && at(end).roles != 0;
        return second ? end + 1 : end;
    }

    [[nodiscard]] std::size_t past_joint(std::size_t j) const {
        return text_.mark(j) == '-' || text_.mark(j) == '\'' || (text_.mark(j) == '.' && at(j - 1).size() <= 3) ? j + 1 : j;
    }

    /// Titles and first names, then one word; what is tied by hyphens belongs to it.
    [[nodiscard]] std::size_t head_end(std::size_t i, std::size_t j) const {
        bool titled = false;
        while (j < size() && at(j).has(WordRole::street_title) && at(j).is_wordlike() && may_be_title(j)) {
            titled = true;
            j = past_joint(j + 1);
            while (text_.is_word(j, "de") || text_.is_word(j, "d") || text_.is_word(j, "du") || text_.is_word(j, "la")) {
                j = past_joint(j + 1);
            }
        }
        if (!may_be_name(j)) {
            return titled ? j : i + 1;
        }
        const bool known = at(j).has_any(bit(WordRole::lexicon) | bit(WordRole::everyday) | bit(WordRole::sigle));
        if (known && !at(j).has_any(names) && !titled) {
            return ordinary_end(j);
        }
        const bool initial = at(j).size() == 1 && text_.mark(j + 1) == '.';
        const bool first = at(j).has(WordRole::first_name) || initial;
        std::size_t end = j + 1;
        while (text_.mark(end) == '-' && !at(end).space_before && may_be_name(end + 1) && !at(end + 1).space_before) {
            end += 2;
        }
        const bool compound = end > j + 1 && at(end - 1).has(WordRole::first_name);
        if (!first || titled || (end > j + 1 && !compound) || breaks_after_first(end)) {
            return linked_end(end);
        }
        std::size_t next = text_.mark(end) == '.' ? end + 1 : end;
        if (is_double_first(j, next)) {
            ++next;
        }
        while (text_.is_word(next, "de") || text_.is_word(next, "d") || text_.is_word(next, "du") || text_.is_word(next, "la") ||
               text_.is_word(next, "le") || text_.is_word(next, "van") || text_.is_word(next, "von")) {
            next = past_joint(next + 1);
        }
        if (!may_be_name(next) || at(next).has_any(bit(WordRole::street) | bit(WordRole::person_title) | bit(WordRole::role)) ||
            (text_.capitals_tell && at(next).capitals == Capitals::none)) {
            return end;
        }
        if (!text_.capitals_tell && !at(next).has_any(names) &&
            (at(next).has(WordRole::everyday) || (at(next).has(WordRole::lexicon) && ends_like_verb(text_.plain(at(next)))))) {
            return end;
        }
        ++next;
        while (text_.mark(next) == '-' && !at(next).space_before && may_be_name(next + 1) && !at(next + 1).space_before) {
            next += 2;
        }
        return next;
    }

    /// "Moulin à Vent", "Croix de Bois": an article and an ordinary word with a capital go on.
    [[nodiscard]] std::size_t linked_end(std::size_t end) const {
        const bool link = text_.is_word(end, "a") || text_.is_word(end, "aux") || text_.is_word(end, "de") || text_.is_word(end, "des") ||
                          text_.is_word(end, "du");
        const std::size_t next = end + 1;
        const bool ordinary = link && text_.capitals_tell && may_be_name(next) && at(next).capitals == Capitals::first &&
                              at(next).has(WordRole::lexicon) && !at(next).has(WordRole::first_name);
        return ordinary ? next + 1 : end;
    }

    /// "Belle Fontaine", "Longue des Capucins": ordinary words, each with a capital where capitals tell; never a first name.
    [[nodiscard]] std::size_t ordinary_end(std::size_t j) const {
        std::size_t end = j + 1;
        for (std::size_t next = past_joint(end); next < size() && next < j + words_of_a_place_max && text_.mark(next) == 0;
             next = past_joint(next + 1)) {
            if (!may_be_name(next)) {
                const bool link = text_.is_word(next, "de") || text_.is_word(next, "du") || text_.is_word(next, "des") ||
                                  text_.is_word(next, "la") || text_.is_word(next, "d") || text_.is_word(next, "aux") ||
                                  text_.is_word(next, "l") || text_.is_word(next, "a");
                if (!link || !at(next).is_wordlike()) {
                    break;
                }
                continue;
            }
            const bool known = at(next).has_any(bit(WordRole::lexicon) | bit(WordRole::everyday));
            const bool shown = text_.capitals_tell ? at(next).capitals != Capitals::none : at(next).has(WordRole::family_name);
            if (!known || !shown || at(next).has(WordRole::first_name)) {
                break;
            }
            end = next + 1;
        }
        return end;
    }

    [[nodiscard]] bool may_be_title(std::size_t j) const {
        return at(j).size() > 1 && !breaks(j + 1 + (text_.mark(j + 1) == '.' ? 1U : 0U));
    }
    [[nodiscard]] bool breaks_after_first(std::size_t end) const { return end >= size() || (breaks(end) && text_.mark(end) != '.'); }
    /// Jean Baptiste, Pierre Marie: two first names that go together.
    [[nodiscard]] bool is_double_first(std::size_t j, std::size_t next) const {
        const bool opens = text_.is_word(j, "jean") || text_.is_word(j, "marie") || text_.is_word(j, "pierre") ||
                           text_.is_word(j, "louis") || text_.is_word(j, "charles") || text_.is_word(j, "anne");
        return opens && next + 1 < size() && at(next).has(WordRole::first_name) && may_be_name(next) && may_be_name(next + 1);
    }

    void protect(std::size_t first, std::size_t past) {
        for (std::size_t k = first; k < past && k < size(); ++k) {
            text_.tokens[k].place = true;
        }
    }

    /// "angle Paradis / Breteuil", "rue Paradis et Breteuil": the second street has no "rue".
    void second_street(std::size_t end) {
        std::size_t j = end;
        bool joint = false;
        while (j < size() && (text_.mark(j) == '/' || text_.mark(j) == '-' || text_.is_word(j, "et") || text_.is_word(j, "angle") ||
                              text_.is_word(j, "x"))) {
            joint = true;
            ++j;
        }
        if (const std::size_t count = joint ? longest(j, PlaceMatch::after_street) : 0;
            count > 1 || (count == 1 && !at(j).has(WordRole::first_name))) {
            protect(j, j + count);
        }
    }

    /// A name that the tables know, without "rue": many words, or after a word that leads to a place.
    void bare(std::size_t i) {
        const bool after_person = i > 0 && (text_.has(i - 1, WordRole::person_title) ||
                                            (text_.mark(i - 1) == '.' && i > 1 && text_.has(i - 2, WordRole::person_title)));
        if (after_person) {
            return;
        }
        if (const std::size_t count = longest(i, PlaceMatch::bare); count > 0 && !(count == 1 && at(i).has(WordRole::first_name))) {
            protect(i, i + count);
            return;
        }
        bool leads = false;
        for (const KnownWord word : {KnownWord("vers"), KnownWord("angle"), KnownWord("direction"), KnownWord("niveau"),
                                     KnownWord("intersection"), KnownWord("croisement"), KnownWord("carrefour"), KnownWord("secteur"),
                                     KnownWord("quartier"), KnownWord("au"), KnownWord("a"), KnownWord("sur"), KnownWord("devant")}) {
            leads = leads || (i > 0 && text_.is_word(i - 1, word));
        }
        const std::size_t count = leads ? longest(i, PlaceMatch::after_street) : 0;
        if (count > 0 && !at(i).has(WordRole::first_name) && !(count == 1 && at(i).has(WordRole::family_name))) {
            protect(i, i + count);
            second_street(i + count);
        }
    }

    RedactedText& text_;
};

}  // namespace

void find_places(RedactedText& text) {
    PlaceReader(text).run();
}

}  // namespace vigie::intake
