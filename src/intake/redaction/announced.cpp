// What a word announces: matricule 1234, code 12B4, appartement 3. Only the value goes; the word stays.
#include <algorithm>

#include "intake/redaction/token.h"

namespace vigie::intake {
namespace {

constexpr std::size_t fillers_max = 5;  // words between the one that announces and the value

class AnnouncedReader {
  public:
    explicit AnnouncedReader(RedactedText& text) : text_(text) {}

    void run() {
        for (std::size_t i = 0; i < text_.tokens.size(); ++i) {
            const Token& token = text_.tokens[i];
            if (!token.is_wordlike() || token.removed != Removed::none) {
                continue;
            }
            if (token.has(WordRole::agent_number)) {
                after(i, Removed::agent);
            } else if (token.has(WordRole::rank)) {
                rank_number(i);
            } else if (token.has(WordRole::code)) {
                after(i, Removed::code);
            } else if (token.has(WordRole::paper)) {
                after(i, Removed::paper);
            } else if (token.has(WordRole::plate)) {
                plate(i);
            }
            if (token.has(WordRole::dwelling)) {
                dwelling(i);
            }
            if (text_.is_word(i, "et") && text_.mark(i + 1) == '.') {
                floor(i);  // "3e ét. gauche"
            }
        }
    }

  private:
    [[nodiscard]] const Token& at(std::size_t i) const { return text_.tokens[i]; }
    [[nodiscard]] std::size_t size() const { return text_.tokens.size(); }
    [[nodiscard]] bool has_figure(std::size_t i) const { return text_.is(i, TokenKind::number) || text_.is(i, TokenKind::mixed); }
    [[nodiscard]] bool is_single(std::size_t i) const { return text_.is(i, TokenKind::word) && at(i).size() == 1; }

    /// The first token after i that is neither a mark nor a small word of announcing.
    [[nodiscard]] std::size_t value_after(std::size_t i) const {
        std::size_t j = i + 1;
        for (std::size_t filled = 0; j < size() && filled < fillers_max; ++j) {
            const char mark = text_.mark(j);
            if (mark != 0) {
                if (mark == ',' || mark == ';' || mark == '!' || mark == ')' || (mark == '.' && j > i + 1)) {
                    return size();
                }
                continue;
            }
            const bool filler = text_.is_word(j, "n") || text_.is_word(j, "no") || text_.is_word(j, "num") || text_.is_word(j, "c") ||
                                text_.is_word(j, "cest") || text_.is_word(j, "numero") || text_.is_word(j, "est") ||
                                text_.is_word(j, "de") || text_.is_word(j, "du") || text_.is_word(j, "d") || text_.is_word(j, "la") ||
                                text_.is_word(j, "le") || text_.is_word(j, "l") || text_.is_word(j, "acces") || text_.is_word(j, "porte") ||
                                text_.is_word(j, "portail") || text_.is_word(j, "entree") || text_.is_word(j, "immeuble") ||
                                text_.is_word(j, "conduire") || text_.is_word(j, "sejour") || text_.is_word(j, "identite") ||
                                text_.is_word(j, "nationale") || text_.is_word(j, "agent") || text_.is_word(j, "radio") ||
                                text_.is_word(j, "sous") || text_.is_word(j, "bancaire") || text_.is_word(j, "resident");
            if (!filler || has_figure(j)) {
                return j;
            }
            ++filled;
        }
        return j;
    }

    [[nodiscard]] bool is_spoken_value(std::size_t j) const {
        return j < size() && (at(j).has(WordRole::number) || at(j).has(WordRole::radio)) && !text_.is_word(j, "un") &&
               !text_.is_word(j, "une");
    }

    /// Figures, letters with figures, or what is said of them, from j on. Returns the past-the-end token.
    std::size_t take_value(std::size_t j, Removed removed) {
        std::size_t end = j;
        while (end < size() && at(end).kind != TokenKind::bracketed) {
            const char mark = text_.mark(end);
            const bool tie =
                (mark == '-' || mark == '/' || mark == '.' || mark == '#' || mark == '*' || mark == '_') && !at(end).space_before;
            const bool value = has_figure(end) || is_spoken_value(end) ||
                               (is_single(end) && (has_figure(end + 1) || (end > j && at(end).capitals != Capitals::none))) ||
                               (at(end).kind == TokenKind::word && at(end).roles == 0 && at(end).size() <= 3 && has_figure(end + 1)) ||
                               (end > j && text_.is_word(end, "un"));
            if (!value && !(tie && end > j)) {
                break;
            }
            ++end;
        }
        while (end > j && text_.mark(end - 1) != 0 && text_.mark(end - 1) != '#' && text_.mark(end - 1) != '*') {
            --end;
        }
        text_.remove_tokens(j, end, removed);
        return end;
    }

