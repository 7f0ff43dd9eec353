#include "intake/redaction/token.h"

#include <algorithm>
#include <iterator>
#include <string>
#include <utility>

namespace vigie::intake {
namespace {

constexpr std::array<std::string_view, removed_classes> brackets{
    "",        "[nom]",      "[téléphone]",         "[plaque]", "[courriel]", "[NIR]",  "[IBAN]",
    "[carte]", "[compte]",   "[date de naissance]", "[numéro]", "[logement]", "[code]", "[matricule]",
    "[pièce]", "[appareil]", "[position]",          "[texte]"};
constexpr std::array<std::string_view, removed_classes> plain_brackets{
    "",        "[nom]",      "[telephone]",         "[plaque]", "[courriel]", "[nir]",  "[iban]",
    "[carte]", "[compte]",   "[date de naissance]", "[numero]", "[logement]", "[code]", "[matricule]",
    "[piece]", "[appareil]", "[position]",          "[texte]"};
constexpr double shape_of_a_name = 0.25;      // log-odds a letter; a slip of the pen of an ordinary word is below
constexpr std::size_t word_letters_max = 40;  // longer is no word, and is not looked for among slips

bool is_letter(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == damaged_letter || c == foreign_letter;
}
bool is_digit(char c) {
    return c >= '0' && c <= '9';
}
char lower(char c) {
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
}

Removed bracket_at(std::string_view plain, std::size_t at, std::size_t& length) {
    for (std::size_t i = 1; i < removed_classes; ++i) {
        const std::string_view wanted = plain_brackets[i];
        if (plain.size() - at >= wanted.size() && std::equal(wanted.begin(), wanted.end(), plain.begin() + static_cast<std::ptrdiff_t>(at),
                                                             [](char a, char b) { return a == lower(b); })) {
            length = wanted.size();
            return static_cast<Removed>(i);
        }
    }
    return Removed::none;
}

/// Digits that a scanner or a joker puts for letters.
std::string letters_for_digits(std::string word, char one) {
    for (char& c : word) {
        switch (c) {
            case '0':
                c = 'o';
                break;
            case '1':
                c = one;
                break;
            case '3':
                c = 'e';
                break;
            case '4':
                c = 'a';
                break;
            case '5':
                c = 's';
                break;
            case '7':
                c = 't';
                break;
            case '8':
                c = 'b';
                break;
            case '9':
                c = 'g';
                break;
            default:
                break;
        }
    }
    return word;
}

class SlipReader {
  public:
    explicit SlipReader(const RedactionLexicon& lexicon) : lexicon_(lexicon) {}

    /// Roles of a word that no list holds as it is written, or none.
    [[nodiscard]] WordRoles read(const std::string& word) const {
        if (word.size() > word_letters_max || word.find(foreign_letter) != std::string::npos) {
            return 0;
        }
        if (const auto lost = word.find(damaged_letter); lost != std::string::npos) {
            return with_lost_letter(word, lost);
        }
        WordRoles roles = 0;
        if (std::any_of(word.begin(), word.end(), is_digit)) {
            for (const char one : {'l', 'i'}) {
                const std::string letters = letters_for_digits(word, one);
                const WordRoles read = lexicon_.roles_of(hash_of_word(letters));
                const bool name = (read & (bit(WordRole::first_name) | bit(WordRole::family_name))) != 0;
                roles = roles == 0 || name ? read : roles;
                roles = roles != 0 || letters.size() < 3 ? roles : confused(letters);
            }
            return roles;
        }
        roles = word.size() >= 4 ? confused(word) : 0;
        roles = roles != 0 ? roles : without_apostrophe(word);
        return roles != 0 ? roles : without_stretch(word);
    }

  private:
    [[nodiscard]] WordRoles with_lost_letter(std::string word, std::size_t lost) const {
        WordRoles roles = 0;
        for (const char letter : std::string_view("eaciou")) {
            word[lost] = letter;
            const auto next = word.find(damaged_letter);
            roles |= next == std::string::npos ? lexicon_.roles_of(hash_of_word(word)) : 0;
            if (next != std::string::npos) {
                std::string again = word;
                again[next] = 'e';
                roles |= lexicon_.roles_of(hash_of_word(again));
            }
        }
        // A name among the readings wins: the rest would let it through.
        return roles;
    }

