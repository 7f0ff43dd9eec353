// Numbers written in figures. A number stays when it is a time, a date of the facts, a count, an amount or a measure; phones,
// cards, dates of birth and every long number that is none of those go.
#include <algorithm>
#include <string>

#include "intake/redaction/figures.h"
#include "intake/redaction/token.h"

namespace vigie::intake {
namespace {

constexpr int facts_since = 2010;  // an older date in a logbook is a date of birth
constexpr int facts_until = 2099;
constexpr std::size_t groups_max = 40;  // of digits in one number

struct Group {
    std::size_t token = 0;
    std::string figures;
    char separator = 0;  ///< before it: ' ', '.', '-', '/', ':', ',', or '*' for several
};

int value_of(const std::string& figures) {
    return figures.size() > 6 ? 1'000'000 : std::stoi(figures);
}

/// The groups of digits from token i on, joined by one or two marks.
std::vector<Group> groups_from(const RedactedText& text, std::size_t i) {
    std::vector<Group> groups;
    char separator = 0;
    for (std::size_t j = i; j < text.tokens.size() && groups.size() < groups_max;) {
        std::string figures = figures_of(text, j);
        const char before = j > 0 ? text.mark(j - 1) : '\0';
        if (figures.empty() && text.is(j, TokenKind::word) && text.tokens[j].size() == 1 && (before == '(' || before == ')')) {
            const char digit = digit_read(text.text.plain[text.tokens[j].begin]);  // "+33 (O)1", "(0)l 19"
            figures = digit == '0' || digit == '1' ? std::string(1, digit) : std::string();
        }
        if (figures.empty()) {
            break;
        }
        groups.push_back({j, std::move(figures), separator});
        std::size_t next = j + 1;
        separator = 0;
        std::size_t marks = 0;
        for (; next < text.tokens.size() && text.tokens[next].kind == TokenKind::mark && marks < 3; ++next, ++marks) {
            const char mark = text.mark(next);
            if (std::string_view("./-:,()_*").find(mark) == std::string_view::npos ||
                (mark == ',' && next + 1 < text.tokens.size() && text.tokens[next + 1].space_before)) {
                return groups;
            }
            separator = separator == 0 ? mark : '*';
        }
        if (next >= text.tokens.size()) {
            break;
        }
        separator = separator == 0 ? ' ' : separator != '*' && text.tokens[next].space_before ? '*' : separator;
        j = next;
    }
    return groups;
}

class NumberReader {
  public:
    explicit NumberReader(RedactedText& text) : text_(text) {}

    void run() {
        for (std::size_t i = 0; i < text_.tokens.size(); ++i) {
            const Token& token = text_.tokens[i];
            if (token.removed != Removed::none) {
                continue;
            }
            if (token.kind == TokenKind::number || token.kind == TokenKind::mixed) {
                misread_sex(i);
                i = read_number(i);
            }
        }
    }

  private:
    void remove(std::size_t first, std::size_t last, Removed removed) { text_.remove_tokens(first, last + 1, removed); }
    [[nodiscard]] bool joined(std::size_t i) const { return i < text_.tokens.size() && !text_.tokens[i].space_before; }

    /// "l 91 04 69 032 248 50": the first figure of a social security number, read as a letter.
    void misread_sex(std::size_t i) {
        const std::size_t one = i > 1 && text_.mark(i - 1) == '.' ? i - 2 : i - 1;
        if (i == 0 || !(text_.is_word(one, "l") || text_.is_word(one, "i"))) {
            return;
        }
        constexpr std::array<std::size_t, 5> sizes{2, 2, 2, 3, 3};
        const std::vector<Group> groups = groups_from(text_, i);
        bool fits = groups.size() >= sizes.size();
        for (std::size_t k = 0; fits && k < sizes.size(); ++k) {
            fits = groups[k].figures.size() == sizes[k];
        }
        if (fits) {
            remove(one, groups[std::min<std::size_t>(groups.size(), sizes.size() + 1) - 1].token, Removed::nir);
        }
    }

