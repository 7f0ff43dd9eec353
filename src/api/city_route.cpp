#include "api/city_route.h"

#include <algorithm>
#include <unordered_map>
#include <unordered_set>

#include "api/application.h"
#include "api/json_writer.h"
#include "base/version.h"
#include "governance/disclosure.h"

namespace vigie::api {

namespace {

/// Imports looked back over for the last one of each source.
constexpr std::size_t imports_looked_at = 1000;

void write_texts(JsonWriter& json, const std::vector<std::string>& texts) {
    json.open_array();
    for (const auto& text : texts) {
        json.text(text);
    }
    json.close_array();
}

void write_coefficients(JsonWriter& json, const std::vector<double>& coefficients) {
    constexpr int all_digits = 17;
    json.open_array();
    for (const double coefficient : coefficients) {
        json.number(coefficient, all_digits);
    }
    json.close_array();
}

void write_grid(JsonWriter& json, const GridPolynomial& grid) {
    json.open_object();
    json.key("x0").number(grid.x0, 17);
    json.key("y0").number(grid.y0, 17);
    json.key("scale").number(grid.scale, 17);
    json.key("degree").number(std::int64_t{grid.degree});
    json.key("lon");
    write_coefficients(json, grid.lon);
    json.key("lat");
    write_coefficients(json, grid.lat);
    json.key("max_error_m").number(grid.max_error_m);
    json.close_object();
}

void write_data(JsonWriter& json, const StoreStats& stats) {
    json.open_object();
    json.key("events").number(stats.events);
    json.key("version").text(std::to_string(stats.version));
    json.key("from");
    json.text_or_null(stats.span ? std::optional(local_hour_text(stats.span->begin))
                                 : std::nullopt);
    json.key("to");
    json.text_or_null(stats.span ? std::optional(local_hour_text(stats.span->end)) : std::nullopt);
    json.close_object();
}

void write_place(JsonWriter& json, const City& city) {
    constexpr int decimals = 7;
    json.key("box").open_array();
    json.fixed(city.box.west, decimals)
        .fixed(city.box.south, decimals)
        .fixed(city.box.east, decimals)
        .fixed(city.box.north, decimals);
    json.close_array();
    json.key("centre")
        .open_array()
        .fixed(city.centre.lon_deg, decimals)
        .fixed(city.centre.lat_deg, decimals)
        .close_array();
    json.key("attributions");
    write_texts(json, city.attributions);
    json.key("layers").open_array();
    for (const auto& layer : city.outlines) {
        json.open_object()
            .key("key")
            .text(layer.key)
            .key("attribution")
            .text(layer.attribution)
            .close_object();
    }
    json.close_array();
    json.key("has_districts").boolean(!city.districts.empty());
    json.key("has_residents")
        .boolean(
            std::any_of(city.districts.begin(), city.districts.end(),
                        [](const District& district) { return district.residents.has_value(); }));
}

void write_labels(JsonWriter& json, std::string_view label_fr, std::string_view label_en) {
    json.key("label_fr").text(label_fr).key("label_en").text(label_en);
}

/// `stored`: the categories that have facts, in a table with one row each.
void write_taxonomy(JsonWriter& json, const Taxonomy& taxonomy, const Table& stored) {
    std::unordered_set<std::int64_t> met;
    for (std::size_t row = 0; row < stored.rows(); ++row) {
        met.insert(stored.key(row, 0));
    }
    json.key("themes").open_array();
    for (const auto& theme : taxonomy.themes) {
        json.open_object().key("key").text(theme.key);
        write_labels(json, theme.label_fr, theme.label_en);
        json.close_object();
    }
    json.close_array();
    json.key("categories").open_array();
    for (const auto& category : taxonomy.categories) {
        json.open_object();
        json.key("id").number(std::int64_t{category.id.raw()});
        json.key("key").text(category.key);
        json.key("theme").text(category.theme);
        write_labels(json, category.label_fr, category.label_en);
        json.key("stored").boolean(met.contains(category.id.raw()));
        json.close_object();
    }
    json.close_array();
}

void write_sources(JsonWriter& json, const std::vector<SourceRecord>& sources,
                   const std::vector<ImportRecord>& imports, const LocalCalendar& calendar) {
    std::unordered_map<SourceId, Instant> last_import;
    for (const auto& import : imports) {
        if (import.ended && import.state == "done") {
            auto& last = last_import[import.source];
            last = std::max(last, *import.ended);
        }
    }
    json.key("sources").open_array();
    for (const auto& source : sources) {
        json.open_object();
        json.key("id").number(std::int64_t{source.id.raw()});
        json.key("key").text(source.key);
        json.key("label").text(source.label);
        json.key("attribution").text(source.attribution);
        json.key("licence").text(source.licence);
        const auto last = last_import.find(source.id);
        json.key("last_import");
        json.text_or_null(last == last_import.end()
                              ? std::nullopt
                              : std::optional(clock_text(last->second, calendar)));
        json.close_object();
    }
    json.close_array();
}

void write_origins(JsonWriter& json) {
    struct Name {
        Origin origin;
        std::string_view key, fr, en;
    };
    constexpr Name names[] = {
        {Origin::unknown, "unknown", "Origine non précisée", "Origin not stated"},
        {Origin::resident, "resident", "Signalé par un habitant", "Reported by a resident"},
        {Origin::patrol, "patrol", "Constaté en patrouille", "Found by a patrol"},
        {Origin::sensor, "sensor", "Capteur", "Sensor"}};
    json.key("origins").open_array();
    for (const auto& name : names) {
        json.open_object();
        json.key("id").number(std::int64_t{static_cast<int>(name.origin)});
        json.key("key").text(name.key);
        write_labels(json, name.fr, name.en);
        json.close_object();
    }
    json.close_array();
}

void write_districts(JsonWriter& json, const std::vector<District>& districts) {
    json.key("districts").open_array();
    for (const auto& district : districts) {
        json.open_object();
        json.key("id").number(std::int64_t{district.id.raw()});
        json.key("code").text(district.code);
        json.key("name").text(district.name);
        json.key("parent").text(district.parent);
        json.key("label")
            .open_array()
            .fixed(district.label.lon_deg, 6)
            .fixed(district.label.lat_deg, 6)
            .close_array();
        json.key("area_km2").number(district.area_km2);
        json.key("residents");
        if (district.residents) {
            json.number(std::uint64_t{*district.residents});
        } else {
            json.null();
        }
        json.close_object();
    }
    json.close_array();
}

}  // namespace

Reply show_city(Application& application, const Call& call) {
    const auto reference = application.reference();
    const auto data = application.data_state();
    if (!data) {
        return refuse(application.problem_of_failure(data.error(), call.route->name));
    }
    const auto& city = reference->city;
    JsonWriter json;
    json.open_object();
    json.key("key").text(city.key);
    json.key("name").text(city.name);
    json.key("zone").text(city.zone);
    json.key("epsg").number(std::int64_t{city.epsg});
    json.key("synthetic").boolean(city.synthetic);
    write_place(json, city);
    json.key("grid");
    write_grid(json, reference->grid);
    json.key("place_count_min").number(governance::place_count_min);
    json.key("data");
    write_data(json, (*data)->stats);
    json.key("program_version").text(program_version());
    json.key("now").text(clock_text(application.now(), reference->calendar));
    json.close_object();
    return json_response(json.take());
}

Reply show_catalogue(Application& application, const Call& call) {
    const auto reference = application.reference();
    const auto data = application.data_state();
    const auto imports = application.observatory().reference->imports(imports_looked_at);
    GroupBy by_category;
    by_category.dimensions = {Dimension::category};
    const auto stored = application.observatory().events->aggregate({}, by_category);
    if (!data || !imports || !stored) {
        const Error& error = !data ? data.error() : !imports ? imports.error() : stored.error();
        return refuse(application.problem_of_failure(error, call.route->name));
    }
    JsonWriter json;
    json.open_object();
    write_taxonomy(json, reference->taxonomy, *stored);
    write_sources(json, (*data)->sources, *imports, reference->calendar);
    write_origins(json);
    write_districts(json, reference->city.districts);
    json.close_object();
    return json_response(json.take());
}

Reply show_boundaries(Application& application, const Call& call) {
    const auto reference = application.reference();
    const auto found = reference->boundaries.find(call.path_argument);
    if (found == reference->boundaries.end()) {
        Problem problem;
        problem.status = 404;
        problem.code = "not_found";
        problem.detail = {"Cette ville n'a pas ces contours ; voyez « layers » dans /city.",
                          "This city has no such outlines; see “layers” in /city."};
        return refuse(std::move(problem));
    }
    const auto& text = found->second;
    Response response;
    response.keep = Keep::revalidate;
    response.etag = text.etag;
    if (matches_etag(call.request.if_none_match, text.etag)) {
        response.status = 304;
        return response;
    }
    response.content_type = "application/geo+json";
    response.gzip = accepts_gzip(call.request.accept_encoding);
    response.body = Body(response.gzip ? text.gzip : text.plain);
    return response;
}

}  // namespace vigie::api
