#include "intake/locate.h"

#include <algorithm>
#include <cmath>

#include "base/assert.h"

namespace vigie::intake {
namespace {

PointM floored(Projection::Planar p) {
    return {static_cast<std::int32_t>(std::floor(p.x)), static_cast<std::int32_t>(std::floor(p.y))};
}

bool is_finite(Projection::Planar p) { return std::isfinite(p.x) && std::isfinite(p.y); }

bool is_on_earth(LonLat p) {
    return p.lon_deg >= -180.0 && p.lon_deg <= 180.0 && p.lat_deg >= -90.0 && p.lat_deg <= 90.0;
}

Placing placing_of(LonLat p, const BoxDeg& box) {
    if (box.contains(p)) {
        return Placing::placed;
    }
    if (box.contains(LonLat{p.lat_deg, p.lon_deg})) {
        return Placing::swapped;
    }
    return is_on_earth(p) ? Placing::outside_city : Placing::bad_coordinate;
}

}  // namespace

Result<Locator> Locator::open(const City& city, int epsg) {
    Projection projection = TRY(Projection::open(city.epsg));
    std::optional<Projection> source;
    if (epsg != 0 && epsg != city.epsg) {
        source = TRY(Projection::open(epsg));
    }
    Locator locator(city, std::move(projection), std::move(source));
    locator.planar_ = epsg != 0;
    locator.same_projection_ = epsg == city.epsg;
    return locator;
}

Locator::Locator(const City& city, Projection projection, std::optional<Projection> source)
    : box_(city.box), projection_(std::move(projection)), source_(std::move(source)) {
    if (std::any_of(city.districts.begin(), city.districts.end(), [](const District& d) { return !d.rings.empty(); })) {
        districts_.emplace(city.districts);
    }
    find_areas(city);
}

void Locator::find_areas(const City& city) {
    for (const District& district : city.districts) {
        Place place;
        place.district = district.id;
        place.precision = PlacePrecision::area_only;
        const bool has_label = district.label != LonLat{};
        if (const auto planar = has_label ? projection_.forward(district.label) : fail(ErrorCode::not_found, "")) {
            place.precision = PlacePrecision::area_centroid;
            place.position = district.label;
            place.point = floored(*planar);
        }
        areas_.emplace(district.code, place);
    }
}

void Locator::locate(std::span<Projection::Planar> positions, std::span<Place> places) const {
    VIGIE_ASSERT(positions.size() == places.size());
    std::vector<Projection::Planar> metres;
    if (same_projection_) {
        metres.assign(positions.begin(), positions.end());
    }
    if (planar_) {
        (source_ ? *source_ : projection_).inverse_all(positions);
    }
    for (std::size_t i = 0; i < positions.size(); ++i) {
        Place& place = places[i];
        place = Place{};
        place.position = LonLat{positions[i].x, positions[i].y};
        place.placing = is_finite(positions[i]) ? placing_of(place.position, box_) : Placing::bad_coordinate;
        if (place.placing != Placing::placed) {
            positions[i] = Projection::Planar{HUGE_VAL, HUGE_VAL};  // not worth projecting
        }
    }
    if (!same_projection_) {
        metres.assign(positions.begin(), positions.end());
        projection_.forward_all(metres);
    }
    for (std::size_t i = 0; i < places.size(); ++i) {
        Place& place = places[i];
        if (place.placing != Placing::placed) {
            continue;
        }
        if (!is_finite(metres[i])) {
            place.placing = Placing::bad_coordinate;
            continue;
        }
        place.point = floored(metres[i]);
        if (districts_) {
            place.district = districts_->find_near(place.position, district_reach_m);
        }
    }
}

std::optional<Place> Locator::locate_code(std::string_view code) const {
    const auto at = areas_.find(code);
    return at == areas_.end() ? std::nullopt : std::optional(at->second);
}

}  // namespace vigie::intake
