// Plates and account numbers: letters and figures in a fixed order, with any separators or none.
#include <algorithm>
#include <array>
#include <string>

#include "intake/redaction/figures.h"
#include "intake/redaction/token.h"

namespace vigie::intake {
namespace {

class PlateReader {
  public:
    explicit PlateReader(RedactedText& text) : text_(text) {}

    void run() {
        for (std::size_t i = 0; i < text_.tokens.size(); ++i) {
            const Token& token = text_.tokens[i];
            if (token.removed != Removed::none) {
                continue;
            }
            if (token.is_wordlike() && (read_plate(i) || read_iban(i) || read_abroad(i) || read_cut(i))) {
                continue;
            }
            if ((token.kind == TokenKind::number || token.kind == TokenKind::mixed) &&
                (is_digit(text_.plain(token)[0]) || !figures_of(text_, i).empty())) {
                i = read_old_plate(i);
            }
        }
    }

  private:
    [[nodiscard]] bool joined(std::size_t i) const { return !text_.tokens[i].space_before; }
    void remove(std::size_t first, std::size_t last, Removed removed) { text_.remove_tokens(first, last + 1, removed); }

    /// Letters of a plate: one to three, that are no little word of the language standing apart.
    [[nodiscard]] bool are_plate_letters(std::size_t i, std::size_t least, std::size_t most) const {
        if (i >= text_.tokens.size() || !text_.tokens[i].is_wordlike() || text_.tokens[i].size() < least || text_.tokens[i].size() > most) {
            return false;
        }
        const std::string_view letters = text_.plain(text_.tokens[i]);
        return std::all_of(letters.begin(), letters.end(),
                           [](char c) { return is_letter(c) || c == '0' || c == '1' || c == '8' || c == '5'; });
    }
    [[nodiscard]] bool is_little_word(std::size_t i) const {
        const Token& token = text_.tokens[i];
        if (text_.capitals_tell && token.capitals == Capitals::all) {
            return false;
        }
        return token.has_any(bit(WordRole::determiner) | bit(WordRole::preposition) | bit(WordRole::conjunction) | bit(WordRole::pronoun) |
                             bit(WordRole::verb) | bit(WordRole::street) | bit(WordRole::weak_street) | bit(WordRole::person_title) |
                             bit(WordRole::number) | bit(WordRole::everyday) | bit(WordRole::lexicon) | bit(WordRole::dwelling));
    }
    [[nodiscard]] bool is_known_word(std::size_t i) const {
        return text_.tokens[i].roles != 0 && !(text_.capitals_tell && text_.tokens[i].capitals == Capitals::all);
    }
    /// Spain: four figures and three consonants; a year and an abbreviation are none.
    [[nodiscard]] bool is_spanish(std::size_t i, std::size_t at, bool tied) const {
        const std::string letters = lower_case(text_.plain(text_.tokens[at]));
        const std::string figures = figures_of(text_, i);
        const bool shape = figures.size() == 4 && letters.size() == 3 && letters.find_first_of("aeiou") == std::string::npos;
        const bool word = text_.tokens[at].roles != 0 && (letters == "crs" || figures.starts_with("20") || figures.starts_with("19"));
        return shape && (tied || !word);
    }

    /// "sa 618 za": letters that are words too. French plates have no I, O, U; articles around a number are a sentence.
    [[nodiscard]] bool is_lone_plate(std::size_t i, std::size_t last) const {
        constexpr WordRoles links =
            bit(WordRole::determiner) | bit(WordRole::preposition) | bit(WordRole::conjunction) | bit(WordRole::verb) | bit(WordRole::unit);
        const std::string letters = lower_case(text_.plain(text_.tokens[i])) + lower_case(text_.plain(text_.tokens[last]));
        const bool both = text_.tokens[i].has_any(links) && text_.tokens[last].has_any(links);
        return letters.find_first_of("iou") == std::string::npos && !both && !text_.tokens[last].has(WordRole::unit);
    }

