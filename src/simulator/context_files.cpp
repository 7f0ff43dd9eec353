// What stands beside the sources: the sky, the agenda, the residents, and a word to whoever opens
// the folder.
#include "simulator/truth.h"

namespace vigie::simulator {
namespace {

Status write_weather(const std::string& folder, const World& world) {
    TextFile file = TRY(TextFile::create(folder + "/weather.csv"));
    file.text("date,tmin_c,tmax_c,pluie_mm,vent_km_h\n");
    LocalDay day = world.rhythm.first_day();
    for (const DayWeather& sky : world.rhythm.weather()) {
        file.iso_date(day);
        for (const double value : {sky.low_c, sky.high_c, sky.rain_mm, sky.wind_km_h}) {
            file.character(',');
            file.fixed(value, 1);
        }
        file.character('\n');
        day = LocalDay{day.raw() + 1};
    }
    return file.close();
}

void write_local(TextFile& file, LocalDay day, int minute) {
    file.iso_date(LocalDay{day.raw() + minute / 1440});
    file.character('T');
    file.hour_minute(minute % 1440 * 60'000);
}

Status write_events(const std::string& folder, const World& world) {
    TextFile file = TRY(TextFile::create(folder + "/planned_events.csv"));
    file.text("numero,type,debut,fin,lon,lat,affluence\n");
    std::int64_t number = 0;
    for (const PlannedEvent& event : world.events) {
        const LonLat place = world.ground.lon_lat_of(event.place);
        file.integer(++number);
        file.character(',');
        file.text(event.type->key);
        file.character(',');
        write_local(file, event.day, event.start_minute);
        file.character(',');
        write_local(file, event.day, event.end_minute);
        file.character(',');
        file.fixed(place.lon_deg, 6);
        file.character(',');
        file.fixed(place.lat_deg, 6);
        file.character(',');
        file.integer(event.attendance);
        file.character('\n');
    }
    return file.close();
}

Status write_population(const std::string& folder, const World& world) {
    TextFile file = TRY(TextFile::create(folder + "/population.csv"));
    file.text("code,residents\n");
    for (std::size_t i = 0; i < world.ground.quarters().size(); ++i) {
        file.text(world.ground.city().districts[i].code);
        file.character(',');
        file.integer(world.ground.quarters()[i].residents);
        file.character('\n');
    }
    return file.close();
}

Status write_readme(const std::string& folder, const World& world,
                    const SimulationOptions& options) {
    TextFile file = TRY(TextFile::create(folder + "/README.txt"));
    file.text(
        "DONNÉES SYNTHÉTIQUES\n====================\n\n"
        "Tout ce que contient ce dossier est inventé par « vigie simulate ». Aucun fait, aucune "
        "date, aucun effectif,\n"
        "aucune population n'est réel ; rien ici ne décrit un quartier, un lieu ou une personne. "
        "Seuls les contours des\n"
        "quartiers, s'ils viennent d'une vraie ville, sont réels. Ne tirez de ces fichiers aucune "
        "conclusion sur un lieu.\n\n"
        "Ville : ");
    file.text(world.ground.city().name);
    file.text("\nPériode : du ");
    file.french_date(world.rhythm.first_day());
    file.text(" (inclus) au ");
    file.french_date(world.rhythm.last_day());
    file.text(" (exclu)\nGraine : ");
    file.text(std::to_string(options.seed));
    file.text(
        "\n\nFichiers des services (format : docs/formats/simulator.md) :\n"
        "  police_logbook.csv, fire_interventions.csv, tickets.csv, resident_reports.csv, "
        "noise_alerts.csv, tows.csv\n"
        "Contexte : weather.csv (météo), planned_events.csv (agenda), population.csv (habitants "
        "par quartier)\n"
        "Vérité : truth/ (faits, effectifs attendus, points chauds, changements et fautes "
        "plantés)\n\n"
        "Quelques lignes par millier sont fautives exprès (date impossible, position hors de la "
        "ville, catégorie vide ou\n"
        "inconnue), pour montrer la quarantaine ; truth/summary.json les compte.\n");
    return file.close();
}

}  // namespace

Status write_context(const std::string& folder, const World& world,
                     const SimulationOptions& options) {
    TRY(write_weather(folder, world));
    TRY(write_events(folder, world));
    TRY(write_population(folder, world));
    return write_readme(folder, world, options);
}

}  // namespace vigie::simulator