    std::size_t read_number(std::size_t i) {
        const std::vector<Group> groups = groups_from(text_, i);
        if (groups.empty()) {
            read_mixed(i);
            return i;
        }
        for (std::size_t g = 0; g < groups.size();) {
            g += read_group(groups, g);
        }
        return groups.back().token;
    }

    [[nodiscard]] std::size_t read_group(const std::vector<Group>& groups, std::size_t g) {
        for (const auto reader : {&NumberReader::social_security, &NumberReader::net_address, &NumberReader::degrees, &NumberReader::phone,
                                  &NumberReader::long_number}) {
            if (const std::size_t count = (this->*reader)(groups, g); count > 0) {
                return count;
            }
        }
        return 1;
    }

    std::size_t take(const std::vector<Group>& groups, std::size_t g, std::size_t count, Removed removed) {
        std::size_t first = groups[g].token;
        if (first > 0 && text_.mark(first - 1) == '(' && text_.mark(groups[g].token + 1) == ')' && count > 1) {
            --first;  // "(0)6"
        }
        if (first > 0 && text_.mark(first - 1) == '+') {
            --first;
        }
        remove(first, groups[g + count - 1].token, removed);
        return count;
    }

    /// 1 85 03 13 055 123 45, with or without its key.
    std::size_t social_security(const std::vector<Group>& groups, std::size_t g) {
        const std::string& first = groups[g].figures;
        if (first[0] < '1' || first[0] > '8' ||
            (first.size() != 1 && first.size() != 3 && first.size() != 5 && first.size() != 7 && first.size() < 13)) {
            return 0;
        }
        std::size_t total = 0;
        std::size_t best = 0;
        for (std::size_t k = g; k < groups.size() && (k == g || groups[k].separator != ','); ++k) {
            total += groups[k].figures.size();
            best = total == 13 || total == 15 ? k - g + 1 : best;
            if (total >= 15) {
                break;
            }
        }
        if (best == 0 || (first.size() < 13 && best < 3)) {
            return 0;
        }
        std::string all;
        for (std::size_t k = g; k < g + best; ++k) {
            all += groups[k].figures;
        }
        const int month = std::stoi(all.substr(3, 2));
        const bool likely = first.size() != 1 || (groups[g + 1].figures.size() == 2 && (month <= 12 || month >= 20));
        return likely ? take(groups, g, best, class_of(groups, g, best)) : 0;
    }

    std::size_t net_address(const std::vector<Group>& groups, std::size_t g) {
        if (g + 3 >= groups.size() || (g + 4 < groups.size() && groups[g + 4].separator == '.')) {
            return 0;
        }
        for (std::size_t k = 0; k < 4; ++k) {
            if (groups[g + k].figures.size() > 3 || value_of(groups[g + k].figures) > 255 || (k > 0 && groups[g + k].separator != '.')) {
                return 0;
            }
        }
        return take(groups, g, 4, Removed::device);
    }

    /// 43.29651 or 43,29651; 43°17'47"
    std::size_t degrees(const std::vector<Group>& groups, std::size_t g) {
        const std::size_t token = groups[g].token;
        if (g + 1 < groups.size() && groups[g].figures.size() <= 3 && groups[g + 1].figures.size() >= 4 &&
            (groups[g + 1].separator == '.' || groups[g + 1].separator == ',') && joined(groups[g + 1].token)) {
            return take(groups, g, 2, Removed::position);
        }
        if (text_.mark(token + 1) == degree_sign && text_.is(token + 2, TokenKind::number) && text_.is(token + 4, TokenKind::number)) {
            std::size_t last = token + 4;
            while (last + 1 < text_.tokens.size() &&
                   (text_.tokens[last + 1].kind == TokenKind::mark || text_.tokens[last + 1].kind == TokenKind::number) &&
                   joined(last + 1)) {
                ++last;
            }
            remove(token, last, Removed::position);
            return 1;
        }
        return 0;
    }

