#include "simulator/source_files.h"

#include <algorithm>

#include "simulator/wire_words.h"

namespace vigie::simulator {
namespace {

constexpr int lambert_93 = 2154;  // the tickets' own projection, whatever the city's

constexpr std::array<std::string_view, source_count> names{
    "police_logbook.csv",   "fire_interventions.csv", "tickets.csv",
    "resident_reports.csv", "noise_alerts.csv",       "tows.csv"};
constexpr std::array<std::string_view, source_count> headers{
    "date_heure;categorie;origine;longitude;latitude;gravite\r\n",
    "t,type,lat,lon\n",
    "\xEF\xBB\xBFhorodatage;code;x_l93;y_l93\r\n",
    "id,signale_le,theme,lon,lat\n",
    "t,capteur,type,niveau_db,lon,lat\n",
    "date;heure;motif;quartier\n",
};

/// Two coordinates in the order given, or what a fault makes of them.
struct Coordinates {
    double first = 0.0;
    double second = 0.0;
    int decimals = 6;
    char mark = '.';
    char separator = ',';
};

void write_coordinates(TextFile& file, Fault fault, const Coordinates& c) {
    if (fault == Fault::bad_position) {
        file.text("n/a");
        file.character(c.separator);
        file.text("n/a");
        return;
    }
    const double share = fault == Fault::outside ? 0.0 : 1.0;
    file.fixed(share * c.first, c.decimals, c.mark);
    file.character(c.separator);
    file.fixed(share * c.second, c.decimals, c.mark);
}

/// The comma of a theme asks for quotes.
void write_quoted(TextFile& file, std::string_view text) {
    const bool quoted = text.find(',') != std::string_view::npos;
    if (quoted) {
        file.character('"');
    }
    file.text(text);
    if (quoted) {
        file.character('"');
    }
}

}  // namespace

std::string_view file_name_of(SourceFile file) {
    return names[static_cast<std::size_t>(file)];
}

SourceFiles::SourceFiles(const World& world, Projection lambert)
    : world_(&world), lambert_(std::move(lambert)) {}

Result<SourceFiles> SourceFiles::create(const std::string& folder, const World& world) {
    SourceFiles made(world, TRY(Projection::open(lambert_93)));
    for (std::size_t i = 0; i < source_count; ++i) {
        made.files_.push_back(TRY(TextFile::create(folder + "/" + std::string(names[i]))));
        made.files_.back().text(headers[i]);
    }
    return made;
}

Status SourceFiles::write(const DayRecords& day) {
    const auto each = [&](SourceFile file, void (SourceFiles::*write_one)(const Record&)) {
        for (const Record& record : day.by_file[static_cast<std::size_t>(file)]) {
            (this->*write_one)(record);
        }
    };
    each(SourceFile::logbook, &SourceFiles::write_logbook);
    each(SourceFile::fire, &SourceFiles::write_fire);
    each(SourceFile::reports, &SourceFiles::write_report);
    each(SourceFile::noise, &SourceFiles::write_noise);
    each(SourceFile::tows, &SourceFiles::write_tow);
    write_tickets(day.by_file[static_cast<std::size_t>(SourceFile::tickets)]);
    for (TextFile& file : files_) {
        TRY(file.flush_if_large());
    }
    return {};
}

Status SourceFiles::close() {
    for (TextFile& file : files_) {
        TRY(file.close());
    }
    return {};
}

void SourceFiles::write_logbook(const Record& record) {
    TextFile& file = of(SourceFile::logbook);
    const CivilTime local = world_->calendar.to_civil(record.at);
    if (record.fault == Fault::bad_date) {
        file.text("31/02/2025 25:61");
    } else {
        file.french_date(local.day);
        file.character(' ');
        file.hour_minute(local.milliseconds_of_day);
    }
    file.character(';');
    file.text(cp1252(code_of(record)));
    file.character(';');
    file.text(cp1252(origin_of(record)));
    file.character(';');
    write_coordinates(file, record.fault,
                      {record.position.lon_deg, record.position.lat_deg, 6, ',', ';'});
    file.character(';');
    if (record.severity != 0) {
        file.integer(record.severity);
    }
    file.text("\r\n");
}

void SourceFiles::write_fire(const Record& record) {
    TextFile& file = of(SourceFile::fire);
    const auto day = std::chrono::floor<std::chrono::days>(record.at);
    if (record.fault == Fault::bad_date) {
        file.text("2025-02-30T10:00Z");
    } else {
        file.iso_date(LocalDay{static_cast<std::int32_t>(day.time_since_epoch().count())});
        file.character('T');
        file.hour_minute(static_cast<std::int32_t>((record.at - day).count()));
        file.character('Z');
    }
    file.character(',');
    file.text(code_of(record));
    file.character(',');
    write_coordinates(file, record.fault, {record.position.lat_deg, record.position.lon_deg});
    file.character('\n');
}

void SourceFiles::write_tickets(const std::vector<Record>& records) {
    places_.clear();
    for (const Record& record : records) {
        places_.push_back({record.position.lon_deg, record.position.lat_deg});
    }
    lambert_.forward_all(places_);
    for (std::size_t i = 0; i < records.size(); ++i) {
        write_ticket(records[i], places_[i]);
    }
}

void SourceFiles::write_ticket(const Record& record, Projection::Planar place) {
    TextFile& file = of(SourceFile::tickets);
    const CivilTime local = world_->calendar.to_civil(record.at);
    if (record.fault == Fault::bad_date) {
        file.text("2025-13-01 10:00:00");
    } else {
        file.iso_date(local.day);
        file.character(' ');
        file.hour_minute(local.milliseconds_of_day);
        file.character(':');
        file.second(local.milliseconds_of_day);
    }
    file.character(';');
    file.text(code_of(record));
    file.character(';');
    write_coordinates(file, record.fault, {place.x, place.y, 1, '.', ';'});
    file.text("\r\n");
}

void SourceFiles::write_report(const Record& record) {
    TextFile& file = of(SourceFile::reports);
    const CivilTime local = world_->calendar.to_civil(record.at);
    file.text("SIG-");
    file.integer(static_cast<int>(civil_from_day(local.day).year()));
    file.character('-');
    file.padded(record.number, 7);
    file.character(',');
    if (record.fault == Fault::bad_date) {
        file.text("2025-06-31T10:00+02:00");
    } else {
        file.iso_date(local.day);
        file.character('T');
        file.hour_minute(local.milliseconds_of_day);
        const std::int64_t clock_ms =
            std::int64_t{local.day.raw()} * 86'400'000 + local.milliseconds_of_day;
        const auto ahead_ms =
            static_cast<std::int32_t>(clock_ms - record.at.time_since_epoch().count());
        file.character(ahead_ms < 0 ? '-' : '+');
        file.hour_minute(ahead_ms < 0 ? -ahead_ms : ahead_ms);
    }
    file.character(',');
    write_quoted(file, code_of(record));
    file.character(',');
    write_coordinates(file, record.fault, {record.position.lon_deg, record.position.lat_deg});
    file.character('\n');
}

void SourceFiles::write_noise(const Record& record) {
    TextFile& file = of(SourceFile::noise);
    if (record.fault == Fault::bad_date) {
        file.text("n/a");
    } else {
        file.integer(
            std::chrono::floor<std::chrono::seconds>(record.at).time_since_epoch().count());
    }
    file.text(",B");
    file.padded(record.mast + 1U, 2);
    file.character(',');
    file.text(code_of(record));
    file.character(',');
    // A level that looks like one, from bits that are already random.
    file.integer(static_cast<std::int64_t>(74 + mix64(record.number) % 24));
    file.character(',');
    write_coordinates(file, record.fault, {record.position.lon_deg, record.position.lat_deg});
    file.character('\n');
}

void SourceFiles::write_tow(const Record& record) {
    TextFile& file = of(SourceFile::tows);
    const CivilTime local = world_->calendar.to_civil(record.at);
    if (record.fault == Fault::bad_date) {
        file.text("30/02/2025");
    } else {
        file.french_date(local.day);
    }
    file.character(';');
    file.padded(static_cast<std::uint64_t>(local.milliseconds_of_day / 3'600'000), 2);
    file.character(';');
    file.text(code_of(record));
    file.character(';');
    file.text(record.district == no_district.raw()
                  ? std::string_view{}
                  : world_->ground.city().districts[record.district].code);
    file.character('\n');
}

}  // namespace vigie::simulator
