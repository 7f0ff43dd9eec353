#include "simulator/levels.h"

#include <doctest/doctest.h>

#include <cmath>

#include "simulator/simulate.h"

using namespace vigie;
using namespace vigie::simulator;

TEST_CASE("districts share each kind out, and beaches fill in summer") {
    const City city = plain_city();
    const Ground ground(city, 3);
    const Levels levels(ground, 4);
    for (std::size_t kind = 0; kind < kinds().size(); ++kind) {
        double sum = 0.0;
        for (std::size_t d = 0; d < city.districts.size(); ++d) {
            CHECK(levels.share_of(kind, d) > 0.0);
            sum += levels.share_of(kind, d);
        }
        CHECK(sum == doctest::Approx(1.0));
    }
    const std::size_t fight = kind_index("fight");
    const auto near_beaches = [&](bool summer) {
        Random random(5);
        int count = 0;
        for (int i = 0; i < 4000; ++i) {
            const Spot spot = levels.draw_place(ground, fight, summer, random);
            for (const Hotspot& hotspot : ground.hotspots()) {
                if (hotspot.flavour == beach && std::hypot(spot.x_m - hotspot.centre.x_m,
                                                           spot.y_m - hotspot.centre.y_m) < 200.0) {
                    ++count;
                    break;
                }
            }
        }
        return count;
    };
    CHECK(near_beaches(true) > 2 * near_beaches(false));
    Random random(6);
    const Spot mast = levels.draw_place(ground, kind_index("noise_peak"), false, random);
    bool found = false;
    for (const Spot& one : ground.masts()) {
        found = found || (one.x_m == mast.x_m && one.y_m == mast.y_m);
    }
    CHECK(found);
}
