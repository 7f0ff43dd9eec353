// What is said instead of written: numbers in words, the radio alphabet, letters one by one, « arobase ».
#include <algorithm>

#include "intake/redaction/token.h"

namespace vigie::intake {
namespace {

constexpr int numbers_of_a_phone = 4;  // said one after the other; a single number in words is a count

class SpokenReader {
  public:
    explicit SpokenReader(RedactedText& text) : text_(text) {}

    void run() {
        for (std::size_t i = 0; i < size(); ++i) {
            if ((at(i).removed != Removed::none && at(i).kind != TokenKind::bracketed) || at(i).place) {
                continue;
            }
            if (is_at_sign(i)) {
                mail(i);
            } else if (at(i).has(WordRole::number) || at(i).has(WordRole::radio) || is_single(i) || text_.is(i, TokenKind::number)) {
                i = run_of_values(i);
            }
        }
    }

  private:
    [[nodiscard]] const Token& at(std::size_t i) const { return text_.tokens[i]; }
    [[nodiscard]] std::size_t size() const { return text_.tokens.size(); }
    [[nodiscard]] bool is_single(std::size_t i) const { return text_.is(i, TokenKind::word) && at(i).size() == 1; }

    [[nodiscard]] bool is_at_sign(std::size_t i) const {
        for (const KnownWord word : {KnownWord("arobase"), KnownWord("arobaze"), KnownWord("arrobase"), KnownWord("arobas"),
                                     KnownWord("arobasse"), KnownWord("arobace")}) {
            if (text_.is_word(i, word)) {
                return true;
            }
        }
        const bool commercial = text_.is_word(i, "commercial") && i > 0 && text_.is_word(i - 1, "a");  // as @ is called too
        if (!(text_.is_word(i, "at") || commercial) || i == 0) {
            return false;
        }
        if (text_.mark(i - 1) == '(' || text_.mark(i - 1) == '[') {
            return true;
        }
        constexpr std::size_t words_of_a_host_max = 5;
        for (std::size_t j = i + 1; j < size() && j <= i + words_of_a_host_max; ++j) {
            const bool ending = text_.is_word(j + 1, "fr") || text_.is_word(j + 1, "com") || text_.is_word(j + 1, "net") ||
                                text_.is_word(j + 1, "org") || text_.is_word(j + 1, "eu") || text_.mark(j + 1) == ')';
            if ((is_said_mark(j) || (text_.mark(j) == '.' && !at(j).space_before)) && ending) {
                return true;
            }
        }
        return false;
    }
    /// The brackets of "(point)".
    [[nodiscard]] bool is_around_said_mark(std::size_t i) const {
        return (text_.mark(i) == '(' && is_said_mark(i + 1)) || (text_.mark(i) == ')' && i > 0 && is_said_mark(i - 1));
    }
    [[nodiscard]] bool is_said_mark(std::size_t i) const {
        return text_.is_word(i, "point") || text_.is_word(i, "dot") || text_.is_word(i, "tiret") || text_.is_word(i, "underscore") ||
               text_.is_word(i, "bas") || text_.is_word(i, "pt");
    }

    void mail(std::size_t i) {
        std::size_t first = i;
        while (first > 0 && (text_.mark(first - 1) == '(' || text_.mark(first - 1) == '[')) {
            --first;
        }
        bool tied = true;
        while (first > 0) {
            const std::size_t before = first - 1;
            const bool mark = text_.mark(before) == '.' || text_.mark(before) == '_' || text_.mark(before) == '-' || is_said_mark(before) ||
                              is_around_said_mark(before);
            if (!mark &&
                !(tied && (at(before).is_wordlike() || at(before).kind == TokenKind::number || at(before).removed != Removed::none))) {
                break;
            }
            tied = mark || at(before).kind == TokenKind::number || is_single(before);
            --first;
        }
        std::size_t last = i;
        while (last + 1 < size() && (text_.mark(last + 1) == ')' || text_.mark(last + 1) == ']')) {
            ++last;
        }
        tied = true;
        while (last + 1 < size()) {
            const std::size_t next = last + 1;
            const bool mark = (text_.mark(next) == '.' && next + 1 < size() && !at(next + 1).space_before) || text_.mark(next) == '-' ||
                              is_said_mark(next) || is_around_said_mark(next);
            if (!mark && !(tied && at(next).is_wordlike())) {
                break;
            }
            tied = mark;
            ++last;
        }
        text_.remove_tokens(first, last + 1, Removed::mail);
    }

    struct Values {
        int numbers = 0;
        int radio = 0;
        int letters = 0;
        int figures = 0;
        bool zero_first = false;
    };

