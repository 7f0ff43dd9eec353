#include "simulator/truth.h"

#include <cmath>

#include "simulator/source_files.h"

namespace vigie::simulator {
namespace {

constexpr std::array<std::string_view, 4> cause_names{"fond", "repetition", "evenement",
                                                      "changement"};

void utc_time(TextFile& file, Instant at) {
    const auto day = std::chrono::floor<std::chrono::days>(at);
    const auto rest = static_cast<std::int32_t>((at - day).count());
    file.iso_date(LocalDay{static_cast<std::int32_t>(day.time_since_epoch().count())});
    file.character('T');
    file.hour_minute(rest);
    file.character(':');
    file.second(rest);
    file.character('Z');
}

std::string_view code_of(const World& world, std::size_t district) {
    return district < world.ground.city().districts.size()
               ? std::string_view(world.ground.city().districts[district].code)
               : std::string_view{};
}

void month_key(TextFile& file, std::int32_t month) {
    file.padded(static_cast<std::uint64_t>(1970 + month / 12), 4);
    file.character('-');
    file.padded(static_cast<std::uint64_t>(month % 12 + 1), 2);
}

/// "category": {"2025-01": 12, ...} for the categories and months that are not empty.
void write_kept(TextFile& file, const Tally& tally, const Tally::FileTally& counts) {
    bool first_category = true;
    for (std::size_t category = 0; category <= kinds().size(); ++category) {
        bool first_month = true;
        for (std::size_t month = 0; month < tally.months(); ++month) {
            const std::uint64_t count = counts.kept[category * tally.months() + month];
            if (count == 0) {
                continue;
            }
            if (first_month) {
                file.text(first_category ? "\n" : ",\n");
                file.text("        \"");
                file.text(category == kinds().size() ? std::string_view("unmapped")
                                                     : kinds()[category].key);
                file.text("\": {");
            }
            file.text(first_month ? "\"" : ", \"");
            month_key(file, tally.first_month() + static_cast<std::int32_t>(month));
            file.text("\": ");
            file.integer(static_cast<std::int64_t>(count));
            first_month = false;
            first_category = false;
        }
        file.text(first_month ? "" : "}");
    }
}

void write_number(TextFile& file, std::string_view name, std::uint64_t value) {
    file.text("      \"");
    file.text(name);
    file.text("\": ");
    file.integer(static_cast<std::int64_t>(value));
    file.text(",\n");
}

void write_file_tally(TextFile& file, const Tally& tally, std::size_t number) {
    const Tally::FileTally& counts = tally.files()[number];
    file.text("    \"");
    file.text(file_name_of(static_cast<SourceFile>(number)));
    file.text("\": {\n");
    write_number(file, "rows", counts.rows);
    write_number(file, "distinct", counts.rows - counts.repeats);
    std::uint64_t refused = 0;
    file.text("      \"faults\": {");
    for (std::size_t fault = 1; fault < fault_count; ++fault) {
        file.text(fault == 1 ? "\"" : ", \"");
        file.text(name_of(static_cast<Fault>(fault)));
        file.text("\": ");
        file.integer(static_cast<std::int64_t>(counts.faults[fault]));
        refused += is_refused(static_cast<Fault>(fault)) ? counts.faults[fault] : 0;
    }
    file.text("},\n");
    write_number(file, "refused", refused);
    write_number(file, "kept", counts.rows - counts.repeats - refused);
    file.text("      \"by_category_and_month\": {");
    write_kept(file, tally, counts);
    file.text("\n      }\n    }");
}

Status write_summary(const std::string& folder, const World& world, const Tally& tally,
                     const SimulationOptions& options) {
    TextFile file = TRY(TextFile::create(folder + "/summary.json"));
    file.text("{\n  \"synthetic\": true,\n  \"seed\": ");
    file.text(std::to_string(options.seed));
    file.text(",\n  \"first_day\": \"");
    file.iso_date(world.rhythm.first_day());
    file.text("\",\n  \"last_day_exclusive\": \"");
    file.iso_date(world.rhythm.last_day());
    file.text("\",\n  \"facts\": ");
    file.integer(static_cast<std::int64_t>(tally.facts()));
    file.text(",\n  \"rows\": ");
    file.integer(static_cast<std::int64_t>(tally.rows()));
    file.text(",\n  \"files\": {\n");
    for (std::size_t i = 0; i < source_count; ++i) {
        write_file_tally(file, tally, i);
        file.text(i + 1 < source_count ? ",\n" : "\n");
    }
    file.text("  }\n}\n");
    return file.close();
}

Status write_planted(const std::string& folder, const World& world) {
    const Planted& planted = world.planted;
    TextFile file = TRY(TextFile::create(folder + "/planted.csv"));
    file.text("quoi,categorie,quartier,a_partir_du,valeur\n");
    const auto row = [&](std::string_view what, std::string_view category, std::size_t district,
                         LocalDay from, double value) {
        file.text(what);
        file.character(',');
        file.text(category);
        file.character(',');
        file.text(code_of(world, district));
        file.character(',');
        file.iso_date(from);
        file.character(',');
        file.fixed(value, 3);
        file.character('\n');
    };
    const LocalDay first = world.rhythm.first_day();
    if (planted.change_day < world.rhythm.last_day()) {
        row("changement_de_niveau", kinds()[planted.change_kind].key, planted.change_district,
            planted.change_day, planted.change_ratio);
    }
    row("signalement_faible", "", planted.silent_district, first,
        world.readiness[planted.silent_district]);
    const Patrols at_first(world);
    row("patrouilles_au_depart", "", planted.watched_district, first,
        at_first.presence()[planted.watched_district]);
    row("patrouilles_au_depart", "", planted.twin_district, first,
        at_first.presence()[planted.twin_district]);
    return file.close();
}

Status write_districts(const std::string& folder, const World& world, const Patrols& patrols) {
    TextFile file = TRY(TextFile::create(folder + "/districts.csv"));
    file.text("quartier,niveau,signalement,patrouilles_a_la_fin,habitants\n");
    for (std::size_t i = 0; i < world.readiness.size(); ++i) {
        file.text(code_of(world, i));
        for (const double value :
             {world.levels.base()[i], world.readiness[i], patrols.presence()[i]}) {
            file.character(',');
            file.fixed(value, 4);
        }
        file.character(',');
        file.integer(world.ground.quarters()[i].residents);
        file.character('\n');
    }
    return file.close();
}

Status write_hotspots(const std::string& folder, const World& world) {
    constexpr std::array<std::pair<std::uint8_t, std::string_view>, 6> flavour_names{
        {{nightlife, "vie_nocturne"},
         {station, "gare"},
         {market, "marche"},
         {shopping, "commerces"},
         {beach, "plage"},
         {square, "place"}}};
    TextFile file = TRY(TextFile::create(folder + "/hotspots.csv"));
    file.text("numero,genre,lon,lat,longueur_m,largeur_m,poids\n");
    for (std::size_t i = 0; i < world.ground.hotspots().size(); ++i) {
        const Hotspot& hotspot = world.ground.hotspots()[i];
        const LonLat centre = world.ground.lon_lat_of(hotspot.centre);
        file.integer(static_cast<std::int64_t>(i + 1));
        file.character(',');
        for (const auto& [bit, name] : flavour_names) {
            file.text(bit == hotspot.flavour ? name : std::string_view{});
        }
        file.character(',');
        file.fixed(centre.lon_deg, 6);
        file.character(',');
        file.fixed(centre.lat_deg, 6);
        for (const double value : {2.0 * hotspot.along_m, 2.0 * hotspot.across_m, hotspot.weight}) {
            file.character(',');
            file.fixed(value, 3);
        }
        file.character('\n');
    }
    return file.close();
}

/// The figures of kinds.h, so that the truth can be read without the program.
Status write_parameters(const std::string& folder, const SimulationOptions& options) {
    TextFile file = TRY(TextFile::create(folder + "/parameters.toml"));
    file.text("# Synthetic: figures of the simulator, measured on no real city.\nseed = ");
    file.text(std::to_string(options.seed));
    file.text("\ndays = ");
    file.integer(options.days);
    file.text("\nrepeat_days_mean = ");
    file.fixed(repeat_days_mean, 1);
    file.text("\nrepeat_distance_mean_m = ");
    file.fixed(repeat_distance_mean_m, 1);
    file.text("\n");
    for (const Kind& kind : kinds()) {
        if (kind.weight <= 0.0) {
            continue;
        }
        file.text("\n[kinds.");
        file.text(kind.key);
        file.text("]\n");
        const std::array<std::pair<std::string_view, double>, 7> values{
            {{"facts_a_day_at_intensity_1", kind.weight},
             {"hotspot_share", kind.hotspot_share},
             {"repeat_mean", kind.repeat_mean},
             {"log_effect_of_5_degrees_warmer", kind.per_5_degrees},
             {"log_effect_of_a_wet_day", kind.on_rain},
             {"log_effect_of_fire_weather", kind.on_fire_weather},
             {"log_drift_a_year", kind.a_year}}};
        for (const auto& [name, value] : values) {
            file.text(name);
            file.text(" = ");
            file.fixed(value, 4);
            file.character('\n');
        }
    }
    return file.close();
}

}  // namespace

Result<FactList> FactList::create(const std::string& folder, const World& world) {
    TextFile file = TRY(TextFile::create(folder + "/facts.csv"));
    file.text("numero,t,lon,lat,categorie,quartier,cause,parent,sources\n");
    return FactList(world, std::move(file));
}

Status FactList::write(const std::vector<Fact>& facts, const DayRecords& day) {
    for (std::size_t i = 0; i < facts.size(); ++i) {
        const Fact& fact = facts[i];
        const LonLat position = world_->ground.lon_lat_of(fact.place);
        file_.integer(static_cast<std::int64_t>(fact.number));
        file_.character(',');
        utc_time(file_, fact.at);
        file_.character(',');
        file_.fixed(position.lon_deg, 6);
        file_.character(',');
        file_.fixed(position.lat_deg, 6);
        file_.character(',');
        file_.text(kinds()[fact.kind].key);
        file_.character(',');
        file_.text(code_of(*world_, fact.district));
        file_.character(',');
        file_.text(cause_names[static_cast<std::size_t>(fact.cause)]);
        file_.character(',');
        if (fact.parent != 0) {
            file_.integer(static_cast<std::int64_t>(fact.parent));
        }
        file_.character(',');
        bool first = true;
        for (std::size_t source = 0; source < source_count; ++source) {
            if ((unsigned{day.seen[i]} & (1U << source)) != 0) {
                file_.text(first ? "" : "+");
                const std::string_view name = file_name_of(static_cast<SourceFile>(source));
                file_.text(name.substr(0, name.find('.')));
                first = false;
            }
        }
        file_.character('\n');
    }
    return file_.flush_if_large();
}

Status write_truth(const std::string& folder, const World& world, const Tally& tally,
                   const Patrols& patrols, const SimulationOptions& options) {
    TRY(write_summary(folder, world, tally, options));
    TRY(write_planted(folder, world));
    TRY(write_districts(folder, world, patrols));
    TRY(write_hotspots(folder, world));
    return write_parameters(folder, options);
}

}  // namespace vigie::simulator
