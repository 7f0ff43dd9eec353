#include "intake/sources/feature_fields.h"

#include <fmt/format.h>
#include <simdjson.h>

#include <array>
#include <charconv>
#include <cmath>
#include <cstring>

namespace vigie::intake {

namespace {

namespace ondemand = simdjson::ondemand;

/// Arrays of arrays in coordinates: a MultiPolygon has four levels, a collection may hold
/// collections.
constexpr int nesting_max = 8;

std::string_view trimmed(std::string_view token) {
    const std::size_t end = token.find_last_not_of(" \t\r\n");
    return end == std::string_view::npos ? std::string_view() : token.substr(0, end + 1);
}

/// A number of RFC 8259, section 6: simdjson's lazy reading does not check what it hands over as
/// written.
bool is_number(std::string_view text) {
    std::size_t i = 0;
    const auto digits = [&] {
        const std::size_t begin = i;
        while (i < text.size() && text[i] >= '0' && text[i] <= '9') {
            ++i;
        }
        return i > begin;
    };
    i += text.starts_with('-') ? 1U : 0U;
    const bool leading_zero =
        i + 1 < text.size() && text[i] == '0' && text[i + 1] >= '0' && text[i + 1] <= '9';
    if (leading_zero || !digits()) {
        return false;
    }
    if (i < text.size() && text[i] == '.') {
        ++i;
        if (!digits()) {
            return false;
        }
    }
    if (i < text.size() && (text[i] == 'e' || text[i] == 'E')) {
        ++i;
        i += i < text.size() && (text[i] == '+' || text[i] == '-') ? 1U : 0U;
        if (!digits()) {
            return false;
        }
    }
    return i == text.size();
}

double number_of(std::string_view token) {
    double value = 0;
    const auto parsed = std::from_chars(token.data(), token.data() + token.size(), value);
    return parsed.ec == std::errc() ? value : std::nan("");
}

struct Position {
    std::string_view lon;
    std::string_view lat;
    bool operator==(const Position&) const = default;
};

/// Vertices as they come by; which of them count is known once the geometry's type is.
struct Vertices {
    Position first;
    std::size_t count = 0;
    double lon_sum = 0;
    double lat_sum = 0;

    void add(const Position& position, double sign) {
        lon_sum += sign * number_of(position.lon);
        lat_sum += sign * number_of(position.lat);
    }
};

/// One geometry (or collection of them) on its way through the parser.
class GeometryWalk {
  public:
    [[nodiscard]] bool object(ondemand::object geometry,
                              int nesting) {  // NOLINT(misc-no-recursion): bounded
        Vertices all;                         // every vertex
        Vertices closing;                     // those that repeat the first of their ring
        std::string_view type;
        for (auto field : geometry) {
            ondemand::raw_json_string key;
            ondemand::value value;
            if (field.key().get(key) != simdjson::SUCCESS ||
                field.value().get(value) != simdjson::SUCCESS) {
                return false;
            }
            if (key == "type") {
                if (value.get_string().get(type) != simdjson::SUCCESS) {
                    return false;
                }
            } else if (key == "coordinates") {
                ondemand::array array;
                if (is_array(value) && (value.get_array().get(array) != simdjson::SUCCESS ||
                                        !coordinates(array, nesting, all, closing))) {
                    return false;
                }
            } else if (key == "geometries") {
                ondemand::array array;
                if (is_array(value) && (value.get_array().get(array) != simdjson::SUCCESS ||
                                        !members(array, nesting))) {
                    return false;
                }
            }
        }
        settle(type, all, closing);
        return true;
    }

    std::string_view kind;  ///< of the last geometry that had vertices
    Position first;
    std::size_t count = 0;
    double lon_sum = 0;
    double lat_sum = 0;

  private:
    static bool is_array(ondemand::value& value) {
        ondemand::json_type kind{};
        return value.type().get(kind) == simdjson::SUCCESS && kind == ondemand::json_type::array;
    }