    /// AA-123-AA with any or no separator, and the older 1234 AB 13 when a word begins it is in read_number.
    bool read_plate(std::size_t i) {
        const std::string_view whole = text_.plain(text_.tokens[i]);
        if (is_joined_plate(whole)) {
            remove(i, i, Removed::plate);
            return true;
        }
        // AB12 CDE
        if (whole.size() == 4 && is_letter(whole[0]) && is_letter(whole[1]) && is_digit(whole[2]) && is_digit(whole[3]) &&
            are_plate_letters(i + 1, 3, 3) && text_.tokens[i + 1].kind == TokenKind::word &&
            (text_.tokens[i + 1].roles == 0 || text_.tokens[i + 1].capitals == Capitals::all)) {
            remove(i, i + 1, Removed::plate);
            return true;
        }
        if (!are_plate_letters(i, 1, 3)) {
            return false;
        }
        std::size_t at = i + 1;
        const bool mark_one = skip_mark(at);
        if (at >= text_.tokens.size()) {
            return false;
        }
        const std::string figures = figures_of(text_, at);
        if (text_.tokens[at].kind == TokenKind::mixed && figures.empty()) {
            // "AB 123CD", "AB-123CD"
            const std::string_view rest = text_.plain(text_.tokens[at]);
            if (text_.tokens[i].size() == 2 && rest.size() == 5 && std::all_of(rest.begin(), rest.begin() + 3, is_digit) &&
                is_letter(rest[3]) && is_letter(rest[4])) {
                remove(i, at, Removed::plate);
                return true;
            }
            return false;
        }
        if (figures.size() < 2 || figures.size() > 4) {
            return false;
        }
        std::size_t last = at + 1;
        const bool mark_two = skip_mark(last);
        const std::size_t size = text_.tokens[i].size();
        if (!are_plate_letters(last, 1, 3) || (size != 2 && !(mark_one && mark_two))) {
            return false;
        }
        if (!mark_one && mark_two && text_.mark(last + 1) == '-' && figures_of(text_, last + 2).size() >= 2) {
            return false;  // "la 224-MK-13" begins with its figures
        }
        if (!mark_one && !mark_two && is_little_word(i) && text_.is(last + 1, TokenKind::number) && text_.tokens[last + 1].size() == 2) {
            return false;  // "la 111 KJ 83" begins with its figures
        }
        if (!mark_one && !mark_two && is_little_word(i) && is_little_word(last) && !is_lone_plate(i, last)) {
            return false;
        }
        if (!(figures.size() == 3 && text_.tokens[last].size() == 2) && !(mark_one && mark_two)) {
            return false;
        }
        remove(i, last, Removed::plate);
        return true;
    }

    bool skip_mark(std::size_t& at) const {
        const char mark = text_.mark(at);
        const bool sentence_ends = (mark == '.' || mark == '_' || mark == '*') && at + 1 < text_.tokens.size() &&
                                   text_.tokens[at].space_before != text_.tokens[at + 1].space_before;
        if ((mark == '-' || mark == '.' || mark == '/' || mark == '_' || mark == '*') && !sentence_ends) {
            ++at;
            return true;
        }
        return false;
    }

    static bool is_joined_plate(std::string_view t) {
        const auto letters = [&](std::size_t from, std::size_t count) {
            return std::all_of(t.begin() + static_cast<std::ptrdiff_t>(from), t.begin() + static_cast<std::ptrdiff_t>(from + count),
                               is_letter);
        };
        std::size_t digits = 0;
        for (std::size_t i = 2; i + 2 < t.size(); ++i) {
            digits += digit_read(t[i]) != 0 ? 1U : 0U;
        }
        return t.size() == 7 && letters(0, 2) && letters(5, 2) && digits == 3 && (is_digit(t[2]) || is_digit(t[3]) || is_digit(t[4]));
    }

