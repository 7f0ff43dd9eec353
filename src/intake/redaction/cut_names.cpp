// Names that a scanner cut in two: "Ramaz an KESKIN", "Chant al BARBET", "M. Sa ntos". The pieces joined are a name of the lists.
#include <algorithm>
#include <string>

#include "intake/redaction/person_words.h"

namespace vigie::intake {
namespace {

constexpr std::size_t piece_letters_max = 6;  // a longer piece is a word of its own

class CutNames : private PersonWords {
  public:
    explicit CutNames(RedactedText& text) : PersonWords(text) {}

    void run() {
        for (std::size_t i = 0; i + 1 < size(); ++i) {
            first_piece(i);
            middle_piece(i);
        }
        last_piece(size() - 1);
    }

  private:
    [[nodiscard]] bool is_piece(std::size_t i) const {
        return i < size() && is_free_word(i) && !at(i).place && at(i).size() <= piece_letters_max;
    }
    [[nodiscard]] bool is_name_word(std::size_t i) const { return is_name(i) && at(i).kind == TokenKind::word; }
    [[nodiscard]] bool is_joined_name(std::size_t left, std::size_t right) const {
        std::string both(text_.plain(at(left)));
        both += text_.plain(at(right));
        std::transform(both.begin(), both.end(), both.begin(), [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; });
        return (text_.lexicon.roles_of(hash_of_word(both)) & name_roles) != 0;
    }
    [[nodiscard]] bool after_title(std::size_t i) const {
        return i > 0 &&
               (at(i - 1).has(WordRole::person_title) || (text_.mark(i - 1) == '.' && i > 1 && at(i - 2).has(WordRole::person_title)));
    }

    /// The piece before one that went, or before another one with which it makes a name beside a name.
    void first_piece(std::size_t i) {
        if (!is_piece(i) || at(i + 1).kind != TokenKind::word || !at(i + 1).space_before || !is_joined_name(i, i + 1) ||
            (at(i).has_any(everyday) && at(i + 1).has_any(everyday))) {
            return;
        }
        const bool small = at(i).has_any(little | bit(WordRole::auxiliary)) || at(i).size() < 2;
        if (is_name_word(i + 1) && (!small || at(i + 1).roles == 0)) {
            take(i);
        } else if (is_piece(i + 1) && is_name_word(i + 2) && (is_capital(i) || !text_.capitals_tell) &&
                   !(small && at(i + 1).has_any(little))) {
            take(i);
            take(i + 1);
        }
    }
    /// The piece between two names, or after one to which it belongs.
    void middle_piece(std::size_t i) {
        if (i == 0 || !is_piece(i) || text_.mark(i - 1) != 0 || !is_name_word(i - 1)) {
            return;
        }
        constexpr std::size_t short_piece = 4;
        constexpr WordRoles sure =
            bit(WordRole::conjunction) | bit(WordRole::preposition) | bit(WordRole::verb) | bit(WordRole::auxiliary) | bit(WordRole::unit);
        const bool name_right = is_name_word(i + 1);
        const bool small = at(i).has_any(little | bit(WordRole::auxiliary));
        const bool joined = at(i).size() > 1 && is_joined_name(i - 1, i);
        if ((joined && (!small || name_right || after_title(i - 1))) ||
            (name_right && at(i).size() <= short_piece && !at(i).has_any(sure))) {
            take(i);
        }
    }
    void last_piece(std::size_t i) {
        const bool small = is_piece(i) && at(i).has_any(little | bit(WordRole::auxiliary));
        if (i < size() && i > 0 && is_piece(i) && !small && at(i).size() > 1 && is_name_word(i - 1) && is_joined_name(i - 1, i)) {
            take(i);
        }
    }
};

}  // namespace

void find_cut_names(RedactedText& text) {
    if (!text.tokens.empty()) {
        CutNames(text).run();
    }
}

}  // namespace vigie::intake