    bool members(ondemand::array array, int nesting) {  // NOLINT(misc-no-recursion)
        if (nesting >= nesting_max) {
            return false;
        }
        for (auto element : array) {
            ondemand::object member;
            if (element.get_object().get(member) != simdjson::SUCCESS ||
                !object(member, nesting + 1)) {
                return false;
            }
        }
        return true;
    }

    void settle(std::string_view of_type, const Vertices& all, const Vertices& closing) {
        if (all.count == 0) {
            return;
        }
        const bool is_area = of_type == "Polygon" || of_type == "MultiPolygon";
        if (count == 0) {
            first = all.first;
        }
        kind = of_type;
        count += all.count - (is_area ? closing.count : 0);
        lon_sum += all.lon_sum - (is_area ? closing.lon_sum : 0);
        lat_sum += all.lat_sum - (is_area ? closing.lat_sum : 0);
    }

    /// An array of numbers is a position; an array of positions may be a ring.
    bool coordinates(ondemand::array array, int nesting, Vertices& all,
                     Vertices& closing) {  // NOLINT(misc-no-recursion)
        if (nesting >= nesting_max) {
            return false;
        }
        Position here;
        Position begin;
        Position last;
        std::size_t numbers = 0;
        const std::size_t before = all.count;
        for (auto element : array) {
            ondemand::value value;
            if (element.get(value) != simdjson::SUCCESS) {
                return false;
            }
            if (is_array(value)) {
                ondemand::array inner;
                if (value.get_array().get(inner) != simdjson::SUCCESS) {
                    return false;
                }
                last_ = {};
                if (!coordinates(inner, nesting + 1, all, closing)) {
                    return false;
                }
                last = last_;
                begin = begin.lon.empty() ? last : begin;
                continue;
            }
            std::string_view token;
            token = trimmed(value.raw_json_token());
            if (!is_number(token)) {
                return false;
            }
            (numbers == 0 ? here.lon : numbers == 1 ? here.lat : ignored_) = token;
            ++numbers;
        }
        last_ = {};
        if (numbers >= 2) {
            all.first = all.count == 0 ? here : all.first;
            all.add(here, 1.0);
            ++all.count;
            last_ = here;
        } else if (all.count - before > 1 && !last.lon.empty() && last == begin) {
            closing.add(last, 1.0);
            ++closing.count;
        }
        return true;
    }

    Position last_;  ///< the position just read, empty after anything else
    std::string_view ignored_;
};

}  // namespace

struct FeatureParser::State {
    ondemand::parser parser;
    std::array<char, 32> lon{};
    std::array<char, 32> lat{};

