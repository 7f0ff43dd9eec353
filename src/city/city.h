// A city as the house knows it: its name, zone, projection, box and districts. Made once from
// configuration by intake, kept by store, and given to everyone as a constant.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "city/place/lon_lat.h"

namespace vigie {

/// One closed ring, first point not repeated. Outer rings and holes are told apart by even-odd filling.
using Ring = std::vector<LonLat>;

struct District {
    DistrictId id;
    std::string code;    ///< official code, as text ("13055", "2A004")
    std::string name;
    std::string parent;  ///< name of the larger area (arrondissement), or empty
    std::vector<Ring> rings;  ///< empty when only the code is known
    LonLat label;             ///< inner point for the name; also the centroid used to place facts known by code only
    double area_km2 = 0.0;    ///< 0 when there are no rings
    std::optional<std::uint32_t> residents;
};

/// A named layer of outlines that a map draws under the facts.
struct OutlineLayer {
    std::string key;  ///< "arrondissements", "outline"
    std::string attribution;
    struct Shape {
        std::string code;
        std::string name;
        std::vector<Ring> rings;
    };
    std::vector<Shape> shapes;
};

struct City {
    std::string key;   ///< "marseille"
    std::string name;  ///< "Marseille"
    std::string zone;  ///< IANA, "Europe/Paris"
    int epsg = 0;      ///< metric projection; axes in metres
    BoxDeg box;        ///< facts outside are quarantined
    LonLat centre;     ///< reference point for the sun and the first view
    std::vector<District> districts;  ///< ordered by id; ids are 0..n-1; may be empty
    bool districts_are_a_partition = false;  ///< true when every placed fact is in one polygon; false for codes only
    std::vector<OutlineLayer> outlines;
    std::vector<std::string> attributions;  ///< lines to show under every map
    bool synthetic = false;  ///< the facts are invented: said on every screen and export
};

}  // namespace vigie
