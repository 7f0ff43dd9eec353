// The map's numbers: two counts a place become the asked measure with its interval, or nothing when
// too few.
#pragma once

#include <vector>

#include "analysis/past/yesterday.h"

namespace vigie::past {

/// One place per key of `counts` or `compared` (null when nothing is compared), by key; keys
/// without a place are left out. counts, compared: tables of one dimension, cell or district as the
/// question's unit says, sorted by key.
[[nodiscard]] std::vector<Place> places_of(const Table& counts, const Table* compared,
                                           const Question& question, const City& city);

/// Facts of `counts` that the map of the unit can not show.
[[nodiscard]] std::uint64_t off_the_map(const Table& counts, Unit unit, const City& city);

}  // namespace vigie::past
