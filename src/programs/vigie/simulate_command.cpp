#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <boost/json.hpp>

#include "intake/import.h"
#include "programs/vigie/command_line.h"
#include "simulator/simulate.h"

namespace vigie::programs {

namespace {

struct SimulateOptions {
    int days = 0;
    std::uint64_t events = 0;
    std::uint64_t seed = 0;
    std::string out;
    std::string city;
    std::string until = "2026-01-01";
    bool json = false;
};

Result<LocalDay> read_day(const std::string& text) {
    int year = 0;
    unsigned month = 0;
    unsigned day = 0;
    char rest = 0;
    if (std::sscanf(text.c_str(), "%4d-%2u-%2u%c", &year, &month, &day, &rest) != 3) {
        return fail(ErrorCode::invalid_input, fmt::format("--until {} : AAAA-MM-JJ est attendu", text));
    }
    const std::chrono::year_month_day date{std::chrono::year{year}, std::chrono::month{month}, std::chrono::day{day}};
    if (!date.ok()) {
        return fail(ErrorCode::invalid_input, fmt::format("--until {} : cette date n'existe pas", text));
    }
    return day_from_civil(date);
}

Result<simulator::SimulationSummary> simulate_city(const SimulateOptions& options) {
    std::vector<std::string> warnings;
    const City city = TRY(intake::load_city(options.city.empty() ? TRY(find_config_dir()) + "/cities/marseille.toml" : options.city, warnings));
    ProgressLine line;
    const auto started = std::chrono::steady_clock::now();
    simulator::SimulationOptions wanted;
    wanted.days = options.days;
    wanted.events = options.events;
    wanted.seed = options.seed;
    wanted.last_day = TRY(read_day(options.until));
    wanted.out_dir = options.out;
    wanted.city = &city;
    wanted.progress = [&](double share) {
        const std::chrono::duration<double> elapsed = std::chrono::steady_clock::now() - started;
        const auto done = static_cast<std::uint64_t>(share * static_cast<double>(options.events));
        line.show(progress_text("ville synthétique", share, done, elapsed.count()));
    };
    return simulator::simulate(wanted);
}

int run_simulate(const SimulateOptions& options) {
    const auto started = std::chrono::steady_clock::now();
    const auto summary = simulate_city(options);
    if (!summary) {
        return report(summary.error());
    }
    const std::chrono::duration<double> elapsed = std::chrono::steady_clock::now() - started;
    if (options.json) {
        fmt::print("{}\n", boost::json::serialize(boost::json::object{{"facts", summary->facts}, {"records", summary->records},
                                                                      {"out", options.out}, {"seconds", elapsed.count()}}));
    } else {
        fmt::print("Ville SYNTHÉTIQUE écrite dans {} : {} faits, {} enregistrements de leurs sources, en {:.1f} s.\n", options.out,
                   grouped(summary->facts), grouped(summary->records), elapsed.count());
    }
    return exit_done;
}

}  // namespace

void add_simulate(CLI::App& app, int& exit_code) {
    auto* command = app.add_subcommand("simulate", "Inventer une ville : les fichiers de ses services, et la vérité à côté");
    auto options = std::make_shared<SimulateOptions>();
    command->add_option("--days", options->days, "Durée en jours")->required()->check(CLI::Range(1, simulator::days_max));
    command->add_option("--events", options->events, "Nombre d'enregistrements, toutes sources ensemble")->default_val(100'000)->check(CLI::Range(std::uint64_t{1}, simulator::events_max));
    command->add_option("--seed", options->seed, "Graine : même graine, mêmes octets")->required();
    command->add_option("--out", options->out, "Dossier à créer")->required();
    command->add_option("--city", options->city, "Ville (config/cities/*.toml) ; Marseille par défaut");
    command->add_option("--until", options->until, "Premier jour après la fin, AAAA-MM-JJ")->capture_default_str();
    command->add_flag("--json", options->json, "Résultat en un objet JSON");
    command->callback([options, &exit_code] { exit_code = run_simulate(*options); });
}

}  // namespace vigie::programs