    [[nodiscard]] WordRoles confused(const std::string& word) const {
        constexpr std::array<std::pair<std::string_view, std::string_view>, 10> pairs{{{"rn", "m"},
                                                                                       {"vv", "w"},
                                                                                       {"cl", "d"},
                                                                                       {"ii", "u"},
                                                                                       {"l", "i"},
                                                                                       {"i", "l"},
                                                                                       {"m", "rn"},
                                                                                       {"li", "h"},
                                                                                       {"c", "e"},
                                                                                       {"nn", "m"}}};
        for (const auto& [wrong, right] : pairs) {
            for (auto at = word.find(wrong); at != std::string::npos; at = word.find(wrong, at + 1)) {
                std::string mended = word;
                mended.replace(at, wrong.size(), right);
                if (const WordRoles roles = lexicon_.roles_of(hash_of_word(mended)); is_plain_word(roles, mended)) {
                    return roles;
                }
            }
        }
        return 0;
    }

    [[nodiscard]] static bool is_plain_word(WordRoles roles, const std::string& word) {
        const bool name = (roles & (bit(WordRole::first_name) | bit(WordRole::family_name))) != 0;
        return name || ((roles & (bit(WordRole::everyday) | bit(WordRole::place))) != 0 && word.size() >= 4);
    }

    [[nodiscard]] WordRoles without_apostrophe(const std::string& word) const {
        const std::size_t skip = word.starts_with("qu") ? 2 : 1;
        constexpr std::string_view elided = "ldsnmtjcq";
        constexpr std::string_view vowels = "aeiouyh";
        if (word.size() < skip + 4 || elided.find(word[0]) == std::string_view::npos || vowels.find(word[skip]) == std::string_view::npos) {
            return 0;
        }
        const WordRoles roles = lexicon_.roles_of(hash_of_word(word.substr(skip)));
        return (roles & bit(WordRole::everyday)) != 0 && (roles & bit(WordRole::first_name)) == 0
                   ? bit(WordRole::lexicon) | bit(WordRole::everyday)
                   : 0;
    }

    [[nodiscard]] WordRoles without_stretch(const std::string& word) const {
        std::string short_word;
        for (const char c : word) {
            if (short_word.size() < 2 || short_word.back() != c || short_word[short_word.size() - 2] != c) {
                short_word += c;
            }
        }
        if (short_word.size() == word.size()) {
            return 0;
        }
        WordRoles roles = lexicon_.roles_of(hash_of_word(short_word));
        if (roles == 0) {
            std::string once;
            std::unique_copy(short_word.begin(), short_word.end(), std::back_inserter(once));
            roles = lexicon_.roles_of(hash_of_word(once));
        }
        return roles;
    }

