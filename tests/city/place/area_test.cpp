#include <doctest/doctest.h>

#include <cmath>

#include "city/place/district_index.h"

using namespace vigie;

namespace {
Ring square(double west, double south, double side) {
    return {{west, south}, {west + side, south}, {west + side, south + side}, {west, south + side}};
}
}  // namespace

TEST_CASE("areas are those of the ellipsoid, holes taken out") {
    // The quadrangle of one degree at the equator covers 12,308.8 km2 of WGS 84, and 60 to 61
    // degrees north 6,124 km2.
    const std::vector<Ring> equator{square(0, 0, 1)};
    CHECK(std::fabs(area_km2(equator) - 12'308.78) < 0.5);
    const std::vector<Ring> with_hole{square(0, 0, 1), square(0.25, 0.25, 0.5)};
    CHECK(std::fabs(area_km2(with_hole) / area_km2(equator) - 0.75) < 1e-4);
    const std::vector<Ring> two{square(0, 0, 1), square(10, 0, 1)};
    CHECK(std::fabs(area_km2(two) / area_km2(equator) - 2.0) < 1e-9);
    CHECK(area_km2({}) == 0.0);
}
