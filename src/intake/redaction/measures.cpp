// Times, durations, amounts and measures: they stay, and no later pass takes their figures for part of a number.
#include <algorithm>
#include <string>

#include "intake/redaction/figures.h"
#include "intake/redaction/token.h"

namespace vigie::intake {
namespace {

constexpr int hours_of_a_day = 24;
constexpr int minutes_of_an_hour = 60;
constexpr std::size_t groups_of_thousands_max = 4;

class MeasureReader {
  public:
    explicit MeasureReader(RedactedText& text) : text_(text) {}

    void run() {
        for (std::size_t i = 0; i < size(); ++i) {
            if (at(i).removed != Removed::none || at(i).kind == TokenKind::mark || at(i).kind == TokenKind::fact) {
                continue;
            }
                        const bool figures_or_number = at(i).kind != TokenKind::word || at(i).has(WordRole::number);
            if (!figures_or_number && !text_.is_word(i, "midi") && !text_.is_word(i, "minuit") && !text_.is_word(i, "quart") && !text_.is_word(i, "demi")) {
                continue;
            }
            std::size_t past = 0;
            for (const auto reader :
                 {&MeasureReader::colon_clock, &MeasureReader::joined_clock, &MeasureReader::clock, &MeasureReader::said_clock,
                  &MeasureReader::noon, &MeasureReader::part_of_hour, &MeasureReader::measure, &MeasureReader::said_measure}) {
                past = std::max(past, (this->*reader)(i));
            }
            if (past > i) {
                past = part_of_day(past);
                text_.keep_as_fact(i, past);
                i = past - 1;
            }
        }
    }

  private:
    [[nodiscard]] const Token& at(std::size_t i) const { return text_.tokens[i]; }
    [[nodiscard]] std::size_t size() const { return text_.tokens.size(); }
    [[nodiscard]] bool is_hour_word(std::size_t i) const {
        return text_.is_word(i, "h") || text_.is_word(i, "heure") || text_.is_word(i, "heures") || text_.is_word(i, "hr") ||
               text_.is_word(i, "hrs") || text_.is_word(i, "hre") || text_.is_word(i, "hres") || text_.is_word(i, "heur");
    }
    /// A token in figures of at most `most`; -1 for none.
    [[nodiscard]] int figures(std::size_t i, std::size_t most) const {
        if (i >= size() || at(i).removed != Removed::none) {
            return -1;
        }
        const std::string read = figures_of(text_, i);
        return read.empty() || read.size() > most ? -1 : std::stoi(read);
    }
    /// Groups of two figures from i on: a phone number has four or more.
    [[nodiscard]] bool is_phone_like(std::size_t i) const {
        std::size_t groups = 0;
        for (std::size_t j = i; j < size() && groups < 4; ++j) {
            if (text_.is(j, TokenKind::number) && at(j).size() == 2) {
                ++groups;
            } else if (text_.mark(j) == 0 ||
                       (text_.mark(j) != '.' && text_.mark(j) != '-' && text_.mark(j) != '/' && text_.mark(j) != ':')) {
                break;
            }
        }
        return groups >= 4;
    }

    /// 15:30, 15:30:12; never part of a longer row.
    [[nodiscard]] std::size_t colon_clock(std::size_t i) const {
        const int hour = figures(i, 2);
        const int minute = text_.mark(i + 1) == ':' ? figures(i + 2, 2) : -1;
        const bool row = i > 1 && text_.mark(i - 1) == ':' && !at(i).space_before && !at(i - 1).space_before && figures(i - 2, 4) >= 0;
        if (hour < 0 || hour > hours_of_a_day || minute < 0 || minute >= minutes_of_an_hour || figures_of(text_, i + 2).size() != 2 ||
            row || at(i + 1).space_before || at(i + 2).space_before) {
            return 0;
        }
        if (text_.mark(i + 3) != ':' || at(i + 3).space_before) {
            return i + 3;
        }
        const int second = figures(i + 4, 2);
        return second < 0 ? i + 3 : text_.mark(i + 5) == ':' ? 0 : i + 5;
    }

