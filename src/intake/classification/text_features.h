// What the classifier reads of a text: hashes of French stems and of pairs of neighbouring stems. The text has to be redacted
// before: placeholders such as [nom] are no words here and no pair reaches over one.
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

namespace vigie::intake {

inline constexpr std::size_t features_of_a_text_max = 512;  ///< a longer text is read up to here

/// Sorted, each once. Case and accents do not count, figures are left out. O(size of text).
[[nodiscard]] std::vector<std::uint64_t> features_of(std::string_view redacted_text);

}  // namespace vigie::intake