    std::size_t phone(const std::vector<Group>& groups, std::size_t g) {
        const std::string& first = groups[g].figures;
        const std::size_t token = groups[g].token;
        const bool plus = token > 0 && text_.mark(token - 1) == '+';
        const bool abroad = plus || first.starts_with("00");
        if (!abroad && (first[0] != '0' || first.size() == 1) && !(first == "0" && text_.mark(token + 1) == ')')) {
            return 0;
        }
        std::size_t total = 0;
        std::size_t best = 0;
        for (std::size_t k = g; k < groups.size(); ++k) {
            if (k > g && (groups[k].separator == ',' || groups[k].separator == ':')) {
                break;
            }
            total += groups[k].figures.size();
            if (total > (abroad ? 15U : 11U)) {
                break;
            }
            best = total >= 8 ? k - g + 1 : best;
            if (!abroad && total == 10) {
                break;
            }
        }
        return best == 0 ? 0 : take(groups, g, best, Removed::phone);
    }

    [[nodiscard]] bool unit_follows(std::size_t token) const {
        std::size_t i = token + 1;
        if (i < text_.tokens.size() && text_.tokens[i].kind == TokenKind::mark) {
            const auto shown = std::string_view(text_.text.shown).substr(text_.text.at[text_.tokens[i].begin]);
            return shown.starts_with("€") || shown.starts_with("%") || shown.starts_with("$");
        }
        if (i >= text_.tokens.size() || text_.tokens[i].kind != TokenKind::word) {
            return false;
        }
        const std::string word = lower_case(text_.plain(text_.tokens[i]));
        constexpr std::array<std::string_view, 15> units{"euro", "eur", "e",  "km", "m",   "g",  "kg", "h",
                                                         "cc",   "w",   "ml", "l",  "ans", "hz", "db"};
        const bool plural = word.size() > 3 && (word.back() == 's' || word.back() == 'x') && text_.tokens[i].has(WordRole::lexicon);
        return plural || std::find(units.begin(), units.end(), word) != units.end();
    }

    std::size_t long_number(const std::vector<Group>& groups, std::size_t g) {
        std::size_t total = groups[g].figures.size();
        std::size_t count = 1;
        bool thousands = groups[g].figures.size() <= 3;
        while (g + count < groups.size() && groups[g + count].separator != ',' && groups[g + count].separator != ':') {
            // A phone that begins here is read as one.
            if (groups[g + count].figures[0] == '0' && groups[g + count].figures.size() == 2 && g + count + 4 < groups.size() &&
                total < 8) {
                break;
            }
            thousands = thousands && groups[g + count].figures.size() == 3;
            total += groups[g + count].figures.size();
            ++count;
        }
        const std::size_t last = groups[g + count - 1].token;
        constexpr std::size_t count_figures_max = 5;
        if (total <= 3 || (unit_follows(last) && (thousands || (count == 1 && total <= count_figures_max)))) {
            return count;
        }
        if (count == 1) {
            return keeps_short(groups[g]) ? 1 : take(groups, g, 1, class_of(groups, g, 1));
        }
        if (total >= 7) {
            return take(groups, g, count, class_of(groups, g, count));
        }
        return 1;
    }

    /// One group of four digits or more that may stay: a year, a time after its word, a postal code, a date.
    [[nodiscard]] bool keeps_short(const Group& group) const {
        const int value = value_of(group.figures);
        const std::size_t before = group.token == 0 ? text_.tokens.size() : group.token - 1;
        if (group.figures.size() == 4) {
            const bool year = value >= facts_since - 20 && value <= facts_until;
            const bool after_word = text_.has(before, WordRole::preposition) || text_.is_word(before, "heure") ||
                                    text_.is_word(before, "heures") || before == text_.tokens.size();
            const bool time = value / 100 < 24 && value % 100 < 60 && after_word;
            const bool historic = value >= 1900 && value <= facts_until &&
                                  (text_.has(before, WordRole::month) || text_.is_word(before, "en") || text_.tokens[group.token].place);
            return year || time || historic || text_.tokens[group.token].place;
        }
        if (group.figures.size() == 5) {
            return group.figures.starts_with("13") && value <= 13999;
        }
        if (group.figures.size() == 8) {
            const int year = std::stoi(group.figures.substr(0, 4));
            const int month = std::stoi(group.figures.substr(4, 2));
            return year >= facts_since && year <= 2050 && month >= 1 && month <= 12 && std::stoi(group.figures.substr(6, 2)) <= 31;
        }
        return false;
    }

