#include <fmt/format.h>
#include <unistd.h>

#include <CLI/CLI.hpp>
#include <boost/json.hpp>
#include <filesystem>

#include "programs/vigie/command_line.h"
#include "programs/vigie/control.h"

namespace vigie::programs {

namespace json = boost::json;

namespace {

struct ImportOptions {
    std::string data;
    std::string source;
    std::vector<std::string> files;
    bool json = false;
};

/// The process that does the work may stand elsewhere: paths travel absolute.
std::string absolute(const std::string& path) {
    std::error_code failure;
    const auto full = std::filesystem::absolute(path, failure);
    return failure ? path : full.string();
}

class ImportDisplay {
  public:
    void show(const json::object& state) {
        const auto number = [&](std::string_view name) {
            const auto* value = state.if_contains(name);
            return value == nullptr ? std::uint64_t{0} : value->to_number<std::uint64_t>();
        };
        const auto total = number("bytes_total");
        const double share = total == 0 ? 0.0 : static_cast<double>(number("bytes")) / static_cast<double>(total);
        const std::string file = state.contains("file") ? std::string(state.at("file").as_string()) : std::string();
        if (file != file_) {
            file_ = file;
            started_ = std::chrono::steady_clock::now();
        }
        const std::chrono::duration<double> elapsed = std::chrono::steady_clock::now() - started_;
        line_.show(progress_text(file, share, number("read"), elapsed.count()));
    }
    void clear() { line_.clear(); }

  private:
    ProgressLine line_;
    std::string file_;
    std::chrono::steady_clock::time_point started_ = std::chrono::steady_clock::now();
};

std::uint64_t count_in(const json::object& object, std::string_view name) {
    return object.at(name).to_number<std::uint64_t>();
}

void print_outcome(const json::object& done) {
    fmt::print("{} lignes lues en {:.1f} s : {} faits enregistrés, {} déjà connus, {} en quarantaine\n", grouped(count_in(done, "read")),
               done.at("seconds").to_number<double>(), grouped(count_in(done, "stored")), grouped(count_in(done, "duplicates")),
               grouped(count_in(done, "quarantined")));
    for (const auto& warning : done.at("warnings").as_array()) {
        fmt::print(stderr, "attention : {}\n", std::string_view(warning.as_string()));
    }
}

int run_import(const ImportOptions& options) {
    json::array files;
    for (const auto& file : options.files) {
        files.emplace_back(absolute(file));
    }
    const json::object request{{"do", "import"}, {"source", absolute(options.source)}, {"files", files}};
    ImportDisplay display;
    const auto done = perform_or_delegate(options.data, request, [&](const json::object& state) { display.show(state); });
    display.clear();
    if (!done) {
        return report(done.error());
    }
    if (options.json) {
        fmt::print("{}\n", json::serialize(*done));
    } else {
        print_outcome(*done);
    }
    return exit_done;
}

}  // namespace

void add_import(CLI::App& app, int& exit_code) {
    auto* command = app.add_subcommand("import", "Lire des fichiers de faits à travers le manifeste de leur source");
    auto options = std::make_shared<ImportOptions>();
    command->add_option("--data", options->data, "Dossier de l'observatoire")->required();
    command->add_option("--source", options->source, "Manifeste de la source (config/sources/*.toml)")->required();
    command->add_option("files", options->files, "Fichiers : CSV, GeoJSON, séquences GeoJSON ou XLSX, nus, .gz ou .xz")->required();
    command->add_flag("--json", options->json, "Résultat en un objet JSON sur la sortie standard");
    command->callback([options, &exit_code] { exit_code = run_import(*options); });
}

}  // namespace vigie::programs
