// What was planted, beside the sources: docs/formats/simulator_truth.md.
#pragma once

#include <string>
#include <vector>

#include "simulator/records.h"
#include "simulator/simulate.h"
#include "simulator/text_file.h"

namespace vigie::simulator {

/// Counts what the sources hold, by file, category and local month.
class Tally {
  public:
    explicit Tally(const World& world);
    void count(const std::vector<Fact>& facts, const DayRecords& day);

    struct FileTally {
        std::uint64_t rows = 0;
        std::uint64_t repeats = 0;
        std::array<std::uint64_t, fault_count> faults{};
        std::vector<std::uint64_t> kept;  // categories (kinds(), then unmapped) x months
    };
    [[nodiscard]] std::uint64_t facts() const { return facts_; }
    [[nodiscard]] std::uint64_t rows() const;
    [[nodiscard]] const std::array<FileTally, source_count>& files() const { return files_; }
    [[nodiscard]] std::size_t months() const { return months_; }
    [[nodiscard]] std::int32_t first_month() const { return first_month_; }

  private:
    const World* world_;
    std::int32_t first_month_;
    std::size_t months_;
    std::uint64_t facts_ = 0;
    std::array<FileTally, source_count> files_;
};

/// The list of facts, written as they happen.
class FactList {
  public:
    [[nodiscard]] static Result<FactList> create(const std::string& folder, const World& world);
    [[nodiscard]] Status write(const std::vector<Fact>& facts, const DayRecords& day);
    [[nodiscard]] Status close() { return file_.close(); }

  private:
    FactList(const World& world, TextFile file) : world_(&world), file_(std::move(file)) {}
    const World* world_;
    TextFile file_;
};

/// summary.json, planted.csv, districts.csv, hotspots.csv and parameters.toml in the folder of the
/// truth.
[[nodiscard]] Status write_truth(const std::string& folder, const World& world, const Tally& tally,
                                 const Patrols& patrols, const SimulationOptions& options);

/// weather.csv, planned_events.csv, population.csv and README.txt.
[[nodiscard]] Status write_context(const std::string& folder, const World& world,
                                   const SimulationOptions& options);

}  // namespace vigie::simulator