    [[nodiscard]] bool is_time_or_count(std::size_t j) const {
        return text_.is_word(j + 1, "h") || text_.is_word(j + 1, "heures") || text_.is_word(j + 1, "euros") ||
               (at(j).kind == TokenKind::mixed && figure_first(j) && text_.plain(at(j)).find('h') != std::string_view::npos);
    }

    void after(std::size_t i, Removed removed) {
        const std::size_t j = value_after(i);
        if (j >= size()) {
            return;
        }
        // "carte", "titre", "série" announce a number only when one of some length stands there.
        if (removed == Removed::paper && has_figure(j) && at(j).size() < 5 && !text_.is(j + 1, TokenKind::mixed) &&
            !text_.is(j + 1, TokenKind::number)) {
            return;
        }
        if (has_figure(j) ? !is_time_or_count(j)
                          : is_spoken_value(j) || (text_.is(j, TokenKind::word) && has_figure(j + 1) && removed != Removed::paper &&
                                                   !at(j).has(WordRole::street))) {
            if (text_.is(j, TokenKind::word) && !is_spoken_value(j) && removed == Removed::agent) {
                text_.remove_tokens(j, j + 1, removed);
                take_value(j + 1, removed);
                return;
            }
            take_value(j, removed);
        } else if (removed == Removed::code && text_.is(j, TokenKind::word) && at(j).size() <= 5 && at(j).roles == 0) {
            text_.remove_tokens(j, j + 1, removed);
        } else if (removed == Removed::paper && text_.is(j, TokenKind::word) && at(j).roles == 0 && has_figure(j + 1)) {
            text_.remove_tokens(j, j + 1, removed);
            take_value(j + 1, removed);
        }
    }

    /// "agent 4521", "brigadier n° 12": three figures or more, or a number said to be one.
    void rank_number(std::size_t i) {
        const std::size_t j = value_after(i);
        if (j >= size() || !has_figure(j) || is_time_or_count(j) || text_.mark(i + 1) == '.') {
            return;
        }
        const bool number = at(j).kind == TokenKind::number && (at(j).size() >= 3 || j > i + 1);
        const bool letter = at(j).kind == TokenKind::mixed && at(j).size() >= 3 && !figure_first(j);  // P961
        if ((number || letter) && !text_.has(j + 1, WordRole::unit)) {
            take_value(j, Removed::agent);
        }
    }

    [[nodiscard]] bool figure_first(std::size_t i) const { return text_.plain(at(i))[0] >= '0' && text_.plain(at(i))[0] <= '9'; }

    void plate(std::size_t i) {
        const std::size_t j = value_after(i);
        std::size_t end = j;
        bool figure = false;
        std::size_t taken = 0;
        for (; end < size() && taken < 12; ++end) {
            const char mark = text_.mark(end);
            if (mark == '-' || mark == '.' || mark == '/' || mark == '_' || mark == '*') {
                continue;
            }
            const bool said = at(end).has(WordRole::number) || at(end).has(WordRole::radio);
            const bool letters = at(end).kind == TokenKind::word && at(end).size() <= 3 &&
                                 (at(end).capitals == Capitals::all || at(end).roles == 0 || at(end).size() == 1 ||
                                  (!figure && at(end).size() <= 2) || at(end).has(WordRole::sigle)) &&
                                 (!at(end).has(WordRole::street) || (at(end).size() <= 2 && figure && has_figure(end + 1))) &&
                                 !text_.is_word(end, "a");
            if (!has_figure(end) && !letters && !said) {
                break;
            }
            figure = figure || has_figure(end) || said;
            ++taken;
        }
        while (end > j && text_.mark(end - 1) != 0) {
            --end;
        }
        if (figure) {
            text_.remove_tokens(j, end, Removed::plate);
        }
    }

