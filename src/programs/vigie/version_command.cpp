#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <boost/json.hpp>

#include "base/version.h"
#include "programs/vigie/command_line.h"
#include "store/data_folder.h"

namespace vigie::programs {

void add_version(CLI::App& app, int& exit_code) {
    auto* command = app.add_subcommand("version", "Version du programme et du format de dossier");
    auto as_json = std::make_shared<bool>(false);
    command->add_flag("--json", *as_json, "Résultat en un objet JSON");
    command->callback([as_json, &exit_code] {
        if (*as_json) {
            fmt::print("{}\n", boost::json::serialize(boost::json::object{{"version", program_version()}, {"data_folder_version", data_folder_version}}));
        } else {
            fmt::print("vigie {} (format de dossier {})\n", program_version(), data_folder_version);
        }
        exit_code = exit_done;
    });
}

}  // namespace vigie::programs