    Defect feature(ondemand::object object, FeatureFields& fields);
    bool properties(ondemand::object object, FeatureFields& fields) const;
    static bool text_of(ondemand::value value, std::string_view& text);
    bool geometry(ondemand::object object, FeatureFields& fields);
};

FeatureParser::FeatureParser() : state_(std::make_unique<State>()) {}
FeatureParser::~FeatureParser() = default;

Defect FeatureParser::parse(std::string_view json, FeatureFields& fields) {
    fields.properties.clear();
    fields.lon = {};
    fields.lat = {};
    ondemand::document document;
    const simdjson::padded_string_view padded(json.data(), json.size(),
                                              json.size() + simdjson::SIMDJSON_PADDING);
    const auto error = state_->parser.iterate(padded).get(document);
    if (error != simdjson::SUCCESS) {
        return error == simdjson::UTF8_ERROR ? Defect::bad_encoding : Defect::not_an_object;
    }
    ondemand::object object;
    if (document.get_object().get(object) != simdjson::SUCCESS) {
        return Defect::not_an_object;
    }
    const Defect defect = state_->feature(object, fields);
    if (defect != Defect::none) {
        fields.properties.clear();
        fields.lon = {};
        fields.lat = {};
    }
    return defect;
}

Defect FeatureParser::State::feature(ondemand::object object, FeatureFields& fields) {
    bool is_feature = false;
    for (auto field : object) {
        ondemand::raw_json_string key;
        ondemand::value value;
        ondemand::json_type kind{};
        if (field.key().get(key) != simdjson::SUCCESS ||
            field.value().get(value) != simdjson::SUCCESS ||
            value.type().get(kind) != simdjson::SUCCESS) {
            return Defect::not_an_object;
        }
        const bool is_object = kind == ondemand::json_type::object;
        ondemand::object inner;
        if (key == "type") {
            std::string_view type;
            is_feature = value.get_string().get(type) == simdjson::SUCCESS && type == "Feature";
        } else if (key == "properties" && is_object) {
            if (value.get_object().get(inner) != simdjson::SUCCESS || !properties(inner, fields)) {
                return Defect::not_an_object;
            }
        } else if (key == "geometry" && is_object) {
            if (value.get_object().get(inner) != simdjson::SUCCESS || !geometry(inner, fields)) {
                return Defect::not_an_object;
            }
        }
    }
    if (!is_feature) {
        return Defect::not_an_object;
    }
    for (const auto& [name, text] : fields.properties) {
        if (!text.empty() && std::memchr(text.data(), 0, text.size()) != nullptr) {
            return Defect::bad_encoding;
        }
    }
    return Defect::none;
}

bool FeatureParser::State::properties(ondemand::object object, FeatureFields& fields) const {
    for (auto field : object) {
        std::string_view key;
        ondemand::value value;
        std::string_view text;
        if (field.unescaped_key().get(key) != simdjson::SUCCESS ||
            field.value().get(value) != simdjson::SUCCESS || !text_of(value, text)) {
            return false;
        }
        fields.properties.emplace_back(key, text);
    }
    return true;
}

bool FeatureParser::State::text_of(ondemand::value value, std::string_view& text) {
    ondemand::json_type kind{};
    if (value.type().get(kind) != simdjson::SUCCESS) {
        return false;
    }
    switch (kind) {
        case ondemand::json_type::string:
            return value.get_string().get(text) == simdjson::SUCCESS;
        case ondemand::json_type::object: {
            ondemand::object object;
            const bool read = value.get_object().get(object) == simdjson::SUCCESS &&
                              object.raw_json().get(text) == simdjson::SUCCESS;
            text = trimmed(text);
            return read;
        }
        case ondemand::json_type::array: {
            ondemand::array array;
            const bool read = value.get_array().get(array) == simdjson::SUCCESS &&
                              array.raw_json().get(text) == simdjson::SUCCESS;
            text = trimmed(text);
            return read;
        }
        default:
            break;
    }
    text = trimmed(value.raw_json_token());
    if (text == "null") {
        text = {};
        return true;
    }
    return text == "true" || text == "false" || is_number(text);
}

bool FeatureParser::State::geometry(ondemand::object object, FeatureFields& fields) {
    GeometryWalk walk;
    if (!walk.object(object, 0)) {
        return false;
    }
    if (walk.count == 0) {
        return true;
    }
    if (walk.kind == "Point" || walk.kind == "MultiPoint") {
        fields.lon = walk.first.lon;
        fields.lat = walk.first.lat;
        return true;
    }
    const auto count = static_cast<double>(walk.count);
    const auto written = [](std::array<char, 32>& room, double degrees) {
        if (!std::isfinite(degrees)) {
            return std::string_view();
        }
        // Seven decimals are a centimetre.
        const auto result = fmt::format_to_n(room.data(), room.size(), "{:.7f}", degrees);
        return result.size <= room.size() ? std::string_view(room.data(), result.size)
                                          : std::string_view();
    };
    fields.lon = written(lon, walk.lon_sum / count);
    fields.lat = written(lat, walk.lat_sum / count);
    return true;
}

}  // namespace vigie::intake
