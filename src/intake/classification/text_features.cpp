#include "intake/classification/text_features.h"

#include <libstemmer.h>

#include <algorithm>
#include <memory>
#include <string>

#include "intake/redaction/plain_text.h"
#include "intake/redaction/word_table.h"

namespace vigie::intake {
namespace {

constexpr std::size_t letters_min = 2;
constexpr std::size_t letters_max = 30;
constexpr std::uint64_t pair_mark = 0x9E3779B97F4A7C15ULL;

struct StemmerEnd {
    void operator()(sb_stemmer* stemmer) const { sb_stemmer_delete(stemmer); }
};
using Stemmer = std::unique_ptr<sb_stemmer, StemmerEnd>;

char lower(char c) {
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c;
}
bool is_letter(char c) {
    return c >= 'a' && c <= 'z';
}

/// The stem's hash; zero when the stemmer has no memory left, and then the word does not count.
std::uint64_t stem_hash(sb_stemmer* stemmer, const std::string& word) {
    const sb_symbol* stem =
        sb_stemmer_stem(stemmer, reinterpret_cast<const sb_symbol*>(word.data()), static_cast<int>(word.size()));  // NOLINT: a C interface
    if (stem == nullptr) {
        return 0;
    }
    std::uint64_t hash = word_hash_seed;
    for (int i = 0; i < sb_stemmer_length(stemmer); ++i) {
        hash = add_to_word_hash(hash, static_cast<char>(stem[i]));
    }
    return finish_word_hash(hash);
}

}  // namespace

std::vector<std::uint64_t> features_of(std::string_view redacted_text) {
    std::vector<std::uint64_t> features;
    const Stemmer stemmer(sb_stemmer_new("french", "UTF_8"));
    if (stemmer == nullptr) {
        return features;
    }
    PlainText text;
    text.read(redacted_text);
    std::uint64_t before = 0;
    for (std::size_t i = 0; i < text.plain.size() && features.size() < features_of_a_text_max;) {
        const char c = lower(text.plain[i]);
        if (c == '[') {  // a placeholder, or what looks like one
            const std::size_t end = text.plain.find(']', i);
            i = end == std::string::npos ? i + 1 : end + 1;
            before = 0;
            continue;
        }
        if (!is_letter(c)) {
            before = c == '.' || c == ';' || c == '!' || c == '?' ? 0 : before;
            ++i;
            continue;
        }
        std::string word;
        bool figures = false;
        for (; i < text.plain.size(); ++i) {
            const char letter = lower(text.plain[i]);
            if (is_letter(letter) || letter == damaged_letter) {
                word += is_letter(letter) ? letter : 'e';  // the letter most often lost
            } else if (letter >= '0' && letter <= '9') {
                figures = true;
            } else {
                break;
            }
        }
        if (figures || word.size() < letters_min || word.size() > letters_max) {
            continue;
        }
        const std::uint64_t hash = stem_hash(stemmer.get(), word);
        if (hash != 0) {
            features.push_back(hash);
            if (before != 0) {
                features.push_back(finish_word_hash((before * pair_mark) ^ hash));
            }
        }
        before = hash;
    }
    std::sort(features.begin(), features.end());
    features.erase(std::unique(features.begin(), features.end()), features.end());
    return features;
}

}  // namespace vigie::intake
