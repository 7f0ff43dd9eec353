// House numbers go: before a street ("12 bis, rue"), after it ("rue Paradis au 45"), in rows ("du 182 au 261", "30 ou 5/7 rue") and
// where no street is said ("pas au 33"). A number that counts something, or a line of the bus, stays.
#include <algorithm>
#include <string>

#include "intake/redaction/figures.h"
#include "intake/redaction/token.h"

namespace vigie::intake {
namespace {

constexpr WordRoles little = bit(WordRole::determiner) | bit(WordRole::preposition) | bit(WordRole::conjunction) | bit(WordRole::pronoun);
constexpr std::size_t numbers_of_a_row_max = 6;
constexpr std::size_t words_back_max = 4;

class HouseReader {
  public:
    explicit HouseReader(RedactedText& text) : text_(text) {}

    void run() {
        for (std::size_t i = 0; i < size(); ++i) {
            if (at(i).place && (i == 0 || !at(i - 1).place)) {
                before_place(i);
                after_place(i);
            }
        }
        for (std::size_t i = 0; i < size(); ++i) {
            if (!is_number(i) || at(i).place) {
                continue;
            }
            if (const std::size_t past = row_end(i); in_front_of(i, past) || (is_repetition(i + 1) && at(i + 1).size() > 1)) {
                text_.remove_tokens(i, past, Removed::number);
                i = past - 1;
            }
        }
    }

  private:
    [[nodiscard]] const Token& at(std::size_t i) const { return text_.tokens[i]; }
    [[nodiscard]] std::size_t size() const { return text_.tokens.size(); }
    template <std::size_t n>
    [[nodiscard]] bool is_one_of(std::size_t i, const std::array<KnownWord, n>& words) const {
        return i < size() && std::any_of(words.begin(), words.end(), [&](const KnownWord& word) { return at(i).hash == word.hash; });
    }

    [[nodiscard]] bool is_number(std::size_t i) const {
        if (i >= size() || (at(i).removed != Removed::none && at(i).removed != Removed::number) || at(i).kind == TokenKind::bracketed) {
            return false;
        }
        if (text_.is(i, TokenKind::number)) {
            return at(i).size() <= 4 &&
                   !(i > 0 && text_.mark(i - 1) == ':' && !at(i).space_before && i > 1 && text_.is(i - 2, TokenKind::number));
        }
        return text_.is(i, TokenKind::mixed) && at(i).size() <= 8 && is_figure_and_letter(i);
    }
    [[nodiscard]] bool is_said_number(std::size_t i) const {
        return i < size() && at(i).removed == Removed::none && text_.is(i, TokenKind::word) && at(i).has(WordRole::number) &&
               !text_.is_word(i, "un") && !text_.is_word(i, "une");
    }
    /// 12bis, 12B, 4O.
    [[nodiscard]] bool is_figure_and_letter(std::size_t i) const {
        const std::string word = lower_case(text_.plain(at(i)));
        const std::size_t letters = word.find_first_not_of("0123456789");
        const std::string rest = letters == std::string::npos ? "" : word.substr(letters);
        return letters > 0 && letters <= 4 &&
               (rest == "bis" || rest == "ter" || rest == "quater" ||
                (rest.size() == 1 && rest != "e" && rest != "h" && rest != "m" && rest != "g" && rest != "l") || rest == "b1s");
    }
    [[nodiscard]] bool is_repetition(std::size_t i) const {
        return text_.is_word(i, "bis") || text_.is_word(i, "ter") || text_.is_word(i, "quater") || text_.is_word(i, "quinquies") ||
               (text_.is(i, TokenKind::word) && at(i).size() == 1 && at(i).capitals != Capitals::none && text_.mark(i + 1) != '.' &&
                text_.mark(i + 1) != '\'');
    }

    /// Past a row of numbers that begins at i: 12 bis, 12-14, 161/163 ou 224 bis, 182 au 261.
    [[nodiscard]] std::size_t row_end(std::size_t i) const {
        std::size_t end = i;
        for (std::size_t numbers = 0; numbers < numbers_of_a_row_max && is_number(end); ++numbers) {
            std::size_t past = end + 1;
            if (is_repetition(past) && !at(end).place) {
                ++past;
            }
            std::size_t next = past;
            const bool mark = text_.mark(next) == '-' || text_.mark(next) == '/' || text_.mark(next) == '&' || text_.mark(next) == '+';
            if (mark || text_.is_word(next, "ou") || text_.is_word(next, "et") || text_.is_word(next, "a") || text_.is_word(next, "au")) {
                ++next;
                next += text_.is_word(next, "au") || text_.is_word(next, "le") || text_.is_word(next, "du") ? 1U : 0U;
            }
            end = past;
            if (next == past || !is_number(next)) {
                break;
            }
            end = next;
        }
        return end;
    }

