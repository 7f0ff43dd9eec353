#include "simulator/source_files.h"

#include <doctest/doctest.h>

#include <cmath>

#include "simulator/output_folder.h"

using namespace vigie;
using namespace vigie::simulator;

namespace {

const City& ground() {
    static const City city = plain_city();
    return city;
}

/// Written positions are rounded to 6 decimals, so a point on a border may step over it by a
/// decimetre.
bool in_city(const DistrictIndex& index, LonLat p) {
    return index.find_near(p, 1.0) != no_district;
}

double french_number(std::string text) {
    const std::size_t comma = text.find(',');
    REQUIRE(comma != std::string::npos);
    text[comma] = '.';
    return std::atof(text.c_str());
}

}  // namespace

TEST_CASE("headers, line ends and encodings are those of the contract") {
    const std::string logbook = read_file(usual_city() + "/police_logbook.csv");
    CHECK(logbook.rfind("date_heure;categorie;origine;longitude;latitude;gravite\r\n", 0) == 0);
    CHECK(logbook.find("Vol \xE0 la roulotte") != std::string::npos);
    CHECK(logbook.find("Vid\xE9oprotection") != std::string::npos);
    CHECK(logbook.find("\xC3") == std::string::npos);  // no UTF-8 left
    const std::string tickets = read_file(usual_city() + "/tickets.csv");
    CHECK(tickets.rfind("\xEF\xBB\xBFhorodatage;code;x_l93;y_l93\r\n", 0) == 0);
    const std::string reports = read_file(usual_city() + "/resident_reports.csv");
    CHECK(reports.rfind("id,signale_le,theme,lon,lat\nSIG-2025-0000001,2025-01-01T", 0) == 0);
    CHECK(reports.find(",\"Bruit, voisinage\",") != std::string::npos);
    CHECK(reports.find("Dépôt sauvage") != std::string::npos);
    CHECK(reports.find('\r') == std::string::npos);
    CHECK(read_file(usual_city() + "/fire_interventions.csv").rfind("t,type,lat,lon\n", 0) == 0);
    CHECK(read_file(usual_city() + "/noise_alerts.csv")
              .rfind("t,capteur,type,niveau_db,lon,lat\n", 0) == 0);
    CHECK(read_file(usual_city() + "/tows.csv").rfind("date;heure;motif;quartier\n", 0) == 0);
}

TEST_CASE("every position that is not a planted fault lies in the city") {
    const DistrictIndex index(ground().districts);
    const auto lambert = Projection::open(2154);
    REQUIRE(lambert.has_value());
    for (const auto& row : read_rows(usual_city() + "/police_logbook.csv", ';')) {
        if (row[3] != "n/a" && row[3] != "0,000000") {
            REQUIRE(in_city(index, {french_number(row[3]), french_number(row[4])}));
        }
    }
    for (const auto& row : read_rows(usual_city() + "/fire_interventions.csv", ',')) {
        if (row[2] != "n/a" && row[2] != "0.000000") {
            REQUIRE(in_city(index, {std::atof(row[3].c_str()), std::atof(row[2].c_str())}));
        }
    }
    for (const auto& row : read_rows(usual_city() + "/tickets.csv", ';')) {
        if (row[2] != "n/a" && row[2] != "0.0") {
            const auto p = lambert->inverse({std::atof(row[2].c_str()), std::atof(row[3].c_str())});
            REQUIRE(p.has_value());
            REQUIRE(in_city(index, *p));
        }
    }
}

TEST_CASE("reports carry the offset in force, and services agree on when things happen") {
    int winter = 0;
    int summer = 0;
    for (const auto& row : read_rows(usual_city() + "/resident_reports.csv", ',')) {
        if (row[1] == "2025-06-31T10:00+02:00") {
            continue;
        }
        const std::string month = row[1].substr(5, 2);
        const std::string offset = row[1].substr(16);
        if (month == "01" || month == "12") {
            REQUIRE(offset == "+01:00");
            ++winter;
        } else if (month == "07") {
            REQUIRE(offset == "+02:00");
            ++summer;
        }
    }
    CHECK(winter > 100);
    CHECK(summer > 100);
}
