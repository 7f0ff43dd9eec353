#include "simulator/live/record_writers.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "base/json_text.h"
#include "simulator/wire_words.h"

namespace vigie::simulator {
namespace {

constexpr int lambert_93 = 2154;  // the tickets' own projection, whatever the city's

std::string json(std::string_view text) {
    std::string out = "\"";
    append_json_text(out, text);
    out += '"';
    return out;
}

/// What the offence is called on the ticket.
std::string_view label_of(std::string_view code) {
    constexpr std::array<std::array<std::string_view, 2>, 11> labels{
        {{"STAT-GENANT", "Stationnement gênant"},
         {"STAT-TRES-GENANT", "Stationnement très gênant"},
         {"STAT-TROTTOIR", "Stationnement sur trottoir"},
         {"STAT-HANDICAP", "Stationnement sur emplacement réservé"},
         {"STAT-ABUSIF", "Stationnement abusif de plus de 7 jours"},
         {"CIRC-BUS", "Circulation sur voie réservée"},
         {"CIRC-FEU", "Non-respect du feu rouge"},
         {"CIRC-SENS", "Circulation en sens interdit"},
         {"DEPOT", "Dépôt d'ordures sur la voie publique"},
         {"TERRASSE", "Occupation irrégulière du domaine public"},
         {"BRUIT", "Émission de bruit gênant par véhicule"}}};
    const auto found = std::find_if(labels.begin(), labels.end(),
                                    [code](const auto& label) { return label[0] == code; });
    return found == labels.end() ? std::string_view{} : (*found)[1];
}

std::string iso_day(LocalDay day) {
    const auto date = civil_from_day(day);
    return fmt::format("{:04}-{:02}-{:02}", static_cast<int>(date.year()),
                       static_cast<unsigned>(date.month()), static_cast<unsigned>(date.day()));
}

std::string french_day(LocalDay day) {
    const auto date = civil_from_day(day);
    return fmt::format("{:02}/{:02}/{:04}", static_cast<unsigned>(date.day()),
                       static_cast<unsigned>(date.month()), static_cast<int>(date.year()));
}

std::string hour_minute(std::int32_t milliseconds_of_day) {
    const std::int32_t minutes = milliseconds_of_day / 60'000;
    return fmt::format("{:02}:{:02}", minutes / 60, minutes % 60);
}

std::string utc_minute(const Record& record) {
    if (record.fault == Fault::bad_date) {
        return "2025-02-30T10:00Z";
    }
    const auto day = std::chrono::floor<std::chrono::days>(record.at);
    return fmt::format("{}T{}Z",
                       iso_day(LocalDay{static_cast<std::int32_t>(day.time_since_epoch().count())}),
                       hour_minute(static_cast<std::int32_t>((record.at - day).count())));
}

/// A position as written: outside the city it is 0, 0, and a spoilt one is no number.
struct WrittenPosition {
    std::string lon;
    std::string lat;
};

WrittenPosition written(const Record& record, std::string_view spoilt) {
    if (record.fault == Fault::bad_position) {
        return {std::string(spoilt), std::string(spoilt)};
    }
    const double share = record.fault == Fault::outside ? 0.0 : 1.0;
    return {fmt::format("{:.6f}", share * record.position.lon_deg),
            fmt::format("{:.6f}", share * record.position.lat_deg)};
}

}  // namespace

Result<RecordWriters> RecordWriters::create(const World& world) {
    Projection lambert = TRY(Projection::open(lambert_93));
    return RecordWriters(world, std::move(lambert));
}

std::string RecordWriters::logbook(std::span<const LiveRow> rows) const {
    std::string out;
    for (const LiveRow& row : rows) {
        const Record& record = row.record;
        const CivilTime local = world_->calendar.to_civil(record.at);
        WrittenPosition position = written(record, "n/a");
        // As the export of the same software: a decimal comma, hence texts.
        std::replace(position.lon.begin(), position.lon.end(), '.', ',');
        std::replace(position.lat.begin(), position.lat.end(), '.', ',');
        const std::string moment =
            record.fault == Fault::bad_date
                ? "31/02/2025 25:61"
                : french_day(local.day) + ' ' + hour_minute(local.milliseconds_of_day);
        const std::string_view code =
            row.truth.category_in_text_only ? std::string_view{} : code_of(record);
        out += fmt::format(
            R"({{"id":{},"date_heure":{},"categorie":{},"origine":{},"longitude":{},"latitude":{},"gravite":{},)"
            R"("service":{},"texte":{}}})",
            json(row.truth.id), json(moment), json(code), json(origin_of(record)),
            json(position.lon), json(position.lat),
            record.severity == 0 ? "\"\"" : fmt::format("\"{}\"", record.severity),
            json(row.service), json(row.text));
        out += '\n';
    }
    return out;
}

std::string RecordWriters::tickets(std::span<const LiveRow> rows,
                                   std::span<const std::string> names) const {
    std::string out = "id;horodatage;code;libelle;x_l93;y_l93";
    out += names.empty() ? "\r\n" : ";nom\r\n";
    for (std::size_t i = 0; i < rows.size(); ++i) {
        const Record& record = rows[i].record;
        const CivilTime local = world_->calendar.to_civil(record.at);
        const std::string moment = record.fault == Fault::bad_date
                                       ? "2025-13-01 10:00:00"
                                       : fmt::format("{} {}:{:02}", iso_day(local.day),
                                                     hour_minute(local.milliseconds_of_day),
                                                     local.milliseconds_of_day / 1000 % 60);
        std::string place = "n/a;n/a";
        if (record.fault != Fault::bad_position) {
            const auto planar = lambert_.forward(record.position);
            const bool placed = planar.has_value() && record.fault != Fault::outside;
            place = placed ? fmt::format("{:.1f};{:.1f}", planar->x, planar->y) : "0.0;0.0";
        }
        out += fmt::format("{};{};{};{};{}", rows[i].truth.id, moment, code_of(record),
                           cp1252(label_of(code_of(record))), place);
        out += names.empty() ? "\r\n" : ';' + cp1252(names[i]) + "\r\n";
    }
    return out;
}

std::string RecordWriters::tow(const LiveRow& row) const {
    const Record& record = row.record;
    const CivilTime local = world_->calendar.to_civil(record.at);
    const std::string day = record.fault == Fault::bad_date ? "30/02/2025" : french_day(local.day);
    const bool has_district = record.district != no_district.raw();
    return fmt::format(
        R"({{"id":{},"date":{},"heure":"{:02}","motif":{},"quartier":{}}})", json(row.truth.id),
        json(day), local.milliseconds_of_day / 3'600'000, json(code_of(record)),
        json(has_district ? std::string_view(world_->ground.city().districts[record.district].code)
                          : std::string_view{}));
}

std::string RecordWriters::fire_csv(std::span<const LiveRow> rows) const {
    std::string out = "id,t,type,lat,lon\n";
    for (const LiveRow& row : rows) {
        const WrittenPosition position = written(row.record, "n/a");
        out += fmt::format("{},{},{},{},{}\n", row.truth.id, utc_minute(row.record),
                           code_of(row.record), position.lat, position.lon);
    }
    return out;
}

std::string RecordWriters::fire_geojson(std::span<const LiveRow> rows) const {
    std::string out = R"({"type":"FeatureCollection","features":[)";
    for (std::size_t i = 0; i < rows.size(); ++i) {
        const LiveRow& row = rows[i];
        const WrittenPosition position = written(row.record, "null");
        const std::string geometry =
            row.record.fault == Fault::bad_position
                ? "null"
                : fmt::format(R"({{"type":"Point","coordinates":[{},{}]}})", position.lon,
                              position.lat);
        out += fmt::format(
            R"({}{{"type":"Feature","geometry":{},"properties":{{"id":{},"t":{},"type":{},"lat":{},"lon":{}}}}})",
            i == 0 ? "" : ",", geometry, json(row.truth.id), json(utc_minute(row.record)),
            json(code_of(row.record)), position.lat, position.lon);
    }
    out += "]}";
    return out;
}

}  // namespace vigie::simulator
