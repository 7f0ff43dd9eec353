// The truth's figures against an independent count of the files' bytes.
#include <doctest/doctest.h>

#include <map>
#include <set>

#include "simulator/kinds.h"
#include "simulator/output_folder.h"

using namespace vigie::simulator;

namespace {

const std::string& summary() {
    static const std::string text = read_file(usual_city() + "/truth/summary.json");
    return text;
}

void check_faults(const std::string& file, const std::map<std::string, long long>& counted,
                  long long rows) {
    CHECK(number_in(summary(), file, "rows") == rows);
    for (const char* fault :
         {"outside", "bad_date", "no_category", "bad_position", "unknown_code"}) {
        const auto found = counted.find(fault);
        CHECK_MESSAGE(
            number_in(summary(), file, fault) == (found == counted.end() ? 0 : found->second), file,
            " ", fault);
    }
}

}  // namespace

TEST_CASE("planted faults are counted to the row") {
    std::map<std::string, long long> counted;
    const auto logbook = read_rows(usual_city() + "/police_logbook.csv", ';');
    for (const auto& row : logbook) {
        REQUIRE(row.size() == 6);
        counted["bad_date"] += row[0] == "31/02/2025 25:61" ? 1 : 0;
        counted["no_category"] += row[1].empty() ? 1 : 0;
        counted["unknown_code"] += row[1] == "INCONNU-1" ? 1 : 0;
        counted["bad_position"] += row[3] == "n/a" ? 1 : 0;
        counted["outside"] += row[3] == "0,000000" ? 1 : 0;
    }
    CHECK(counted["bad_date"] > 0);
    CHECK(counted["outside"] > 0);
    check_faults("police_logbook.csv", counted, static_cast<long long>(logbook.size()));

    counted.clear();
    const auto fire = read_rows(usual_city() + "/fire_interventions.csv", ',');
    for (const auto& row : fire) {
        REQUIRE(row.size() == 4);
        counted["bad_date"] += row[0] == "2025-02-30T10:00Z" ? 1 : 0;
        counted["no_category"] += row[1].empty() ? 1 : 0;
        counted["unknown_code"] += row[1] == "INCONNU-1" ? 1 : 0;
        counted["bad_position"] += row[2] == "n/a" ? 1 : 0;
        counted["outside"] += row[2] == "0.000000" ? 1 : 0;
    }
    check_faults("fire_interventions.csv", counted, static_cast<long long>(fire.size()));
}

TEST_CASE("reports are counted by category and month, each id once") {
    const std::map<std::string, std::string> keys{{"Bruit, voisinage", "noise_neighbourhood"},
                                                  {"Dépôt sauvage", "illegal_dumping"},
                                                  {"Tag", "graffiti"},
                                                  {"Animal", "animal"}};
    std::map<std::pair<std::string, std::string>, long long> counted;
    std::set<std::string> ids;
    const auto rows = read_rows(usual_city() + "/resident_reports.csv", ',');
    for (const auto& row : rows) {
        REQUIRE(row.size() == 5);
        const bool first = ids.insert(row[0]).second;
        const bool refused = row[1] == "2025-06-31T10:00+02:00" || row[2].empty() ||
                             row[3] == "n/a" || row[3] == "0.000000";
        const auto key = keys.find(row[2]);
        if (first && !refused && key != keys.end()) {
            ++counted[{key->second, row[1].substr(0, 7)}];
        }
    }
    CHECK(ids.size() < rows.size());
    CHECK(number_in(summary(), "resident_reports.csv", "distinct") ==
          static_cast<long long>(ids.size()));
    const std::string_view section =
        std::string_view(summary()).substr(summary().find("\"resident_reports.csv\""));
    for (const auto& [what, count] : counted) {
        CHECK_MESSAGE(number_in(section, what.first, what.second) == count, what.first, " ",
                      what.second);
    }
    CHECK(counted.size() == 4 * 12);
}

TEST_CASE("what is kept is what is neither refused nor repeated, unmapped rows included") {
    long long kept = 0;
    long long unmapped = 0;
    for (const auto& row : read_rows(usual_city() + "/police_logbook.csv", ';')) {
        const bool refused =
            row[0] == "31/02/2025 25:61" || row[3] == "n/a" || row[3] == "0,000000";
        kept += refused ? 0 : 1;
        unmapped += !refused && (row[1].empty() || row[1] == "INCONNU-1") ? 1 : 0;
    }
    CHECK(number_in(summary(), "police_logbook.csv", "kept") == kept);
    const std::size_t start = summary().find("\"unmapped\": {");
    REQUIRE(start != std::string::npos);
    const std::string months = summary().substr(start, summary().find('}', start) - start);
    long long counted = 0;
    for (std::size_t at = months.find("\": ", 14); at != std::string::npos;
         at = months.find("\": ", at + 1)) {
        counted += std::atoll(months.c_str() + at + 3);
    }
    CHECK(counted == unmapped);
    CHECK(unmapped > 5);
}

TEST_CASE("every code is one of the vocabulary, and every month is within the period") {
    std::set<std::string> codes;
    for (const Kind& kind : kinds()) {
        for (const Route& route : kind.routes) {
            for (const auto& code : route.codes) {
                codes.insert(std::string(code));
            }
        }
    }
    codes.insert("INCONNU-1");
    for (const auto& row : read_rows(usual_city() + "/tickets.csv", ';')) {
        REQUIRE(codes.count(row[1]) == 1);
        REQUIRE((row[0].substr(0, 4) == "2025" || row[0] == "2025-13-01 10:00:00"));
    }
    for (const auto& row : read_rows(usual_city() + "/tows.csv", ';')) {
        REQUIRE(codes.count(row[2]) == 1);
        REQUIRE(row[3].substr(0, 3) == "SYN");
    }
}
