// A text twice: as it will be shown (valid UTF-8, invisible characters gone), and as plain ASCII to be read by rules.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "intake/redaction/accents.h"

namespace vigie::intake {

/// Letters of `plain` that are no ASCII.
inline constexpr char damaged_letter = '\x01';  ///< one lost letter inside a word
inline constexpr char foreign_letter = '\x02';  ///< a letter of another script
inline constexpr char other_symbol = '\x03';
inline constexpr char degree_sign = '\x04';

struct PlainText {
    std::string shown;
    std::string plain;              ///< letters without accents, case kept; look-alikes, mojibake and wide forms folded
    std::string accents;            ///< for each letter of `plain`: one of the above or the mark of a French accent (` ' ^ : ,)
    std::vector<std::uint32_t> at;  ///< where each letter of `plain` begins in `shown`; one more for the end

    /// Bytes that are no UTF-8 are read as Windows-1252. O(size).
    void read(std::string_view text);
};

/// A word of a list as its key in the tables: plain and lower case.
[[nodiscard]] std::string folded_word(std::string_view word);

}  // namespace vigie::intake
