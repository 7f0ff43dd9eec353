#include "api/boundaries_json.h"

#include <algorithm>
#include <cmath>
#include <vector>

#include "api/json_writer.h"

namespace vigie::api {

namespace {

/// Decimals of a degree: 0.1 m, finer than any outline we are given.
constexpr int degree_decimals = 6;

/// Twice the signed area in square degrees: positive for a ring that turns anticlockwise.
double turn_of(const Ring& ring) {
    double twice_area = 0.0;
    for (std::size_t i = 0; i < ring.size(); ++i) {
        const auto& a = ring[i];
        const auto& b = ring[(i + 1) % ring.size()];
        twice_area += a.lon_deg * b.lat_deg - b.lon_deg * a.lat_deg;
    }
    return twice_area;
}

bool holds(const Ring& ring, LonLat p) {
    bool inside = false;
    for (std::size_t i = 0, j = ring.size() - 1; i < ring.size(); j = i++) {
        const auto& a = ring[i];
        const auto& b = ring[j];
        if ((a.lat_deg > p.lat_deg) != (b.lat_deg > p.lat_deg) &&
            p.lon_deg <
                (b.lon_deg - a.lon_deg) * (p.lat_deg - a.lat_deg) / (b.lat_deg - a.lat_deg) +
                    a.lon_deg) {
            inside = !inside;
        }
    }
    return inside;
}

/// Even-odd rings as GeoJSON polygons: each outer ring followed by the holes that lie directly in
/// it.
std::vector<std::vector<std::size_t>> polygons_of(const std::vector<Ring>& rings) {
    std::vector<std::vector<std::size_t>> around(rings.size());
    for (std::size_t i = 0; i < rings.size(); ++i) {
        for (std::size_t j = 0; j < rings.size(); ++j) {
            if (i != j && !rings[i].empty() && holds(rings[j], rings[i].front())) {
                around[i].push_back(j);
            }
        }
    }
    std::vector<std::vector<std::size_t>> polygons;
    std::vector<std::size_t> polygon_of(rings.size(), rings.size());
    for (std::size_t i = 0; i < rings.size(); ++i) {
        if (around[i].size() % 2 == 0 && rings[i].size() >= 3) {
            polygon_of[i] = polygons.size();
            polygons.push_back({i});
        }
    }
    for (std::size_t i = 0; i < rings.size(); ++i) {
        if (around[i].size() % 2 == 1 && rings[i].size() >= 3) {
            const auto owner = std::find_if(around[i].begin(), around[i].end(), [&](std::size_t j) {
                return around[j].size() + 1 == around[i].size();
            });
            if (owner != around[i].end() && polygon_of[*owner] < polygons.size()) {
                polygons[polygon_of[*owner]].push_back(i);
            }
        }
    }
    return polygons;
}

void write_ring(JsonWriter& json, const Ring& ring, bool anticlockwise) {
    const bool backwards = (turn_of(ring) > 0.0) != anticlockwise;
    json.open_array();
    for (std::size_t step = 0; step <= ring.size(); ++step) {
        const std::size_t at = step % ring.size();
        const auto& p = ring[backwards ? (ring.size() - at) % ring.size() : at];
        json.open_array()
            .fixed(p.lon_deg, degree_decimals)
            .fixed(p.lat_deg, degree_decimals)
            .close_array();
    }
    json.close_array();
}

void open_collection(JsonWriter& json) {
    json.open_object();
    json.key("type").text("FeatureCollection");
    json.key("features").open_array();
}

}  // namespace

void write_geometry(JsonWriter& json, const std::vector<Ring>& rings) {
    json.key("geometry").open_object();
    json.key("type").text("MultiPolygon");
    json.key("coordinates").open_array();
    for (const auto& polygon : polygons_of(rings)) {
        json.open_array();
        for (std::size_t i = 0; i < polygon.size(); ++i) {
            write_ring(json, rings[polygon[i]], i == 0);
        }
        json.close_array();
    }
    json.close_array().close_object();
}

std::string districts_geojson(const City& city) {
    JsonWriter json;
    open_collection(json);
    for (const auto& district : city.districts) {
        if (district.rings.empty()) {
            continue;
        }
        json.open_object();
        json.key("type").text("Feature");
        json.key("id").number(std::int64_t{district.id.raw()});
        json.key("properties").open_object();
        json.key("id").number(std::int64_t{district.id.raw()});
        json.key("code").text(district.code);
        json.key("name").text(district.name);
        json.key("parent").text(district.parent);
        json.close_object();
        write_geometry(json, district.rings);
        json.close_object();
    }
    json.close_array().close_object();
    return json.take();
}

std::string outline_geojson(const OutlineLayer& layer) {
    JsonWriter json;
    open_collection(json);
    std::int64_t rank = 0;
    for (const auto& shape : layer.shapes) {
        json.open_object();
        json.key("type").text("Feature");
        json.key("id").number(rank);
        json.key("properties").open_object();
        json.key("id").number(rank);
        json.key("code").text(shape.code);
        json.key("name").text(shape.name);
        json.close_object();
        write_geometry(json, shape.rings);
        json.close_object();
        ++rank;
    }
    json.close_array().close_object();
    return json.take();
}

}  // namespace vigie::api
