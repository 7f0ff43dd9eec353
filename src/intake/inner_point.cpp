#include "intake/inner_point.h"

#include <algorithm>
#include <cmath>
#include <vector>

namespace vigie::intake {
namespace {

struct Moments {
    double area = 0.0;  ///< signed, square degrees, twice
    double lat = 0.0;
};

Moments moments_of(const Ring& ring) {
    Moments sum;
    // Relative to the first vertex: differences keep the digits that the area of a small place needs.
    const LonLat origin = ring[0];
    for (std::size_t i = 0; i < ring.size(); ++i) {
        const LonLat& a = ring[i];
        const LonLat& b = ring[(i + 1) % ring.size()];
        const double ay = a.lat_deg - origin.lat_deg;
        const double by = b.lat_deg - origin.lat_deg;
        const double cross = (a.lon_deg - origin.lon_deg) * by - (b.lon_deg - origin.lon_deg) * ay;
        sum.area += cross;
        sum.lat += (ay + by) * cross;
    }
    sum.lat = sum.area == 0.0 ? origin.lat_deg : origin.lat_deg + sum.lat / (3.0 * sum.area);
    return sum;
}

/// Where the borders cross the parallel, from west to east.
std::vector<double> crossings(std::span<const Ring> rings, double lat) {
    std::vector<double> lons;
    for (const Ring& ring : rings) {
        for (std::size_t i = 0; i < ring.size(); ++i) {
            const LonLat& a = ring[i];
            const LonLat& b = ring[(i + 1) % ring.size()];
            if ((a.lat_deg <= lat) != (b.lat_deg <= lat)) {
                lons.push_back(a.lon_deg + (lat - a.lat_deg) / (b.lat_deg - a.lat_deg) * (b.lon_deg - a.lon_deg));
            }
        }
    }
    std::sort(lons.begin(), lons.end());
    return lons;
}

}  // namespace

std::optional<LonLat> inner_point(std::span<const Ring> rings) {
    Moments largest;
    for (const Ring& ring : rings) {
        const Moments moments = ring.size() < 3 ? Moments{} : moments_of(ring);
        if (std::fabs(moments.area) > std::fabs(largest.area)) {
            largest = moments;
        }
    }
    if (largest.area == 0.0) {
        return std::nullopt;
    }
    const std::vector<double> lons = crossings(rings, largest.lat);
    double widest = 0.0;
    LonLat best{0.0, largest.lat};
    for (std::size_t i = 0; i + 1 < lons.size(); i += 2) {
        if (lons[i + 1] - lons[i] > widest) {
            widest = lons[i + 1] - lons[i];
            best.lon_deg = (lons[i] + lons[i + 1]) / 2.0;
        }
    }
    return widest > 0.0 ? std::optional(best) : std::nullopt;
}

}  // namespace vigie::intake