    /// 15h, 15h30, 2Oh15, 15h30min: one word.
    [[nodiscard]] std::size_t joined_clock(std::size_t i) const {
        if (at(i).kind != TokenKind::mixed) {
            return 0;
        }
        const std::string word = lower_case(text_.plain(at(i)));
        const std::size_t mark = word.find('h');
        if (mark == std::string::npos || mark == 0 || mark > 2) {
            return 0;
        }
        std::size_t real = 0;
        const auto two = [&](std::size_t from, std::size_t to) {
            int value = 0;
            for (std::size_t k = from; k < to; ++k) {
                const char digit = word[k] == 'o' ? '0' : digit_read(word[k]);
                real += is_digit(word[k]) ? 1U : 0U;
                value = digit == 0 ? 1000 : value * 10 + (digit - '0');
            }
            return value;
        };
        const int hour = two(0, mark);
        std::size_t tail = mark + 1;
        if (word.compare(tail, 2, "rs") == 0 || word.compare(tail, 1, "r") == 0) {
            tail = word.find_first_not_of("rs", tail);
            tail = tail == std::string::npos ? word.size() : tail;
        }
        std::size_t end = std::min(word.size(), tail + 2);
        int minute = two(tail, end);
        if (word.size() > end && word.compare(end, std::string::npos, "min") != 0 && word.compare(end, std::string::npos, "mn") != 0 &&
            word.compare(end, std::string::npos, "m") != 0) {
            return 0;
        }
        if (hour > hours_of_a_day || minute >= minutes_of_an_hour || real == 0 || end - tail == 1) {
            return 0;
        }
        if (tail == word.size()) {  // "15h 30"
            const int apart = text_.is(i + 1, TokenKind::number) && at(i + 1).size() == 2 ? figures(i + 1, 2) : -1;
            return apart >= 0 && apart < minutes_of_an_hour && !is_phone_like(i + 1) ? i + 2 : i + 1;
        }
        return i + 1;
    }

    /// 19 h 12, 7 heures 20, 5 H 1O.
    [[nodiscard]] std::size_t clock(std::size_t i) const {
        const int hour = figures(i, 2);
        if (hour < 0 || hour > hours_of_a_day || !is_hour_word(i + 1) || follows_row(i)) {
            return 0;
        }
        const int minute = figures(i + 2, 2);
        if (minute < 0 || minute >= minutes_of_an_hour || is_phone_like(i + 2) || text_.mark(i + 3) == ':' || is_hour_word(i + 3)) {
            return i + 2;
        }
        return text_.is_word(i + 3, "min") || text_.is_word(i + 3, "mn") || text_.is_word(i + 3, "minutes") ? i + 4 : i + 3;
    }
    [[nodiscard]] bool follows_row(std::size_t i) const {
        return i > 1 && text_.is(i - 1, TokenKind::number) && text_.is(i - 2, TokenKind::number) && at(i - 1).size() == 2 &&
               at(i - 2).size() == 2;
    }

    /// "dix-sept heures vingt", "une heure et demie".
    [[nodiscard]] std::size_t said_clock(std::size_t i) const {
        const SaidNumber hour = said_number(text_, i);
        if (hour.past == 0 || hour.value > hours_of_a_day || !is_hour_word(hour.past)) {
            return 0;
        }
        return said_minutes(hour.past + 1);
    }
    [[nodiscard]] std::size_t said_minutes(std::size_t i) const {
        if (text_.is_word(i, "et") && (text_.is_word(i + 1, "demie") || text_.is_word(i + 1, "demi") || text_.is_word(i + 1, "quart"))) {
            return i + 2;
        }
        if (text_.is_word(i, "trois") && text_.is_word(i + 1, "quarts")) {
            return i + 2;
        }
        if (text_.is_word(i, "moins")) {
            if (text_.is_word(i + 1, "le") && text_.is_word(i + 2, "quart")) {
                return i + 3;
            }
            const SaidNumber minutes = said_number(text_, i + 1);
            return text_.is_word(i + 1, "quart") ? i + 2 : minutes.past > 0 && minutes.value < minutes_of_an_hour ? minutes.past : i;
        }
        const SaidNumber minutes = said_number(text_, i);
        const bool told = minutes.past > 0 && minutes.value >= 1 && minutes.value < minutes_of_an_hour &&
                          !text_.has(minutes.past, WordRole::unit) && !text_.has(minutes.past, WordRole::number);
        if (told && !(minutes.past < size() && counts_something(minutes.past))) {
            return minutes.past;
        }
        const int figure = text_.is(i, TokenKind::number) ? figures(i, 2) : -1;
        return figure >= 0 && figure < minutes_of_an_hour && at(i).size() == 2 && !is_phone_like(i) ? i + 1 : i;
    }
    /// "deux heures trois individus": the number counts what follows.
    [[nodiscard]] bool counts_something(std::size_t i) const {
        const std::string_view word = text_.is(i, TokenKind::word) ? text_.plain(at(i)) : std::string_view();
        return word.size() > 3 && (word.back() == 's' || word.back() == 'S') && at(i).has(WordRole::lexicon);
    }
    /// "un bon quart d'heure", "une petite demi-heure".
    [[nodiscard]] std::size_t part_of_hour(std::size_t i) const {
        std::size_t j = i;
        j += text_.is_word(j, "un") || text_.is_word(j, "une") ? 1U : 0U;
        j += text_.is_word(j, "bon") || text_.is_word(j, "bonne") || text_.is_word(j, "petit") || text_.is_word(j, "petite") ? 1U : 0U;
        if (text_.is_word(j, "quart") && text_.is_word(j + 1, "d") && text_.mark(j + 2) == '\'' && is_hour_word(j + 3)) {
            return j + 4;
        }
        const std::size_t hour = text_.mark(j + 1) == '-' ? j + 2 : j + 1;
        return text_.is_word(j, "demi") && is_hour_word(hour) ? hour + 1 : 0;
    }
    [[nodiscard]] std::size_t noon(std::size_t i) const {
        return text_.is_word(i, "minuit") || text_.is_word(i, "midi") ? said_minutes(i + 1) : 0;
    }

