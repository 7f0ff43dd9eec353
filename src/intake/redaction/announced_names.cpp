// Names that the words around them tell, also when the name is an ordinary word: initials, what follows "équipage", "prévenir" or
// "je m'appelle", what stands before a date of birth, and what French letters could not have written.
#include <algorithm>
#include <array>
#include <string>

#include "intake/redaction/figures.h"
#include "intake/redaction/person_words.h"

namespace vigie::intake {
namespace {

constexpr std::size_t parts_of_a_name_max = 4;
constexpr std::size_t names_of_a_list_max = 8;
/// Adjectives in front of a name, and what follows "c'est": they begin no name.
constexpr WordRoles links = bit(WordRole::determiner) | bit(WordRole::preposition) | bit(WordRole::conjunction) | bit(WordRole::pronoun) |
                            bit(WordRole::number) | bit(WordRole::day) | bit(WordRole::street);
constexpr WordRoles never_a_name =
    links | bit(WordRole::person_title) | bit(WordRole::dwelling) | bit(WordRole::plate) | bit(WordRole::code) | bit(WordRole::unit);

class AnnouncedNames : private PersonWords {
  public:
    explicit AnnouncedNames(RedactedText& text) : PersonWords(text) {}

    void run() {
        for (std::size_t i = 0; i < size(); ++i) {
            strange(i);
            initials(i);
        }
        for (std::size_t i = 0; i < size(); ++i) {
            if (at(i).removed != Removed::none || !at(i).is_wordlike() || at(i).place) {
                continue;
            }
            if (at(i).has(WordRole::person_cue)) {
                after_cue(i);
            } else if (is_naming(i)) {
                after_naming(i);
            }
        }
        for (std::size_t i = 1; i < size(); ++i) {
            before_birth(i);
            small_person(i);
        }
        for (std::size_t i = 0; i + 1 < size(); ++i) {
            two_capitals(i);
            with_somebody(i);
            alias(i);
            family_and_initial(i);
        }
    }

  private:
    /// Letters that French does not write, or letters disguised as others.
    void strange(std::size_t i) {
        const Token& token = at(i);
        if (token.removed != Removed::none || token.place || token.kind != TokenKind::word) {
            return;
        }
        if (token.foreign || (token.odd && (token.size() > 2 || token.has_any(name_roles)) && !token.has_any(little))) {
            take(i);
        }
    }

    // Initials ------------------------------------------------------------------------------------------------------------

    [[nodiscard]] bool is_letter_of_initials(std::size_t i) const {
        return text_.is(i, TokenKind::word) && at(i).size() == 1 && at(i).removed == Removed::none;
    }

    /// H.A, F. L., T . K .: two or three single letters with dots, that are no abbreviation.
    void initials(std::size_t i) {
        if (!is_letter_of_initials(i) || text_.mark(i + 1) != '.' ||
            (i > 0 && (text_.mark(i - 1) == '\'' || (text_.mark(i - 1) == '.' && !at(i).space_before)))) {
            return;
        }
        if (text_.is_word(i, "m") && at(i).capitals != Capitals::none && i + 2 < size() && at(i + 2).space_before &&
            text_.mark(i + 3) != '.') {
            return;  // a title
        }
        std::string letters = lower_case(text_.plain(at(i)));
        std::size_t last = i;
        bool glued = true;
        bool capitals = at(i).capitals != Capitals::none;
        for (std::size_t j = i; text_.mark(j + 1) == '.' && is_letter_of_initials(j + 2) && letters.size() < parts_of_a_name_max;) {
            glued = glued && !at(j + 1).space_before && !at(j + 2).space_before;
            const bool full = at(j + 2).capitals != Capitals::none;
            if (!glued && !(capitals && full && text_.mark(j + 3) == '.') && !(capitals && full)) {
                break;
            }
            capitals = capitals && full;
            letters += lower_case(text_.plain(at(j + 2)));
            j += 2;
            last = j;
        }
        if (letters.size() < 2 || is_abbreviation(i, letters)) {
            return;
        }
        text_.remove_tokens(i, last + 1, Removed::name);
    }

