#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <boost/json.hpp>
#include <fstream>

#include "api/passwords.h"
#include "intake/import.h"
#include "programs/vigie/command_line.h"
#include "store/data_folder.h"

namespace vigie::programs {

namespace {

struct InitOptions {
    std::string data;
    std::string city;
    std::string taxonomy;
    std::string population;
    std::string account = "admin";
    std::string password_file;
    bool synthetic = false;
    bool json = false;
};

struct FirstAccount {
    std::string login;
    std::string password;
    bool generated = false;
};

Result<FirstAccount> choose_first_account(const InitOptions& options) {
    if (options.password_file.empty()) {
        return FirstAccount{options.account, api::random_password(), true};
    }
    std::ifstream file(options.password_file);
    std::string password;
    if (!file || !std::getline(file, password)) {
        return fail(ErrorCode::not_found, fmt::format("le fichier du mot de passe {} ne se lit pas", options.password_file));
    }
    TRY(governance::check_new_password(options.account, password));
    return FirstAccount{options.account, password, false};
}

Result<City> load_wanted_city(const InitOptions& options, const std::string& config, std::vector<std::string>& warnings) {
    City city = TRY(intake::load_city(options.city.empty() ? config + "/cities/marseille.toml" : options.city, warnings));
    city.synthetic = city.synthetic || options.synthetic;
    if (!options.population.empty()) {
        const auto given = TRY(intake::load_population(options.population, city));
        if (given < city.districts.size()) {
            warnings.push_back(fmt::format("{} : {} des {} secteurs ont une population", options.population, given, city.districts.size()));
        }
    }
    return city;
}

/// Everything that can be wrong is read before the folder is made, so that a failed init leaves nothing behind.
Result<FirstAccount> initialise(const InitOptions& options, std::vector<std::string>& warnings) {
    const bool needs_config = options.city.empty() || options.taxonomy.empty();
    const std::string config = needs_config ? TRY(find_config_dir()) : std::string();
    const City city = TRY(load_wanted_city(options, config, warnings));
    const Taxonomy taxonomy = TRY(intake::load_taxonomy(options.taxonomy.empty() ? config + "/taxonomy/city.toml" : options.taxonomy));
    const FirstAccount first = TRY(choose_first_account(options));
    const std::string password_hash = TRY(api::hash_password(first.password));
    TRY(DataFolder::create(options.data));
    DataFolder folder = TRY(DataFolder::open(options.data, {}));
    TRY(folder.metadata().save_city(city, now()));
    TRY(folder.metadata().save_taxonomy(taxonomy, now()));
    TRY(folder.metadata().save_account({.login = first.login,
                                        .role = governance::Role::administrator,
                                        .password_hash = password_hash,
                                        .must_change_password = first.generated,
                                        .disabled = false}));
    return first;
}

int run_init(const InitOptions& options) {
    std::vector<std::string> warnings;
    const auto first = initialise(options, warnings);
    for (const auto& warning : warnings) {
        fmt::print(stderr, "attention : {}\n", warning);
    }
    if (!first) {
        return report(first.error());
    }
    if (options.json) {
        boost::json::object done{{"data", options.data}, {"account", first->login}};
        if (first->generated) {
            done["password"] = first->password;
        }
        fmt::print("{}\n", boost::json::serialize(done));
        return exit_done;
    }
    fmt::print("Observatoire créé dans {}.\nPremier compte : {}\n", options.data, first->login);
    if (first->generated) {
        fmt::print("Mot de passe, montré cette seule fois : {}\n", first->password);
    }
    return exit_done;
}

}  // namespace

void add_init(CLI::App& app, int& exit_code) {
    auto* command = app.add_subcommand("init", "Créer un observatoire vide : ville, nomenclature, premier compte");
    auto options = std::make_shared<InitOptions>();
    command->add_option("--data", options->data, "Dossier à créer")->required();
    command->add_option("--city", options->city, "Ville (config/cities/*.toml) ; Marseille par défaut");
    command->add_option("--taxonomy", options->taxonomy, "Nomenclature (config/taxonomy/*.toml)");
    command->add_option("--population", options->population, "Habitants par secteur (CSV : code,residents)");
    command->add_option("--account", options->account, "Identifiant du premier compte")->capture_default_str();
    command->add_option("--password-file", options->password_file, "Fichier dont la première ligne est son mot de passe ; sinon il est tiré au sort et montré une fois");
    command->add_flag("--synthetic", options->synthetic, "Les faits seront inventés : dit sur chaque écran et chaque export");
    command->add_flag("--json", options->json, "Résultat en un objet JSON");
    command->callback([options, &exit_code] { exit_code = run_init(*options); });
}

}  // namespace vigie::programs
