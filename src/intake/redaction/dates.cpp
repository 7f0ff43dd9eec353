// Dates: of birth they go, of the facts they stay. In figures, with the month in letters, or all in words.
#include <algorithm>
#include <string>

#include "intake/redaction/figures.h"
#include "intake/redaction/token.h"

namespace vigie::intake {
namespace {

constexpr int facts_since = 2010;  // an older date in a logbook is a date of birth
constexpr int facts_until = 2099;
constexpr int born_since = 1900;
constexpr std::size_t words_before_birth_max = 9;
constexpr std::size_t pieces_of_birth_max = 16;

struct Date {
    std::size_t past = 0;  ///< the token after it; zero when there is none
    int year = 0;          ///< zero when it tells none
};

class DateReader {
  public:
    explicit DateReader(RedactedText& text) : text_(text) {}

    void run() {
        for (std::size_t i = 0; i < size(); ++i) {
            if (at(i).removed == Removed::none && is_birth(i)) {
                birth(i);
            }
        }
        for (std::size_t i = 0; i < size(); ++i) {
            if (at(i).removed == Removed::none) {
                i = std::max(bare(i), i + 1) - 1;
            }
        }
    }

  private:
    [[nodiscard]] const Token& at(std::size_t i) const { return text_.tokens[i]; }
    [[nodiscard]] std::size_t size() const { return text_.tokens.size(); }
    [[nodiscard]] bool is_glued(std::size_t i) const { return i < size() && !at(i).space_before; }

    /// The value of a token in figures of at most `most`; -1 for none. A scanner's O, l, S count as figures.
    [[nodiscard]] int figures(std::size_t i, std::size_t most) const {
        if (i >= size() || at(i).removed != Removed::none) {
            return -1;
        }
        const std::string read = figures_of(text_, i);
        return read.empty() || read.size() > most ? -1 : std::stoi(read);
    }

    [[nodiscard]] static int full_year(int year, std::size_t figures) {
        constexpr int young = 40;  // '39 is 2039, '40 is 1940
        return figures == 2 ? year + (year < young ? 2000 : 1900) : year;
    }

    /// The date that begins at i.
    [[nodiscard]] Date date_at(std::size_t i) const {
        if (const Date date = in_figures(i); date.past > 0) {
            return date;
        }
        return with_month(i);
    }

    /// 12/03/1985, 12.03.85, 1985-03-12, 12 03 1985.
    [[nodiscard]] Date in_figures(std::size_t i) const {
        std::size_t second = 0;
        std::size_t third = 0;
        const char first_mark = separator(i, second);
        const char second_mark = first_mark == 0 ? '\0' : separator(second, third);
        if (first_mark == 0 || second_mark != first_mark) {
            return {};
        }
        const std::size_t size_one = at(i).size();
        const std::size_t size_three = figures_of(text_, third).size();
        const bool iso = size_one == 4 && at(second).size() == 2 && size_three == 2;
        const int day = iso ? figures(third, 2) : figures(i, 2);
        const int month = figures(second, 2);
        const int year = iso                                                         ? figures(i, 4)
                         : size_three == 4 || (size_three == 2 && first_mark != ' ') ? full_year(figures(third, 4), size_three)
                                                                                     : -1;
        std::size_t further = 0;
        const char third_mark = separator(third, further);
        const bool goes_on = third_mark == first_mark && size_three == 2 && !iso && !ends_in_phone(further);  // 06.12.34.56.78
        if (day < 1 || day > 31 || month < 1 || month > 12 || year < born_since || year > facts_until || goes_on) {
            return {};
        }
        // "12.04.20 01": the year was cut in two.
        const bool century = size_three == 2 && (figures(third, 2) == 19 || figures(third, 2) == 20) &&
                             text_.is(third + 1, TokenKind::number) && at(third + 1).size() == 2 && text_.mark(third + 2) != ':' &&
                             !text_.is_word(third + 2, "h") && !text_.is(third + 2, TokenKind::number);
        if (century && first_mark != ' ') {
            return {third + 2, figures(third, 2) * 100 + figures(third + 1, 2)};
        }
        return {third + 1, year};
    }

