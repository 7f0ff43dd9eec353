// Places records: from the coordinates or the code that a file gives to degrees, metres and a district.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "city/city.h"
#include "city/event/event.h"
#include "city/place/district_index.h"
#include "city/place/projection.h"

namespace vigie::intake {

/// What became of a position.
enum class Placing : std::uint8_t {
    placed,
    bad_coordinate,      ///< no position on Earth, or outside the projection's domain
    outside_city,        ///< outside the city's box
    swapped,             ///< outside, and inside were longitude and latitude exchanged
};

struct Place {
    Placing placing = Placing::placed;
    LonLat position;
    PointM point;
    DistrictId district = no_district;
    PlacePrecision precision = PlacePrecision::point;
};

/// How far outside every polygon a point may lie and still be given the nearest district: simplified borders leave gaps, and
/// quays stand in the sea.
inline constexpr double district_reach_m = 150.0;

/// Not for use by two threads at once (a projection is not).
class Locator {
  public:
    /// epsg: of the positions that locate() is given; 0 = degrees WGS 84. Errors: those of Projection::open.
    [[nodiscard]] static Result<Locator> open(const City& city, int epsg);

    /// Places positions (x = longitude or easting). `positions` is working space; places has the same length.
    void locate(std::span<Projection::Planar> positions, std::span<Place> places) const;
    /// The centre of the area of that code, or the area alone when nothing says where it lies, or nothing for an unknown code.
    [[nodiscard]] std::optional<Place> locate_code(std::string_view code) const;

  private:
    struct Hash {
        using is_transparent = void;
        std::size_t operator()(std::string_view text) const { return std::hash<std::string_view>{}(text); }
    };
    Locator(const City& city, Projection projection, std::optional<Projection> source);
    void find_areas(const City& city);

    BoxDeg box_;
    Projection projection_;
    std::optional<Projection> source_;  // absent: degrees, or the city's own projection
    bool planar_ = false;               // positions come in metres of some projection
    bool same_projection_ = false;      // ... and it is the city's
    std::optional<DistrictIndex> districts_;
    std::unordered_map<std::string, Place, Hash, std::equal_to<>> areas_;
};

}  // namespace vigie::intake