    /// Two letters, two digits, then groups of at most four: 15 letters and digits or more.
    bool read_iban(std::size_t i) {
        const std::string_view first = text_.plain(text_.tokens[i]);
        const bool apart = first.size() == 2;
        if (first.size() < 2 || !is_letter(first[0]) || !is_letter(first[1]) ||
            (!apart && (first.size() < 4 || digit_read(first[2]) == 0 || digit_read(first[3]) == 0)) || (apart && is_known_word(i))) {
            return false;
        }
        std::size_t total = first.size();
        auto digits = static_cast<std::size_t>(std::count_if(first.begin(), first.end(), is_digit));
        std::size_t last = i;
        if (apart ? !(text_.is(i + 1, TokenKind::number) && text_.tokens[i + 1].size() >= 2) : !is_digit(first[2]) && !is_digit(first[3])) {
            return false;
        }
        for (std::size_t at = i + 1; at < text_.tokens.size() && total < 40; ++at) {
            std::size_t token = at;
            if (text_.mark(token) != ',') {
                skip_mark(token);
            }
            if (token >= text_.tokens.size()) {
                break;
            }
            const Token& next = text_.tokens[token];
            const bool fits = next.removed != Removed::none
                                  ? false
                                  : next.kind == TokenKind::number || next.kind == TokenKind::mixed ||
                                        (next.kind == TokenKind::word && next.size() <= 4 && !is_known_word(token));
            if (!fits) {
                break;
            }
            const std::string_view group = text_.plain(next);
            total += group.size();
            digits += static_cast<std::size_t>(std::count_if(group.begin(), group.end(), is_digit));
            last = token;
            at = token;
        }
        if (total < 15 || digits < 8 || total > 50) {
            return false;
        }
        remove(i, last, Removed::iban);
        return true;
    }

    /// Three or four figures, letters that are no article, a department: an old plate also when the letters are a word.
    [[nodiscard]] bool is_registration(std::size_t i, std::size_t at, std::size_t last) const {
        constexpr WordRoles links = bit(WordRole::determiner) | bit(WordRole::preposition) | bit(WordRole::conjunction) |
                                    bit(WordRole::verb) | bit(WordRole::street);
        const bool capitals = text_.tokens[at].capitals == Capitals::all && text_.small_letters;
        const bool own = text_.is_word(at, "ma") || text_.is_word(at, "ta") || text_.is_word(at, "sa");  // no sentence goes "1234 ta 13"
        const bool link =
            (text_.tokens[at].has_any(links) && !own && !(capitals && text_.tokens[i].size() == 4)) || text_.tokens[at].size() > 3;
        const std::string department = figures_of(text_, last);
        const bool known = department.size() == 2 && department > "00" && department < "96";
        return text_.tokens[i].size() >= 3 && !link && known && !text_.has(last + 1, WordRole::month) &&
               !text_.has(last + 1, WordRole::unit);
    }

    /// B 123 CDE, CJ 12 ABC; M-AB 1234: plates of other countries, in capitals.
    /// Switzerland: a canton and four to six figures.
    [[nodiscard]] bool is_swiss(std::size_t i) const {
        constexpr std::array<std::string_view, 26> cantons{"AG", "AI", "AR", "BE", "BL", "BS", "FR", "GE", "GL", "GR", "JU", "LU", "NE",
                                                           "NW", "OW", "SG", "SH", "SO", "SZ", "TG", "TI", "UR", "VD", "VS", "ZG", "ZH"};
        const bool canton = std::find(cantons.begin(), cantons.end(), text_.plain(text_.tokens[i])) != cantons.end();
        return canton && text_.is(i + 1, TokenKind::number) && text_.tokens[i + 1].size() >= 4 && text_.tokens[i + 1].size() <= 6;
    }