    void dwelling(std::size_t i) {
        std::size_t j = i + 1;
        while (j < size() && (text_.mark(j) == '.' || text_.mark(j) == ':' || text_.mark(j) == degree_sign || text_.mark(j) == '-' ||
                              text_.is_word(j, "n") || text_.is_word(j, "numero") || text_.is_word(j, "num"))) {
            ++j;
        }
        const bool stands_alone = j + 1 >= size() || (text_.mark(j + 1) != 0 && text_.mark(j + 1) != '\'' && text_.mark(j + 1) != '-') ||
                                  text_.has(j + 1, WordRole::dwelling) || text_.has(j + 1, WordRole::code) ||
                                  text_.is(j + 1, TokenKind::fact) || text_.is_word(j + 1, "chez") ||
                                  (text_.has(j + 1, WordRole::sigle) && at(j + 1).size() > 2);
        const bool cut_short = j > i + 1 && text_.mark(i + 1) == '.' && j + 1 < size() && at(j + 1).space_before;  // "bat. d"
        const bool letter =
            is_single(j) && text_.mark(j + 1) != '\'' &&
            (stands_alone || (cut_short && !text_.is_word(j, "a")) ||
             (!text_.is_word(j, "a") && !text_.is_word(j, "y") &&
              (at(j).capitals != Capitals::none || (!text_.is_word(j, "d") && !text_.is_word(j, "l") && !text_.is_word(j, "n")))));
        const bool capital_a = is_single(j) && text_.is_word(j, "a") && at(j).capitals != Capitals::none &&
                               text_.text.plain[at(j).begin] == 'A' && text_.text.at[at(j).begin + 1] - text_.text.at[at(j).begin] == 1;
        const bool figure = has_figure(j) && at(j).size() <= 5 && !is_time_or_count(j);
        const bool said = is_spoken_value(j) || (j == i + 1 && text_.is_word(j, "un") && (j + 1 >= size() || text_.mark(j + 1) != 0));
        const bool street_end = text_.has(i, WordRole::street);
        if (!street_end && (letter || capital_a || figure || said)) {
            std::size_t end = j + 1;
            while (end < size() &&
                   ((!at(end).space_before && (text_.mark(end) == '-' || text_.mark(end) == '/')) ||
                    (letter && has_figure(end) && at(end).size() <= 3 && !is_time_or_count(end)) ||
                    (figure && is_single(end) && !text_.is_word(end, "a") && at(end).capitals != Capitals::none) ||
                    (end > j && (text_.mark(end - 1) == '-') && has_figure(end)) || (said && at(end).has(WordRole::number)))) {
                ++end;
            }
            while (end > j + 1 && text_.mark(end - 1) != 0) {
                --end;
            }
            text_.remove_tokens(j, end, Removed::dwelling);
        }
        if (text_.is_word(i, "etage") || text_.is_word(i, "etg") || text_.is_word(i, "etages")) {
            floor(i);
        }
        if (text_.is_word(i, "porte") &&
            (text_.is_word(i + 1, "gauche") || text_.is_word(i + 1, "droite") || text_.is_word(i + 1, "face"))) {
            text_.remove_tokens(i + 1, i + 2, Removed::dwelling);
        }
    }

    /// "3e étage", "troisième étage": which floor, when a dwelling could be meant.
    void floor(std::size_t i) {
        if (i == 0) {
            return;
        }
        const std::string_view before = text_.plain(at(i - 1));
        const bool ordinal = at(i - 1).kind == TokenKind::mixed || at(i - 1).kind == TokenKind::number || before.ends_with("ieme") ||
                             before.ends_with("IEME") || text_.is_word(i - 1, "premier") || text_.is_word(i - 1, "second") ||
                             text_.is_word(i - 1, "dernier");
        if (ordinal) {
            text_.remove_tokens(i - 1, i, Removed::dwelling);
        } else if (i > 1 && (text_.is_word(i - 1, "eme") || text_.is_word(i - 1, "e")) && text_.is(i - 2, TokenKind::number)) {
            text_.remove_tokens(i - 2, i, Removed::dwelling);
        }
    }

    RedactedText& text_;
};

}  // namespace

void find_announced(RedactedText& text) {
    AnnouncedReader(text).run();
}

}  // namespace vigie::intake