    [[nodiscard]] bool is_way(std::size_t i) const {
        return at(i).has_any(bit(WordRole::street) | bit(WordRole::weak_street) | bit(WordRole::facility)) || text_.is_word(i, "la") ||
               text_.is_word(i, "canebiere");
    }
    /// "ligne 12", "bus 60", "canal 8": a number with a name of its own.
    [[nodiscard]] bool is_named(std::size_t i) const {
        constexpr std::array<KnownWord, 14> owners{{"bus", "ligne", "lignes", "tram", "tramway", "article", "art", "canal", "metro",
                                                    "arret", "quai", "secteur", "zone", "terminal"}};
        return i > 0 && is_one_of(i - 1, owners);
    }

    /// "12 bis, rue", "au 12-14 rue", "45 de la rue", "(29) avenue".
    void before_place(std::size_t street) {
        if (!is_way(street) || (text_.is_word(street, "la") && !text_.is_word(street + 1, "canebiere"))) {
            return;
        }
        std::size_t past = street;
        const auto stands_between = [&](std::size_t i) {
            const char mark = text_.mark(i);
            return (mark != 0 && mark != '\''
                        ? std::string_view(",.;)\"*>]}_|(-").find(mark) != std::string_view::npos || mark == other_symbol
                        : mark == '\'') ||
                   text_.is_word(i, "de") || text_.is_word(i, "la") || text_.is_word(i, "du") || text_.is_word(i, "l") ||
                   text_.is_word(i, "d");
        };
        for (std::size_t steps = 0; past > 0 && steps < words_back_max && stands_between(past - 1); ++steps) {
            --past;
        }
        std::size_t first = past;
        bool joint = false;
        for (std::size_t steps = 0; first > 0 && steps < 4 * numbers_of_a_row_max; ++steps) {
            const std::size_t i = first - 1;
            const bool small_letter = text_.is(i, TokenKind::word) && at(i).size() == 1 && i > 0 && text_.is(i - 1, TokenKind::number) &&
                                      !text_.is_word(i, "h") && !text_.is_word(i, "m") && !text_.is_word(i, "e");
            const bool number = is_number(i) || (is_said_number(i) && !text_.is_word(i, "cent"));
            const bool again = i > 0 && is_number(i - 1) && (is_repetition(i) || small_letter);
            const bool link = first < past && i > 0 &&
                              (text_.mark(i) == '-' || text_.mark(i) == '/' || text_.mark(i) == '&' || text_.is_word(i, "et") ||
                               text_.is_word(i, "ou") || text_.is_word(i, "a") || text_.is_word(i, "au") || text_.is_word(i, "du")) &&
                              !joint &&
                              (is_number(i - 1) || is_repetition(i - 1) || text_.is_word(i - 1, "au") || text_.is_word(i - 1, "ou") ||
                               text_.is_word(i - 1, "et") || is_said_number(i - 1) ||
                               (i > 1 && text_.is(i - 1, TokenKind::word) && at(i - 1).size() == 1 && is_number(i - 2)));
            if (!number && !again && !link) {
                break;
            }
            joint = link && !(text_.is_word(i, "au") || text_.is_word(i, "du"));
            --first;
        }
        while (first < past && !is_number(first) && !is_said_number(first)) {
            ++first;
        }
        if (first < past && !is_named(first) && !(at(past - 1).kind == TokenKind::fact)) {
            text_.remove_tokens(first, past, Removed::number);
        }
    }

    /// "rue Paradis n° 12", "rue Paradis au 45", "rue Paradis, 12".
    void after_place(std::size_t street) {
        if (!at(street).has_any(bit(WordRole::street) | bit(WordRole::weak_street)) && !text_.is_word(street, "la")) {
            return;
        }
        std::size_t end = street;
        while (end < size() && at(end).place) {
            ++end;
        }
        constexpr std::array<KnownWord, 13> leads{
            {"n", "no", "numero", "num", "au", "hauteur", "du", "le", "devant", "a", "niveau", "face", "nr"}};
        constexpr std::array<KnownWord, 8> announces{{"n", "no", "numero", "num", "au", "du", "nr", "niveau"}};
        std::size_t j = end;
        bool announced = false;
        while (
            j < size() && j < end + 2 * words_back_max &&
            (text_.mark(j) == ',' || text_.mark(j) == degree_sign || text_.mark(j) == ':' || text_.mark(j) == '(' || is_one_of(j, leads))) {
            announced = announced || text_.mark(j) == degree_sign || is_one_of(j, announces);
            ++j;
        }
        if (j >= size() || !(is_number(j) || is_said_number(j)) || at(j).place) {
            return;
        }
        const std::size_t past = is_number(j) ? row_end(j) : j + 1;
        const bool short_number = at(j).size() <= 3 || text_.is(j, TokenKind::mixed);
        if (announced ? !counts_something(past)
                      : short_number && is_number(j) && is_free(past) && (j == end || text_.mark(end) == ',' || text_.mark(end) == '(')) {
            text_.remove_tokens(j, past, Removed::number);
        }
    }

