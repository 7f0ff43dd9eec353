#include "simulator/simulate.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>
#include <filesystem>

#include "base/random.h"
#include "simulator/output_folder.h"

using namespace vigie;
using namespace vigie::simulator;

namespace {

std::uint64_t hash_of_folder(const std::string& folder) {
    std::vector<std::string> paths;
    for (const auto& entry : std::filesystem::recursive_directory_iterator(folder)) {
        if (entry.is_regular_file()) {
            paths.push_back(entry.path().string());
        }
    }
    std::sort(paths.begin(), paths.end());
    std::uint64_t hash = 0;
    for (const std::string& path : paths) {
        for (const char byte : read_file(path)) {
            hash = mix64(hash ^ static_cast<unsigned char>(byte));
        }
    }
    return hash;
}

SimulationOptions small(const std::string& folder, std::uint64_t seed) {
    SimulationOptions options;
    options.days = 40;
    options.events = 8000;
    options.seed = seed;
    options.out_dir = fresh_folder(folder);
    return options;
}

}  // namespace

TEST_CASE("the same seed gives the same bytes, another seed gives others") {
    const SimulationOptions first = small("seed_a", 5);
    const SimulationOptions again = small("seed_b", 5);
    const SimulationOptions other = small("seed_c", 6);
    for (const auto* options : {&first, &again, &other}) {
        REQUIRE(simulate(*options).has_value());
    }
    CHECK(hash_of_folder(first.out_dir) == hash_of_folder(again.out_dir));
    CHECK(hash_of_folder(first.out_dir) != hash_of_folder(other.out_dir));
    CHECK(read_file(first.out_dir + "/tickets.csv") != read_file(other.out_dir + "/tickets.csv"));
    CHECK(read_file(first.out_dir + "/weather.csv") != read_file(other.out_dir + "/weather.csv"));
}

TEST_CASE("the records asked for are given, within 3 % and six square roots") {
    const struct {
        int days;
        std::uint64_t events;
        std::uint64_t seed;
    } cases[] = {{1, 500, 1}, {7, 3000, 2}, {90, 30'000, 3}, {400, 120'000, 4}, {30, 0, 5}};
    for (const auto& one : cases) {
        SimulationOptions options;
        options.days = one.days;
        options.events = one.events;
        options.seed = one.seed;
        options.out_dir = fresh_folder("tolerance");
        double share_done = 0.0;
        options.progress = [&](double share) {
            CHECK(share > share_done);
            share_done = share;
        };
        const auto summary = simulate(options);
        REQUIRE(summary.has_value());
        const double wanted = one.events == 0 ? one.days * 700.0 : static_cast<double>(one.events);
        CHECK_MESSAGE(std::fabs(static_cast<double>(summary->records) - wanted) <
                          0.03 * wanted + 6.0 * std::sqrt(wanted),
                      summary->records, " records, ", wanted, " wanted");
        CHECK(summary->last_day.raw() - summary->first_day.raw() == one.days);
        CHECK(share_done == 1.0);
        std::uint64_t rows = 0;
        for (const FileSummary& file : summary->files) {
            const std::string text = read_file(options.out_dir + "/" + file.name);
            CHECK(static_cast<std::uint64_t>(std::count(text.begin(), text.end(), '\n')) ==
                  file.rows + 1);
            rows += file.rows;
        }
        CHECK(rows == summary->records);
        CHECK(summary->facts > 0);
    }
}

TEST_CASE("a given city's own districts are the ground") {
    City city = plain_city();
    city.name = "Autre ville";
    city.districts.resize(8);  // the middle of the dartboard
    SimulationOptions options = small("own_city", 9);
    options.city = &city;
    REQUIRE(simulate(options).has_value());
    const auto population = read_rows(options.out_dir + "/population.csv", ',');
    REQUIRE(population.size() == 8);
    CHECK(population[7][0] == city.districts[7].code);
    CHECK(read_file(options.out_dir + "/README.txt").find("Autre ville") != std::string::npos);
}

TEST_CASE("what can not be simulated is refused with its reason") {
    SimulationOptions options = small("refused", 1);
    options.days = 0;
    CHECK(simulate(options).error().code == ErrorCode::invalid_input);
    options.days = days_max + 1;
    CHECK(simulate(options).error().code == ErrorCode::invalid_input);
    options.days = 10;
    options.events = events_max + 1;
    CHECK(simulate(options).error().code == ErrorCode::invalid_input);
    options.events = 100;
    options.last_day = LocalDay{day_of(first_local_hour).raw() + 5};
    CHECK(simulate(options).error().code == ErrorCode::invalid_input);
    options = small("refused", 1);
    City nowhere = plain_city();
    nowhere.zone = "Europe/Nulle_Part";
    options.city = &nowhere;
    CHECK(simulate(options).error().code == ErrorCode::not_found);
    options = small("refused", 1);
    REQUIRE(simulate(options).has_value());
    options.out_dir += "/README.txt";
    CHECK(simulate(options).error().code ==
          ErrorCode::unavailable);  // a file stands where the folder should be
}