    /// After a fourth group the marks change: "09/07/43/09 61 88 12 45" is a date and a phone.
    [[nodiscard]] bool ends_in_phone(std::size_t fourth) const {
        std::size_t fifth = 0;
        return text_.mark(fourth + 1) == 0 && separator(fourth, fifth) == ' ' && text_.plain(at(fourth))[0] == '0';
    }
    /// The mark between two groups of figures, and where the next one is; zero for none.
    [[nodiscard]] char separator(std::size_t i, std::size_t& next) const {
        if (figures(i, 4) < 0) {
            return 0;
        }
        next = i + 1;
        const char mark = text_.mark(next);
        if (mark != 0) {
            ++next;
        }
        const bool known = mark == 0 || mark == '/' || mark == '.' || mark == '-' || mark == '_';
        if (!known || figures(next, 4) < 0 || (mark == 0 && !at(next).space_before)) {
            return 0;
        }
        return mark == 0 ? ' ' : mark;
    }

    /// "12 mars 1985", "1er mars 85", "premier mars mille neuf cent quatre-vingt-cinq", "12 mars".
    [[nodiscard]] Date with_month(std::size_t i) const {
        std::size_t j = i;
        const int day = figures(i, 2);
        if (day >= 1 && day <= 31) {
            ++j;
        } else if (text_.is_word(i, "1er") || text_.is_word(i, "ler") || text_.is_word(i, "2nd")) {
            ++j;
        } else if (const SaidNumber said = said_number(text_, i); said.past > 0 && said.value >= 1 && said.value <= 31) {
            j = said.past;
        } else {
            return {};
        }
        while (j < size() && (text_.mark(j) == '-' || text_.mark(j) == '.' || text_.mark(j) == '/') && is_glued(j)) {
            ++j;
        }
        // "neuf sept huit" are three figures; "9 sept" is a day.
        const bool said_figures =
            text_.is(i, TokenKind::word) && (text_.is_word(j, "sept") || text_.is_word(j, "mar")) && text_.mark(j + 1) != '.';
        if (!text_.has(j, WordRole::month) || !at(j).is_wordlike() || said_figures) {
            return {};
        }
        ++j;
        std::size_t year_at = j;
        while (year_at < size() && year_at < j + 2 &&
               (text_.mark(year_at) == '.' || text_.mark(year_at) == '-' || text_.mark(year_at) == '\'' || text_.mark(year_at) == '/')) {
            ++year_at;
        }
        return year_after(year_at, j);
    }

    /// The year at i, when one stands there; else the date ends at `without`.
    [[nodiscard]] Date year_after(std::size_t i, std::size_t without) const {
        if (const int year = figures(i, 4); year >= 0) {
            const std::size_t count = figures_of(text_, i).size();
            if (count == 4 && year >= born_since && year <= facts_until) {
                return {i + 1, year};
            }
            if (count == 2 && !counts_something(i)) {
                return {i + 1, full_year(year, 2)};
            }
            return {without, 0};
        }
        if (const SaidNumber said = said_number(text_, i); said.past > 0) {
            if (said.value >= born_since && said.value <= facts_until) {
                return {said.past, said.value};
            }
            if (said.value >= 20 && said.value < 100 && !counts_something(said.past - 1)) {
                return {said.past, full_year(said.value, 2)};
            }
        }
        return {without, 0};
    }