    /// "un P.V.", "la P.M.": an article or a number before, or three letters and more that are one of our abbreviations.
    [[nodiscard]] bool is_abbreviation(std::size_t i, const std::string& letters) const {
        const bool ours = (text_.lexicon.roles_of(hash_of_word(letters)) & bit(WordRole::sigle)) != 0;
        const bool article = i > 0 && (at(i - 1).has_any(bit(WordRole::determiner) | bit(WordRole::number)) ||
                                       text_.is(i - 1, TokenKind::number) || text_.mark(i - 1) == '\'');
        constexpr std::array<std::string_view, 12> pairs{"pv", "vl", "pl", "pm", "pn", "rn", "nb", "ps", "cf", "ie", "eg", "am"};
        const bool pair = std::find(pairs.begin(), pairs.end(), letters) != pairs.end();
        return ours && (letters.size() > 2 || (article && !text_.is_word(i - 1, "de")) ||
                        (pair && i == 0 && !text_.has(i + 4, WordRole::person_cue) && !text_.has(i + 3, WordRole::person_cue)));
    }

    // What announces ------------------------------------------------------------------------------------------------------

    /// A word that may be (part of) a name here: known as one, rare, unknown, or with a capital where capitals tell.
    [[nodiscard]] bool may_be_name(std::size_t i, bool told) const {
        if (i >= size() || is_name(i)) {
            return is_name(i);
        }
        if (!is_free_word(i) || at(i).place || at(i).has_any(never_a_name) || at(i).size() < 2) {
            return false;
        }
        if (text_.capitals_tell) {
            const bool shown = at(i).capitals != Capitals::none &&
                               !(at(i).has(WordRole::sigle) && (at(i).capitals == Capitals::all || !at(i).has_any(name_roles)));
            return shown ? told || at(i).has_any(name_roles) || is_rare(i) : false;
        }
        if (told && at(i).has(WordRole::near)) {
            return true;
        }
        return at(i).has_any(name_roles) && !at(i).has_any(told ? bit(WordRole::verb) | bit(WordRole::auxiliary)
                                                                : bit(WordRole::verb) | bit(WordRole::auxiliary) | bit(WordRole::colour) |
                                                                      bit(WordRole::shop) | bit(WordRole::facility));
    }

    /// Takes the name that begins at i. Returns the token after it.
    std::size_t take_name(std::size_t i, bool told) {
        std::size_t j = i;
        for (std::size_t parts = 0; parts < parts_of_a_name_max && j < size(); ++parts) {
            if (parts > 0 && (text_.mark(j) == '-' || text_.mark(j) == '\'') && !at(j).space_before) {
                ++j;
            }
            const bool initial = parts > 0 && is_initial(j) && text_.mark(j + 1) == '.';
            if (!initial && !may_be_name(j, told && parts < 2)) {
                break;
            }
            take(j);
            ++j;
        }
        return j;
    }

    /// "Équipage : X, Y", "Témoin X", "gérant X": the word announces, a mark or a title may stand between.
    void after_cue(std::size_t i) {
        std::size_t j = i + 1;
        bool told = false;
        while (j < size() && j <= i + parts_of_a_name_max &&
               (text_.mark(j) == ':' || text_.mark(j) == '=' || text_.mark(j) == '.' || text_.mark(j) == '-' || text_.mark(j) == '"' ||
                text_.mark(j) == '(' || text_.mark(j) == '<' || text_.mark(j) == '*' || text_.mark(j) == other_symbol ||
                text_.has(j, WordRole::person_title))) {
            told = told || text_.mark(j) == ':' || text_.mark(j) == '=';
            ++j;
        }
        if (const std::size_t second = text_.mark(j + 1) == '.' ? j + 2 : j + 1;
            is_letter_of_initials(j) && is_letter_of_initials(second) && !text_.is_word(j, "a") && !text_.is_word(j, "m")) {
            text_.remove_tokens(j, second + 1, Removed::name);  // "suspect f. m.", "Suspect J B"
            return;
        }
        for (std::size_t names = 0; names < names_of_a_list_max && j < size(); ++names) {
            const bool lone = !text_.capitals_tell && !told;
            if (!may_be_name(j, told) || (lone && !is_name(j) && !stands_alone(j))) {
                return;
            }
            j = take_name(j, told);
            const bool goes_on =
                text_.mark(j) == ',' || text_.mark(j) == '/' || text_.mark(j) == '+' || text_.is_word(j, "et") || text_.mark(j) == '&';
            if (!goes_on || !(told || text_.capitals_tell) || !may_be_name(j + 1, told)) {
                return;
            }
            ++j;
        }
    }