    [[nodiscard]] std::size_t part_of_day(std::size_t i) const {
        const bool joint = text_.is_word(i, "du") || text_.is_word(i, "le");
        const bool part = text_.is_word(i + 1, "matin") || text_.is_word(i + 1, "mat") || text_.is_word(i + 1, "soir") ||
                          text_.is_word(i + 1, "rnat") || text_.is_word(i + 1, "rnatin");
        return joint && part ? i + 2 : text_.is_word(i, "du") && text_.is_word(i + 1, "aprem") ? i + 2 : i;
    }

    /// A number in figures with its unit: "37 mètres", "1 500 €", "2,50 m", "98 km/h".
    [[nodiscard]] std::size_t measure(std::size_t i) const {
        if (const std::size_t past = joined_measure(i); past > 0) {
            return past;
        }
        if (figures(i, 7) < 0 || (i > 0 && text_.is(i - 1, TokenKind::number)) || is_plate_like(i)) {
            return 0;
        }
        std::size_t j = i + 1;
        for (std::size_t groups = 0;
             groups < groups_of_thousands_max && at(i).size() <= 3 && text_.is(j, TokenKind::number) && at(j).size() == 3; ++groups) {
            ++j;
        }
        if ((text_.mark(j) == ',' || text_.mark(j) == '.') && j + 1 < size() && !at(j).space_before && !at(j + 1).space_before &&
            figures(j + 1, 2) >= 0) {
            j += 2;
        }
        return unit_end(i, j);
    }
    /// "SB 806 KM", "1435 ML 13": the two letters may be a unit, around them they are a plate's.
    [[nodiscard]] bool is_plate_like(std::size_t i) const {
        constexpr WordRoles links = bit(WordRole::determiner) | bit(WordRole::preposition) | bit(WordRole::conjunction) |
                                    bit(WordRole::verb) | bit(WordRole::auxiliary) | bit(WordRole::pronoun);
        if (!text_.is(i + 1, TokenKind::word) || at(i + 1).size() < 2 || at(i + 1).size() > 3) {
            return false;
        }
        if (at(i).size() == 4 && (text_.is_word(i + 2, "2a") || text_.is_word(i + 2, "2b"))) {
            return true;
        }
        const bool letters_before = i > 0 && text_.is(i - 1, TokenKind::word) && at(i - 1).size() == 2 &&
                                    (!at(i - 1).has_any(links) || (at(i - 1).capitals == Capitals::all && text_.small_letters));
        const bool plate_after =
            text_.is(i + 3, TokenKind::number) && at(i + 3).size() == 3 && text_.mark(i + 2) == '-' && text_.mark(i + 4) == '-';
        const bool department_after =
            text_.is(i + 2, TokenKind::number) && at(i + 2).size() == 2 && at(i).size() >= 3 && !is_hour_word(i + 3);
        return plate_after || (letters_before && at(i).size() == 3 && at(i + 1).size() == 2) || department_after;
    }
    [[nodiscard]] std::size_t said_measure(std::size_t i) const {
        const SaidNumber said = said_number(text_, i);
        if (said.past == 0) {
            return 0;
        }
        const bool by_the_hour = text_.is_word(said.past, "a") && text_.is_word(said.past + 1, "l") &&
                                 (text_.is_word(said.past + 3, "heure") || text_.has(said.past + 3, WordRole::unit));
        return by_the_hour ? said.past + 4 : text_.has(said.past, WordRole::unit) && at(said.past).size() > 2 ? unit_end(i, said.past) : 0;
    }

