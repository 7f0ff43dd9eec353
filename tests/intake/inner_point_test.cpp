#include "intake/inner_point.h"

#include <doctest/doctest.h>

#include "city/place/district_index.h"

using namespace vigie;
using namespace vigie::intake;

TEST_CASE("the inner point of a square is its centre, and of a crescent is inside it") {
    const Ring square{{0, 0}, {2, 0}, {2, 2}, {0, 2}};
    const auto centre = inner_point(std::vector<Ring>{square});
    REQUIRE(centre.has_value());
    CHECK(centre->lon_deg == doctest::Approx(1.0));
    CHECK(centre->lat_deg == doctest::Approx(1.0));
    const Ring u{{0, 0}, {10, 0}, {10, 9}, {9, 9}, {9, 1}, {1, 1}, {1, 9}, {0, 9}};
    const auto inside = inner_point(std::vector<Ring>{u});
    REQUIRE(inside.has_value());
    District district;
    district.id = DistrictId{0};
    district.rings = {u};
    CHECK(DistrictIndex(std::vector{district}).find(*inside) == DistrictId{0});
}

TEST_CASE("a hole is avoided, and nothing has no inside") {
    const Ring outer{{0, 0}, {10, 0}, {10, 10}, {0, 10}};
    const Ring hole{{1, 1}, {8, 1}, {8, 9}, {1, 9}};
    const auto inside = inner_point(std::vector<Ring>{outer, hole});
    REQUIRE(inside.has_value());
    CHECK(inside->lon_deg > 8.0);
    CHECK_FALSE(inner_point(std::vector<Ring>{}).has_value());
    CHECK_FALSE(inner_point(std::vector<Ring>{Ring{{0, 0}, {1, 1}, {2, 2}}}).has_value());
}
