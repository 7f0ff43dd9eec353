#include "intake/locate.h"

#include <doctest/doctest.h>

#include "example_city.h"

using namespace vigie;
using namespace vigie::intake;

namespace {

Place place_of(const Locator& locator, double x, double y) {
    std::vector<Projection::Planar> positions{{x, y}};
    std::vector<Place> places(1);
    locator.locate(positions, places);
    return places[0];
}

}  // namespace

TEST_CASE("a position in degrees gets metres and a district") {
    const City city = example_city();
    const auto locator = Locator::open(city, 0);
    REQUIRE(locator.has_value());
    const Place place = place_of(*locator, 5.371, 43.291);
    CHECK(place.placing == Placing::placed);
    CHECK(place.district == DistrictId{0});
    CHECK(place.point.x_m == doctest::Approx(892'600).epsilon(0.001));
    CHECK(place_of(*locator, 5.391, 43.291).district == DistrictId{1});
    CHECK(place_of(*locator, 5.5, 43.35).district == no_district);
    // 80 m west of the first district: it reaches that far; 400 m: it does not.
    CHECK(place_of(*locator, 5.359, 43.29).district == DistrictId{0});
    CHECK(place_of(*locator, 5.355, 43.29).district == no_district);
}

TEST_CASE("what lies outside the city is not placed") {
    const City city = example_city();
    const auto locator = Locator::open(city, 0);
    REQUIRE(locator.has_value());
    CHECK(place_of(*locator, 2.35, 48.85).placing == Placing::outside_city);
    CHECK(place_of(*locator, 0.0, 0.0).placing == Placing::outside_city);
    CHECK(place_of(*locator, 43.291, 5.371).placing == Placing::swapped);
    CHECK(place_of(*locator, 893'000.0, 6'247'000.0).placing == Placing::bad_coordinate);
}

TEST_CASE("the city's own metres and another projection give the same place as degrees") {
    const City city = example_city();
    const auto degrees = Locator::open(city, 0);
    const auto lambert = Locator::open(city, 2154);
    const auto utm = Locator::open(city, 32631);
    REQUIRE((degrees.has_value() && lambert.has_value() && utm.has_value()));
    const auto to_lambert = Projection::open(2154);
    const auto to_utm = Projection::open(32631);
    for (int i = 0; i < 20; ++i) {
        const LonLat p{5.3603 + 0.0007 * i, 43.2811 + 0.0009 * i};
        const auto l = to_lambert->forward(p);
        const auto u = to_utm->forward(p);
        const Place from_degrees = place_of(*degrees, p.lon_deg, p.lat_deg);
        const Place from_lambert = place_of(*lambert, l->x, l->y);
        const Place from_utm = place_of(*utm, u->x, u->y);
        CHECK(from_lambert.point == from_degrees.point);
        CHECK(std::abs(from_utm.point.x_m - from_degrees.point.x_m) <= 1);
        CHECK(std::abs(from_utm.point.y_m - from_degrees.point.y_m) <= 1);
        CHECK(from_lambert.position.lon_deg == doctest::Approx(p.lon_deg).epsilon(1e-9));
        CHECK(from_lambert.district == from_degrees.district);
    }
    CHECK(place_of(*lambert, 1e7, 1e7).placing != Placing::placed);
    CHECK_FALSE(Locator::open(city, 1024).has_value());
}

TEST_CASE("a code gives the centre of its area, or the area alone") {
    const City city = example_city();
    const auto locator = Locator::open(city, 0);
    REQUIRE(locator.has_value());
    const auto known = locator->locate_code("Q2");
    REQUIRE(known.has_value());
    CHECK(known->precision == PlacePrecision::area_centroid);
    CHECK(known->district == DistrictId{1});
    CHECK(known->position == city.districts[1].label);
    const auto without_outline = locator->locate_code("Q3");
    REQUIRE(without_outline.has_value());
    CHECK(without_outline->precision == PlacePrecision::area_only);
    CHECK(without_outline->district == DistrictId{2});
    CHECK_FALSE(locator->locate_code("Q9").has_value());
}
