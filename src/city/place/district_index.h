// Which district holds a point: a coarse grid of candidate edges, so that a look-up costs a few dozen
// comparisons whatever the number of districts.
#pragma once

#include <memory>
#include <span>

#include "city/city.h"

namespace vigie {

/// Immutable once built; may be shared between threads. A point on a border belongs to exactly one district
/// (half-open edges: Source: Haines 1994, "Point in polygon strategies", Graphics Gems IV, crossings test).
class DistrictIndex {
  public:
    explicit DistrictIndex(std::span<const District> districts);
    ~DistrictIndex();
    DistrictIndex(DistrictIndex&&) noexcept;
    DistrictIndex& operator=(DistrictIndex&&) noexcept;

    /// The district that holds `p`, or no_district. When simplified polygons overlap, the lowest id wins.
    [[nodiscard]] DistrictId find(LonLat p) const;
    /// The nearest district within `reach_m` metres of `p`, for points that simplified borders leave in a gap or in the sea.
    [[nodiscard]] DistrictId find_near(LonLat p, double reach_m) const;

  private:
    struct Grid;
    std::unique_ptr<const Grid> grid_;
};

/// Area of rings in km2 on the sphere of the authalic radius, holes subtracted by even-odd nesting.
/// Source: Chamberlain & Duquette 2007, "Some algorithms for polygons on a sphere", JPL 07-03.
[[nodiscard]] double area_km2(std::span<const Ring> rings);

}  // namespace vigie