    bool read_abroad(std::size_t i) {
        const Token& first = text_.tokens[i];
        const std::string_view letters = text_.plain(first);
        if (first.kind != TokenKind::word || first.size() > 3) {
            return false;
        }
        if (first.capitals == Capitals::none || !std::all_of(letters.begin(), letters.end(), [](char c) { return c >= 'A' && c <= 'Z'; })) {
            return read_abroad_in_small(i);
        }
        const auto in_capitals = [&](std::size_t k, std::size_t least, std::size_t most) {
            return text_.is(k, TokenKind::word) && text_.tokens[k].size() >= least && text_.tokens[k].size() <= most &&
                   text_.tokens[k].capitals != Capitals::none && (text_.tokens[k].size() == 1 || text_.tokens[k].capitals == Capitals::all);
        };
        const auto in_figures = [&](std::size_t k, std::size_t least, std::size_t most) {
            return text_.is(k, TokenKind::number) && text_.tokens[k].size() >= least && text_.tokens[k].size() <= most;
        };
        std::size_t at = i + 1;
        if (is_swiss(i)) {
            remove(i, at, Removed::plate);
            return true;
        }
        constexpr WordRoles said = bit(WordRole::number) | bit(WordRole::determiner) | bit(WordRole::preposition);
        if (first.size() <= 2 && !first.has_any(said) && in_figures(at, 2, 3) && in_capitals(at + 1, 3, 3) &&
            !text_.tokens[at + 1].has_any(said) &&
            (text_.tokens[at + 1].roles == 0 || text_.tokens[at + 1].has(WordRole::near) ||
             (text_.small_letters && text_.plain(first) != "A"))) {
            const bool department = text_.is(at + 2, TokenKind::number) && text_.tokens[at + 2].size() == 2;
            remove(i, department ? at + 2 : at + 1, Removed::plate);
            return true;
        }
        if (text_.mark(at) == '-' && !text_.tokens[at].space_before && in_capitals(at + 1, 1, 2) && in_figures(at + 2, 1, 4) &&
            !(text_.tokens[i].has(WordRole::sigle) && text_.tokens[at + 1].has(WordRole::sigle))) {
            remove(i, at + 2, Removed::plate);
            return true;
        }
        return false;
    }

    /// "m-kg 9834", "b 098 tjc": the same in small letters, where less can be sure.
    bool read_abroad_in_small(std::size_t i) {
        const auto in_figures = [&](std::size_t k, std::size_t count) {
            return text_.is(k, TokenKind::number) && text_.tokens[k].size() == count;
        };
        const bool one_letter = text_.tokens[i].size() == 1 && !text_.is_word(i, "a") && !text_.is_word(i, "y") && !text_.is_word(i, "l") &&
                                !text_.is_word(i, "d");
        if (one_letter && in_figures(i + 1, 3) && text_.is(i + 2, TokenKind::word) && text_.tokens[i + 2].size() == 3 &&
            text_.tokens[i + 2].roles == 0) {
            remove(i, i + 2, Removed::plate);
            return true;
        }
        if (text_.mark(i + 1) == '-' && !text_.tokens[i + 1].space_before && text_.is(i + 2, TokenKind::word) &&
            !text_.tokens[i + 2].space_before && text_.tokens[i + 2].size() <= 2 && in_figures(i + 3, 4)) {
            remove(i, i + 3, Removed::plate);
            return true;
        }
        return false;
    }

    /// "fk-6 87-jm", "st3 08hb", "AE-0 01-HV": two letters, three figures, two letters, cut anywhere.
    bool read_cut(std::size_t i) {
        constexpr std::size_t plate_letters = 7;
        constexpr std::size_t pieces_max = 6;
        std::string all;
        bool odd = false;
        std::size_t numbers = 0;
        std::size_t at = i;
        std::size_t last = i;
        for (std::size_t pieces = 0; at < text_.tokens.size() && pieces < pieces_max && all.size() < plate_letters; ++pieces) {
            const Token& token = text_.tokens[at];
            if (token.removed != Removed::none || token.place || !(token.is_wordlike() || token.kind == TokenKind::number)) {
                return false;
            }
            odd = odd || token.kind == TokenKind::mixed;
            numbers += token.kind == TokenKind::number ? 1U : 0U;
            all += text_.plain(token);
            last = at++;
            odd = all.size() < plate_letters && skip_mark(at) ? true : odd;
        }
        if (text_.tokens[i].has_any(bit(WordRole::determiner) | bit(WordRole::preposition)) && text_.is(i + 1, TokenKind::number) &&
            text_.mark(last + 1) == '-' && !text_.tokens[last + 1].space_before) {
            return false;  // "la 224-MK-13"
        }
        if (all.size() != plate_letters || !is_joined_plate(all) || (!odd && numbers < 2) ||
            !std::all_of(all.begin() + 2, all.begin() + 5, is_digit)) {
            return false;
        }
        remove(i, last, Removed::plate);
        return true;
    }

