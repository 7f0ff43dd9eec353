// A small made-up city for tests: Marseille's projection and clock, two square districts and one known by its code only.
#pragma once

#include <string>

#include "city/city.h"
#include "city/event/taxonomy.h"

namespace vigie::intake {

inline City example_city() {
    City city;
    city.key = "essai";
    city.name = "Essai";
    city.zone = "Europe/Paris";
    city.epsg = 2154;
    city.box = BoxDeg{5.2, 43.1, 5.6, 43.4};
    city.centre = LonLat{5.37, 43.3};
    const auto square = [](std::uint16_t id, std::string code, double west) {
        District district;
        district.id = DistrictId{id};
        district.code = std::move(code);
        district.name = "Quartier " + district.code;
        district.rings = {{LonLat{west, 43.28}, LonLat{west + 0.02, 43.28}, LonLat{west + 0.02, 43.30}, LonLat{west, 43.30}}};
        district.label = LonLat{west + 0.01, 43.29};
        return district;
    };
    city.districts = {square(0, "Q1", 5.36), square(1, "Q2", 5.38)};
    District known;
    known.id = DistrictId{2};
    known.code = "Q3";
    known.name = "Quartier sans contour";
    city.districts.push_back(known);
    city.districts_are_a_partition = true;
    return city;
}

inline Taxonomy example_taxonomy() {
    Taxonomy taxonomy;
    taxonomy.name = "Essai";
    taxonomy.themes = {Theme{"t", "Thème", "Theme"}};
    std::uint16_t id = 0;
    for (const char* key : {"theft", "noise", "fire", "unmapped"}) {
        taxonomy.categories.push_back(Category{CategoryId{id}, key, "t", key, key, Severity{static_cast<std::uint8_t>(id + 1)}});
        ++id;
    }
    return taxonomy;
}

/// A manifest on columns t, lon, lat, type; `more` is appended.
inline std::string example_manifest(const std::string& time_format = "YYYY-MM-DDTHH:mm", const std::string& more = {}) {
    return R"(key = "essai"
label = "Essai"
attribution = "Ville d'essai"
licence = "LO 2.0"
owner = "Service"
purposes = ["tranquillite_publique"]
[time]
column = "t"
format = ")" + time_format + R"("
[place]
lon = "lon"
lat = "lat"
[category]
column = "type"
[category.map]
"VOL" = "theft"
"BRUIT*" = "noise"
"FEU" = "fire"
)" + (more.find("[origin]") == std::string::npos ? "[origin]\nfixed = \"resident\"\n" : "") + more;
}

}  // namespace vigie::intake
