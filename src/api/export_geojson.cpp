#include <array>

#include "analysis/past/question_words.h"
#include "api/boundaries_json.h"
#include "api/export_files.h"
#include "api/json_writer.h"
#include "api/reference.h"

namespace vigie::api {

namespace {

/// 1 cm: the corners of neighbouring cells are the same numbers.
constexpr int corner_decimals = 7;

void write_figures(JsonWriter& json, const ShownPlace& place, Language language) {
    const auto count_or_null = [&](const std::optional<std::uint64_t>& count) {
        if (count) {
            json.number(*count);
        } else {
            json.null();
        }
    };
    json.key("n");
    count_or_null(place.count);
    json.key("compared");
    count_or_null(place.compared);
    json.key("few").boolean(place.few);
    if (place.few) {
        json.key("note").text(too_few_words(language));
    }
    if (place.value) {
        json.key("value").number(*place.value);
        json.key("low").number(place.low).key("high").number(place.high);
    } else {
        json.key("value").null();
    }
}

/// The corners of a cell, anticlockwise from the south-west, projected one by one: a square of the
/// city's grid is no rectangle in degrees.
Status write_cell(JsonWriter& json, const Projection& projection, Cell cell, std::int32_t cell_m) {
    const double x = static_cast<double>(cell.column) * cell_m;
    const double y = static_cast<double>(cell.row) * cell_m;
    const double side = cell_m;
    const std::array<Projection::Planar, 4> corners{
        {{x, y}, {x + side, y}, {x + side, y + side}, {x, y + side}}};
    json.key("geometry").open_object();
    json.key("type").text("Polygon");
    json.key("coordinates").open_array().open_array();
    for (std::size_t i = 0; i <= corners.size(); ++i) {
        const auto corner = TRY(projection.inverse(corners[i % corners.size()]));
        json.open_array();
        json.fixed(corner.lon_deg, corner_decimals).fixed(corner.lat_deg, corner_decimals);
        json.close_array();
    }
    json.close_array().close_array().close_object();
    return {};
}

void write_stamp(JsonWriter& json, const ExportContent& content, const Stamp& stamp) {
    const auto& question = content.question.asked.question;
    json.key("vigie").open_object();
    json.key("unit").text(past::words::text_of(past::words::units, question.unit));
    json.key("cell_m").number(question.cell_m);
    json.key("measure").text(past::words::text_of(past::words::measures, question.measure));
    json.key("synthetic").boolean(content.question.context.reference->city.synthetic);
    for (const auto& [name, value] : stamp) {
        json.key(name).text(value);
    }
    json.close_object();
}

}  // namespace

Result<std::string> geojson_of(const ExportContent& content, const Stamp& stamp) {
    const auto& question = content.question.asked.question;
    const auto& city = content.question.context.reference->city;
    const auto projection = TRY(Projection::open(city.epsg));
    JsonWriter json;
    json.open_object();
    json.key("type").text("FeatureCollection");
    write_stamp(json, content, stamp);
    json.key("features").open_array();
    for (const auto& place : content.places) {
        json.open_object();
        json.key("type").text("Feature");
        json.key("properties").open_object();
        const auto at = static_cast<std::size_t>(place.key);
        const bool is_district = question.unit == past::Unit::districts;
        if (is_district && place.key >= 0 && at < city.districts.size()) {
            json.key("code").text(city.districts[at].code);
            json.key("name").text(city.districts[at].name);
        } else if (!is_district) {
            json.key("column").number(unpack_cell(place.key).column);
            json.key("row").number(unpack_cell(place.key).row);
        }
        write_figures(json, place, content.language);
        json.close_object();
        if (!is_district) {
            TRY(write_cell(json, projection, unpack_cell(place.key), question.cell_m));
        } else if (place.key >= 0 && at < city.districts.size()) {
            write_geometry(json, city.districts[at].rings);
        } else {
            json.key("geometry").null();
        }
        json.close_object();
    }
    json.close_array().close_object();
    return json.take();
}

}  // namespace vigie::api