    /// A number before a unit, a clock or a plural is no year.
    [[nodiscard]] bool counts_something(std::size_t i) const {
        const std::size_t next = i + 1;
        if (next >= size()) {
            return false;
        }
        if (const char mark = text_.mark(next); mark != 0) {
            return mark == ':' || mark == '%' || mark == degree_sign ||
                   (mark == ',' && is_glued(next + 1) && text_.is(next + 1, TokenKind::number));
        }
        if (!text_.is(next, TokenKind::word)) {
            return text_.is(next, TokenKind::number);  // the groups of a phone
        }
        const char last = text_.plain(at(next)).back();
        return at(next).has(WordRole::unit) || text_.is_word(next, "h") ||
               ((last == 's' || last == 'S') && at(next).size() > 3 && at(next).has(WordRole::lexicon));
    }

    /// The first letters say birth: né le, née en, DDN, date de naissance, n. le.
    [[nodiscard]] bool is_birth(std::size_t i) const {
        if (!at(i).is_wordlike()) {
            return false;
        }
        if (at(i).has(WordRole::birth)) {
            return true;
        }
        const bool born = text_.is_word(i, "ne") || text_.is_word(i, "nee") || text_.is_word(i, "nes") || text_.is_word(i, "nees");
        const bool shortened = text_.is_word(i, "n") && (text_.mark(i + 1) == '.' || text_.is_word(i + 1, "le"));
        std::size_t j = i + 1;
        while (j < size() && (text_.mark(j) == '(' || text_.mark(j) == ')' || text_.mark(j) == '.' || text_.is_word(j, "e"))) {
            ++j;
        }
        if (shortened) {
            return text_.is_word(j, "le") || date_at(j).past > 0;
        }
        return born && (text_.is_word(j, "le") || text_.is_word(j, "en") || text_.is_word(j, "a") || text_.is_word(j, "au") ||
                        text_.is_word(j, "vers") || text_.mark(j) == ':' || date_at(j).past > 0 || figures(j, 8) >= 0);
    }

    /// From the word that says it to the date: a place of birth may stand between, no sentence may end.
    void birth(std::size_t i) {
        std::size_t j = i + 1;
        for (std::size_t steps = 0; j < size() && steps < words_before_birth_max; ++j, ++steps) {
            if (const Date date = date_at(j); date.past > 0) {
                text_.remove_tokens(j, date.past, Removed::birth_date);
                return;
            }
            const bool said = at(j).has(WordRole::number) && !text_.is_word(j, "un") && !text_.is_word(j, "une");
            if (figures(j, 8) >= 0 || at(j).has(WordRole::month) || said) {
                pieces(j);
                return;
            }
            const bool ends = (text_.mark(j) == '.' && j > i + 1) || at(j).removed == Removed::birth_date;
            if (ends || text_.mark(j) == ';' || text_.mark(j) == '"' || at(j).has_any(bit(WordRole::street) | bit(WordRole::verb)) ||
                (at(j).removed != Removed::none && at(j).kind != TokenKind::bracketed)) {
                return;
            }
        }
    }

    /// What is left of a date that was cut, glued or mistyped.
    void pieces(std::size_t j) {
        std::size_t end = j;
        for (std::size_t taken = 0; end < size() && taken < pieces_of_birth_max; ++end) {
            const char mark = text_.mark(end);
            const bool tie = mark == '/' || mark == '-' || mark == '.' || mark == '_';
            const bool value = figures(end, 8) >= 0 ||
                               (at(end).is_wordlike() && at(end).has_any(bit(WordRole::month) | bit(WordRole::number))) ||
                               text_.is_word(end, "premier") || text_.is_word(end, "1er");
            if ((!tie || !(is_glued(end) || is_glued(end + 1))) && !value && !text_.is_word(end, "et")) {
                break;
            }
            taken += value ? 1U : 0U;
        }
        while (end > j && (text_.mark(end - 1) != 0 || text_.is_word(end - 1, "et"))) {
            --end;
        }
        if (text_.is_word(end, "ans") || text_.is_word(end, "an") || text_.is_word(end, "h") || text_.has(end, WordRole::unit)) {
            return;  // an age or a time
        }
        text_.remove_tokens(j, end, Removed::birth_date);
    }

