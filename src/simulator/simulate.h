// A synthetic city that writes the very bytes its services would hand over, with the truth beside
// them. Formats: docs/formats/simulator.md and docs/formats/simulator_truth.md. It shares no code
// with intake.
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include "base/result.h"
#include "city/city.h"
#include "city/time/instant.h"

namespace vigie::simulator {

/// Bounds of what may be asked: ten years, and what a disk of a laptop holds.
inline constexpr int days_max = 3653;
inline constexpr std::uint64_t events_max = 1'000'000'000;
/// Records a day when `events` is 0: about what a large city's municipal services record.
inline constexpr std::uint64_t usual_events_per_day = 700;

struct SimulationOptions {
    int days = 365;
    std::uint64_t events = 0;  ///< records wanted over all source files, within 3 % and 6 square
                               ///< roots; 0 = usual_events_per_day
    std::uint64_t seed = 1;
    LocalDay last_day{
        20'454};  ///< first day after the end: 2026-01-01; nothing is recorded from its midnight on
    std::string out_dir;         ///< made if need be; files of the same names are replaced
    const City* city = nullptr;  ///< its districts' rings are the ground; null or without rings: a
                                 ///< plain ellipse of 24 districts
    std::function<void(double)>
        progress;  ///< called once a simulated day with the share done, 0..1
};

struct FileSummary {
    std::string name;
    std::uint64_t rows = 0;     ///< header excluded
    std::uint64_t repeats = 0;  ///< rows whose id stands in an earlier row
    std::uint64_t faults = 0;   ///< rows that an importer must quarantine
};

struct SimulationSummary {
    std::uint64_t facts = 0;    ///< what happened, recorded by anybody or not
    std::uint64_t records = 0;  ///< rows over all source files
    std::uint64_t faults = 0;
    LocalDay first_day;
    LocalDay last_day;  ///< exclusive
    std::vector<FileSummary> files;
};

/// Writes the source files, weather.csv, planned_events.csv, population.csv, README.txt and truth/
/// below options.out_dir. The same options give the same bytes (of one build on one machine).
/// Memory does not grow with `events`. Errors: invalid_input for bounds or a zone or projection
/// that can not be opened, unavailable when a file can not be written.
[[nodiscard]] Result<SimulationSummary> simulate(const SimulationOptions& options);

/// The city used when none is given: an ellipse of 24 districts, Europe/Paris, EPSG:2154.
[[nodiscard]] City plain_city();

}  // namespace vigie::simulator
