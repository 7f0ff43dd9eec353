// A point inside an area, for its name and for facts known by its code only.
#pragma once

#include <optional>
#include <span>

#include "city/city.h"

namespace vigie::intake {

/// The middle of the widest stretch of the area on the parallel of its centre of mass: always inside, near the middle of what
/// is drawn. Holes by even-odd filling. None when the rings enclose nothing.
/// Source: the centre of mass of a polygon by Green's theorem (Bourke 1988, "Calculating the area and centroid of a polygon").
[[nodiscard]] std::optional<LonLat> inner_point(std::span<const Ring> rings);

}  // namespace vigie::intake