        [[nodiscard]] bool may_begin_date(std::size_t i) const {
        return at(i).kind == TokenKind::number || at(i).kind == TokenKind::mixed || (at(i).kind == TokenKind::word && (at(i).has(WordRole::number) || text_.is_word(i, "premier")));
    }
    /// A date that no word announces. Returns the token after it, or i.
    std::size_t bare(std::size_t i) {
        if (!may_begin_date(i)) {
            return i;
        }
        const Date date = date_at(i);
        if (date.past == 0 || follows_figures(i)) {
            return day_and_month(i);
        }
        if (date.year != 0 && date.year < facts_since) {
            if (!after_place(i)) {
                text_.remove_tokens(i, date.past, Removed::birth_date);
                return date.past;
            }
        } else if (!after_place(i)) {
            text_.keep_as_fact(i, date.past);
            return date.past;
        }
        for (std::size_t k = i; k < date.past; ++k) {
            text_.tokens[k].place = true;  // "rue du 8 mai 1945"
        }
        return date.past;
    }

    /// "17/12 à 3h", "le 15/01", "28/06": a day of the facts, when it can not be two houses.
    std::size_t day_and_month(std::size_t i) {
        const int day = figures(i, 2);
        const int month = text_.mark(i + 1) == '/' ? figures(i + 2, 2) : -1;
        if (day < 1 || day > 31 || month < 1 || month > 12 || at(i + 1).space_before || at(i + 2).space_before || follows_figures(i) ||
            at(i + 2).size() != 2) {
            return i;
        }
        const std::size_t next = i + 3;
        const bool goes_on = next < size() && (text_.mark(next) == '/' || text_.mark(next) == '-' ||
                                               at(next).has_any(bit(WordRole::street) | bit(WordRole::weak_street)) ||
                                               text_.is_word(next, "bis") || text_.is_word(next, "ter"));
        const bool padded = text_.plain(at(i + 2))[0] == '0' || text_.plain(at(i))[0] == '0';
        const bool led = i > 0 && (text_.is_word(i - 1, "le") || text_.is_word(i - 1, "du") || at(i - 1).has(WordRole::day) ||
                                   text_.is_word(i - 1, "depuis"));
        const bool clock = text_.is_word(next, "a") || text_.is_word(next, "vers");
        if (goes_on || !(padded || led || clock) || (i > 0 && text_.is_word(i - 1, "au"))) {
            return i;
        }
        text_.keep_as_fact(i, next);
        return next;
    }
    /// The row began earlier: these are groups of a longer number.
    [[nodiscard]] bool follows_figures(std::size_t i) const {
        const char mark = text_.mark(i + 1);
        if (i > 1 && text_.mark(i - 1) != 0) {
            return text_.is(i - 2, TokenKind::number) && ((!at(i).space_before && !at(i - 1).space_before && text_.mark(i - 1) != '(') ||
                                                          (mark != 0 && text_.mark(i - 1) == mark));
        }
        return i > 0 && mark == 0 && text_.is(i - 1, TokenKind::number) && at(i - 1).size() <= 2 && text_.is(i + 1, TokenKind::number);
    }
    [[nodiscard]] bool after_place(std::size_t i) const {
        constexpr WordRoles ways = bit(WordRole::street) | bit(WordRole::weak_street) | bit(WordRole::facility);
        const bool article = i > 1 && (text_.is_word(i - 1, "du") || text_.is_word(i - 1, "le") || text_.is_word(i - 1, "des"));
        return (article && at(i - 2).has_any(ways)) || (i > 0 && at(i - 1).is_wordlike() && at(i - 1).has(WordRole::street));
    }

    RedactedText& text_;
};

}  // namespace

void find_dates(RedactedText& text) {
    DateReader(text).run();
}

}  // namespace vigie::intake
