// Outlines as GeoJSON (RFC 7946).
#pragma once

#include <string>
#include <vector>

#include "api/json_writer.h"
#include "city/city.h"

namespace vigie::api {

/// Districts that have rings: id (district number), code, name, parent.
[[nodiscard]] std::string districts_geojson(const City& city);

/// The shapes of a layer: id (rank in the layer), code, name.
[[nodiscard]] std::string outline_geojson(const OutlineLayer& layer);

/// The member "geometry": even-odd rings as a MultiPolygon, outer rings anticlockwise (RFC
/// 7946, 3.1.6).
void write_geometry(JsonWriter& json, const std::vector<Ring>& rings);

}  // namespace vigie::api
