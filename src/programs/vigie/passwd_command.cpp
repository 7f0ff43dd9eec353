#include <fmt/format.h>
#include <termios.h>
#include <unistd.h>

#include <CLI/CLI.hpp>
#include <boost/json.hpp>
#include <fstream>
#include <iostream>

#include "api/passwords.h"
#include "programs/vigie/command_line.h"
#include "programs/vigie/control.h"

namespace vigie::programs {

namespace json = boost::json;

namespace {

struct PasswdOptions {
    std::string data;
    std::string login;
    std::string role;
    std::string password_file;
    bool generate = false;
    bool json = false;
};

/// Reads a line without showing it.
std::string read_hidden(const char* prompt) {
    termios shown{};
    const bool terminal = tcgetattr(STDIN_FILENO, &shown) == 0;
    if (terminal) {
        fmt::print(stderr, "{}", prompt);
        termios hidden = shown;
        hidden.c_lflag &= ~static_cast<tcflag_t>(ECHO);
        tcsetattr(STDIN_FILENO, TCSAFLUSH, &hidden);
    }
    std::string line;
    std::getline(std::cin, line);
    if (terminal) {
        tcsetattr(STDIN_FILENO, TCSAFLUSH, &shown);
        fmt::print(stderr, "\n");
    }
    return line;
}

Result<std::string> wanted_password(const PasswdOptions& options) {
    if (options.generate) {
        return api::random_password();
    }
    if (!options.password_file.empty()) {
        std::ifstream file(options.password_file);
        std::string line;
        if (!file || !std::getline(file, line)) {
            return fail(ErrorCode::not_found, fmt::format("le fichier {} ne se lit pas", options.password_file));
        }
        return line;
    }
    std::string password = read_hidden("Nouveau mot de passe : ");
    if (isatty(STDIN_FILENO) == 1 && password != read_hidden("Encore une fois : ")) {
        return fail(ErrorCode::invalid_input, "les deux saisies diffèrent ; rien n'a changé");
    }
    return password;
}

int run_passwd(const PasswdOptions& options) {
    const auto password = wanted_password(options);
    if (!password) {
        return report(password.error());
    }
    json::object request{{"do", "passwd"}, {"login", options.login}, {"password", *password}, {"must_change", options.generate}};
    if (!options.role.empty()) {
        request["role"] = options.role;
    }
    auto done = perform_or_delegate(options.data, request, [](const json::object&) {});
    if (!done) {
        return report(done.error());
    }
    if (options.generate) {
        (*done)["password"] = *password;
    }
    if (options.json) {
        fmt::print("{}\n", json::serialize(*done));
        return exit_done;
    }
    fmt::print("Compte {} {} ; ses connexions en cours sont fermées.\n", options.login, done->at("created") == true ? "créé" : "mis à jour");
    if (options.generate) {
        fmt::print("Mot de passe, montré cette seule fois : {}\n", *password);
    }
    return exit_done;
}

}  // namespace

void add_passwd(CLI::App& app, int& exit_code) {
    auto* command = app.add_subcommand("passwd", "Changer le mot de passe d'un compte, ou créer le compte");
    auto options = std::make_shared<PasswdOptions>();
    command->add_option("--data", options->data, "Dossier de l'observatoire")->required();
    command->add_option("login", options->login, "Identifiant")->required();
    command->add_option("--role", options->role, "administrator, analyst, operations, planner ou dpo ; obligatoire pour un compte nouveau");
    command->add_option("--password-file", options->password_file, "Fichier dont la première ligne est le mot de passe");
    command->add_flag("--generate", options->generate, "Le tirer au sort, le montrer une fois, et demander d'en changer à la connexion");
    command->add_flag("--json", options->json, "Résultat en un objet JSON");
    command->callback([options, &exit_code] { exit_code = run_passwd(*options); });
}

}  // namespace vigie::programs
