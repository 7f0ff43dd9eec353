// vigie redact: one text a line in, the same number of lines out, without what could name or reach a person.
#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <boost/json.hpp>
#include <cstdio>
#include <iostream>

#include "intake/import.h"
#include "intake/redaction/redactor.h"
#include "programs/vigie/command_line.h"

namespace vigie::programs {

namespace {

struct RedactOptions {
    std::string word_list = intake::default_word_list;
    std::string city;
    bool report = false;
    bool json = false;
};

Result<intake::Redactor> open_redactor(const RedactOptions& options) {
    const std::string config = TRY(find_config_dir());
    std::vector<std::string> warnings;
    const City city = TRY(intake::load_city(options.city.empty() ? config + "/cities/marseille.toml" : options.city, warnings));
    intake::RedactionFiles files = intake::redaction_files(config, city);
    files.word_list = options.word_list;
    return intake::Redactor::open(files);
}

/// Counts by class, never a word of what was read.
void print_counts(const intake::RedactionCounts& counts, std::uint64_t lines) {
    fmt::print(stderr, "{} lignes\n", lines);
    for (std::size_t i = 1; i < counts.size(); ++i) {
        if (counts[i] > 0) {
            fmt::print(stderr, "{:>10}  {}\n", counts[i], intake::bracketed(static_cast<intake::Removed>(i)));
        }
    }
}

int run_redact(const RedactOptions& options) {
    const auto redactor = open_redactor(options);
    if (!redactor) {
        return report(redactor.error());
    }
    std::ios::sync_with_stdio(false);
    intake::RedactionCounts counts{};
    std::uint64_t lines = 0;
    std::string out;
    for (std::string line; std::getline(std::cin, line); ++lines) {
        redactor->redact(line, out, counts);
        if (options.json) {
            out = boost::json::serialize(boost::json::object{{"text", out}});
        }
        if (!std::cin.eof()) {
            out += '\n';  // a last line without its end stays without
        }
        std::cout << out;
    }
    std::cout.flush();
    if (options.report) {
        print_counts(counts, lines);
    }
    if (std::cin.bad() || !std::cout) {
        return report(Error{ErrorCode::unavailable, "lecture ou écriture interrompue"});
    }
    return exit_done;
}

}  // namespace

void add_redact(CLI::App& app, int& exit_code) {
    auto* command = app.add_subcommand("redact", "Caviarder des textes libres : un texte par ligne sur l'entrée, la ligne caviardée sur la sortie");
    auto options = std::make_shared<RedactOptions>();
    command->add_option("--word-list", options->word_list, "Liste de mots français (paquet wfrench)");
    command->add_option("--city", options->city, "Ville dont les noms de quartiers restent (config/cities/*.toml) ; Marseille par défaut");
    command->add_flag("--report", options->report, "Compter sur la sortie d'erreur ce qui est retiré, par classe");
    command->add_flag("--json", options->json, "Un objet JSON par ligne");
    command->callback([options, &exit_code] { exit_code = run_redact(*options); });
}

}  // namespace vigie::programs
