// The ground used when no city is given: an ellipse cut in rings and sectors, as in a dartboard.
#include <cmath>
#include <numbers>
#include <string>

#include "city/place/district_index.h"
#include "simulator/simulate.h"

namespace vigie::simulator {
namespace {

constexpr int sectors = 8;
constexpr int belts = 3;
constexpr int steps_per_sector = 6;  // corners along the arc of one sector
constexpr double half_width_deg = 0.12;
constexpr double half_height_deg = 0.085;
constexpr LonLat centre{5.3698, 43.2965};

LonLat on_ellipse(double radius, int step) {
    const double angle = 2.0 * std::numbers::pi * step / (sectors * steps_per_sector);
    return {centre.lon_deg + radius * half_width_deg * std::cos(angle),
            centre.lat_deg + radius * half_height_deg * std::sin(angle)};
}

Ring slice(int belt, int sector) {
    const double inner = static_cast<double>(belt) / belts;
    const double outer = static_cast<double>(belt + 1) / belts;
    const int first = sector * steps_per_sector;
    const int last = first + steps_per_sector;
    Ring ring;
    for (int step = first; step <= last; ++step) {
        ring.push_back(on_ellipse(outer, step % (sectors * steps_per_sector)));
    }
    if (belt == 0) {
        ring.push_back(centre);
        return ring;
    }
    for (int step = last; step >= first; --step) {
        ring.push_back(on_ellipse(inner, step % (sectors * steps_per_sector)));
    }
    return ring;
}

}  // namespace

City plain_city() {
    City city;
    city.key = "ville_synthetique";
    city.name = "Ville synthétique";
    city.zone = "Europe/Paris";
    city.epsg = 2154;
    city.box = {5.20, 43.15, 5.56, 43.40};
    city.centre = centre;
    city.synthetic = true;
    city.districts_are_a_partition = true;
    for (int belt = 0; belt < belts; ++belt) {
        for (int sector = 0; sector < sectors; ++sector) {
            District district;
            const int number = belt * sectors + sector;
            district.id = DistrictId{static_cast<std::uint16_t>(number)};
            district.code = "SYN" + std::to_string(100 + number);
            district.name = "Quartier " + std::to_string(number + 1);
            district.rings = {slice(belt, sector)};
            district.label =
                on_ellipse((belt + 0.5) / belts, sector * steps_per_sector + steps_per_sector / 2);
            district.area_km2 = area_km2(district.rings);
            city.districts.push_back(std::move(district));
        }
    }
    return city;
}

}  // namespace vigie::simulator
