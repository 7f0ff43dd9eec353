#include "simulator/ground.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <numbers>

#include "base/assert.h"
#include "simulator/kinds.h"

namespace vigie::simulator {
namespace {

constexpr double metres_per_lat = 111'195.0;
constexpr double centre_fades_m = 1500.0;
constexpr std::size_t hotspot_count = 60;
constexpr std::size_t mast_count = 24;
constexpr int tries_max = 400;
constexpr double pavement_m = 6.0;  // facts happen this far from the middle of their street
// Most districts have a few dozen streets; a large one is not drawn finer than this.
constexpr double streets_per_km2 = 60.0;
constexpr double streets_min = 15.0;
constexpr double streets_max = 160.0;

struct Bounds {
    Spot low{HUGE_VAL, HUGE_VAL};
    Spot high{-HUGE_VAL, -HUGE_VAL};
};

Spot at_share(const Street& street, double share) {
    return {std::lerp(street.from.x_m, street.to.x_m, share),
            std::lerp(street.from.y_m, street.to.y_m, share)};
}

double length_of(const Street& street) {
    return std::hypot(street.to.x_m - street.from.x_m, street.to.y_m - street.from.y_m);
}

}  // namespace

std::size_t draw_index(const std::vector<double>& sums, Random& random) {
    VIGIE_ASSERT(!sums.empty());
    const double drawn = random.uniform() * sums.back();
    const auto found = std::upper_bound(sums.begin(), sums.end(), drawn);
    return std::min(sums.size() - 1, static_cast<std::size_t>(found - sums.begin()));
}

Ground::Ground(const City& city, std::uint64_t seed)
    : city_(&city),
      index_(city.districts),
      metres_per_lon_(metres_per_lat * std::cos(city.centre.lat_deg * std::numbers::pi / 180.0)),
      quarters_(city.districts.size()) {
    Random random(seed);
    measure_quarters(random);
    for (std::size_t i = 0; i < quarters_.size(); ++i) {
        lay_streets(i, random);
    }
    place_hotspots(random);
    raise_masts(random);
}

LonLat Ground::lon_lat_of(Spot spot) const {
    return {city_->centre.lon_deg + spot.x_m / metres_per_lon_,
            city_->centre.lat_deg + spot.y_m / metres_per_lat};
}

Spot Ground::spot_of(LonLat p) const {
    return {(p.lon_deg - city_->centre.lon_deg) * metres_per_lon_,
            (p.lat_deg - city_->centre.lat_deg) * metres_per_lat};
}

void Ground::measure_quarters(Random& random) {
    for (std::size_t i = 0; i < quarters_.size(); ++i) {
        const District& district = city_->districts[i];
        Quarter& quarter = quarters_[i];
        quarter.area_km2 = area_km2(district.rings);
        const Spot label = spot_of(district.label);
        const double away_m = std::hypot(label.x_m, label.y_m);
        quarter.centrality = std::exp(-away_m / centre_fades_m);
        // Dense in the middle, thin outside; islands and hills keep a few.
        const double per_km2 =
            (19'000.0 * std::exp(-away_m / 2600.0) + 1800.0 * std::exp(-away_m / 9000.0)) *
            std::exp(0.35 * random.normal());
        quarter.residents = static_cast<std::uint32_t>(std::lround(per_km2 * quarter.area_km2));
    }
}

void Ground::lay_streets(std::size_t number, Random& random) {
    const auto& rings = city_->districts[number].rings;
    Quarter& quarter = quarters_[number];
    Bounds bounds;
    for (const Ring& ring : rings) {
        for (const LonLat& p : ring) {
            const Spot spot = spot_of(p);
            bounds.low = {std::min(bounds.low.x_m, spot.x_m), std::min(bounds.low.y_m, spot.y_m)};
            bounds.high = {std::max(bounds.high.x_m, spot.x_m),
                           std::max(bounds.high.y_m, spot.y_m)};
        }
    }
    const double wanted = std::clamp(quarter.area_km2 * streets_per_km2, streets_min, streets_max);
    const double main_direction = random.uniform() * std::numbers::pi;
    const int tries = rings.empty() ? 0 : tries_max + static_cast<int>(wanted) * 20;
    for (int i = 0; i < tries && static_cast<double>(quarter.streets.size()) < wanted; ++i) {
        const Spot from{std::lerp(bounds.low.x_m, bounds.high.x_m, random.uniform()),
                        std::lerp(bounds.low.y_m, bounds.high.y_m, random.uniform())};
        const double turn = random.uniform() < 0.5 ? 0.0 : std::numbers::pi / 2.0;
        const double direction = main_direction + turn + 0.12 * random.normal();
        const double length_m = 60.0 + random.exponential(140.0);
        const Street street{
            from,
            {from.x_m + length_m * std::cos(direction), from.y_m + length_m * std::sin(direction)}};
        bool inside = true;
        for (int step = 0; step <= 8 && inside; ++step) {
            inside = holds(number, at_share(street, step / 8.0));
        }
        if (inside) {
            quarter.streets.push_back(street);
            const double busy = length_m * std::exp(0.7 * random.normal());
            quarter.reach.push_back(busy + (quarter.reach.empty() ? 0.0 : quarter.reach.back()));
        }
    }
}

bool Ground::is_shore(Spot spot) const {
    // Westwards or southwards within 350 m there is no district any more: in Marseille, the sea.
    constexpr double shore_m = 350.0;
    return district_at({spot.x_m - shore_m, spot.y_m}) == no_district ||
           district_at({spot.x_m - shore_m * 0.7, spot.y_m - shore_m * 0.7}) == no_district;
}

void Ground::place_hotspots(Random& random) {
    constexpr std::array<std::uint8_t, 6> flavours{nightlife, station, market,
                                                   shopping,  beach,   square};
    std::vector<double> sums;
    for (const Quarter& quarter : quarters_) {
        const double weight = quarter.streets.empty()
                                  ? 0.0
                                  : quarter.residents * (0.25 + 3.0 * quarter.centrality) + 200.0;
        sums.push_back(weight + (sums.empty() ? 0.0 : sums.back()));
    }
    for (int i = 0; i < tries_max * 20 && hotspots_.size() < hotspot_count; ++i) {
        const std::uint8_t flavour = flavours[hotspots_.size() % flavours.size()];
        // Beaches are by the water and squares are lived in: wherever people live; the others are
        // towards the centre.
        const std::size_t number =
            flavour == beach ? random.below(quarters_.size()) : draw_index(sums, random);
        const Quarter& quarter = quarters_[number];
        if (quarter.streets.empty()) {
            continue;
        }
        const Street& street = quarter.streets[draw_index(quarter.reach, random)];
        const Spot centre = at_share(street, random.uniform());
        const bool looks_hard =
            i < tries_max * 10;  // a city without a shore gets its beaches inland
        if (looks_hard && (flavour == beach) != is_shore(centre)) {
            continue;
        }
        const double length_m = length_of(street);
        Hotspot hotspot{centre, (street.to.x_m - street.from.x_m) / length_m,
                        (street.to.y_m - street.from.y_m) / length_m};
        hotspot.along_m = (80.0 + 220.0 * random.uniform()) / 2.0;
        hotspot.across_m = hotspot.along_m / 3.0;
        hotspot.weight = std::exp(0.7 * random.normal());
        hotspot.flavour = flavour;
        hotspot.district = static_cast<std::uint16_t>(number);
        hotspots_.push_back(hotspot);
    }
}

void Ground::raise_masts(Random& random) {
    // Noise is measured where it is expected: in places of night life, squares and beaches first.
    for (const Hotspot& hotspot : hotspots_) {
        if ((hotspot.flavour & (nightlife | square | beach)) != 0 && masts_.size() < mast_count) {
            masts_.push_back(blur(hotspot.centre, 10.0, random));
        }
    }
}

DistrictId Ground::district_of_fact(Spot spot) const {
    const DistrictId inside = district_at(spot);
    if (inside != no_district) {
        return inside;
    }
    // Everything is drawn from streets and hotspots of districts, so that one is never further than this.
    constexpr double reach_m = 5000.0;
    const DistrictId nearest = index_.find_near(lon_lat_of(spot), reach_m);
    VIGIE_ASSERT(nearest != no_district);
    return nearest;
}

Spot Ground::blur(Spot spot, double error_m, Random& random) const {
    for (int i = 0; i < 8; ++i) {
        const Spot moved{spot.x_m + error_m * random.normal(),
                         spot.y_m + error_m * random.normal()};
        if (district_at(moved) != no_district) {
            return moved;
        }
    }
    return spot;
}

Spot Ground::draw_in_quarter(std::size_t number, Random& random) const {
    const Quarter& quarter = quarters_[number];
    const Street& street = quarter.streets[draw_index(quarter.reach, random)];
    return blur(at_share(street, random.uniform()), pavement_m, random);
}

Spot Ground::draw_in_hotspot(const Hotspot& hotspot, Random& random) const {
    for (int i = 0; i < 8; ++i) {
        const double along = hotspot.along_m * random.normal();
        const double across = hotspot.across_m * random.normal();
        const Spot spot{hotspot.centre.x_m + along * hotspot.east - across * hotspot.north,
                        hotspot.centre.y_m + along * hotspot.north + across * hotspot.east};
        if (district_at(spot) != no_district) {
            return spot;
        }
    }
    return hotspot.centre;
}

Spot Ground::draw_near(Spot spot, double mean_m, Random& random) const {
    for (int i = 0; i < 8; ++i) {
        const double distance_m = random.exponential(mean_m);
        const double direction = 2.0 * std::numbers::pi * random.uniform();
        const Spot near{spot.x_m + distance_m * std::cos(direction),
                        spot.y_m + distance_m * std::sin(direction)};
        if (district_at(near) != no_district) {
            return near;
        }
    }
    return spot;
}

}  // namespace vigie::simulator
