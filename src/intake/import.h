// One file of facts, from its bytes to the table: read, parse, validate, locate, deduplicate, append.
#pragma once

#include <atomic>
#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include "base/result.h"
#include "store/data_folder.h"

namespace vigie::intake {

struct ImportProgress {
    std::string file_name;
    std::uint64_t bytes_read = 0;   ///< of the file as it lies on disk (compressed bytes of a compressed file)
    std::uint64_t bytes_total = 0;
    std::uint64_t read = 0;
    std::uint64_t stored = 0;
    std::uint64_t duplicates = 0;
    std::uint64_t quarantined = 0;
};

/// Seconds spent in each step, summed over files (steps overlap: they run on two threads).
struct StepSeconds {
    double decode = 0.0;       ///< read and decompress
    double parse = 0.0;        ///< records, types, time, place
    double deduplicate = 0.0;
    double append = 0.0;       ///< into the event store, durable
};

struct ImportOutcome {
    std::uint64_t read = 0;  ///< records found in the files = stored + duplicates + passed_over + quarantined
    std::uint64_t stored = 0;
    std::uint64_t duplicates = 0;
    std::uint64_t quarantined = 0;
    std::uint64_t passed_over = 0;  ///< measures below the level that makes a fact
    StepSeconds steps;
    std::vector<std::string> warnings;  ///< French sentences: unmapped categories, clock changes, ...
};

struct ImportRequest {
    std::string manifest_path;
    std::vector<std::string> files;
    Instant now;
    std::function<void(const ImportProgress&)> on_progress;  ///< at most ten times a second; may be empty
    const std::atomic<bool>* cancel = nullptr;               ///< polled; when true the import ends between two blocks
};

/// Imports every file in turn. A record that can not be used is quarantined; a file that can not be used is an error, and
/// what was stored of earlier files stays. Running it again finishes the job.
/// Errors: invalid_input (manifest, unreadable file, missing column, encoding), unavailable (disk full, cancelled), conflict.
[[nodiscard]] Result<ImportOutcome> import_files(DataFolder& folder, const ImportRequest& request);

/// Reads config/cities/*.toml with the files that it names, paths relative to it. Warnings go to `warnings`.
[[nodiscard]] Result<City> load_city(const std::string& toml_path, std::vector<std::string>& warnings);
/// Reads config/taxonomy/*.toml.
[[nodiscard]] Result<Taxonomy> load_taxonomy(const std::string& toml_path);
/// Reads a population file (CSV: code,residents) into `city.districts`. Returns how many districts were given a number.
[[nodiscard]] Result<std::size_t> load_population(const std::string& csv_path, City& city);

}  // namespace vigie::intake
