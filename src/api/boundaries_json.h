// Outlines as GeoJSON (RFC 7946).
#pragma once

#include <string>

#include "city/city.h"

namespace vigie::api {

/// Districts that have rings: id (district number), code, name, parent.
[[nodiscard]] std::string districts_geojson(const City& city);

/// The shapes of a layer: id (rank in the layer), code, name.
[[nodiscard]] std::string outline_geojson(const OutlineLayer& layer);

}  // namespace vigie::api
