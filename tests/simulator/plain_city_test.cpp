#include <doctest/doctest.h>

#include <numbers>
#include <set>

#include "base/random.h"
#include "city/place/district_index.h"
#include "simulator/simulate.h"

using namespace vigie;

TEST_CASE("the plain city is a partition of an ellipse") {
    const City city = simulator::plain_city();
    REQUIRE(city.districts.size() == 24);
    CHECK(city.synthetic);
    const DistrictIndex index(city.districts);
    std::set<std::string> codes;
    double total_km2 = 0.0;
    for (const District& district : city.districts) {
        codes.insert(district.code);
        total_km2 += district.area_km2;
        CHECK(index.find(district.label) == district.id);
        CHECK(city.box.contains(district.label));
    }
    CHECK(codes.size() == 24);
    const double ellipse_km2 = std::numbers::pi * 0.12 * 81.0 * 0.085 * 111.1;
    CHECK(total_km2 == doctest::Approx(ellipse_km2).epsilon(0.01));
    Random random(6);
    for (int i = 0; i < 3000; ++i) {
        const double x = 2.0 * random.uniform() - 1.0;
        const double y = 2.0 * random.uniform() - 1.0;
        const LonLat p{city.centre.lon_deg + 0.12 * x, city.centre.lat_deg + 0.085 * y};
        if (x * x + y * y < 0.98) {
            REQUIRE(index.find(p) != no_district);
        } else if (x * x + y * y > 1.0) {
            REQUIRE(index.find(p) == no_district);
        }
    }
}
