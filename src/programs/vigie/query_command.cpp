#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <array>
#include <boost/json.hpp>
#include <map>

#include "programs/vigie/command_line.h"
#include "programs/vigie/control.h"

namespace vigie::programs {

namespace json = boost::json;

namespace {

struct QueryOptions {
    std::string data;
    std::string what;
    std::vector<std::string> by;
    std::int64_t limit = 20;
    std::map<std::string, std::string> parameters;
    bool json = false;
};

struct ParameterHelp {
    const char* name;
    const char* help;
};
constexpr std::array parameter_options{
    ParameterHelp{"from", "Début local inclus : AAAA-MM-JJ ou AAAA-MM-JJTHH"},
    ParameterHelp{"to", "Fin locale exclue, mêmes formes"},
    ParameterHelp{"cat", "Catégories de la nomenclature, séparées par des virgules"},
    ParameterHelp{"src", "Sources, séparées par des virgules"},
    ParameterHelp{"origin", "unknown, resident, patrol, sensor"},
    ParameterHelp{"district", "Codes de secteurs"},
    ParameterHelp{"wd", "Jours de la semaine, 1 = lundi : 1-5 ou 6,7"},
    ParameterHelp{"hours", "Heures : 22-6 ou 8-12,14-18"},
    ParameterHelp{"sun", "day ou night, selon le soleil"},
    ParameterHelp{"cell", "Côté des mailles en mètres, multiple de 100"},
    ParameterHelp{"bin", "day, week ou month"},
    ParameterHelp{"compare", "none, previous ou year"}};

std::string cell_text(const json::value& value) {
    return value.is_string() ? std::string(value.get_string()) : json::serialize(value);
}

/// Tab-separated: readable, and ready for cut, sort and awk.
void print_rows(const json::object& answer) {
    const auto print_line = [](const json::array& line) {
        std::string text;
        for (const auto& value : line) {
            text += (text.empty() ? "" : "\t") + cell_text(value);
        }
        fmt::print("{}\n", text);
    };
    if (const auto* columns = answer.if_contains("columns"); columns != nullptr) {
        print_line(columns->get_array());
        for (const auto& row : answer.at("rows").as_array()) {
            print_line(row.get_array());
        }
        return;
    }
    for (const auto& [name, value] : answer) {
        fmt::print("{}\t{}\n", std::string_view(name), cell_text(value));
    }
}

int run_query(const QueryOptions& options) {
    json::object parameters;
    for (const auto& [name, value] : options.parameters) {
        if (!value.empty()) {
            parameters[name] = value;
        }
    }
    const json::object request{{"do", "query"}, {"what", options.what}, {"by", json::value_from(options.by)}, {"limit", options.limit},
                               {"parameters", parameters}};
    const auto answer = perform_or_delegate(options.data, request, [](const json::object&) {});
    if (!answer) {
        return report(answer.error());
    }
    if (options.json) {
        fmt::print("{}\n", json::serialize(*answer));
    } else {
        print_rows(*answer);
    }
    return exit_done;
}

}  // namespace

void add_query(CLI::App& app, int& exit_code) {
    auto* command = app.add_subcommand("query", "Poser une question : counts, series, hotspots, stats, quarantine");
    auto options = std::make_shared<QueryOptions>();
    command->add_option("--data", options->data, "Dossier de l'observatoire")->required();
    command->add_option("what", options->what, "counts, series, hotspots, stats ou quarantine")
        ->required()
        ->check(CLI::IsMember({"counts", "series", "hotspots", "stats", "quarantine"}));
    command->add_option("--by", options->by, "Pour counts : jusqu'à trois dimensions (month,category)")->delimiter(',');
    command->add_option("--limit", options->limit, "Pour hotspots : combien de mailles")->check(CLI::Range(1, 10000));
    for (const auto& parameter : parameter_options) {
        command->add_option(fmt::format("--{}", parameter.name), options->parameters[parameter.name], parameter.help);
    }
    command->add_flag("--json", options->json, "Réponse en un objet JSON");
    command->callback([options, &exit_code] { exit_code = run_query(*options); });
}

}  // namespace vigie::programs
