// Areas on the ellipsoid, through the sphere of equal area: latitudes are first turned into
// authalic ones, so that the sphere's formula gives the ellipsoid's figure.
#include <cmath>
#include <numbers>

#include "city/place/district_index.h"

namespace vigie {
namespace {

constexpr double authalic_radius_km = 6371.0071809;
constexpr double eccentricity2 = 0.00669437999014;  // WGS 84
constexpr double radians_per_degree = std::numbers::pi / 180.0;

/// Source: Snyder 1987, "Map projections: a working manual", eq. 3-12.
double authalic_q(double sine_latitude) {
    const double e = std::sqrt(eccentricity2);
    const double es = e * sine_latitude;
    return (1.0 - eccentricity2) * (sine_latitude / (1.0 - es * es) + std::atanh(es) / e);
}

double authalic_sine(double lat_deg) {
    return authalic_q(std::sin(lat_deg * radians_per_degree)) / authalic_q(1.0);
}

double ring_area_km2(const Ring& ring) {
    double sum = 0.0;
    for (std::size_t i = 0; i < ring.size(); ++i) {
        const LonLat& before = ring[i == 0 ? ring.size() - 1 : i - 1];
        const LonLat& after = ring[i + 1 == ring.size() ? 0 : i + 1];
        sum +=
            (after.lon_deg - before.lon_deg) * radians_per_degree * authalic_sine(ring[i].lat_deg);
    }
    return std::fabs(sum) * authalic_radius_km * authalic_radius_km / 2.0;
}

bool holds(const Ring& ring, LonLat p) {
    bool inside = false;
    for (std::size_t i = 0; i < ring.size(); ++i) {
        const LonLat a = ring[i];
        const LonLat b = ring[i + 1 == ring.size() ? 0 : i + 1];
        if ((a.lat_deg > p.lat_deg) != (b.lat_deg > p.lat_deg)) {
            const double share = (p.lat_deg - a.lat_deg) / (b.lat_deg - a.lat_deg);
            inside ^= p.lon_deg < a.lon_deg + share * (b.lon_deg - a.lon_deg);
        }
    }
    return inside;
}

/// A hole may touch its outer ring at a vertex, so most of its vertices decide.
bool lies_in(const Ring& inner, const Ring& outer) {
    std::size_t inside = 0;
    for (const LonLat& p : inner) {
        inside += holds(outer, p) ? 1U : 0U;
    }
    return 2 * inside > inner.size();
}

}  // namespace

double area_km2(std::span<const Ring> rings) {
    double total = 0.0;
    for (std::size_t i = 0; i < rings.size(); ++i) {
        bool hole = false;
        for (std::size_t j = 0; j < rings.size(); ++j) {
            hole ^= i != j && lies_in(rings[i], rings[j]);
        }
        total += (hole ? -1.0 : 1.0) * ring_area_km2(rings[i]);
    }
    return total;
}

}  // namespace vigie