    /// What stands after a number makes it a count, a rank or a measure.
    [[nodiscard]] bool counts_something(std::size_t next) const {
        if (next >= size()) {
            return false;
        }
        if (const char mark = text_.mark(next); mark != 0) {
            const bool tied =
                next + 1 < size() && text_.is(next + 1, TokenKind::number) && !at(next + 1).space_before && !at(next).space_before;
            return tied || mark == '%' || mark == degree_sign;
        }
        if (text_.is(next, TokenKind::number) || is_said_number(next) || at(next).has_any(bit(WordRole::month) | bit(WordRole::unit))) {
            return true;
        }
        const std::string_view word = text_.is(next, TokenKind::word) ? text_.plain(at(next)) : std::string_view();
        const char last = word.empty() ? ' ' : word.back();
        const bool plural =
            word.size() > 3 && (last == 's' || last == 'S' || last == 'x' || last == 'X') && at(next).has(WordRole::lexicon);
        return plural || text_.is_word(next, "eme") || text_.is_word(next, "e") || text_.is_word(next, "h") || text_.is_word(next, "etage");
    }
    /// A number that nothing announces: only marks, little words, verbs, streets and names may follow.
    [[nodiscard]] bool is_free(std::size_t next) const {
        if (next >= size()) {
            return true;
        }
        if (const char mark = text_.mark(next); mark != 0) {
            const bool tied = next + 1 < size() && text_.is(next + 1, TokenKind::number) && !at(next + 1).space_before;
            return !tied && mark != other_symbol && mark != '%' && mark != degree_sign;
        }
        return at(next).has_any(little | bit(WordRole::verb) | bit(WordRole::street)) || at(next).kind == TokenKind::bracketed ||
               at(next).kind == TokenKind::fact || (at(next).roles == 0 && at(next).kind == TokenKind::word);
    }

    /// "à hauteur du 12", "devant le 33", "pas au 45", "du 29 ter au 313", "au numéro 12", "adresse : 7".
    [[nodiscard]] bool in_front_of(std::size_t i, std::size_t past) const {
        if (i == 0 || counts_something(past) || at(i).removed != Removed::none) {
            return false;
        }
        std::size_t before = i - 1;
        while (before > 0 && (text_.mark(before) == degree_sign || text_.mark(before) == '(' || text_.mark(before) == '"' ||
                              text_.mark(before) == '*' || text_.mark(before) == ':')) {
            --before;
        }
        constexpr std::array<KnownWord, 8> labels{{"adresse", "adr", "domicile", "dom", "adrs", "adress", "habitation", "rdc"}};
        if (is_one_of(before, labels)) {
            return true;
        }
        constexpr std::array<KnownWord, 3> lines{{"ligne", "article", "equipe"}};
        const bool sign = text_.is_word(before, "n") && text_.mark(i - 1) == degree_sign;
        if (sign || text_.is_word(before, "numero") || text_.is_word(before, "num") || text_.is_word(before, "no")) {
            return before > 0 && (text_.is_word(before - 1, "au") || text_.is_word(before - 1, "du") || text_.is_word(before - 1, "le")) &&
                   !is_one_of(before > 1 ? before - 2 : 0, lines) && at(i).size() <= 4 && !text_.is(past, TokenKind::number);
        }
        if (text_.is_word(before, "au")) {
            return !(is_emergency(i) && was_called(before)) && !text_.is_word(past, "rapport");
        }
        const bool le = text_.is_word(before, "le");
        if (text_.is_word(before, "du") && before > 0) {
            constexpr std::array<KnownWord, 12> days{
                {"nuit", "journee", "semaine", "week", "end", "date", "matinee", "soiree", "matin", "soir", "compter", "partir"}};
            return !(is_emergency(i) && was_called(before)) && !is_one_of(before - 1, days) && !at(before - 1).has(WordRole::day);
        }
        constexpr std::array<KnownWord, 20> leads{{"hauteur",   "devant", "face",     "niveau",   "droit",    "domicilie", "domiciliee",
                                                   "demeurant", "habite", "habitant", "habitent", "reside",   "residant",  "loge",
                                                   "cote",      "chez",   "c",        "est",      "derriere", "entre"}};
        if (before > 0 && le && text_.is_word(before - 1, "par") && is_free(past)) {
            return true;
        }
        return before > 0 && le && is_one_of(before - 1, leads);
    }
    /// Numbers that everybody calls.
    [[nodiscard]] bool is_emergency(std::size_t i) const {
        constexpr std::array<std::string_view, 10> numbers{"15", "17", "18", "112", "114", "115", "116", "119", "196", "197"};
        return std::find(numbers.begin(), numbers.end(), text_.plain(at(i))) != numbers.end();
    }
    [[nodiscard]] bool was_called(std::size_t i) const {
        for (std::size_t k = i, steps = 0; k > 0 && steps < words_back_max; ++steps) {
            --k;
            const std::string word = text_.is(k, TokenKind::word) ? lower_case(text_.plain(at(k))) : std::string();
            if (word.starts_with("appel") || word.starts_with("lappel") || word.starts_with("apel") || word.starts_with("compos") ||
                word.starts_with("contact") || word.starts_with("telephon") || word.starts_with("avis") || word.starts_with("signal")) {
                return true;
            }
        }
        return false;
    }

    RedactedText& text_;
};

}  // namespace

void find_house_numbers(RedactedText& text) {
    HouseReader(text).run();
}

}  // namespace vigie::intake
