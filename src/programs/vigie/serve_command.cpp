#include <fmt/format.h>
#include <unistd.h>

#define TOML_HEADER_ONLY 1
#include <toml++/toml.h>

#include <CLI/CLI.hpp>

#include "api/server.h"
#include "base/log.h"
#include "programs/vigie/command_line.h"
#include "programs/vigie/control.h"

namespace vigie::programs {

namespace {

struct ServeOptions {
    std::string data;
    std::string config;
    std::optional<std::uint16_t> port;
    std::optional<std::uint64_t> memory_mb;
    bool quiet = false;
};

struct ServeSettings {
    api::ServerOptions server;
    StoreLimits limits;
};

/// Fewest megabytes the event engine works with, and most a configuration may ask for.
constexpr std::int64_t memory_mb_min = 128;
constexpr std::int64_t memory_mb_max = 1 << 20;

template <class Number>
Status read_number(const toml::table& table, std::string_view key, Number& into, std::int64_t low, std::int64_t high) {
    const auto node = table[key];
    if (!node) {
        return {};
    }
    const auto value = node.value<std::int64_t>();
    if (!value || *value < low || *value > high) {
        return fail(ErrorCode::invalid_input, fmt::format("{} : un nombre entier de {} à {} est attendu", key, low, high));
    }
    into = static_cast<Number>(*value);
    return {};
}

Status refuse_unknown(const toml::table& table, std::initializer_list<std::string_view> known, const std::string& file) {
    for (const auto& [key, value] : table) {
        if (std::find(known.begin(), known.end(), key.str()) == known.end()) {
            return fail(ErrorCode::invalid_input, fmt::format("{}, ligne {} : clé inconnue « {} »", file, value.source().begin.line, key.str()));
        }
    }
    return {};
}

Status read_server_table(const toml::table& table, const std::string& file, ServeSettings& settings) {
    TRY(refuse_unknown(table, {"address", "port", "tls_certificate", "tls_key", "behind_proxy", "allowed_hosts", "workers",
                               "connections_max", "memory_mb", "threads", "cache_mb"}, file));
    auto& server = settings.server;
    server.address = table["address"].value_or(server.address);
    server.tls_certificate = table["tls_certificate"].value_or(std::string());
    server.tls_key = table["tls_key"].value_or(std::string());
    server.behind_proxy = table["behind_proxy"].value_or(false);
    if (const auto* hosts = table["allowed_hosts"].as_array(); hosts != nullptr) {
        for (const auto& host : *hosts) {
            server.allowed_hosts.push_back(host.value_or(std::string()));
        }
    }
    TRY(read_number(table, "port", server.port, 0, 65535));
    TRY(read_number(table, "workers", server.workers, 1, 64));
    TRY(read_number(table, "connections_max", server.connections_max, 16, 100'000));
    TRY(read_number(table, "threads", settings.limits.threads, 1, 256));
    std::uint64_t megabytes = settings.limits.memory_bytes >> 20;
    TRY(read_number(table, "memory_mb", megabytes, memory_mb_min, memory_mb_max));
    settings.limits.memory_bytes = megabytes << 20;
    std::uint64_t cache_mb = server.cache_bytes >> 20;
    TRY(read_number(table, "cache_mb", cache_mb, 0, 65536));
    server.cache_bytes = cache_mb << 20;
    return {};
}

Result<ServeSettings> read_settings(const ServeOptions& options) {
    ServeSettings settings;
    if (!options.config.empty()) {
        toml::table file;
        try {
            file = toml::parse_file(options.config);
        } catch (const toml::parse_error& wrong) {
            return fail(ErrorCode::invalid_input, fmt::format("{}, ligne {} : {}", options.config, wrong.source().begin.line, wrong.description()));
        }
        TRY(refuse_unknown(file, {"server"}, options.config));
        if (const auto* table = file["server"].as_table(); table != nullptr) {
            TRY(read_server_table(*table, options.config, settings));
        }
    }
    if (options.port) {
        settings.server.port = *options.port;
    }
    if (options.memory_mb) {
        settings.limits.memory_bytes = *options.memory_mb << 20;
    }
    return settings;
}

/// Keeps the server and its listener together, so that a failure of either leaves neither behind.
Status serve(const ServeOptions& options, Log& log) {
    const auto settings = TRY(read_settings(options));
    DataFolder folder = TRY(DataFolder::open(options.data, settings.limits));
    const auto server = TRY(api::Server::open(folder, log, now, settings.server));
    const auto reload = [&] {
        if (const auto done = server->reload(); done) {
            log.info("reloaded");
        } else {
            log.error("reload_refused", {{"reason", std::string_view(done.error().message)}});
        }
    };
    const auto listener = TRY(ControlListener::open(folder, reload));
    set_signal_actions({.on_stop = [&] { server->stop(); }, .on_reload = reload});
    log.info("serving", {{"address", std::string_view(settings.server.address)}, {"port", std::int64_t{server->port()}}});
    fmt::print("Vigie écoute sur http{}://{}:{}\n", settings.server.tls_certificate.empty() ? "" : "s", settings.server.address, server->port());
    (void)std::fflush(stdout);
    if (!stop_requested().load()) {
        server->run();
    }
    set_signal_actions({});
    log.info("stopped");
    return {};
}

int run_serve(const ServeOptions& options) {
    Log log(STDERR_FILENO, options.quiet ? LogLevel::warning : LogLevel::info, now_text);
    const auto done = serve(options, log);
    return done ? exit_done : report(done.error());
}

}  // namespace

void add_serve(CLI::App& app, int& exit_code) {
    auto* command = app.add_subcommand("serve", "Servir les écrans et l'interface d'un observatoire");
    auto options = std::make_shared<ServeOptions>();
    command->add_option("--data", options->data, "Dossier de l'observatoire")->required();
    command->add_option("--config", options->config, "Configuration du serveur (config/vigie.toml)");
    command->add_option("--port", options->port, "Port ; 0 pour un port libre, écrit sur la sortie standard");
    command->add_option("--memory-mb", options->memory_mb, "Mémoire du moteur de faits, en Mio")->check(CLI::Range(memory_mb_min, memory_mb_max));
    command->add_flag("--quiet", options->quiet, "Ne journaliser que les avertissements et les erreurs");
    command->callback([options, &exit_code] { exit_code = run_serve(*options); });
}

}  // namespace vigie::programs