    const RedactionLexicon& lexicon_;
};

void read_word(const RedactionLexicon& lexicon, std::string_view written, Token& token) {
    std::size_t capitals = 0;
    std::uint64_t hash = word_hash_seed;
    for (const char c : written) {
        capitals += c >= 'A' && c <= 'Z' ? 1U : 0U;
        hash = add_to_word_hash(hash, lower(c));
    }
    token.hash = finish_word_hash(hash);
    token.roles = lexicon.roles_of(token.hash);
    const bool starts = written[0] >= 'A' && written[0] <= 'Z';
    token.capitals = starts && capitals > 1 && capitals * 2 > written.size() ? Capitals::all : starts ? Capitals::first : Capitals::none;

    const auto digits = static_cast<std::size_t>(std::count_if(written.begin(), written.end(), is_digit));
    if (token.roles != 0 || digits * 2 > written.size() || written.size() < 2) {
        return;
    }
    std::string word(written);
    std::transform(word.begin(), word.end(), word.begin(), lower);
    token.roles = lexicon.slip_of(token.hash);
    token.roles = token.roles != 0 ? token.roles : SlipReader(lexicon).read(word);
    if (token.roles != 0) {
        token.roles |= bit(WordRole::damaged);
    } else if (token.kind == TokenKind::word && lexicon.is_near_everyday(word) && lexicon.shape().odds(word) < shape_of_a_name) {
        token.roles = bit(WordRole::near);
    }
}

/// A capital and a known word glued to figures: a label that lost its space.
bool begins_label(const RedactionLexicon& lexicon, std::string_view plain, std::size_t at) {
    constexpr std::size_t label_letters_min = 3;
    std::size_t end = at;
    std::uint64_t hash = word_hash_seed;
    bool camel = plain[at] >= 'A' && plain[at] <= 'Z';
    for (; end < plain.size() && is_letter(plain[end]) && end - at < word_letters_max; ++end) {
        camel = camel && (end == at || !(plain[end] >= 'A' && plain[end] <= 'Z'));
        hash = add_to_word_hash(hash, lower(plain[end]));
    }
    constexpr WordRoles known = bit(WordRole::lexicon) | bit(WordRole::everyday) | bit(WordRole::sigle) | bit(WordRole::street);
    return camel && end - at >= label_letters_min && (end >= plain.size() || !is_digit(plain[end])) &&
           (lexicon.roles_of(finish_word_hash(hash)) & known) != 0;
}

/// "logem ent", "gard ien": a scanner's space inside a word. The second piece has the word's roles, both are ordinary.
void join_cut_words(RedactedText& text) {
    constexpr std::size_t joined_letters_min = 6;
    constexpr WordRoles names = bit(WordRole::first_name) | bit(WordRole::family_name);
    constexpr WordRoles known = bit(WordRole::lexicon) | names;
    for (std::size_t i = 0; i + 1 < text.tokens.size(); ++i) {
        Token& left = text.tokens[i];
        Token& right = text.tokens[i + 1];
        const bool pieces = left.kind == TokenKind::word && right.kind == TokenKind::word && right.space_before &&
                            right.capitals == Capitals::none && left.size() + right.size() >= joined_letters_min && left.size() > 1 &&
                            right.size() > 1;
        if (!pieces || ((left.roles & known) != 0 && (right.roles & known) != 0)) {
            continue;
        }
        std::uint64_t hash = word_hash_seed;
        for (const Token* token : {&left, &right}) {
            for (const char c : text.plain(*token)) {
                hash = add_to_word_hash(hash, lower(c));
            }
        }
        const WordRoles roles = text.lexicon.roles_of(finish_word_hash(hash));
        if ((roles & bit(WordRole::everyday)) != 0 && (roles & names) == 0) {
            left.roles = bit(WordRole::lexicon) | bit(WordRole::everyday);
            right.roles = roles;
            right.hash = finish_word_hash(hash);
            ++i;
        }
    }
}

/// Letters and accents that French does not write make a word foreign; look-alikes and hidden characters make it odd.
void read_accents(const RedactionLexicon& lexicon, const PlainText& text, Token& token) {
    constexpr std::size_t short_word = 5;  // in longer ones a wrong accent is a slip
    const std::string_view accents = std::string_view(text.accents).substr(token.begin, token.size());
    const std::size_t first = accents.find_first_not_of(no_accent);
    if (first == std::string_view::npos) {
        return;
    }
    token.foreign = accents.find(foreign_accent) != std::string_view::npos;
    token.odd = accents.find(other_script) != std::string_view::npos || accents.substr(1).find(hidden_before) != std::string_view::npos;
    const bool acute_only = accents.find_first_of("`^:,") == std::string_view::npos;  // "jé", "véh": written as it is heard, cut short
    if (!token.foreign && !token.odd && token.size() <= short_word && token.size() > 1 && !acute_only && token.kind == TokenKind::word) {
        token.foreign = !lexicon.has_accents(accented_hash(std::string_view(text.plain).substr(token.begin, token.size()), accents));
    }
    if (token.size() == 1 && accents[0] == '`') {  // "à" is no verb
        token.roles &= ~(bit(WordRole::auxiliary) | bit(WordRole::verb));
    }
    if (token.foreign) {
        token.roles &= bit(WordRole::first_name) | bit(WordRole::family_name);
    }
}

}  // namespace

std::string_view bracketed(Removed removed) {
    return brackets[static_cast<std::size_t>(removed)];
}

bool ends_like_verb(std::string_view word) {
    std::string lowered(word);
    std::transform(lowered.begin(), lowered.end(), lowered.begin(), lower);
    constexpr std::array<std::string_view, 15> endings{"ait", "ent", "e",  "ee", "es",  "er", "ir", "ant",
                                                       "era", "is",  "it", "if", "ive", "u",  "ue"};
    return std::any_of(endings.begin(), endings.end(), [&](std::string_view ending) { return lowered.ends_with(ending); });
}

void RedactedText::read(std::string_view source) {
    text.read(source);
    tokens.clear();
    tokens.reserve(source.size() / 4 + 8);
    const std::string_view plain = text.plain;
    bool space = true;
    bool inside = false;
    std::size_t low = 0;
    std::size_t high = 0;
    std::size_t written = 0;      // words with a capital and small letters
    bool capital_inside = false;  // one at the beginning says nothing of the rest
    for (std::size_t i = 0; i < plain.size();) {
        if (plain[i] == ' ') {
            space = true;
            ++i;
            continue;
        }
        Token token;
        token.begin = static_cast<std::uint32_t>(i);
        token.space_before = std::exchange(space, false);
        token.inside = inside;
        std::size_t length = 1;
        if (const Removed known = plain[i] == '[' ? bracket_at(plain, i, length) : Removed::none; known != Removed::none) {
            token.kind = TokenKind::bracketed;
            token.removed = known;
            i += length;
        } else if (is_letter(plain[i]) || is_digit(plain[i])) {
            bool letters = false;
            bool digits = false;
            for (; i < plain.size() && (is_letter(plain[i]) || is_digit(plain[i])); ++i) {
                if (digits && !letters && is_letter(plain[i]) && begins_label(lexicon, plain, i)) {
                    break;  // "1992Tél :"
                }
                letters = letters || is_letter(plain[i]);
                digits = digits || is_digit(plain[i]);
            }
            token.kind = letters && digits ? TokenKind::mixed : letters ? TokenKind::word : TokenKind::number;
        } else {
            ++i;
        }
        token.end = static_cast<std::uint32_t>(i);
        if (token.is_wordlike()) {
            read_word(lexicon, plain.substr(token.begin, token.size()), token);
            read_accents(lexicon, text, token);
            low += token.capitals == Capitals::none && token.size() > 1 ? 1U : 0U;
            high += token.capitals != Capitals::none && token.size() > 1 ? 1U : 0U;
            written += token.capitals == Capitals::first && token.size() > 1 ? 1U : 0U;
        }
        capital_inside =
            capital_inside || (token.inside && token.size() > 1 && token.capitals != Capitals::none) || token.removed == Removed::name;
        const char last = plain[token.begin];
        const bool ends =
            token.kind == TokenKind::mark && (last == '.' || last == '!' || last == '?' || last == ':' || last == ';' || last == '"' ||
                                              last == '(' || last == '*' || last == '>' || (last == '-' && token.space_before));
        const Token* before = tokens.empty() ? nullptr : &tokens.back();
        const bool shortened = last == '.' && before != nullptr &&
                               (before->has(WordRole::person_title) || before->has(WordRole::street) || before->size() == 1);
        inside = (!ends || shortened) && (token.kind != TokenKind::mark || inside);
        tokens.push_back(token);
    }
    join_cut_words(*this);
    constexpr std::size_t short_text = 8;  // words; its few small ones are enough
    small_letters = low + written > 0;
    capitals_tell = capital_inside && ((low * 10 >= (low + high) * 4 && low >= 2) || (low + high <= short_text && low + written >= 2));
}

void RedactedText::remove(std::size_t begin, std::size_t end, Removed removed) {
    auto token = std::upper_bound(tokens.begin(), tokens.end(), begin, [](std::size_t at, const Token& t) { return at < t.end; });
    for (; token != tokens.end() && token->begin < end; ++token) {
        token->removed = token->kind == TokenKind::bracketed ? token->removed : removed;
    }
}

void RedactedText::keep_as_fact(std::size_t first, std::size_t past) {
    for (std::size_t i = first; i < past && i < tokens.size(); ++i) {
        if (tokens[i].removed == Removed::none) {
            tokens[i].kind = TokenKind::fact;
            tokens[i].roles = 0;
            tokens[i].hash = 0;
        }
    }
}

void RedactedText::remove_tokens(std::size_t first, std::size_t past, Removed removed) {
    for (std::size_t i = first; i < past && i < tokens.size(); ++i) {
        tokens[i].removed = tokens[i].kind == TokenKind::bracketed ? tokens[i].removed : removed;
    }
}

}  // namespace vigie::intake