    /// What follows a name where capitals tell nothing: the end, a mark, a verb, something removed, another name.
    [[nodiscard]] bool stands_alone(std::size_t i) const {
        const std::size_t next = i + 1;
        return next >= size() || text_.mark(next) != 0 || at(next).removed != Removed::none || at(next).kind == TokenKind::fact ||
               at(next).kind == TokenKind::number || at(next).kind == TokenKind::mixed ||
               at(next).has_any(bit(WordRole::auxiliary) | bit(WordRole::verb) | bit(WordRole::birth) | bit(WordRole::preposition) |
                                bit(WordRole::conjunction)) ||
               (at(next).has_any(name_roles) && !at(next).place);
    }

    /// "s'appelle X", "mapel X", "se nomme X", "au nom de X", "appel de X", "la personne de X".
    [[nodiscard]] bool is_naming(std::size_t i) const {
        constexpr std::array<KnownWord, 12> written{
            {"sapel", "sapelle", "mapel", "mapelle", "jmapel", "jmapelle", "tapel", "tapelle", "appelle", "appelait", "nomme", "prenomme"}};
        const bool said = std::any_of(written.begin(), written.end(), [&](const KnownWord& word) { return at(i).hash == word.hash; });
        if (said && at(i).size() < 7 + 2) {
            const bool loose = text_.is_word(i, "appelle") || text_.is_word(i, "appelait") || text_.is_word(i, "nomme");
            return !loose || (i > 0 && (text_.mark(i - 1) == '\'' || text_.is_word(i - 1, "se") || text_.is_word(i - 1, "me")));
        }
        const bool of = text_.is_word(i, "de") && i > 0;
        return of && (text_.is_word(i - 1, "nom") || (text_.is_word(i - 1, "personne") && i > 1 && text_.is_word(i - 2, "la")) ||
                      ((text_.is_word(i - 1, "appel") || text_.is_word(i - 1, "message") || text_.is_word(i - 1, "plainte") ||
                        text_.is_word(i - 1, "signalement")) &&
                       i < 5));
    }
    void after_naming(std::size_t i) {
        const std::size_t j = text_.mark(i + 1) == ':' || text_.mark(i + 1) == '"' ? i + 2 : i + 1;
        if (is_letter_of_initials(j) && at(j).capitals != Capitals::none && may_be_name(j + 1, true)) {
            take(j);  // "au nom de L CONTE"
            take_name(j + 1, true);
        } else if (may_be_name(j, true)) {
            take_name(j, true);
        }
    }

    /// "MARÉCHAL Blanche (16 mai 1971)", "petit rose née le ...": what stands before a date of birth is the name.
    void before_birth(std::size_t i) {
        const bool born = text_.is_word(i, "ne") || text_.is_word(i, "nee") || at(i).has(WordRole::birth);
        if (at(i).removed != Removed::birth_date &&
            !(born && i + 2 < size() && (at(i + 1).removed == Removed::birth_date || at(i + 2).removed == Removed::birth_date))) {
            return;
        }
        std::size_t j = i;
        while (j > 0 && j + 3 > i &&
               (text_.mark(j - 1) == '(' || text_.mark(j - 1) == ',' || text_.mark(j - 1) == '/' || text_.mark(j - 1) == '-')) {
            --j;
        }
        for (std::size_t parts = 0; parts < parts_of_a_name_max && j > 0; ++parts) {
            --j;
            if (text_.mark(j) == '-' && j > 0 && parts > 0) {
                --j;
            }
            const bool role = at(j).has_any(bit(WordRole::role) | bit(WordRole::rank)) && !at(j).has_any(name_roles);
            if (role || !may_be_name(j, parts == 0) || (!text_.capitals_tell && at(j).has(WordRole::person_cue) && parts > 0)) {
                return;
            }
            take(j);
        }
    }

