#include "intake/sources/geometry_file.h"

#include <fmt/format.h>
#include <simdjson.h>

#include <cmath>

#include "intake/sources/byte_stream.h"
#include "intake/sources/text_stream.h"

namespace vigie::intake {

namespace {

namespace dom = simdjson::dom;

/// Geometry collections inside one another: none in practice, and a bound on recursion.
constexpr int nesting_max = 8;

/// Builds shapes out of a parsed document. Functions return null, or in words what is wrong.
class ShapeBuilder {
  public:
    const char* add_document(dom::object object) {
        const std::string_view type = type_of(object);
        if (type == "FeatureCollection") {
            dom::array features;
            if (object["features"].get(features) != simdjson::SUCCESS) {
                return "il manque « features » à la FeatureCollection";
            }
            for (const dom::element feature : features) {
                dom::object inner;
                ++number_;
                if (feature.get(inner) != simdjson::SUCCESS || type_of(inner) != "Feature") {
                    return "un élément de « features » n'est pas une Feature";
                }
                if (const char* wrong = add_feature(inner)) {
                    return wrong;
                }
            }
            return nullptr;
        }
        ++number_;
        if (type == "Feature") {
            return add_feature(object);
        }
        if (type == "GeometryCollection") {
            return add_members(object);
        }
        Shape shape;
        if (const char* wrong = add_geometry(object, shape, 0)) {
            return wrong;
        }
        shapes.push_back(std::move(shape));
        return nullptr;
    }

    [[nodiscard]] std::size_t number() const { return number_; }
    std::vector<Shape> shapes;

  private:
    static std::string_view type_of(dom::object object) {
        std::string_view type;
        return object["type"].get(type) == simdjson::SUCCESS ? type : std::string_view();
    }

    /// A collection at the top of a file: one shape each.
    const char* add_members(dom::object collection) {
        dom::array members;
        if (collection["geometries"].get(members) != simdjson::SUCCESS) {
            return "il manque « geometries » à la GeometryCollection";
        }
        number_ = 0;
        for (const dom::element member : members) {
            ++number_;
            Shape shape;
            dom::object inner;
            if (member.get(inner) != simdjson::SUCCESS) {
                return "un élément de « geometries » n'est pas un objet";
            }
            if (const char* wrong = add_geometry(inner, shape, 1)) {
                return wrong;
            }
            shapes.push_back(std::move(shape));
        }
        return nullptr;
    }

    const char* add_feature(dom::object feature) {
        Shape shape;
        dom::object properties;
        if (feature["properties"].get(properties) == simdjson::SUCCESS) {
            for (const dom::key_value_pair property : properties) {
                shape.properties.emplace_back(property.key, text_of(property.value));
            }
        }
        dom::object geometry;
        if (feature["geometry"].get(geometry) != simdjson::SUCCESS) {
            return "l'élément n'a pas de géométrie";
        }
        if (const char* wrong = add_geometry(geometry, shape, 0)) {
            return wrong;
        }
        shapes.push_back(std::move(shape));
        return nullptr;
    }

    static std::string text_of(dom::element value) {
        std::string_view text;
        if (value.get(text) == simdjson::SUCCESS) {
            return std::string(text);
        }
        return value.is_null() ? std::string() : simdjson::minify(value);
    }

    // Recursion is bounded by nesting_max.
    const char* add_geometry(dom::object geometry, Shape& shape,
                             int nesting) {  // NOLINT(misc-no-recursion)
        const std::string_view type = type_of(geometry);
        if (type == "GeometryCollection") {
            dom::array members;
            if (nesting >= nesting_max ||
                geometry["geometries"].get(members) != simdjson::SUCCESS) {
                return "GeometryCollection trop imbriquée ou sans « geometries »";
            }
            for (const dom::element member : members) {
                dom::object inner;
                if (member.get(inner) != simdjson::SUCCESS) {
                    return "un élément de « geometries » n'est pas un objet";
                }
                if (const char* wrong = add_geometry(inner, shape, nesting + 1)) {
                    return wrong;
                }
            }
            return nullptr;
        }
        dom::array coordinates;
        if (geometry["coordinates"].get(coordinates) != simdjson::SUCCESS) {
            return "il manque « coordinates » à la géométrie (ou ce n'est pas du GeoJSON)";
        }
        if (type == "Polygon") {
            return add_polygon(coordinates, shape);
        }
        if (type == "MultiPolygon") {
            return for_each_array(coordinates,
                                  [&](dom::array polygon) { return add_polygon(polygon, shape); });
        }
        if (type == "Point") {
            return add_point(coordinates, shape.points);
        }
        if (type == "MultiPoint") {
            return for_each_array(coordinates,
                                  [&](dom::array point) { return add_point(point, shape.points); });
        }
        return "géométrie inattendue (Polygon, MultiPolygon ou Point attendus)";
    }

