#include "intake/value_lookup.h"

#include <fmt/format.h>

#include <algorithm>

namespace vigie::intake {
namespace {

// Words remembered beyond the map's own, so that a column with endless values can not fill the memory.
constexpr std::size_t remembered_max = 4'096;
constexpr std::size_t unknown_words_max = 1'000;
constexpr std::size_t words_shown_max = 20;
constexpr std::size_t code_bytes_max = 60;

/// A code is short, has few words and no long number: a name and address or a sentence is not one.
bool looks_like_code(std::string_view word) {
    constexpr std::ptrdiff_t blanks_max = 6;
    constexpr int digits_in_row_max = 5;
    if (word.size() > code_bytes_max || word.find('@') != std::string_view::npos ||
        std::count(word.begin(), word.end(), ' ') > blanks_max) {
        return false;
    }
    int row = 0;
    for (const char c : word) {
        row = c >= '0' && c <= '9' ? row + 1 : 0;
        if (row > digits_in_row_max) {
            return false;
        }
    }
    return true;
}

}  // namespace

ValueLookup::ValueLookup(const ValueMap& map, const std::function<std::uint16_t(const std::string&)>& number_of) {
    for (const auto& [theirs, ours] : map.exact) {
        known_.emplace(theirs, number_of(ours));
    }
    exact_count_ = known_.size();
    for (const auto& [theirs, ours] : map.prefixes) {
        prefixes_.emplace_back(theirs, number_of(ours));
    }
}

std::optional<std::uint16_t> ValueLookup::find(std::string_view word) {
    const auto at = known_.find(word);
    if (at != known_.end()) {
        return at->second;
    }
    const auto prefix = std::find_if(prefixes_.begin(), prefixes_.end(), [&](const auto& p) { return word.starts_with(p.first); });
    const std::optional<std::uint16_t> found = prefix == prefixes_.end() ? std::nullopt : std::optional(prefix->second);
    if (known_.size() < exact_count_ + remembered_max) {
        known_.emplace(std::string(word), found);
    }
    return found;
}

void UnknownWords::add(std::string_view word) {
    ++total_;
    const auto at = counts_.find(std::string(word));
    if (at != counts_.end()) {
        ++at->second;
    } else if (counts_.size() < unknown_words_max) {
        counts_.emplace(std::string(word), 1);
    } else {
        overflowed_ = true;
    }
}

std::string UnknownWords::describe() const {
    if (overflowed_) {
        return fmt::format("plus de {} valeurs distinctes, non listées : la colonne ressemble à du texte libre", unknown_words_max);
    }
    std::vector<std::pair<std::uint64_t, std::string_view>> shown;
    std::uint64_t hidden = 0;
    for (const auto& [word, count] : counts_) {
        if (looks_like_code(word)) {
            shown.emplace_back(count, word);
        } else {
            ++hidden;
        }
    }
    std::sort(shown.begin(), shown.end(), [](const auto& a, const auto& b) {
        return a.first != b.first ? a.first > b.first : a.second < b.second;
    });
    std::string text;
    for (std::size_t i = 0; i < std::min(shown.size(), words_shown_max); ++i) {
        const std::string_view word = shown[i].second;
        text += fmt::format("{}{} ({})", i == 0 ? "" : ", ", word.empty() ? "valeur vide" : fmt::format("« {} »", word), shown[i].first);
    }
    if (shown.size() > words_shown_max) {
        text += fmt::format(", et {} autres", shown.size() - words_shown_max);
    }
    if (hidden > 0) {
        text += fmt::format("{}{} valeur(s) non montrée(s) (ce ne sont pas des codes)", text.empty() ? "" : ", ", hidden);
    }
    return text;
}

}  // namespace vigie::intake
