#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <boost/json.hpp>
#include <filesystem>

#include "programs/vigie/command_line.h"
#include "programs/vigie/control.h"

namespace vigie::programs {

namespace json = boost::json;

namespace {

struct CopyOptions {
    std::string data;
    std::string copy;
    bool json = false;
};

int run_backup(const CopyOptions& options) {
    std::error_code failure;
    const json::object request{{"do", "backup"}, {"target", std::filesystem::absolute(options.copy, failure).string()}};
    const auto done = perform_or_delegate(options.data, request, [](const json::object&) {});
    if (!done) {
        return report(done.error());
    }
    if (options.json) {
        fmt::print("{}\n", json::serialize(*done));
    } else {
        fmt::print("Sauvegarde faite dans {} : {} faits.\n", options.copy, grouped(done->at("events").to_number<std::uint64_t>()));
    }
    return exit_done;
}

int run_restore(const CopyOptions& options) {
    if (const auto done = DataFolder::restore(options.copy, options.data); !done) {
        return report(done.error());
    }
    if (options.json) {
        fmt::print("{}\n", json::serialize(json::object{{"data", options.data}}));
    } else {
        fmt::print("Observatoire rétabli dans {}.\n", options.data);
    }
    return exit_done;
}

}  // namespace

void add_backup(CLI::App& app, int& exit_code) {
    auto* command = app.add_subcommand("backup", "Copier l'observatoire, même pendant qu'il sert et importe");
    auto options = std::make_shared<CopyOptions>();
    command->add_option("--data", options->data, "Dossier de l'observatoire")->required();
    command->add_option("--to", options->copy, "Dossier à créer pour la copie")->required();
    command->add_flag("--json", options->json, "Résultat en un objet JSON");
    command->callback([options, &exit_code] { exit_code = run_backup(*options); });
}

void add_restore(CLI::App& app, int& exit_code) {
    auto* command = app.add_subcommand("restore", "Rétablir un observatoire depuis une sauvegarde");
    auto options = std::make_shared<CopyOptions>();
    command->add_option("--data", options->data, "Dossier à créer")->required();
    command->add_option("--from", options->copy, "Sauvegarde")->required();
    command->add_flag("--json", options->json, "Résultat en un objet JSON");
    command->callback([options, &exit_code] { exit_code = run_restore(*options); });
}

}  // namespace vigie::programs