    /// Past the unit at j, of the number that begins at i; zero when there is none.
    [[nodiscard]] std::size_t unit_end(std::size_t i, std::size_t j) const {
        if (j >= size()) {
            return 0;
        }
        if (at(j).kind == TokenKind::mark) {
            const auto shown = std::string_view(text_.text.shown).substr(text_.text.at[at(j).begin]);
            return shown.starts_with("€") || shown.starts_with("%") || shown.starts_with("$") ? j + 1 : 0;
        }
        const bool single =
            at(j).size() == 1 && (text_.is_word(j, "m") || text_.is_word(j, "g") || text_.is_word(j, "l") || text_.is_word(j, "e"));
        if (!(single ? ends_measure(i, j) : text_.has(j, WordRole::unit))) {
            return 0;
        }
        std::size_t past = j + 1;
        if (text_.mark(past) == '/' && (is_hour_word(past + 1) || text_.has(past + 1, WordRole::unit))) {
            past += 2;
        } else if (text_.is_word(past, "heure") || text_.is_word(past, "h")) {
            ++past;
        }
        return past;
    }
    /// "50 m" with nothing or a little word after it, and no door or house before: "au 12 m Dupont" is no measure.
    [[nodiscard]] bool ends_measure(std::size_t i, std::size_t j) const {
        constexpr WordRoles little = bit(WordRole::preposition) | bit(WordRole::conjunction) | bit(WordRole::determiner);
        constexpr WordRoles before =
            bit(WordRole::dwelling) | bit(WordRole::code) | bit(WordRole::agent_number) | bit(WordRole::plate) | bit(WordRole::paper);
        const bool announced = i > 0 && (at(i - 1).has_any(before) || text_.is_word(i - 1, "au") || text_.is_word(i - 1, "n") ||
                                         text_.is_word(i - 1, "numero"));
        const bool follows =
            j + 1 >= size() ||
            (text_.mark(j + 1) != 0 && text_.mark(j + 1) != '.' && text_.mark(j + 1) != '\'' && text_.mark(j + 1) != '-') ||
            at(j + 1).has_any(little) || (text_.mark(j + 1) == '.' && (j + 2 >= size() || !text_.is(j + 2, TokenKind::word)));
        return !announced && follows && at(j).capitals == Capitals::none;
    }

    /// 50m, 1m80, 200g, 90km/h: one word.
    [[nodiscard]] std::size_t joined_measure(std::size_t i) const {
        if (at(i).kind != TokenKind::mixed ||
            (i > 0 && at(i - 1).has_any(bit(WordRole::dwelling) | bit(WordRole::code) | bit(WordRole::agent_number) | bit(WordRole::plate) |
                                        bit(WordRole::paper)))) {
            return 0;
        }
        const std::string word = lower_case(text_.plain(at(i)));
        const std::size_t letters = word.find_first_not_of("0123456789");
        if (letters == 0 || letters == std::string::npos || letters > 4) {
            return 0;
        }
        const std::string unit = word.substr(letters);
        const bool metres = unit.size() == 3 && unit[0] == 'm' && is_digit(unit[1]) && is_digit(unit[2]) && letters == 1;
        if (!metres && !(unit.size() > 1 && (text_.lexicon.roles_of(hash_of_word(unit)) & bit(WordRole::unit)) != 0)) {
            return 0;
        }
        return text_.mark(i + 1) == '/' && is_hour_word(i + 2) ? i + 3 : i + 1;
    }

    RedactedText& text_;
};

}  // namespace

void find_measures(RedactedText& text) {
    MeasureReader(text).run();
}

}  // namespace vigie::intake
