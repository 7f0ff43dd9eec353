// config/cities/*.toml with the outlines that it names (docs/formats/city.md).
#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <map>
#include <set>

#include "city/place/district_index.h"
#include "city/place/projection.h"
#include "city/time/local_calendar.h"
#include "intake/config_document.h"
#include "intake/import.h"
#include "intake/inner_point.h"
#include "intake/sources/geometry_file.h"

namespace vigie::intake {
namespace {

using Kind = ConfigNode::Kind;

// One less than no_district: ids are 16 bits.
constexpr std::size_t districts_max = 65'534;
constexpr std::size_t outline_layers_max = 20;

/// The configuration of one city, and the city that comes out of it.
class CityReader {
  public:
    CityReader(std::string path, std::vector<std::string>& warnings)
        : path_(std::move(path)), name_(file_name_of(path_)), warnings_(warnings) {}

    Result<City> read() {
        const std::string text = TRY(read_small_file(path_, config_bytes_max));
        const ConfigNode document = TRY(parse_config(text, name_));
        TableReader root(&document, name_, "");
        TRY(read_root(root));
        TRY(read_names(root.child("names", Kind::table)));
        const ConfigNode* districts = root.child("districts", Kind::table);
        const ConfigNode* outlines = root.child("outlines", Kind::array);
        TRY(root.finish());
        TRY(read_districts(districts));
        if (outlines != nullptr) {
            TRY(read_outlines(outlines->items));
        }
        return std::move(city_);
    }

  private:
    Status read_root(TableReader& root) {
        city_.key = root.required_text("key");
        city_.name = root.required_text("name");
        city_.zone = root.required_text("zone");
        city_.synthetic = root.boolean("synthetic", false);
        city_.attributions = root.texts("attributions");
        const auto epsg = root.integer("epsg", 1'024, 998'999);
        if (!epsg) {
            root.refuse("epsg", "manque : le numéro EPSG d'une projection en mètres est attendu, comme 2154");
        }
        city_.epsg = static_cast<int>(epsg.value_or(0));
        read_box(root);
        read_centre(root);
        if (!city_.zone.empty() && !LocalCalendar::open(city_.zone)) {
            root.refuse("zone", fmt::format("vaut « {} » : attendu un fuseau IANA connu de ce système, comme \"Europe/Paris\"", city_.zone));
        }
        check_projection(root);
        return {};
    }

    /// Numbers of an inline table, all of them required.
    bool read_degrees(TableReader& root, const char* key, const std::vector<std::pair<const char*, double*>>& wanted) {
        TableReader from(root.child(key, Kind::table), name_, key);
        bool complete = from.present();
        for (const auto& [part, into] : wanted) {
            const auto value = from.number(part);
            complete = complete && value.has_value();
            *into = value.value_or(0.0);
        }
        if (const Status status = from.finish(); !status) {
            root.refuse(key, fmt::format("n'est pas compris : {}", status.error().message));
            return false;
        }
        return complete;
    }

    void read_box(TableReader& root) {
        BoxDeg& box = city_.box;
        const bool complete = read_degrees(root, "box", {{"west", &box.west}, {"south", &box.south}, {"east", &box.east}, {"north", &box.north}});
        if (!complete || box.west >= box.east || box.south >= box.north || box.west < -180 || box.east > 180 || box.south < -90 || box.north > 90) {
            root.refuse("box", "doit être { west = …, south = …, east = …, north = … } en degrés, ouest < est et sud < nord");
        }
    }

    void read_centre(TableReader& root) {
        const bool complete = read_degrees(root, "centre", {{"lon", &city_.centre.lon_deg}, {"lat", &city_.centre.lat_deg}});
        if (!complete || !city_.box.contains(city_.centre)) {
            root.refuse("centre", "doit être { lon = …, lat = … } en degrés, dans l'emprise (box)");
        }
    }

    /// Cells are squares of this projection: it must be known, in metres, and not too distorted here.
    void check_projection(TableReader& root) {
        if (city_.epsg == 0) {
            return;
        }
        const auto projection = Projection::open(city_.epsg);
        if (!projection) {
            root.refuse("epsg", fmt::format("vaut {} : {}", city_.epsg, projection.error().message));
            return;
        }
        constexpr double step_deg = 0.01;
        constexpr double metres_per_degree = 111'195.0;  // of latitude, on a sphere of the mean radius
        constexpr double distortion_max = 0.05;
        const auto here = projection->forward(city_.centre);
        const auto north = projection->forward({city_.centre.lon_deg, city_.centre.lat_deg + step_deg});
        if (!here || !north) {
            root.refuse("epsg", fmt::format("vaut {} : cette projection ne couvre pas la ville", city_.epsg));
            return;
        }
        const double length = std::hypot(north->x - here->x, north->y - here->y);
        if (std::fabs(length / (step_deg * metres_per_degree) - 1.0) > distortion_max) {
            root.refuse("epsg", fmt::format("vaut {} : attendu une projection en mètres, à moins de 5 % de déformation au centre de la ville", city_.epsg));
        }
    }

