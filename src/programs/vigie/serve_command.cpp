#include <fmt/format.h>
#include <unistd.h>

#include <CLI/CLI.hpp>
#include <boost/json.hpp>

#include "api/server.h"
#include "base/log.h"
#include "intake/config_document.h"
#include "programs/vigie/command_line.h"
#include "programs/vigie/control.h"
#include "programs/vigie/inbox.h"

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
    InboxSettings inbox;
};

/// Fewest megabytes the event engine works with, and most a configuration may ask for.
constexpr std::int64_t memory_mb_min = 128;
constexpr std::int64_t memory_mb_max = 1 << 20;
/// Smallest inbox: less would shed the first burst.
constexpr std::int64_t inbox_mb_min = 64;
constexpr std::size_t secret_bytes_max = 4'096;
constexpr std::uint16_t mqtt_tls_port = 8883;

/// Integers of the file: absent keys keep what is there.
template <class Number>
void read_number(intake::TableReader& table, std::string_view key, Number& into, std::int64_t low, std::int64_t high) {
    if (const auto value = table.integer(key, low, high)) {
        into = static_cast<Number>(*value);
    }
}

Status read_server_table(intake::TableReader table, ServeSettings& settings) {
    auto& server = settings.server;
    server.address = table.text("address", server.address);
    server.tls_certificate = table.text("tls_certificate");
    server.tls_key = table.text("tls_key");
    server.behind_proxy = table.boolean("behind_proxy", false);
    server.allowed_hosts = table.texts("allowed_hosts");
    read_number(table, "port", server.port, 0, 65535);
    read_number(table, "workers", server.workers, 1, 64);
    read_number(table, "connections_max", server.connections_max, 16, 100'000);
    read_number(table, "threads", settings.limits.threads, 1, 256);
    std::uint64_t megabytes = settings.limits.memory_bytes >> 20;
    read_number(table, "memory_mb", megabytes, memory_mb_min, memory_mb_max);
    settings.limits.memory_bytes = megabytes << 20;
    std::uint64_t cache_mb = server.cache_bytes >> 20;
    read_number(table, "cache_mb", cache_mb, 0, 65536);
    server.cache_bytes = cache_mb << 20;
    return table.finish();
}

/// The password of a broker lies in a file of its own: a configuration is read by many.
Result<std::string> read_secret(const std::string& path) {
    std::string text = TRY(intake::read_small_file(path, secret_bytes_max));
    text.erase(std::min(text.find_first_of("\r\n"), text.size()));
    return text;
}

Status read_mqtt_table(intake::TableReader table, std::optional<intake::MqttOptions>& mqtt) {
    if (!table.present()) {
        return {};
    }
    intake::MqttOptions options;
    options.host = table.required_text("host");
    options.tls = table.boolean("tls", false);
    options.port = options.tls ? mqtt_tls_port : options.port;
    read_number(table, "port", options.port, 1, 65535);
    options.ca_file = table.text("ca_file");
    options.certificate = table.text("certificate");
    options.key = table.text("key");
    options.client_id = table.required_text("client_id");
    options.user = table.text("user");
    const std::string password_file = table.text("password_file");
    options.version = table.one_of("version", {"5", "3.1.1"}, "5") == "5" ? intake::MqttVersion::v5 : intake::MqttVersion::v3_1_1;
    TRY(table.finish());
    if (!password_file.empty()) {
        options.password = TRY(read_secret(password_file));
    }
    mqtt = std::move(options);
    return {};
}

Status read_inbox_table(intake::TableReader table, InboxSettings& inbox) {
    inbox.key_file = table.text("key_file");
    inbox.drop_folder = table.text("drop_folder");
    std::uint64_t megabytes = inbox.disk_bytes >> 20;
    read_number(table, "disk_mb", megabytes, inbox_mb_min, memory_mb_max);
    inbox.disk_bytes = megabytes << 20;
    return table.finish();
}

Result<ServeSettings> read_settings(const ServeOptions& options) {
    ServeSettings settings;
    if (!options.config.empty()) {
        const auto text = TRY(intake::read_small_file(options.config, intake::config_bytes_max));
        const auto document = TRY(intake::parse_config(text, options.config));
        intake::TableReader file(&document, options.config, "");
        const auto* table = file.child("server", intake::ConfigNode::Kind::table);
        const auto* inbox = file.child("inbox", intake::ConfigNode::Kind::table);
        const auto* mqtt = file.child("mqtt", intake::ConfigNode::Kind::table);
        TRY(file.finish());
        TRY(read_inbox_table(intake::TableReader(inbox, options.config, "inbox"), settings.inbox));
        TRY(read_mqtt_table(intake::TableReader(mqtt, options.config, "mqtt"), settings.inbox.mqtt));
        TRY(read_server_table(intake::TableReader(table, options.config, "server"), settings));
    }
    if (options.port) {
        settings.server.port = *options.port;
    }
    if (options.memory_mb) {
        settings.limits.memory_bytes = *options.memory_mb << 20;
    }
    return settings;
}

/// Journalled before it is done, as every operation on a source.
Result<boost::json::object> replay(DataFolder& folder, const Result<std::unique_ptr<Inbox>>& inbox, const boost::json::object& request) {
    const auto* source = request.if_contains("source");
    if (!inbox || source == nullptr || !source->is_string()) {
        return fail(ErrorCode::unavailable, "la boîte de réception n'est pas ouverte, ou la demande ne nomme pas de source");
    }
    const std::string key(source->get_string());
    TRY(folder.metadata().record({.at = now(), .account = "local", .role = governance::Role::administrator,
                                  .purpose = governance::Purpose::administration, .action = "source.replay", .filters = "source=" + key, .rows = 0}));
    const std::uint64_t replayed = TRY((*inbox)->replay(key));
    return boost::json::object{{"source", key}, {"replayed", replayed}};
}

/// Keeps the server and its listener together, so that a failure of either leaves neither behind.
Status serve(const ServeOptions& options, Log& log) {
    const auto settings = TRY(read_settings(options));
    DataFolder folder = TRY(DataFolder::open(options.data, settings.limits));
    // An observatory whose inbox can not be opened still shows what it has.
    const auto inbox = Inbox::open(folder, log, settings.inbox);
    if (!inbox) {
        log.error("inbox_closed", {{"reason", std::string_view(inbox.error().message)}});
    }
    const auto server = TRY(api::Server::open(folder, log, now, settings.server, inbox ? (*inbox)->parts() : api::InboxParts{}));
    const auto reload = [&] {
        if (inbox) {
            (*inbox)->reload();
        }
        if (const auto done = server->reload(); done) {
            log.info("reloaded");
        } else {
            log.error("reload_refused", {{"reason", std::string_view(done.error().message)}});
        }
    };
    const auto listener = TRY(ControlListener::open(folder, reload, [&](const boost::json::object& request) { return replay(folder, inbox, request); }));
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
