#include "intake/redaction/name_shape.h"

#include <cmath>

namespace vigie::intake {
namespace {

constexpr std::size_t letters = 27;  // a to z and the edge of a word
constexpr std::size_t trigrams = letters * letters * letters;
constexpr double smoothing = 0.5;  // of a count: an unseen trigram weighs half a seen one

std::size_t code(char letter) {
    return letter >= 'a' && letter <= 'z'   ? static_cast<std::size_t>(letter - 'a' + 1)
           : letter >= 'A' && letter <= 'Z' ? static_cast<std::size_t>(letter - 'A' + 1)
                                            : 0;
}

/// Calls `use` with each trigram of the word, edges included.
template <class Use>
void each_trigram(std::string_view word, Use use) {
    std::size_t before = 0;
    std::size_t last = 0;
    for (const char letter : word) {
        const std::size_t next = code(letter);
        if (next == 0) {
            continue;
        }
        use((before * letters + last) * letters + next);
        before = last;
        last = next;
    }
    use((before * letters + last) * letters);
}

}  // namespace

NameShape::NameShape() : words_(trigrams, 0), names_(trigrams, 0), odds_(trigrams, 0.0F) {}

void NameShape::add(std::string_view word, bool name) {
    each_trigram(word, [&](std::size_t trigram) { ++(name ? names_ : words_)[trigram]; });
}

void NameShape::finish() {
    for (std::size_t first = 0; first < trigrams; first += letters) {
        double words = 0;
        double names = 0;
        for (std::size_t k = first; k < first + letters; ++k) {
            words += words_[k];
            names += names_[k];
        }
        for (std::size_t k = first; k < first + letters; ++k) {
            const double name = (names_[k] + smoothing) / (names + smoothing * letters);
            const double word = (words_[k] + smoothing) / (words + smoothing * letters);
            odds_[k] = static_cast<float>(std::log(name / word));
        }
    }
    words_ = {};
    names_ = {};
}

double NameShape::odds(std::string_view word) const {
    double sum = 0;
    std::size_t count = 0;
    each_trigram(word, [&](std::size_t trigram) {
        sum += static_cast<double>(odds_[trigram]);
        ++count;
    });
    return sum / static_cast<double>(count);
}

}  // namespace vigie::intake
