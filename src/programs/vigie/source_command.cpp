#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <boost/json.hpp>
#include <filesystem>

#include "programs/vigie/command_line.h"
#include "programs/vigie/control.h"

namespace vigie::programs {

namespace json = boost::json;

namespace {

struct SourceOptions {
    std::string data;
    std::vector<std::string> manifests;
    std::string key;
    std::string label = "émetteur";
    std::string why;
    bool json = false;
};

std::string text_of(const json::object& object, std::string_view name) {
    const auto* value = object.if_contains(name);
    return value != nullptr && value->is_string() ? std::string(value->get_string()) : std::string();
}

/// Does `request`, prints it as JSON or through `show`.
template <class Show>
int run(const SourceOptions& options, const json::object& request, Show show) {
    const auto done = perform_or_delegate(options.data, request, [](const json::object&) {});
    if (!done) {
        return report(done.error());
    }
    if (options.json) {
        fmt::print("{}\n", json::serialize(*done));
    } else {
        show(*done);
    }
    return exit_done;
}

int run_add(const SourceOptions& options) {
    for (const std::string& manifest : options.manifests) {
        const std::string path = std::filesystem::absolute(manifest).string();
        const int code = run(options, {{"do", "source.add"}, {"manifest", path}}, [](const json::object& done) {
            fmt::print("{} : enregistrée{}\n", text_of(done, "source"), done.at("live") == true ? ", en direct" : "");
        });
        if (code != exit_done) {
            return code;
        }
    }
    return exit_done;
}

int run_list(const SourceOptions& options) {
    return run(options, {{"do", "source.list"}}, [](const json::object& done) {
        for (const auto& item : done.at("sources").as_array()) {
            const auto& source = item.as_object();
            const std::string state = text_of(source, "state");
            fmt::print("{:<32} {:<10} {}\n", text_of(source, "source"), source.at("live") == true ? (state == "blocked" ? "bloquée" : "en direct") : "fichiers",
                       state == "blocked" ? text_of(source, "reason") : text_of(source, "label"));
        }
    });
}

int run_token(const SourceOptions& options) {
    return run(options, {{"do", "source.token"}, {"source", options.key}, {"label", options.label}}, [](const json::object& done) {
        fmt::print(stderr, "Jeton de {}, montré cette seule fois :\n", text_of(done, "source"));
        fmt::print("{}\n", text_of(done, "token"));
    });
}

int run_revoke(const SourceOptions& options) {
    return run(options, {{"do", "source.revoke"}, {"source", options.key}},
               [](const json::object& done) { fmt::print("{} : {} jeton(s) révoqué(s)\n", text_of(done, "source"), json::serialize(done.at("revoked"))); });
}

int run_replay(const SourceOptions& options) {
    return run(options, {{"do", "source.replay"}, {"source", options.key}}, [](const json::object& done) {
        fmt::print("{} : {} envoi(s) remis dans la boîte de réception\n", text_of(done, "source"), json::serialize(done.at("replayed")));
    });
}

int run_state(const SourceOptions& options, bool block) {
    return run(options, {{"do", "source.state"}, {"source", options.key}, {"why", options.why}, {"block", block}},
               [block](const json::object& done) { fmt::print("{} : {}\n", text_of(done, "source"), block ? "bloquée" : "ouverte de nouveau"); });
}

CLI::App* add_action(CLI::App& group, const char* name, const char* what, const std::shared_ptr<SourceOptions>& options) {
    auto* command = group.add_subcommand(name, what);
    command->add_option("--data", options->data, "Dossier de l'observatoire")->required();
    command->add_flag("--json", options->json, "Résultat en un objet JSON");
    return command;
}

}  // namespace

void add_source(CLI::App& app, int& exit_code) {
    auto* group = app.add_subcommand("source", "Les sources : leurs contrats, leurs jetons, leur état");
    group->require_subcommand(1);
    auto options = std::make_shared<SourceOptions>();
    auto* add = add_action(*group, "add", "Enregistrer des manifestes ; une source déjà connue reçoit une nouvelle version du sien", options);
    add->add_option("manifests", options->manifests, "Manifestes (config/sources/*.toml)")->required();
    add->callback([options, &exit_code] { exit_code = run_add(*options); });
    auto* list = add_action(*group, "list", "Lister les sources et l'état de leurs flux", options);
    list->callback([options, &exit_code] { exit_code = run_list(*options); });
    auto* token = add_action(*group, "token", "Donner un jeton à l'émetteur d'une source", options);
    token->add_option("key", options->key, "Source")->required();
    token->add_option("--label", options->label, "À qui il est donné (un logiciel, pas une personne)");
    token->callback([options, &exit_code] { exit_code = run_token(*options); });
    auto* revoke = add_action(*group, "revoke", "Révoquer tous les jetons d'une source", options);
    revoke->add_option("key", options->key, "Source")->required();
    revoke->callback([options, &exit_code] { exit_code = run_revoke(*options); });
    auto* replay = add_action(*group, "replay", "Juger de nouveau, par le manifeste en vigueur, ce qui a été refusé et attend scellé", options);
    replay->add_option("key", options->key, "Source")->required();
    replay->callback([options, &exit_code] { exit_code = run_replay(*options); });
    for (const bool block : {true, false}) {
        auto* state = add_action(*group, block ? "block" : "open", block ? "Bloquer un flux" : "Ouvrir de nouveau un flux bloqué, et clore sa tâche", options);
        state->add_option("key", options->key, "Source")->required();
        state->add_option("--why", options->why, "Motif, gardé avec la décision")->required();
        state->callback([options, block, &exit_code] { exit_code = run_state(*options, block); });
    }
}

}  // namespace vigie::programs