    /// Whether the words before made a number that this word goes on ("vingt" + "deux").
    [[nodiscard]] bool goes_on(std::size_t i, std::size_t before) const {
        const auto tens = [&](std::size_t k) {
            for (const KnownWord word :
                 {KnownWord("vingt"), KnownWord("vingts"), KnownWord("trente"), KnownWord("quarante"), KnownWord("cinquante"),
                  KnownWord("soixante"), KnownWord("septante"), KnownWord("huitante"), KnownWord("octante"), KnownWord("nonante"),
                  KnownWord("cent"), KnownWord("cents"), KnownWord("mille"), KnownWord("dix")}) {
                if (text_.is_word(k, word)) {
                    return true;
                }
            }
            return false;
        };
        const bool big = text_.is_word(i, "cent") || text_.is_word(i, "cents") || text_.is_word(i, "mille") || text_.is_word(i, "vingt") ||
                         text_.is_word(i, "vingts");
        return at(before).has(WordRole::number) && (big || tens(before));
    }

    std::size_t run_of_values(std::size_t i) {
        Values values;
        values.zero_first = text_.is_word(i, "zero") || text_.is_word(i, "zeros");
        std::size_t end = i;
        std::size_t last = i;
        std::size_t previous = size();
        for (; end < size(); ++end) {
            const char mark = text_.mark(end);
            if ((mark == '-' || mark == '.' || mark == '\'' || mark == '_' || mark == '/' || mark == ',') && end > i) {
                continue;
            }
            if (at(end).removed != Removed::none || at(end).place) {
                break;
            }
            if (at(end).has(WordRole::number)) {
                values.numbers += previous < size() && goes_on(end, previous) ? 0 : 1;
            } else if (at(end).has(WordRole::radio)) {
                ++values.radio;
            } else if (is_single(end)) {
                const bool verb =
                    text_.is_word(end, "a") && at(end).capitals == Capitals::none && end > i && at(last).capitals != Capitals::none;
                if (verb) {
                    break;  // "P.V. a été"
                }
                ++values.letters;
            } else if (text_.is(end, TokenKind::number) && at(end).size() <= 4) {
                ++values.figures;
            } else if (text_.is_word(end, "et") && end > i) {
                continue;
            } else {
                break;
            }
            previous = end;
            last = end;
        }
        decide(i, last + 1, values);
        return last;
    }

    void decide(std::size_t first, std::size_t past, const Values& values) {
        const int letters = values.radio + values.letters;
        const int numbers = values.numbers + values.figures;
        if (values.radio >= 1 && numbers >= 1 && (values.radio >= 2 || values.letters >= 1)) {
            text_.remove_tokens(first, past, Removed::plate);
        } else if (values.radio >= 2) {
            text_.remove_tokens(first, past, Removed::name);
        } else if (values.radio == 1 && numbers >= 1 && letters == 1) {
            text_.remove_tokens(first, past, Removed::agent);
        } else if (values.numbers >= 1 && ((values.zero_first && numbers >= 3) || numbers >= numbers_of_a_phone)) {
            text_.remove_tokens(first, past, Removed::phone);
        } else if (values.letters == 2 && numbers == 0 && first > 0 && is_spelling_cue(first - 1)) {
            text_.remove_tokens(first, past, Removed::name);
        } else if (values.letters >= 3 && spelled(first, past) && numbers <= 1) {
            text_.remove_tokens(first, past, Removed::name);
        } else if (values.letters >= 2 && numbers >= 1 && values.numbers >= 1 && spelled(first, past)) {
            text_.remove_tokens(first, past, Removed::plate);
        }
    }

    /// "avec L, Y", "ça se prononce L E".
    [[nodiscard]] bool is_spelling_cue(std::size_t i) const {
        const std::size_t word = text_.mark(i) != 0 && i > 0 ? i - 1 : i;
        return text_.is_word(word, "avec") || text_.is_word(word, "prononce") || text_.is_word(word, "ecrit") ||
               text_.is_word(word, "epelle") || text_.is_word(word, "epele");
    }

    /// Letters one by one: three or more that are not an abbreviation of ours.
    [[nodiscard]] bool spelled(std::size_t first, std::size_t past) const {
        std::uint64_t hash = word_hash_seed;
        std::size_t letters = 0;
        for (std::size_t i = first; i < past; ++i) {
            if (is_single(i)) {
                const char c = text_.text.plain[at(i).begin];
                hash = add_to_word_hash(hash, c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c);
                ++letters;
            }
        }
        const WordRoles roles = text_.lexicon.roles_of(finish_word_hash(hash));
        const bool ours = (roles & bit(WordRole::sigle)) != 0;
        return letters >= 2 && !ours;
    }

    RedactedText& text_;
};

}  // namespace

void find_spoken(RedactedText& text) {
    SpokenReader(text).run();
}

}  // namespace vigie::intake
