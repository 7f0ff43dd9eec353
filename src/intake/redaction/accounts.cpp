// Names of accounts on social networks: what a network's name announces, and what is written with an underscore.
#include "intake/redaction/token.h"

namespace vigie::intake {
namespace {

constexpr std::size_t fillers_max = 6;  // words between the network and the account

class AccountReader {
  public:
    explicit AccountReader(RedactedText& text) : text_(text) {}

    void run() {
        for (std::size_t i = 0; i < size(); ++i) {
            if (at(i).removed != Removed::none) {
                continue;
            }
            if (at(i).is_wordlike() && at(i).has(WordRole::network)) {
                announced(i);
            } else if (text_.mark(i) == '_') {
                underscore(i);
            }
        }
    }

  private:
    [[nodiscard]] const Token& at(std::size_t i) const { return text_.tokens[i]; }
    [[nodiscard]] std::size_t size() const { return text_.tokens.size(); }
    [[nodiscard]] bool is_value(std::size_t i) const {
        return text_.is(i, TokenKind::word) || text_.is(i, TokenKind::number) || text_.is(i, TokenKind::mixed);
    }
    [[nodiscard]] bool is_tie(std::size_t i) const { return text_.mark(i) == '_' || text_.mark(i) == '.' || text_.mark(i) == '-'; }

    /// Words, numbers and their ties without a space between, from `first` on.
    [[nodiscard]] std::size_t glued_end(std::size_t first) const {
        std::size_t end = first + 1;
        while (end < size() && !at(end).space_before && (is_tie(end) || is_value(end))) {
            ++end;
        }
        while (end > first + 1 && (text_.mark(end - 1) == '.' || text_.mark(end - 1) == '-')) {
            --end;
        }
        return end;
    }

    void underscore(std::size_t i) {
        std::size_t first = i;
        while (first > 0 && !at(first).space_before && (is_tie(first - 1) || is_value(first - 1))) {
            --first;
        }
        const std::size_t end = glued_end(first);
        const bool inside = i > first && i + 1 < end;  // "_12_" around a number is a way to underline
        const bool word = text_.is(first, TokenKind::word) || text_.is(first, TokenKind::mixed) || text_.is(end - 1, TokenKind::word);
        if (inside && word) {
            text_.remove_tokens(first, end, Removed::account);
        }
    }

    void announced(std::size_t i) {
        constexpr std::array<KnownWord, 16> fillers{
            {"sous", "le", "de", "du", "d", "l", "utilisateur", "est", "c", "cest", "mon", "son", "ma", "sa", "ses", "svp"}};
        std::size_t j = i + 1;
        bool said = text_.is_word(i, "pseudo") || text_.is_word(i, "pseudonyme");
        for (std::size_t filled = 0; j < size() && filled < fillers_max; ++j) {
            const char mark = text_.mark(j);
            if (mark == ':' || mark == '=' || mark == '"' || mark == '@') {
                said = true;
                continue;
            }
            if (mark == '\'' && filled > 0) {
                continue;
            }
            const bool account =
                text_.is_word(j, "pseudo") || text_.is_word(j, "nom") || text_.is_word(j, "compte") || text_.is_word(j, "profil");
            bool filler = account;
            for (const KnownWord word : fillers) {
                filler = filler || (at(j).hash == word.hash && text_.is(j, TokenKind::word));
            }
            if (!filler) {
                break;
            }
            said = said || account || text_.is_word(j, "c") || text_.is_word(j, "cest") || text_.is_word(j, "est");
            ++filled;
        }
        if (j >= size() || !is_value(j) || at(j).removed != Removed::none) {
            return;
        }
        const std::size_t end = glued_end(j);
        const bool tied = end > j + 1;
        constexpr WordRoles little =
            bit(WordRole::determiner) | bit(WordRole::preposition) | bit(WordRole::conjunction) | bit(WordRole::pronoun);
        const bool ordinary = text_.is(j, TokenKind::word) && !tied && at(j).has_any(little | bit(WordRole::verb));
        if ((said && !ordinary) || tied || (at(j).kind != TokenKind::number && at(j).roles == 0) || at(j).kind == TokenKind::mixed) {
            text_.remove_tokens(j, end, Removed::account);
        }
    }

    RedactedText& text_;
};

}  // namespace

void find_accounts(RedactedText& text) {
    AccountReader(text).run();
}

}  // namespace vigie::intake
