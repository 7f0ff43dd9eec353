#include <doctest/doctest.h>

#include <cmath>

#include "base/random.h"
#include "city/place/projection.h"

using namespace vigie;

namespace {

LonLat evaluate(const GridPolynomial& polynomial, Projection::Planar p) {
    const double u = (p.x - polynomial.x0) / polynomial.scale;
    const double v = (p.y - polynomial.y0) / polynomial.scale;
    LonLat sum;
    std::size_t k = 0;
    for (int total = 0; total <= polynomial.degree; ++total) {
        for (int j = 0; j <= total; ++j, ++k) {
            const double term = std::pow(u, total - j) * std::pow(v, j);
            sum.lon_deg += polynomial.lon[k] * term;
            sum.lat_deg += polynomial.lat[k] * term;
        }
    }
    REQUIRE(k == polynomial.lon.size());
    REQUIRE(k == polynomial.lat.size());
    return sum;
}

}  // namespace

TEST_CASE("the polynomial follows the projection within the error it states") {
    const struct {
        int epsg;
        BoxDeg box;
        double wanted_m;
        int degree_max;
    } cities[] = {{2154, {5.20, 43.16, 5.56, 43.40}, 0.1, 4},
                  {32616, {-87.95, 41.60, -87.50, 42.05}, 0.1, 4},
                  {2913, {-122.9, 45.3, -122.4, 45.7}, 0.1, 4},
                  {2154, {-5.2, 41.3, 9.7, 51.2}, 5.0, 9}};
    for (const auto& city : cities) {
        const auto projection = Projection::open(city.epsg);
        REQUIRE(projection.has_value());
        const auto polynomial = fit_grid_polynomial(*projection, city.box, city.wanted_m);
        REQUIRE(polynomial.has_value());
        CHECK(polynomial->max_error_m < city.wanted_m);
        CHECK(polynomial->degree <= city.degree_max);
        Random random(5);
        for (int i = 0; i < 2000; ++i) {
            const LonLat p{std::lerp(city.box.west, city.box.east, random.uniform()),
                           std::lerp(city.box.south, city.box.north, random.uniform())};
            const LonLat q = evaluate(*polynomial, *projection->forward(p));
            const double east_m =
                (q.lon_deg - p.lon_deg) * 111'320.0 * std::cos(p.lat_deg * 0.0174533);
            const double north_m = (q.lat_deg - p.lat_deg) * 111'320.0;
            REQUIRE(std::hypot(east_m, north_m) < 1.2 * polynomial->max_error_m + 1e-3);
        }
    }
}

TEST_CASE("the lowest degree that is good enough is taken, and degree 9 is the last") {
    const auto lambert = Projection::open(2154);
    REQUIRE(lambert.has_value());
    const BoxDeg marseille{5.20, 43.16, 5.56, 43.40};
    const auto coarse = fit_grid_polynomial(*lambert, marseille, 1000.0);
    const auto fine = fit_grid_polynomial(*lambert, marseille, 0.0);
    CHECK(coarse->degree == 1);
    CHECK(fine->degree == 9);
    CHECK(fine->max_error_m < 1e-3);
    CHECK_FALSE(fit_grid_polynomial(*lambert, {6.0, 43.0, 5.0, 44.0}, 1.0).has_value());
}
