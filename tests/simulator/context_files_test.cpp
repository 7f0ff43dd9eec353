#include <doctest/doctest.h>

#include "simulator/output_folder.h"

using namespace vigie::simulator;

TEST_CASE("the sky, the agenda, the residents and the warning stand beside the sources") {
    const auto weather = read_rows(usual_city() + "/weather.csv", ',');
    REQUIRE(weather.size() == 365);
    CHECK(weather.front()[0] == "2025-01-01");
    CHECK(weather.back()[0] == "2025-12-31");
    CHECK(weather.back().size() == 5);
    const auto events = read_rows(usual_city() + "/planned_events.csv", ',');
    REQUIRE(events.size() > 300);
    for (const auto& row : events) {
        REQUIRE(row.size() == 7);
        REQUIRE(row[2] < row[3]);
    }
    const auto population = read_rows(usual_city() + "/population.csv", ',');
    REQUIRE(population.size() == 24);
    long long residents = 0;
    for (const auto& row : population) {
        residents += std::atoll(row[1].c_str());
    }
    CHECK(residents > 100'000);
    CHECK(residents < 2'000'000);
    const std::string readme = read_file(usual_city() + "/README.txt");
    CHECK(readme.rfind("DONNÉES SYNTHÉTIQUES\n", 0) == 0);
    CHECK(readme.find("du 01/01/2025 (inclus) au 01/01/2026 (exclu)") != std::string::npos);
}