    Status read_names(const ConfigNode* node) {
        if (node == nullptr) {
            return {};
        }
        for (const auto& [code, value] : node->members) {
            if (value.kind != Kind::text) {
                return fail(ErrorCode::invalid_input, fmt::format("{}, ligne {} : « names.{} » doit être un texte", name_, value.line, code));
            }
            names_[code] = value.text;
        }
        return {};
    }

    [[nodiscard]] std::string name_for(std::string_view code) const {
        const auto at = names_.find(std::string(code));
        return at == names_.end() ? std::string(code) : at->second;
    }

    /// The file's shapes; for an optional file that is absent, none and a warning.
    Result<std::vector<Shape>> shapes_of(const std::string& file, bool optional) {
        Result<std::vector<Shape>> shapes = read_shapes(path_beside(path_, file));
        if (!shapes && optional && shapes.error().code == ErrorCode::not_found) {
            warnings_.push_back(fmt::format("{} : le fichier facultatif « {} » est absent, {} se passe de ces contours", name_, file, city_.name));
            return std::vector<Shape>{};
        }
        return shapes;
    }

    struct DistrictKeys {
        std::string file, code, name, parent, parent_name, labels_file;
        bool optional = false;
    };

    Status read_districts(const ConfigNode* node) {
        if (node == nullptr) {
            return {};
        }
        TableReader from(node, name_, "districts");
        DistrictKeys keys;
        keys.file = from.required_text("file");
        keys.code = from.required_text("code");
        keys.name = from.text("name");
        keys.parent = from.text("parent");
        keys.parent_name = from.text("parent_name");
        keys.labels_file = from.text("labels_file");
        keys.optional = from.boolean("optional", false);
        const bool partition = from.boolean("partition", true);
        TRY(from.finish());
        const std::vector<Shape> shapes = TRY(shapes_of(keys.file, keys.optional));
        TRY(add_districts(shapes, keys));
        if (!keys.labels_file.empty()) {
            const std::vector<Shape> labels = TRY(shapes_of(keys.labels_file, keys.optional));
            set_labels(labels, keys.code);
        }
        city_.districts_are_a_partition = partition && !city_.districts.empty();
        return {};
    }

    Status add_districts(const std::vector<Shape>& shapes, const DistrictKeys& keys) {
        if (shapes.size() > districts_max) {
            return fail(ErrorCode::invalid_input, fmt::format("{} : {} quartiers, {} au plus étaient attendus", keys.file, shapes.size(), districts_max));
        }
        std::set<std::string_view> seen;
        for (const Shape& shape : shapes) {
            District district;
            district.id = DistrictId{static_cast<std::uint16_t>(city_.districts.size())};
            district.code = shape.property(keys.code);
            if (district.code.empty() || !seen.insert(shape.property(keys.code)).second) {
                return fail(ErrorCode::invalid_input, fmt::format("{}, élément {} : la propriété « {} » doit porter un code, différent pour chacun", keys.file,
                                                                  city_.districts.size() + 1, keys.code));
            }
            district.name = keys.name.empty() ? district.code : std::string(shape.property(keys.name));
            district.parent = keys.parent.empty() ? keys.parent_name : name_for(shape.property(keys.parent));
            district.rings = shape.rings;
            district.area_km2 = area_km2(district.rings);
            if (!shape.points.empty()) {
                district.label = shape.points[0];
            } else if (const auto inside = inner_point(district.rings)) {
                district.label = *inside;
            }
            city_.districts.push_back(std::move(district));
        }
        return {};
    }

    void set_labels(const std::vector<Shape>& labels, const std::string& code) {
        for (const Shape& label : labels) {
            const auto at = std::find_if(city_.districts.begin(), city_.districts.end(), [&](const District& d) { return d.code == label.property(code); });
            if (at != city_.districts.end() && !label.points.empty()) {
                at->label = label.points[0];
            }
        }
    }

    Status read_outlines(const std::vector<ConfigNode>& nodes) {
        if (nodes.size() > outline_layers_max) {
            return fail(ErrorCode::invalid_input, fmt::format("{} : plus de {} couches de contours", name_, outline_layers_max));
        }
        for (const ConfigNode& node : nodes) {
            TableReader from(&node, name_, "outlines");
            OutlineLayer layer;
            layer.key = from.required_text("key");
            layer.attribution = from.text("attribution");
            const std::string file = from.required_text("file");
            const std::string code = from.text("code");
            const std::string name = from.text("name");
            const bool optional = from.boolean("optional", false);
            TRY(from.finish());
            std::vector<Shape> shapes = TRY(shapes_of(file, optional));
            for (Shape& shape : shapes) {
                const std::string shape_code(code.empty() ? std::string_view() : shape.property(code));
                std::string shape_name = name.empty() ? name_for(shape_code) : std::string(shape.property(name));
                layer.shapes.push_back({shape_code, std::move(shape_name), std::move(shape.rings)});
            }
            city_.outlines.push_back(std::move(layer));
        }
        return {};
    }

    std::string path_;
    std::string name_;
    std::vector<std::string>& warnings_;
    City city_;
    std::map<std::string, std::string> names_;
};

}  // namespace

Result<City> load_city(const std::string& toml_path, std::vector<std::string>& warnings) {
    return CityReader(toml_path, warnings).read();
}

}  // namespace vigie::intake
