// Numbers as people write them in files.
#pragma once

#include <optional>
#include <string_view>

namespace vigie::intake {

/// Without the blanks around it: ASCII white space and no-break spaces (U+00A0, U+202F, U+2009).
[[nodiscard]] std::string_view trimmed(std::string_view text);

/// A finite decimal number: sign, digits, one decimal mark, exponent. decimal: '.' or ',' or 0 for either (never both in
/// one number). Blanks and thin spaces between digits are thousands marks and are skipped.
[[nodiscard]] std::optional<double> parse_number(std::string_view text, char decimal);

}  // namespace vigie::intake
