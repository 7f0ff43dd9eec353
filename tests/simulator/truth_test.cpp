#include "simulator/truth.h"

#include <doctest/doctest.h>

#include <cmath>
#include <map>

#include "simulator/output_folder.h"

using namespace vigie;
using namespace vigie::simulator;

namespace {

struct FactRow {
    long long number = 0;
    double hours = 0.0;  // since 1970, UTC
    double x_m = 0.0;
    double y_m = 0.0;
    std::string category;
    std::string district;
    std::string cause;
    long long parent = 0;
    std::string sources;
};

std::vector<FactRow> read_facts(const std::string& folder) {
    std::vector<FactRow> facts;
    for (const auto& row : read_rows(folder + "/truth/facts.csv", ',')) {
        REQUIRE(row.size() == 9);
        FactRow fact;
        fact.number = std::atoll(row[0].c_str());
        const std::chrono::year_month_day date{
            std::chrono::year{std::atoi(row[1].substr(0, 4).c_str())},
            std::chrono::month{static_cast<unsigned>(std::atoi(row[1].substr(5, 2).c_str()))},
            std::chrono::day{static_cast<unsigned>(std::atoi(row[1].substr(8, 2).c_str()))}};
        fact.hours = day_from_civil(date).raw() * 24.0 + std::atoi(row[1].substr(11, 2).c_str()) +
                     std::atoi(row[1].substr(14, 2).c_str()) / 60.0;
        fact.x_m = std::atof(row[2].c_str()) * 80'930.0;  // at 43.3 degrees north
        fact.y_m = std::atof(row[3].c_str()) * 111'195.0;
        fact.category = row[4];
        fact.district = row[5];
        fact.cause = row[6];
        fact.parent = std::atoll(row[7].c_str());
        fact.sources = row[8];
        facts.push_back(fact);
    }
    return facts;
}

}  // namespace

TEST_CASE("near repeats follow their parent by days and by a hundred metres or so") {
    const std::vector<FactRow> facts = read_facts(usual_city());
    std::map<long long, const FactRow*> by_number;
    for (const FactRow& fact : facts) {
        by_number[fact.number] = &fact;
    }
    double days = 0.0;
    double metres = 0.0;
    double count = 0.0;
    for (const FactRow& fact : facts) {
        CHECK((fact.cause == "repetition") == (fact.parent != 0));
        if (fact.parent == 0) {
            continue;
        }
        const FactRow& parent = *by_number.at(fact.parent);
        CHECK(parent.category == fact.category);
        days += (fact.hours - parent.hours) / 24.0;
        metres += std::hypot(fact.x_m - parent.x_m, fact.y_m - parent.y_m);
        count += 1.0;
    }
    CHECK(count > 1000.0);
    CHECK(std::fabs(days / count - 7.3) < 0.7);  // at least the next day, 7 on average
    CHECK(std::fabs(metres / count - 130.0) < 8.0);
}

TEST_CASE("the planted change adds a quarter to its category and district, from its day on") {
    SimulationOptions options = usual_options(fresh_folder("planted"));
    options.days = 730;
    options.events = 300'000;
    REQUIRE(simulate(options).has_value());
    const auto planted = read_rows(options.out_dir + "/truth/planted.csv", ',');
    REQUIRE(planted.size() == 4);
    REQUIRE(planted[0][0] == "changement_de_niveau");
    const std::string category = planted[0][1];
    const std::string district = planted[0][2];
    double usual = 0.0;
    double added = 0.0;
    const double from_hours =
        day_from_civil(std::chrono::year_month_day{
                           std::chrono::year{std::atoi(planted[0][3].substr(0, 4).c_str())},
                           std::chrono::month{static_cast<unsigned>(
                               std::atoi(planted[0][3].substr(5, 2).c_str()))},
                           std::chrono::day{static_cast<unsigned>(
                               std::atoi(planted[0][3].substr(8, 2).c_str()))}})
            .raw() *
        24.0;
    for (const FactRow& fact : read_facts(options.out_dir)) {
        if (fact.cause == "changement") {
            REQUIRE(fact.category == category);
            REQUIRE(fact.district == district);
            REQUIRE(fact.hours >=
                    from_hours - 2.0);  // UTC stands an hour or two behind the local day
            added += 1.0;
        } else if (fact.cause == "fond" && fact.category == category && fact.district == district &&
                   fact.hours >= from_hours) {
            usual += 1.0;
        }
    }
    REQUIRE(usual > 300.0);
    CHECK(std::fabs(added / usual - 0.25) < 5.0 * std::sqrt(0.25 * 0.75 / usual));
}

TEST_CASE("facts lie in districts, some are seen by several services and some by none") {
    double several = 0.0;
    double none = 0.0;
    double count = 0.0;
    for (const FactRow& fact : read_facts(usual_city())) {
        REQUIRE(!fact.district.empty());
        several += fact.sources.find('+') != std::string::npos ? 1.0 : 0.0;
        none += fact.sources.empty() ? 1.0 : 0.0;
        count += 1.0;
    }
    CHECK(several / count > 0.02);
    CHECK(several / count < 0.15);
    CHECK(none / count > 0.1);
    CHECK(none / count < 0.45);
}
