// The words of the invented logbook. In every phrase, %r is a street, %q a district, %h an hour,
// and %n %t %p %a %c %m a name, a telephone, a plate, a house number with its street, a handle and
// an e-mail address, all invented.
#pragma once

#include <array>
#include <span>
#include <string_view>

#include "simulator/live/planted_identifier.h"

namespace vigie::simulator {

/// What is said of one category, by style: formal, usual, hurried.
struct CategoryPhrases {
    std::string_view code;  ///< as in the column `categorie`
    std::array<std::array<std::string_view, 2>, 3> by_style;
};

[[nodiscard]] std::span<const CategoryPhrases> category_phrases();
[[nodiscard]] std::span<const std::string_view> openings(WritingStyle style);
[[nodiscard]] std::span<const std::string_view> person_clauses(WritingStyle style);
[[nodiscard]] std::span<const std::string_view> closings(WritingStyle style);
[[nodiscard]] std::span<const std::string_view> street_names();

}  // namespace vigie::simulator
