#include "simulator/ground.h"

#include <doctest/doctest.h>

#include <cmath>

#include "simulator/kinds.h"
#include "simulator/simulate.h"

using namespace vigie;
using namespace vigie::simulator;

TEST_CASE("streets, hotspots, masts and draws all lie in the city") {
    const City city = plain_city();
    const Ground ground(city, 3);
    REQUIRE(ground.quarters().size() == city.districts.size());
    CHECK(ground.hotspots().size() == 60);
    CHECK(ground.masts().size() == 24);
    for (std::size_t i = 0; i < ground.quarters().size(); ++i) {
        const Quarter& quarter = ground.quarters()[i];
        CHECK(quarter.streets.size() >= 15);
        CHECK(quarter.residents > 0);
        for (const Street& street : quarter.streets) {
            CHECK(ground.district_at(street.from) == city.districts[i].id);
            CHECK(ground.district_at(street.to) == city.districts[i].id);
        }
    }
    for (const Hotspot& hotspot : ground.hotspots()) {
        CHECK(ground.district_at(hotspot.centre) != no_district);
        CHECK(2.0 * hotspot.along_m >= 80.0);
        CHECK(2.0 * hotspot.along_m <= 300.0);
        CHECK(std::hypot(hotspot.east, hotspot.north) == doctest::Approx(1.0));
    }
    Random random(1);
    const Spot border = ground.spot_of(city.districts.back().rings[0][1]);
    for (int i = 0; i < 2000; ++i) {
        const std::size_t quarter = random.below(ground.quarters().size());
        const Spot spot = ground.draw_in_quarter(quarter, random);
        CHECK(ground.district_at(spot) != no_district);
        CHECK(ground.district_at(ground.draw_near(spot, 130.0, random)) != no_district);
        CHECK(ground.district_at(ground.draw_in_hotspot(ground.hotspots()[random.below(60)],
                                                        random)) != no_district);
        const Spot blurred = ground.blur(border, 50.0, random);
        CHECK((ground.district_at(blurred) != no_district ||
               (blurred.x_m == border.x_m && blurred.y_m == border.y_m)));
    }
}

TEST_CASE("metres and degrees are each other's inverse") {
    const City city = plain_city();
    const Ground ground(city, 3);
    const LonLat p{5.41, 43.25};
    const LonLat back = ground.lon_lat_of(ground.spot_of(p));
    CHECK(back.lon_deg == doctest::Approx(p.lon_deg).epsilon(1e-12));
    CHECK(back.lat_deg == doctest::Approx(p.lat_deg).epsilon(1e-12));
}

TEST_CASE("an index is drawn in proportion to its weight, never where the weight is nothing") {
    Random random(2);
    const std::vector<double> sums{1.0, 1.0, 4.0};  // weights 1, 0, 3
    std::array<int, 3> counts{};
    for (int i = 0; i < 40'000; ++i) {
        ++counts[draw_index(sums, random)];
    }
    CHECK(counts[1] == 0);
    CHECK(std::abs(counts[0] - 10'000) < 500);
}

TEST_CASE("a fact drawn in a sliver between districts belongs to the nearest one") {
    City city = plain_city();
    // Without its neighbours, what lies 20 m outside the first district is in none.
    const Ring ring = city.districts[0].rings[0];
    city.districts.resize(1);
    const Ground ground(city, 3);
    const Spot corner = ground.spot_of(ring[0]);
    const Spot centre = ground.spot_of(city.districts[0].label);
    const double away = 1.0 + 20.0 / std::hypot(corner.x_m - centre.x_m, corner.y_m - centre.y_m);
    const Spot outside{centre.x_m + (corner.x_m - centre.x_m) * away, centre.y_m + (corner.y_m - centre.y_m) * away};
    CHECK(ground.district_at(outside) == no_district);
    CHECK(ground.district_of_fact(outside) == city.districts[0].id);
    CHECK(ground.district_of_fact(centre) == city.districts[0].id);
}
