// Disclosure control on the way out: what an answer may say of each place. Every figure of a place
// that leaves this room, on a map, in a playback or in an export, comes through here.
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "analysis/past/yesterday.h"
#include "governance/roles.h"

namespace vigie::api {

/// A place with what may be said of it.
struct ShownPlace {
    std::int64_t key = 0;  ///< packed cell, or district number
    bool few = false;      ///< « effectif trop faible »: no number at all
    std::optional<std::uint64_t> count;
    std::optional<std::uint64_t> compared;  ///< none also when nothing is compared
    std::optional<double> value;            ///< none also when too few for the measure
    double low = 0.0;                       ///< with `value`
    double high = 0.0;
};

/// In the order of `places`.
[[nodiscard]] std::vector<ShownPlace> shown_places(const std::vector<past::Place>& places,
                                                   past::Measure measure, governance::Role role);

/// A count at a place and time; none when it is too small to be said.
[[nodiscard]] std::optional<std::uint64_t> shown_count(std::uint64_t count, governance::Role role);

}  // namespace vigie::api
