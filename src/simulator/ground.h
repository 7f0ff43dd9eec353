// The ground of the synthetic city: districts from the city given, made-up streets inside them,
// hotspots and noise masts along those streets. Works in metres east and north of the city's
// centre.
#pragma once

#include <cstdint>
#include <vector>

#include "base/random.h"
#include "city/city.h"
#include "city/place/district_index.h"

namespace vigie::simulator {

struct Spot {
    double x_m = 0.0;
    double y_m = 0.0;
};

struct Street {
    Spot from;
    Spot to;
};

/// A blob drawn out along a street: 80 to 300 m long, narrower across.
struct Hotspot {
    Spot centre;
    double east = 1.0;  ///< unit vector along the street
    double north = 0.0;
    double along_m = 0.0;  ///< standard deviations
    double across_m = 0.0;
    double weight = 1.0;
    std::uint8_t flavour = 0;  ///< one of the bits of kinds.h
    std::uint16_t district = 0;
};

/// What the simulator makes up about a district.
struct Quarter {
    std::vector<Street> streets;
    std::vector<double> reach;  ///< cumulative weights of the streets, for drawing one
    double area_km2 = 0.0;
    double centrality = 0.0;  ///< 1 at the centre, falling by e every 1.5 km
    std::uint32_t residents = 0;
};

/// Immutable once made. The city must outlive it.
class Ground {
  public:
    Ground(const City& city, std::uint64_t seed);

    [[nodiscard]] const City& city() const { return *city_; }
    [[nodiscard]] const std::vector<Quarter>& quarters() const { return quarters_; }
    [[nodiscard]] const std::vector<Hotspot>& hotspots() const { return hotspots_; }
    [[nodiscard]] const std::vector<Spot>& masts() const { return masts_; }

    [[nodiscard]] LonLat lon_lat_of(Spot spot) const;
    [[nodiscard]] Spot spot_of(LonLat p) const;
    /// Index of the district that holds the spot, or no_district.
    [[nodiscard]] DistrictId district_at(Spot spot) const { return index_.find(lon_lat_of(spot)); }
    /// The same for a place that somebody has drawn: borders that were simplified apart leave slivers
    /// in no district, whose facts belong to the nearest one.
    [[nodiscard]] DistrictId district_of_fact(Spot spot) const;

    [[nodiscard]] Spot draw_in_quarter(std::size_t quarter, Random& random) const;
    [[nodiscard]] Spot draw_in_hotspot(const Hotspot& hotspot, Random& random) const;
    /// A spot of the city at a distance of exponential law from `spot`, or `spot` itself when none
    /// is found.
    [[nodiscard]] Spot draw_near(Spot spot, double mean_m, Random& random) const;
    /// `spot` moved by a normal error of `error_m` each way, kept in the city.
    [[nodiscard]] Spot blur(Spot spot, double error_m, Random& random) const;

  private:
    void measure_quarters(Random& random);
    void lay_streets(std::size_t quarter, Random& random);
    void place_hotspots(Random& random);
    void raise_masts(Random& random);
    [[nodiscard]] bool is_shore(Spot spot) const;
    [[nodiscard]] bool holds(std::size_t quarter, Spot spot) const {
        return district_at(spot).raw() == quarter;
    }

    const City* city_;
    DistrictIndex index_;
    double metres_per_lon_;
    std::vector<Quarter> quarters_;
    std::vector<Hotspot> hotspots_;
    std::vector<Spot> masts_;
};

/// Draws an index in proportion to weights given as their running sums. `sums` not empty, its last
/// above 0.
[[nodiscard]] std::size_t draw_index(const std::vector<double>& sums, Random& random);

}  // namespace vigie::simulator
