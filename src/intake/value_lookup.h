// A manifest's map from their words to ours, ready for millions of look-ups: exact words first, then the longest prefix.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

#include "intake/manifest.h"

namespace vigie::intake {

/// Not for use by two threads at once: it remembers what it has looked up.
class ValueLookup {
  public:
    ValueLookup() = default;
    /// number_of turns a map's value into the number that find() answers.
    ValueLookup(const ValueMap& map, const std::function<std::uint16_t(const std::string&)>& number_of);

    /// The number for `word`, or nothing. O(1) for a word met before.
    [[nodiscard]] std::optional<std::uint16_t> find(std::string_view word);

  private:
    struct Hash {
        using is_transparent = void;
        std::size_t operator()(std::string_view text) const { return std::hash<std::string_view>{}(text); }
    };
    std::unordered_map<std::string, std::optional<std::uint16_t>, Hash, std::equal_to<>> known_;
    std::size_t exact_count_ = 0;
    std::vector<std::pair<std::string, std::uint16_t>> prefixes_;  // longest first
};

/// Counts the words that a map lacks, to list them for whoever keeps the manifest.
class UnknownWords {
  public:
    void add(std::string_view word);
    [[nodiscard]] std::uint64_t total() const { return total_; }
    /// The most frequent ones with their counts, « word » (n). A word that does not look like a code (long, many words, digits
    /// in a row, @) is counted and not shown: a free-text column must not leak into a message.
    [[nodiscard]] std::string describe() const;

  private:
    std::unordered_map<std::string, std::uint64_t> counts_;
    std::uint64_t total_ = 0;
    bool overflowed_ = false;
};

}  // namespace vigie::intake