    /// "le petit Fleur, six ans", "la petite rose (8 ans)": a child.
    void small_person(std::size_t i) {
        constexpr std::array<KnownWord, 4> small{{"petit", "petite", "jeune", "bebe"}};
        const bool announced = std::any_of(small.begin(), small.end(), [&](const KnownWord& word) { return at(i - 1).hash == word.hash; });
        if (!announced || !is_both(i) || at(i).has_any(never_a_name)) {
            return;
        }
        const std::size_t j = text_.mark(i + 1) == ',' || text_.mark(i + 1) == '(' ? i + 2 : i + 1;
        const bool age = (text_.is(j, TokenKind::fact) && j > i + 1) || (text_.is_word(j + 1, "ans") || text_.is_word(j + 1, "mois"));
        if (age || is_capital_inside(i)) {
            take(i);
        }
    }

    /// "Parfait Sergent", "Violette Maréchal": two words with a capital, the first a first name, the second a family name, or both one.
    void two_capitals(std::size_t i) {
        const std::size_t next = right_of(i);
        if (!text_.capitals_tell || next >= size() || !is_both(i) || !is_both(next) || !is_capital(i) || !is_capital(next)) {
            return;
        }
        constexpr WordRoles no_first = links | bit(WordRole::person_title) | bit(WordRole::rank) | bit(WordRole::facility) |
                                       bit(WordRole::shop) | bit(WordRole::weak_street);
        const bool first = at(i).has(WordRole::first_name) && !at(i).has_any(no_first | bit(WordRole::role));
        const bool second = at(next).has(WordRole::first_name) && !at(next).has_any(no_first);
        if ((first || second) && !at(i).has_any(no_first) && !at(next).has_any(links)) {
            take(i);
            take(next);
        }
    }

    /// "avec rose devant", "ya olive ki crie": a first name without its article.
    void with_somebody(std::size_t i) {
        constexpr std::array<KnownWord, 4> company{{"avec", "contre", "chez", "ya"}};
        if (std::none_of(company.begin(), company.end(), [&](const KnownWord& word) { return at(i).hash == word.hash; }) ||
            !is_both(i + 1) || !at(i + 1).has(WordRole::first_name) || at(i + 1).has_any(never_a_name | bit(WordRole::colour))) {
            return;
        }
        const bool who = text_.is_word(i + 2, "ki") || text_.is_word(i + 2, "qui");
        if (who || (!text_.is_word(i, "ya") && stands_alone(i + 1) && (!text_.capitals_tell || at(i + 1).capitals != Capitals::none))) {
            take(i + 1);
        }
    }

    /// "le Prof = [nom]", "Coco alias [nom]", "Papi Vélo et [nom]" with capitals: what stands for somebody known.
    void alias(std::size_t i) {
        const bool equals = text_.mark(i) == '=';
        const bool known = equals && (is_name(i + 1) || is_definite_name(i + 1) || (text_.has(i + 1, WordRole::person_title)));
        if (!known) {
            return;
        }
        std::size_t first = i;
        while (
            first > 0 && first + 3 > i && text_.is(first - 1, TokenKind::word) && at(first - 1).removed == Removed::none &&
            !at(first - 1).place &&
            !at(first - 1).has_any(bit(WordRole::person_cue) | bit(WordRole::role) | bit(WordRole::plate) | bit(WordRole::preposition))) {
            --first;
        }
        for (std::size_t k = first; k < i; ++k) {
            if (!at(k).has_any(little)) {
                take(k);
            }
        }
    }
    [[nodiscard]] bool is_definite_name(std::size_t i) const {
        return i < size() && at(i).kind == TokenKind::word && at(i).removed == Removed::none && !at(i).place &&
               (at(i).roles == 0 || (at(i).has_any(name_roles) && !at(i).has_any(everyday)));
    }

    /// "ROUX P.", "Petit J.": a capital word that may be a name and an initial after it.
    void family_and_initial(std::size_t i) {
        const bool initial = is_letter_of_initials(i + 1) && at(i + 1).capitals != Capitals::none && text_.mark(i + 2) == '.' &&
                             at(i + 1).space_before && !text_.is_word(i + 1, "m");
        if (initial && (is_both(i) || is_rare(i)) && at(i).capitals != Capitals::none &&
            !at(i).has_any(never_a_name | bit(WordRole::rank))) {
            take(i);
            take(i + 1);
        }
    }
};

}  // namespace

void find_announced_names(RedactedText& text) {
    AnnouncedNames(text).run();
}

}  // namespace vigie::intake
