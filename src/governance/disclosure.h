// What may be shown of a count at a place. A number too small to mean anything is neither coloured nor
// printed: it is « effectif trop faible ».
#pragma once

#include <cstdint>

#include "governance/roles.h"

namespace vigie::governance {

/// What an answer may say of one place.
enum class Shown : std::uint8_t { exact, too_few };

/// Fewest facts at one place that are shown as a number: below, chance and re-identification both win.
/// The bound is for signed-in agents; public figures get a stricter one with the public portal.
inline constexpr std::uint64_t place_count_min = 5;

/// Zero is shown (nothing happened here is not a disclosure about anybody), 1..4 are not.
[[nodiscard]] Shown shown_at_place(Role role, std::uint64_t count);

}  // namespace vigie::governance