    template <class Use>
    static const char* for_each_array(dom::array array, const Use& use) {
        for (const dom::element element : array) {
            dom::array inner;
            if (element.get(inner) != simdjson::SUCCESS) {
                return "des coordonnées ne sont pas un tableau de la bonne profondeur";
            }
            if (const char* wrong = use(inner)) {
                return wrong;
            }
        }
        return nullptr;
    }

    static const char* add_polygon(dom::array polygon, Shape& shape) {
        return for_each_array(polygon, [&](dom::array positions) -> const char* {
            Ring ring;
            const char* wrong = for_each_array(
                positions, [&](dom::array position) { return add_point(position, ring); });
            if (wrong != nullptr) {
                return wrong;
            }
            if (ring.size() > 1 && ring.front() == ring.back()) {
                ring.pop_back();
            }
            if (ring.size() < 3) {
                return "un anneau a moins de trois points";
            }
            shape.rings.push_back(std::move(ring));
            return nullptr;
        });
    }

    static const char* add_point(dom::array position, std::vector<LonLat>& points) {
        double lon = 0;
        double lat = 0;
        if (position.at(0).get(lon) != simdjson::SUCCESS ||
            position.at(1).get(lat) != simdjson::SUCCESS) {
            return "une position n'est pas faite de deux nombres";
        }
        if (!(std::fabs(lon) <= 180.0 && std::fabs(lat) <= 90.0)) {
            return "des coordonnées ne sont pas des degrés WGS 84 (longitude, latitude) : fichier "
                   "dans une projection ?";
        }
        points.push_back(LonLat{lon, lat});
        return nullptr;
    }

    std::size_t number_ = 0;
};

Result<std::vector<Shape>> shapes_of(std::string_view text, const std::string& name) {
    dom::parser parser;
    dom::element document;
    const auto error = parser.parse(text.data(), text.size()).get(document);
    if (error != simdjson::SUCCESS) {
        return fail(ErrorCode::invalid_input,
                    fmt::format("« {} » : ce n'est pas du JSON lisible ({})", name,
                                simdjson::error_message(error)));
    }
    dom::object object;
    if (document.get(object) != simdjson::SUCCESS) {
        return fail(ErrorCode::invalid_input,
                    fmt::format("« {} » : un objet GeoJSON est attendu", name));
    }
    ShapeBuilder builder;
    if (const char* wrong = builder.add_document(object)) {
        return fail(ErrorCode::invalid_input,
                    fmt::format("« {} », élément {} : {}", name, builder.number(), wrong));
    }
    return std::move(builder.shapes);
}

}  // namespace

std::string_view Shape::property(std::string_view name) const {
    for (const auto& [key, value] : properties) {
        if (key == name) {
            return value;
        }
    }
    return {};
}

Result<std::vector<Shape>> read_shapes(const std::string& path) {
    TextStream stream = TRY(TextStream::open(TRY(open_byte_stream(path)), TextEncoding::utf8));
    std::string text;
    while (TRY(stream.append_to(text))) {
        if (text.size() > shapes_bytes_max) {
            return fail(
                ErrorCode::invalid_input,
                fmt::format("« {} » : plus de {} Mio, la limite pour un fichier de contours", path,
                            shapes_bytes_max >> 20));
        }
    }
    return shapes_of(text, path);
}

Result<std::vector<Shape>> read_shapes_of_text(std::string_view text, const std::string& name) {
    return shapes_of(text, name);
}

}  // namespace vigie::intake
