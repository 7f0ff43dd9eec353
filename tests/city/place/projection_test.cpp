#include "city/place/projection.h"

#include <doctest/doctest.h>

#include <cmath>

#include "base/random.h"

using namespace vigie;

namespace {

Projection open(int epsg) {
    auto projection = Projection::open(epsg);
    REQUIRE(projection.has_value());
    return *std::move(projection);
}

struct Known {
    LonLat position;
    double x = 0.0;
    double y = 0.0;
};

void check(const Projection& projection, const Known& known, double tolerance) {
    const auto planar = projection.forward(known.position);
    REQUIRE(planar.has_value());
    CHECK(std::fabs(planar->x - known.x) < tolerance);
    CHECK(std::fabs(planar->y - known.y) < tolerance);
}

}  // namespace

TEST_CASE("Lambert-93 gives the values of its formula") {
    // Computed apart from PROJ with Snyder 1987, eqs. 15-1 to 15-11, on GRS 80; the second is the
    // projection's origin.
    const Projection lambert = open(2154);
    check(lambert, {{5.3698, 43.2965}, 892'390.2216, 6'247'035.2568}, 0.001);
    check(lambert, {{3.0, 46.5}, 700'000.0, 6'600'000.0}, 0.001);
    check(lambert, {{2.3522, 48.8566}, 652'469.0227, 6'862'035.2594}, 0.001);
    check(lambert, {{-4.4861, 48.3904}, 146'632.9785, 6'836'262.3267}, 0.001);
    check(lambert, {{9.45, 42.70}, 1'228'546.0453, 6'199'420.6440}, 0.001);
}

TEST_CASE("other cities' projections give their known values, in their own unit") {
    // UTM on its central meridian: 500 km east, and 0.9996 of the meridian's length to 45 degrees
    // north.
    check(open(32616), {{-87.0, 45.0}, 500'000.0, 4'982'950.400}, 0.01);
    // American data sit within two metres of WGS 84: which of the published shifts PROJ takes
    // depends on its grids.
    check(open(26918), {{-75.0, 45.0}, 500'000.0, 4'982'950.400}, 2.0);
    check(open(2913), {{-122.6765, 45.5231}, 7'644'336.589, 684'322.809}, 6.0);  // feet
}

TEST_CASE("there and back again stays within a millimetre") {
    const struct {
        int epsg;
        BoxDeg box;
    } cities[] = {{2154, {-5.0, 41.3, 9.6, 51.1}},
                  {32616, {-88.5, 41.0, -87.0, 42.5}},
                  {26918, {-76.0, 39.5, -73.0, 41.5}},
                  {2913, {-123.5, 45.0, -122.0, 46.0}}};
    for (const auto& city : cities) {
        const Projection projection = open(city.epsg);
        Random random(3);
        for (int i = 0; i < 2000; ++i) {
            const LonLat p{std::lerp(city.box.west, city.box.east, random.uniform()),
                           std::lerp(city.box.south, city.box.north, random.uniform())};
            const auto planar = projection.forward(p);
            REQUIRE(planar.has_value());
            const auto back = projection.inverse(*planar);
            REQUIRE(back.has_value());
            REQUIRE(std::fabs(back->lon_deg - p.lon_deg) < 8e-9);
            REQUIRE(std::fabs(back->lat_deg - p.lat_deg) < 8e-9);
        }
    }
}

TEST_CASE("many at once are the same as one by one, and a bad one spoils only itself") {
    const Projection lambert = open(2154);
    std::vector<Projection::Planar> points{{5.37, 43.29}, {NAN, 43.0}, {5.0, 900.0}, {5.38, 43.30}};
    lambert.forward_all(points);
    const auto first = lambert.forward({5.37, 43.29});
    const auto last = lambert.forward({5.38, 43.30});
    CHECK(points[0].x == first->x);
    CHECK(points[3].y == last->y);
    CHECK(std::isinf(points[1].x));
    CHECK(std::isinf(points[2].y));
    lambert.inverse_all(points);
    CHECK(std::fabs(points[0].x - 5.37) < 1e-9);
    CHECK(std::isinf(points[1].x));
    CHECK(std::fabs(points[3].y - 43.30) < 1e-9);
}

TEST_CASE("unknown codes and impossible positions are refused") {
    CHECK(Projection::open(999'999).error().code == ErrorCode::not_found);
    CHECK(Projection::open(-1).error().code == ErrorCode::not_found);
    const Projection lambert = open(2154);
    CHECK(lambert.forward({200.0, 10.0}).error().code == ErrorCode::invalid_input);
    CHECK(lambert.forward({5.0, -90.0}).error().code == ErrorCode::invalid_input);
    CHECK(lambert.inverse({1e12, 0.0}).error().code == ErrorCode::invalid_input);
}
