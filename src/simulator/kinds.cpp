#include "simulator/kinds.h"

#include <algorithm>

#include "base/assert.h"

namespace vigie::simulator {
namespace {

using F = SourceFile;
using D = Finder;
using H = Hours;
using W = Week;
using S = Season;
using P = Setting;

constexpr Route by(F file, D finder, double chance, std::string_view code,
                   std::string_view record_key = {}) {
    return {file, finder, chance, record_key, {code}};
}
constexpr Route logged(D finder, double chance, std::string_view code) {
    return by(F::logbook, finder, chance, code);
}
constexpr Route reported(double chance, std::string_view theme) {
    return by(F::reports, D::resident, chance, theme);
}
constexpr Route ticketed(double chance, std::array<std::string_view, 4> codes) {
    return {F::tickets, D::patrol, chance, {}, codes};
}
constexpr Route rescued(double chance, std::string_view code, std::string_view record_key = {}) {
    return by(F::fire, D::service, chance, code, record_key);
}
constexpr Route injured(double chance) {
    return {F::fire, D::service, chance, "medical_emergency", {"VSAV-MALAISE", "VSAV-CHUTE"}};
}

// One kind after the other, as a table.
// clang-format off
// key, a day, hours, week, season, setting, hotspots, share, repeats, heat, rain, fire weather,
// drift, severity, routes
constexpr auto all_kinds = std::to_array<Kind>({
    {"theft", 5.0, H::afternoon, W::saturday, S::summer, P::centre, station | market | shopping | beach, .5, .08, .03, -.15, 0, .02, 2,
     {logged(D::resident, .85, "Vol"), logged(D::patrol, .08, "Vol"), logged(D::camera, .04, "Vol")}},
    {"theft_from_vehicle", 3.0, H::sleep, W::weekend, S::summer, P::roads, beach | nightlife, .35, .18, .02, -.1, 0, .01, 2,
     {logged(D::resident, .9, "Vol à la roulotte")}},
    {"vehicle_theft", 1.5, H::sleep, W::flat, S::flat, P::roads, station, .15, .1, 0, 0, 0, -.03, 2,
     {logged(D::resident, .95, "Vol de véhicule"), logged(D::patrol, .1, "Vol de véhicule")}},
    {"robbery", 0.8, H::evening, W::weekend, S::flat, P::centre, station | nightlife | shopping, .5, .1, .03, -.15, 0, 0, 3,
     {logged(D::resident, .85, "Vol avec violence"), logged(D::camera, .1, "Vol avec violence"), injured(.08)}},
    {"burglary", 2.0, H::day, W::working, S::winter, P::homes, 0, .1, .35, 0, 0, 0, -.02, 3,
     {logged(D::resident, .95, "Cambriolage")}},
    {"assault", 2.2, H::night, W::weekend, S::summer, P::centre, nightlife | station, .5, .05, .08, -.1, 0, .02, 3,
     {logged(D::resident, .6, "Violences"), logged(D::patrol, .12, "Violences"), logged(D::camera, .06, "Violences"), injured(.2)}},
    {"fight", 1.8, H::night, W::weekend, S::summer, P::centre, nightlife | beach | square, .6, .05, .1, -.2, 0, 0, 3,
     {logged(D::resident, .5, "Rixe"), logged(D::patrol, .2, "Rixe"), logged(D::camera, .12, "Rixe"), injured(.14)}},
    {"threats", 1.0, H::evening, W::flat, S::flat, P::homes, square, .15, .05, .03, 0, 0, 0, 2,
     {logged(D::resident, .7, "Menaces"), logged(D::patrol, .06, "Menaces")}},
    {"vandalism", 2.5, H::night, W::weekend, S::flat, P::centre, square | station, .3, .15, .02, -.15, 0, 0, 2,
     {logged(D::resident, .6, "Dégradations"), logged(D::patrol, .15, "Dégradations"), logged(D::camera, .05, "Dégradations")}},
    {"drug_dealing", 2.5, H::afternoon, W::flat, S::flat, P::homes, square | station, .8, .25, .02, -.1, 0, .04, 3,
     {logged(D::resident, .15, "Stupéfiants"), logged(D::patrol, .4, "Stupéfiants"), reported(.25, "Point de deal")}},
    {"weapons", 0.12, H::night, W::weekend, S::flat, P::homes, square, .4, .3, .05, 0, 0, 0, 4,
     {logged(D::resident, .8, "Port d'arme"), logged(D::patrol, .3, "Port d'arme")}},
    {"nuisance_gathering", 4.0, H::night, W::weekend, S::summer, P::homes, square | nightlife | beach, .5, .1, .12, -.4, 0, 0, 1,
     {logged(D::resident, .35, "Attroupement gênant"), logged(D::patrol, .2, "Attroupement gênant"), reported(.35, "Attroupement")}},
    {"public_drunkenness", 1.2, H::night, W::weekend, S::summer, P::centre, nightlife | station, .6, .03, .06, -.1, 0, 0, 1,
     {logged(D::resident, .2, "Ivresse publique"), logged(D::patrol, .45, "Ivresse publique"), logged(D::camera, .1, "Ivresse publique")}},
    {"street_vending", 1.8, H::day, W::saturday, S::flat, P::centre, market | station, .85, .05, .04, -.5, 0, 0, 1,
     {logged(D::resident, .1, "Vente à la sauvette"), logged(D::patrol, .55, "Vente à la sauvette")}},
    {"illegal_occupation", 0.8, H::day, W::flat, S::flat, P::homes, 0, 0, .05, 0, 0, 0, 0, 1,
     {logged(D::resident, .5, "Occupation illicite"), logged(D::patrol, .2, "Occupation illicite")}},
    {"dangerous_driving", 1.0, H::evening, W::sunday, S::summer, P::roads, beach | square, .35, .2, .08, -.5, 0, .05, 3,
     {logged(D::resident, .45, "Rodéo motorisé"), logged(D::patrol, .15, "Rodéo motorisé"), logged(D::camera, .06, "Rodéo motorisé"),
      by(F::reports, D::resident, .25, "Deux-roues motorisés bruyants", "noise_vehicle")}},
    {"road_accident", 2.2, H::commute, W::working, S::flat, P::roads, station, .15, 0, 0, .25, 0, -.01, 2,
     {logged(D::resident, .6, "Accident de la circulation"), logged(D::camera, .12, "Accident de la circulation"),
      rescued(.5, "AVP", "road_accident_rescue")}},
    {"noise_neighbourhood", 7.0, H::night, W::weekend, S::summer, P::homes, nightlife | square | beach, .3, .12, .15, -.3, 0, .01, 1,
     {logged(D::resident, .3, "Tapage"), reported(.5, "Bruit, voisinage")}},
    {"fireworks", 0.7, H::night, W::weekend, S::july_and_new_year, P::homes, square | beach, .5, .2, .05, -.3, 0, 0, 2,
     {logged(D::resident, .5, "Feux d'artifice et pétards"), by(F::noise, D::camera, .5, "PETARD")}},
    {"assistance", 1.5, H::day, W::flat, S::flat, P::homes, station, .1, 0, 0, .05, 0, 0, 1,
     {logged(D::resident, .8, "Assistance"), logged(D::patrol, .2, "Assistance")}},
    {"medical_emergency", 12.0, H::day, W::flat, S::flat, P::homes, station | beach, .1, 0, .04, .02, 0, .01, 2,
     {injured(.98)}},
    {"road_accident_rescue"},
    {"rescue", 0.6, H::afternoon, W::sunday, S::summer, P::wild, beach, .3, 0, .05, .1, 0, 0, 2,
     {rescued(.98, "SAUV")}},
    {"fire_building", 0.5, H::evening, W::flat, S::winter, P::homes, 0, 0, 0, 0, 0, 0, 0, 4,
     {rescued(.99, "FEU-HAB")}},
    {"fire_vehicle", 0.5, H::night, W::weekend, S::flat, P::roads, square, .3, .3, 0, -.1, 0, 0, 3,
     {rescued(.95, "FEU-VEH"), by(F::logbook, D::resident, .3, "Dégradations", "vandalism")}},
    {"fire_bin", 1.2, H::night, W::weekend, S::summer, P::centre, square, .3, .3, .03, -.3, 0, 0, 2,
     {rescued(.85, "FEU-POUB")}},
    {"fire_vegetation", 0.6, H::afternoon, W::flat, S::hot_summer, P::wild, 0, 0, .05, .1, -1.0, .9, 0, 3,
     {rescued(.99, "FEU-VEG")}},
    {"fire_other", 0.3, H::flat, W::flat, S::flat, P::homes, 0, 0, 0, 0, 0, 0, 0, 2,
     {rescued(.9, "FEU-AUTRE")}},
    {"alarm", 0.8, H::office, W::working, S::flat, P::centre, shopping, .3, 0, 0, 0, 0, 0, 1,
     {rescued(.9, "ALARME")}},
    {"gas_leak", 0.35, H::day, W::flat, S::winter, P::homes, 0, 0, 0, -.05, 0, 0, 0, 3,
     {rescued(.95, "ODEUR-GAZ")}},
    {"parking", 22.0, H::office, W::working, S::school, P::centre, market | shopping | beach | station, .35, .02, 0, -.1, 0, .02, 1,
     {ticketed(.6, {"STAT-GENANT", "STAT-TRES-GENANT", "STAT-TROTTOIR", "STAT-HANDICAP"}), reported(.08, "Stationnement gênant"),
      {F::tows, D::patrol, .06, "towing", {"Stationnement gênant", "Stationnement très gênant"}}}},
    {"traffic_offence", 6.0, H::commute, W::working, S::school, P::roads, station, .2, 0, 0, -.2, 0, 0, 2,
     {ticketed(.55, {"CIRC-FEU", "CIRC-BUS", "CIRC-SENS"})}},
    {"abandoned_vehicle", 2.5, H::office, W::working, S::flat, P::homes, 0, 0, .1, 0, 0, 0, .02, 1,
     {ticketed(.3, {"STAT-ABUSIF"}), reported(.4, "Véhicule ventouse"), by(F::tows, D::service, .2, "Véhicule ventouse")}},
    {"towing", 2.0, H::morning, W::saturday, S::school, P::centre, market, .5, 0, 0, 0, 0, 0, 1,
     {{F::tows, D::service, .97, {}, {"Stationnement gênant", "Manifestation ou marché", "Stationnement très gênant"}}}},
    {"illegal_dumping", 9.0, H::morning, W::flat, S::flat, P::homes, square | market, .25, .2, 0, -.05, 0, .03, 1,
     {ticketed(.08, {"DEPOT"}), reported(.55, "Dépôt sauvage")}},
    {"overflowing_bin", 3.5, H::day, W::sunday, S::summer, P::homes, market, .2, .1, .02, 0, 0, 0, 1,
     {reported(.65, "Bac débordant")}},
    {"litter", 5.0, H::day, W::flat, S::flat, P::centre, market | beach, .3, .08, .02, -.05, 0, 0, 1,
     {reported(.55, "Propreté")}},
    {"graffiti", 2.0, H::day, W::working, S::flat, P::centre, nightlife | station, .35, .3, 0, -.1, 0, .03, 1,
     {reported(.55, "Tag")}},
    {"terrace_overflow", 0.9, H::evening, W::weekend, S::summer, P::centre, nightlife | market, .8, .05, .1, -.6, 0, 0, 1,
     {ticketed(.35, {"TERRASSE"}), reported(.35, "Terrasse envahissante")}},
    {"noise_vehicle", 2.0, H::evening, W::sunday, S::summer, P::roads, beach | nightlife, .3, .05, .1, -.5, 0, .02, 1,
     {ticketed(.06, {"BRUIT"}), reported(.35, "Deux-roues motorisés bruyants"), by(F::noise, D::camera, .4, "MOTEUR")}},
    {"noise_venue", 1.8, H::night, W::weekend, S::summer, P::centre, nightlife, .8, .05, .1, -.3, 0, .02, 1,
     {reported(.65, "Bruit, établissement")}},
    {"noise_works", 1.0, H::office, W::working, S::school, P::homes, 0, 0, .3, 0, -.3, 0, 0, 1,
     {reported(.65, "Bruit, chantier")}},
    {"street_lighting", 1.5, H::evening, W::flat, S::winter, P::roads, 0, 0, .15, 0, .15, 0, 0, 1,
     {reported(.75, "Éclairage en panne")}},
    {"road_defect", 2.0, H::day, W::working, S::winter, P::roads, 0, 0, .05, 0, .2, 0, 0, 1,
     {reported(.65, "Voirie dégradée")}},
    {"micromobility", 2.0, H::day, W::flat, S::summer, P::centre, station | nightlife | beach, .4, 0, .05, -.4, 0, -.05, 1,
     {reported(.55, "Trottinette gênante")}},
    {"animal", 1.0, H::day, W::sunday, S::summer, P::homes, 0, 0, .05, .03, -.1, 0, 0, 1,
     {reported(.65, "Animal")}},
    {"noise_peak", 3.0, H::evening, W::weekend, S::summer, P::masts, 0, 0, 0, .05, -.2, 0, 0, 1,
     {by(F::noise, D::camera, .97, "PIC")}},
    {"noise_night", 2.0, H::night, W::weekend, S::summer, P::masts, 0, 0, 0, .08, -.3, 0, 0, 1,
     {by(F::noise, D::camera, .97, "NUIT")}},
});
// clang-format on

}  // namespace

std::span<const Kind> kinds() {
    return all_kinds;
}

std::size_t kind_index(std::string_view key) {
    const auto found = std::find_if(all_kinds.begin(), all_kinds.end(),
                                    [key](const Kind& kind) { return kind.key == key; });
    VIGIE_ASSERT(found != all_kinds.end());
    return static_cast<std::size_t>(found - all_kinds.begin());
}

}  // namespace vigie::simulator