    static Removed class_of(const std::vector<Group>& groups, std::size_t g, std::size_t count) {
        std::string all;
        for (std::size_t k = g; k < g + count; ++k) {
            all += groups[k].figures;
        }
        const bool nir = (all[0] >= '1' && all[0] <= '4') && (all.size() == 13 || all.size() == 15);
        return nir                                    ? Removed::nir
               : all.size() == 15                     ? Removed::device
               : all.size() >= 14 && all.size() <= 19 ? Removed::card
                                                      : Removed::number;
    }

    /// Letters and figures in one word: a measure, a time, a road stay; the rest is a plate or a number of something.
    void read_mixed(std::size_t i) {
        const Token& token = text_.tokens[i];
        const std::string word = lower_case(text_.plain(token));
        if (token.roles != 0 || is_measure(word) || is_road(i, word)) {
            return;
        }
        const auto digits = static_cast<std::size_t>(std::count_if(word.begin(), word.end(), is_digit));
        if (digits * 2 < word.size() && digits < 3) {
            remove(i, i, Removed::name);
            return;
        }
        // "AB-123CD", "1-ABC-123": what is tied to it by hyphens goes with it.
        std::size_t first = i;
        while (first >= 2 && text_.mark(first - 1) == '-' && joined(first) && joined(first - 1) &&
               text_.tokens[first - 2].kind != TokenKind::mark && text_.tokens[first - 2].size() <= 4) {
            first -= 2;
        }
        const bool nir = digits >= 12;
        remove(first, i, nir ? Removed::nir : digits >= 2 && word.size() - digits >= 2 ? Removed::plate : Removed::number);
    }

    static bool is_measure(const std::string& word) {
        const std::size_t letters = word.find_first_not_of("0123456789");
        if (letters == 0 || letters > 5) {
            return false;
        }
        const std::size_t more = word.find_first_of("0123456789", letters);
        const std::string unit = word.substr(letters, more == std::string::npos ? more : more - letters);
        constexpr std::array<std::string_view, 46> units{"h", "hr",  "hrs", "mn",  "min",   "m",    "km", "kms", "kmh", "cm",  "mm",  "kg",
                                                         "g", "gr",  "mg",  "l",   "cl",    "ml",   "cc", "ch",  "cv",  "db",  "dba", "w",
                                                         "v", "e",   "er",  "ere", "eme",   "ieme", "nd", "nde", "d",   "ans", "an",  "j",
                                                         "s", "sec", "x",   "eur", "euros", "k",    "rm", "r",   "vl",  "pers"};
        if (std::find(units.begin(), units.end(), unit) == units.end()) {
            return false;
        }
        if (more != std::string::npos && unit != "h" && unit != "m" && unit != "x" && unit != "e" && unit != "mn" && unit != "min") {
            return false;
        }
        // 15h30, 15h30min, 4x4, 1m80; anything longer is no measure.
        const std::size_t tail = more == std::string::npos                                         ? 0
                                 : word.find_first_not_of("0123456789", more) == std::string::npos ? word.size() - more
                                                                                                   : 3;
        return tail <= 2 || word.ends_with("min") || word.ends_with("mn");
    }

    bool is_road(std::size_t i, const std::string& word) const {
        const std::size_t figures = word.find_first_of("0123456789");
        if (figures == 0 || figures > 3 || word.find_first_not_of("0123456789", figures) != std::string::npos ||
            word.size() - figures > 3) {
            return false;
        }
        const std::string letters = word.substr(0, figures);
        if (letters.size() >= 2 && (text_.lexicon.roles_of(hash_of_word(letters)) & bit(WordRole::sigle)) != 0) {
            return true;  // VP12, PM13
        }
        constexpr std::array<std::string_view, 18> roads{"a", "n", "d", "m", "t",  "b",  "c",  "x",  "r",
                                                         "l", "f", "p", "e", "rn", "rd", "rm", "rp", "n°"};
        return std::find(roads.begin(), roads.end(), letters) != roads.end() && (i == 0 || text_.mark(i - 1) != '#');
    }

    RedactedText& text_;
};

}  // namespace

void find_numbers(RedactedText& text) {
    NumberReader(text).run();
}

}  // namespace vigie::intake