    /// 1234 AB 13, 123 ABC 2A, 1234 BCD (Spain), 12-AB-34, 123 TU 4567.
    std::size_t read_old_plate(std::size_t i) {
        if (const std::size_t cut = cut_old_plate(i); cut > i) {
            remove(i, cut, Removed::plate);
            return cut;
        }
        std::size_t at = i + 1;
        const bool mark_one = skip_mark(at);
        const std::size_t size = text_.tokens[i].size();
        if (size > 4 || figures_of(text_, i).empty() || !are_plate_letters(at, 1, 3) || text_.tokens[at].kind != TokenKind::word ||
            (text_.tokens[at].has(WordRole::street) && is_known_word(at) && !mark_one)) {
            return i;
        }
        std::size_t last = at + 1;
        const bool mark_two = skip_mark(last);
        std::size_t further = last + 1;
        skip_mark(further);
        const bool newer = last < text_.tokens.size() && text_.tokens[at].size() == 2 && text_.tokens[last].size() == 3 &&
                           are_plate_letters(further, 2, 2) &&
                           (!is_little_word(further) || text_.mark(further - 1) != 0);  // "Fiat 500 WE-313-CD"
        const bool figures = !newer && last < text_.tokens.size() &&
                             (text_.tokens[last].kind == TokenKind::number || text_.tokens[last].kind == TokenKind::mixed) &&
                             text_.tokens[last].size() >= 2 && text_.tokens[last].size() <= 4 && !figures_of(text_, last).empty();
        const bool marked = mark_one && mark_two;
        const bool ww = text_.is_word(at, "ww");
        if (figures && !text_.tokens[i].place &&
            (marked || ww || (text_.tokens[at].size() >= 2 && (!is_little_word(at) || is_registration(i, at, last))))) {
            remove(i, last, Removed::plate);
            return last;
        }
        if (size == 4 && text_.tokens[at].size() == 2 && (text_.is_word(last, "2a") || text_.is_word(last, "2b"))) {
            remove(i, last, Removed::plate);
            return last;
        }
        if (is_spanish(i, at, mark_one && joined(at)) || (size == 4 && text_.tokens[at].size() == 3 && text_.tokens[at].roles == 0)) {
            remove(i, at, Removed::plate);
            return at;
        }
        return i;
    }

    /// "23 69RRE83": an old plate with a space in the wrong place. The last token, or i.
    [[nodiscard]] std::size_t cut_old_plate(std::size_t i) const {
        constexpr std::size_t pieces_max = 5;
        std::string all;
        bool odd = false;
        std::size_t pieces = 0;
        for (std::size_t at = i; at < text_.tokens.size() && pieces < pieces_max; ++at) {
            const Token& token = text_.tokens[at];
            if (text_.mark(at) == '-' && pieces > 0) {
                continue;
            }
            if (token.removed != Removed::none || token.place || !(token.is_wordlike() || token.kind == TokenKind::number)) {
                break;
            }
            ++pieces;
            all += text_.plain(token);
            odd = odd || token.kind == TokenKind::mixed || (pieces == 2 && token.kind == TokenKind::number);
            const std::size_t letters = std::min(all.find_first_not_of("0123456789"), all.size());
            const std::size_t tail = std::min(all.find_first_of("0123456789", letters), all.size());
            const std::size_t count = tail - letters;
            const std::string department = all.substr(tail);
            const bool known = department.size() == 2 && is_digit(department[0]) &&
                               (is_digit(department[1]) || ((department[1] == 'A' || department[1] == 'B') && department[0] == '2'));
            if (pieces > 1 && odd && letters >= 3 && letters <= 4 && count >= 2 && count <= 3 && known) {
                return at;
            }
        }
        return i;
    }

    RedactedText& text_;
};

}  // namespace

void find_plates(RedactedText& text) {
    PlateReader(text).run();
}

}  // namespace vigie::intake
