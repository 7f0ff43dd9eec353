#include "simulator/live/record_writers.h"
#include "simulator/wire_words.h"

#include <doctest/doctest.h>

#include "simulator/simulate.h"

using namespace vigie;
using namespace vigie::simulator;

namespace {

struct Bench {
    City city = plain_city();
    Result<World> world = make_world(city, LocalDay{20'454}, 30, 5);
    Result<RecordWriters> writers = RecordWriters::create(*world);

    /// A parking fact of 2025-12-21 18:05:07 in Paris, in the middle of the city.
    [[nodiscard]] LiveRow row(const Route& route) const {
        LiveRow row;
        row.record.at = Instant(std::chrono::milliseconds{1'766'336'707'000});
        row.record.position = {5.374120, 43.296480};
        row.record.route = &route;
        row.record.district = 0;
        row.record.severity = 3;
        row.truth.id = "X-1";
        return row;
    }
};

}  // namespace

TEST_CASE("rows are written as their page shows, accents and quotes included") {
    const Bench bench;
    REQUIRE(bench.writers.has_value());
    const Route logged{SourceFile::logbook, Finder::resident, 1.0, {}, {"Vol à la roulotte"}};
    LiveRow row = bench.row(logged);
    row.text = "dit \"non\"\tpuis part";
    row.service = "Brigade de jour";
    CHECK(
        bench.writers->logbook({&row, 1}) ==
        R"({"id":"X-1","date_heure":"21/12/2025 18:05","categorie":"Vol à la roulotte","origine":"Appel d'un riverain",)"
        R"("longitude":"5,374120","latitude":"43,296480","gravite":"3","service":"Brigade de jour",)"
        R"("texte":"dit \"non\"\u0009puis part"})"
        "\n");
    const Route ticketed{SourceFile::tickets, Finder::patrol, 1.0, {}, {"STAT-GENANT"}};
    row = bench.row(ticketed);
    const std::string file = bench.writers->tickets({&row, 1}, {});
    CHECK(file.rfind("id;horodatage;code;libelle;x_l93;y_l93\r\nX-1;2025-12-21 "
                     "18:05:07;STAT-GENANT;Stationnement g\xEAnant;89",
                     0) == 0);
    const Route towed{SourceFile::tows, Finder::service, 1.0, {}, {"Véhicule ventouse"}};
    row = bench.row(towed);
    CHECK(
        bench.writers->tow(row) ==
        R"({"id":"X-1","date":"21/12/2025","heure":"18","motif":"Véhicule ventouse","quartier":")" +
            bench.city.districts[0].code + "\"}");
    const Route rescued{SourceFile::fire, Finder::service, 1.0, {}, {"AVP"}};
    row = bench.row(rescued);
    CHECK(bench.writers->fire_csv({&row, 1}) ==
          "id,t,type,lat,lon\nX-1,2025-12-21T17:05Z,AVP,43.296480,5.374120\n");
    CHECK(
        bench.writers->fire_geojson({&row, 1}) ==
        R"({"type":"FeatureCollection","features":[{"type":"Feature","geometry":{"type":"Point","coordinates":[5.374120,43.296480]},)"
        R"("properties":{"id":"X-1","t":"2025-12-21T17:05Z","type":"AVP","lat":43.296480,"lon":5.374120}}]})");
}

TEST_CASE("faults of a row are written so that a reader must refuse it") {
    const Bench bench;
    REQUIRE(bench.writers.has_value());
    const Route rescued{SourceFile::fire, Finder::service, 1.0, {}, {"AVP"}};
    LiveRow row = bench.row(rescued);
    row.record.fault = Fault::bad_position;
    CHECK(bench.writers->fire_csv({&row, 1}).find(",n/a,n/a\n") != std::string::npos);
    CHECK(bench.writers->fire_geojson({&row, 1}).find(R"("geometry":null)") != std::string::npos);
    row.record.fault = Fault::outside;
    CHECK(bench.writers->fire_csv({&row, 1}).find(",0.000000,0.000000\n") != std::string::npos);
    row.record.fault = Fault::bad_date;
    CHECK(bench.writers->fire_csv({&row, 1}).find("2025-02-30T10:00Z") != std::string::npos);
}
