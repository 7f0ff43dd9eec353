#include "simulator/simulate.h"

#include <algorithm>
#include <cmath>
#include <filesystem>
#include <optional>

#include "simulator/source_files.h"
#include "simulator/truth.h"

namespace vigie::simulator {
namespace {

// A dry run of about so many records tells how many a fact gives, repeats and several sources
// included.
constexpr double dry_run_records = 40'000.0;
constexpr double records_a_day_at_first =
    125.0;  // at intensity 1, roughly; the dry run says exactly

struct Run {
    const World* world = nullptr;
    double intensity = 1.0;
    std::uint64_t seed = 0;
};

struct Outputs {
    SourceFiles sources;
    FactList facts;
};

/// Lives through the period. Writes nothing when there is no output.
Result<Patrols> live(const Run& run, Tally& tally, Outputs* outputs,
                     const std::function<void(double)>& progress) {
    FactSource facts(*run.world, run.intensity, mix64(run.seed ^ 0x6661637473));
    Recorder recorder(*run.world, mix64(run.seed ^ 0x7265636f726473));
    const std::int32_t first = run.world->rhythm.first_day().raw();
    const std::int32_t last = run.world->rhythm.last_day().raw();
    for (std::int32_t day = first; day < last; ++day) {
        const std::vector<Fact>& today = facts.next_day();
        const DayRecords& records = recorder.record(today);
        tally.count(today, records);
        if (outputs != nullptr) {
            TRY(outputs->sources.write(records));
            TRY(outputs->facts.write(today, records));
        }
        if (weekday_of(LocalDay{day}) == 6) {
            recorder.end_week();
        }
        if (progress) {
            progress(static_cast<double>(day - first + 1) / (last - first));
        }
    }
    return recorder.patrols();
}

/// The intensity that gives the records wanted, by a dry run of the same world.
Result<double> find_intensity(const World& world, const SimulationOptions& options, double wanted) {
    const double tried =
        std::min(wanted, dry_run_records) / (options.days * records_a_day_at_first);
    Tally tally(world);
    TRY(live({&world, tried, mix64(options.seed ^ 0x647279)}, tally, nullptr, {}));
    const double given = std::max<double>(1.0, static_cast<double>(tally.rows()));
    return tried * wanted / given;
}

Status check(const SimulationOptions& options) {
    if (options.days < 1 || options.days > days_max) {
        return fail(ErrorCode::invalid_input, "durée de " + std::to_string(options.days) +
                                                  " jours (attendu : de 1 à " +
                                                  std::to_string(days_max) + ")");
    }
    if (options.events > events_max) {
        return fail(ErrorCode::invalid_input, std::to_string(options.events) +
                                                  " faits demandés (attendu : au plus " +
                                                  std::to_string(events_max) + ")");
    }
    const LocalDay first{options.last_day.raw() - options.days};
    if (first < day_of(first_local_hour) || options.last_day > day_of(last_local_hour)) {
        return fail(ErrorCode::invalid_input,
                    "période hors des années acceptées (attendu : de 1950 à 2068)");
    }
    return {};
}

Status make_folders(const std::string& folder) {
    std::error_code error;
    std::filesystem::create_directories(folder + "/truth", error);
    if (error) {
        return fail(ErrorCode::unavailable,
                    folder + " : dossier impossible à créer (" + error.message() + ")");
    }
    return {};
}

SimulationSummary summarise(const World& world, const Tally& tally) {
    SimulationSummary summary;
    summary.facts = tally.facts();
    summary.records = tally.rows();
    summary.first_day = world.rhythm.first_day();
    summary.last_day = world.rhythm.last_day();
    for (std::size_t i = 0; i < source_count; ++i) {
        const Tally::FileTally& counts = tally.files()[i];
        FileSummary file{std::string(file_name_of(static_cast<SourceFile>(i))), counts.rows,
                         counts.repeats, 0};
        for (std::size_t fault = 0; fault < fault_count; ++fault) {
            file.faults += is_refused(static_cast<Fault>(fault)) ? counts.faults[fault] : 0;
        }
        summary.faults += file.faults;
        summary.files.push_back(std::move(file));
    }
    return summary;
}

}  // namespace

Result<SimulationSummary> simulate(const SimulationOptions& options) {
    TRY(check(options));
    const bool has_ground =
        options.city != nullptr &&
        std::any_of(options.city->districts.begin(), options.city->districts.end(),
                    [](const District& d) { return !d.rings.empty(); });
    const std::optional<City> made = has_ground ? std::nullopt : std::optional<City>(plain_city());
    const City& city = has_ground ? *options.city : *made;
    const World world = TRY(make_world(city, options.last_day, options.days, options.seed));
    const std::uint64_t usual = static_cast<std::uint64_t>(options.days) * usual_events_per_day;
    const auto wanted = static_cast<double>(options.events == 0 ? usual : options.events);
    const double intensity = TRY(find_intensity(world, options, wanted));
    TRY(make_folders(options.out_dir));
    const std::string truth_folder = options.out_dir + "/truth";
    TRY(write_context(options.out_dir, world, options));
    Outputs outputs{TRY(SourceFiles::create(options.out_dir, world)),
                    TRY(FactList::create(truth_folder, world))};
    Tally tally(world);
    const Patrols patrols =
        TRY(live({&world, intensity, options.seed}, tally, &outputs, options.progress));
    TRY(outputs.sources.close());
    TRY(outputs.facts.close());
    TRY(write_truth(truth_folder, world, tally, patrols, options));
    return summarise(world, tally);
}

}  // namespace vigie::simulator
