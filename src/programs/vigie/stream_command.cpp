// vigie stream: six services of the synthetic city send what happens now, by the ways that real ones use. It shares no code with
// the door it knocks at.
#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <boost/json.hpp>
#include <csignal>
#include <fstream>
#include <optional>
#include <thread>

#include "intake/import.h"
#include "programs/vigie/command_line.h"
#include "programs/vigie/stream_book.h"
#include "programs/vigie/stream_folder.h"
#include "programs/vigie/stream_http.h"
#include "programs/vigie/stream_mqtt.h"
#include "simulator/live/live_stream.h"

namespace vigie::programs {

namespace {

using simulator::LiveChannel;
using simulator::LiveOptions;
using simulator::LiveSourceFacts;
using Tokens = std::map<std::string, std::string, std::less<>>;

/// Deliveries made at a time by one channel.
constexpr std::size_t made_at_once = 64;
constexpr std::chrono::milliseconds longest_sleep{200};
constexpr std::size_t tokens_file_bytes_max = 64 << 10;

struct StreamOptions {
    std::uint64_t seed = 0;
    std::string city;
    std::string url;
    std::string tokens;
    std::string mqtt;
    std::string mqtt_user;
    std::string mqtt_password_file;
    std::string mqtt_ca;
    std::string drop;
    double speed = 60.0;
    double minutes = 0.0;
    double rate = 0.0;
    std::vector<std::string> sources;
    std::string ledger;
    std::string truth;
    std::size_t batch = 100;
    std::size_t connections = 4;
    double repeat = 0.0;
    double late = 0.0;
    double disorder = 0.0;
    std::string fault;
    double settle = 10.0;
    bool json = false;
};

std::string trimmed(std::string text) {
    const auto is_blank = [](char c) { return c == ' ' || c == '\t' || c == '\r' || c == '"'; };
    while (!text.empty() && is_blank(text.back())) {
        text.pop_back();
    }
    std::size_t first = 0;
    while (first < text.size() && is_blank(text[first])) {
        ++first;
    }
    return text.substr(first);
}

Result<std::string> read_small_file(const std::string& path) {
    std::ifstream file(path, std::ios::binary);
    std::string text(tokens_file_bytes_max, '\0');
    file.read(text.data(), static_cast<std::streamsize>(text.size()));
    if (!file.eof()) {
        return fail(ErrorCode::invalid_input, fmt::format("{} : fichier lisible d'au plus {} octets attendu", path, tokens_file_bytes_max));
    }
    text.resize(static_cast<std::size_t>(file.gcount()));
    return text;
}

/// Lines `source = token`, by key or short name; quotes and lines that begin with # or [ are allowed, as in TOML.
Result<Tokens> read_tokens(const std::string& path) {
    const std::string text = TRY(read_small_file(path));
    Tokens tokens;
    std::size_t number = 0;
    for (std::size_t from = 0; from < text.size();) {
        const std::size_t end = std::min(text.find('\n', from), text.size());
        const std::string line = trimmed(text.substr(from, end - from));
        from = end + 1;
        ++number;
        if (line.empty() || line[0] == '#' || line[0] == '[') {
            continue;
        }
        const std::size_t equals = line.find('=');
        const auto source = simulator::live_source_named(trimmed(line.substr(0, equals)));
        const std::string token = equals == std::string::npos ? std::string() : trimmed(line.substr(equals + 1));
        const bool is_plain = std::all_of(token.begin(), token.end(), [](char c) { return c > ' ' && c < 0x7f; });
        if (token.empty() || !is_plain) {
            return fail(ErrorCode::invalid_input, fmt::format("{}, ligne {} : source = jeton est attendu", path, number));
        }
        if (source) {  // a city has more sources than these six
            tokens[std::string(simulator::facts_of(*source).key)] = token;
        }
    }
    return tokens;
}

Result<LiveOptions> live_options(const StreamOptions& options, const City& city) {
    LiveOptions live;
    live.city = &city;
    live.seed = options.seed;
    live.begin = now();
    live.facts_per_hour = simulator::usual_facts_per_hour * options.speed;
    live.steady_per_s = options.rate;
    live.batch_rows = options.batch;
    live.repeated_share = options.repeat;
    live.late_share = options.late;
    live.disorder_share = options.disorder;
    if (options.fault == "face_id") {
        live.fault = simulator::DeliveryFault::face_id;
    } else if (options.fault == "new_column") {
        live.fault = simulator::DeliveryFault::new_column;
    }
    if (!options.sources.empty()) {
        live.wanted.fill(false);
    }
    for (const std::string& name : options.sources) {
        const auto source = simulator::live_source_named(name);
        if (!source) {
            return fail(ErrorCode::invalid_input, fmt::format("--sources {} : logbook, tickets, tows, fire, noise ou camera est attendu", name));
        }
        live.wanted[static_cast<std::size_t>(*source)] = true;
    }
    return live;
}

/// One way out of the synthetic city: its own stream of the sources that go by it, so that a way that is blocked holds up no other.
struct Way {
    std::unique_ptr<StreamTransport> transport;
    std::optional<simulator::LiveStream> stream;
    std::thread thread;
};

bool goes_by(const LiveOptions& live, LiveChannel channel) {
    return std::any_of(simulator::live_sources().begin(), simulator::live_sources().end(), [&](const LiveSourceFacts& facts) {
        return facts.channel == channel && live.wanted[static_cast<std::size_t>(facts.source)];
    });
}

/// The part of a stream that goes by one channel, at the pace it has in the whole.
LiveOptions part_of(LiveOptions live, LiveChannel channel) {
    double all = 0.0;
    double here = 0.0;
    for (const LiveSourceFacts& facts : simulator::live_sources()) {
        bool& wanted = live.wanted[static_cast<std::size_t>(facts.source)];
        all += wanted ? facts.steady_share : 0.0;
        wanted = wanted && facts.channel == channel;
        here += wanted ? facts.steady_share : 0.0;
    }
    live.steady_per_s *= here / all;
    const LiveChannel of_fault = live.fault == simulator::DeliveryFault::face_id ? LiveChannel::mqtt : LiveChannel::folder;
    live.fault = channel == of_fault ? live.fault : simulator::DeliveryFault::none;
    return live;
}

Result<std::unique_ptr<StreamTransport>> open_transport(const StreamOptions& options, const LiveOptions& live, LiveChannel channel, StreamBook& book,
                                                        StopSign& stop) {
    if (channel == LiveChannel::http) {
        HttpStreamOptions http;
        http.target = TRY(parse_http_url(options.url));
        http.tokens = TRY(read_tokens(options.tokens));
        http.connections = options.connections;
        for (const LiveSourceFacts& facts : simulator::live_sources()) {
            const bool is_wanted = facts.channel == channel && live.wanted[static_cast<std::size_t>(facts.source)];
            if (is_wanted && !http.tokens.contains(facts.key)) {
                return fail(ErrorCode::invalid_input, fmt::format("--tokens {} : une ligne {} = jeton est attendue", options.tokens, facts.key));
            }
        }
        return make_http_transport(std::move(http), book, stop);
    }
    if (channel == LiveChannel::mqtt) {
        MqttStreamOptions mqtt;
        TRY(parse_mqtt_address(options.mqtt, mqtt));
        mqtt.client = fmt::format("vigie-stream-{}-{:x}", options.seed, live.begin.time_since_epoch().count());
        mqtt.user = options.mqtt_user;
        mqtt.ca_file = options.mqtt_ca;
        if (!options.mqtt_password_file.empty()) {
            std::string password = TRY(read_small_file(options.mqtt_password_file));
            mqtt.password = password.substr(0, password.find_first_of("\r\n"));
        }
        return make_mqtt_transport(mqtt, book, stop);
    }
    return make_folder_transport(options.drop, book, stop);
}

/// Every source that is wanted must have somewhere to go; without --sources, those that have none stay silent.
Status settle_sources(const StreamOptions& options, LiveOptions& live) {
    for (const LiveSourceFacts& facts : simulator::live_sources()) {
        const std::string& target = facts.channel == LiveChannel::http ? options.url : facts.channel == LiveChannel::mqtt ? options.mqtt : options.drop;
        bool& wanted = live.wanted[static_cast<std::size_t>(facts.source)];
        if (wanted && target.empty() && !options.sources.empty()) {
            constexpr std::array<std::string_view, 3> asked{"--url et --tokens", "--drop", "--mqtt"};  // in the order of LiveChannel
            return fail(ErrorCode::invalid_input, fmt::format("source {} : {} attendu", facts.short_name, asked[static_cast<std::size_t>(facts.channel)]));
        }
        wanted = wanted && !target.empty();
    }
    if (std::none_of(live.wanted.begin(), live.wanted.end(), [](bool wanted) { return wanted; })) {
        return fail(ErrorCode::invalid_input, "où envoyer ? --url et --tokens, --mqtt ou --drop est attendu");
    }
    return {};
}

void feed(Way& way, StreamBook& book, StopSign& stop) {
    while (!stop.is_raised()) {
        std::vector<simulator::LiveMessage> messages = way.stream->due(now(), made_at_once);
        for (simulator::LiveMessage& message : messages) {
            if (stop.is_raised()) {
                break;
            }
            book.sent(message);
            way.transport->offer(std::move(message));
        }
        const auto sleep = std::min<std::chrono::milliseconds>(way.stream->next_due() - now(), longest_sleep);
        if (sleep.count() > 0) {
            stop.wait_for(sleep);
        }
    }
}

/// Shows where things stand until it is time to end. Errors: those of the book.
Status watch(const StreamOptions& options, const StreamBook& book, StopSign& stop) {
    ProgressLine line;
    const auto begun = std::chrono::steady_clock::now();
    const std::chrono::duration<double> length{options.minutes > 0.0 ? options.minutes * 60.0 : 1e9};
    while (std::chrono::steady_clock::now() - begun < length && !stop.is_raised()) {
        const std::chrono::duration<double> left = length - (std::chrono::steady_clock::now() - begun);
        stop.wait_for(std::min(longest_sleep, std::chrono::ceil<std::chrono::milliseconds>(left)));
        const StreamCounts total = book.total();
        line.show(fmt::format("{} envoyés  {} accusés  {} refusés  {} en attente", grouped(total.sent), grouped(total.acknowledged),
                              grouped(total.refused), grouped(total.waiting())));
        TRY(book.status());
    }
    return {};
}

Result<std::vector<Way>> open_ways(const StreamOptions& options, const LiveOptions& live, StreamBook& book, StopSign& stop) {
    std::vector<Way> ways;
    for (const LiveChannel channel : {LiveChannel::http, LiveChannel::folder, LiveChannel::mqtt}) {
        if (goes_by(live, channel)) {
            Way way;
            way.stream = TRY(simulator::LiveStream::create(part_of(live, channel)));
            way.transport = TRY(open_transport(options, live, channel, book, stop));
            ways.push_back(std::move(way));
        }
    }
    return ways;
}

boost::json::object counts_json(const StreamCounts& counts) {
    return {{"sent", counts.sent},       {"repeats", counts.repeats},   {"acknowledged", counts.acknowledged},
            {"refused", counts.refused}, {"waiting", counts.waiting() + counts.unknown}};
}

void print_summary(const StreamOptions& options, const StreamBook& book, std::uint64_t skipped, double seconds) {
    const StreamCounts total = book.total();
    if (!options.json) {
        fmt::print("{} enregistrements envoyés en {:.0f} s : {} accusés, {} refusés, {} sans réponse.\n", grouped(total.sent), seconds,
                   grouped(total.acknowledged), grouped(total.refused), grouped(total.waiting() + total.unknown));
        return;
    }
    boost::json::object all = counts_json(total);
    all["skipped_steps"] = skipped;
    all["seconds"] = seconds;
    boost::json::object by_source;
    const auto counts = book.counts();
    for (const LiveSourceFacts& facts : simulator::live_sources()) {
        by_source[facts.key] = counts_json(counts[static_cast<std::size_t>(facts.source)]);
    }
    all["sources"] = std::move(by_source);
    fmt::print("{}\n", boost::json::serialize(all));
}

Status stream(const StreamOptions& options) {
    std::vector<std::string> warnings;
    const std::string config = options.city.empty() ? TRY(find_config_dir()) : std::string();
    const City city = TRY(intake::load_city(options.city.empty() ? config + "/cities/marseille_synthetic.toml" : options.city, warnings));
    LiveOptions live = TRY(live_options(options, city));
    TRY(settle_sources(options, live));
    const std::unique_ptr<StreamBook> book = TRY(StreamBook::open(options.ledger, options.truth));
    StopSign stop;
    std::vector<Way> ways = TRY(open_ways(options, live, *book, stop));
    set_signal_actions({[&stop] { stop.raise(); }, {}});
    const auto begun = std::chrono::steady_clock::now();
    for (Way& way : ways) {
        way.thread = std::thread([&way, &book, &stop] { feed(way, *book, stop); });
    }
    const Status watched = watch(options, *book, stop);
    stop.raise();
    set_signal_actions({});
    std::uint64_t skipped = 0;
    const auto settle = std::chrono::duration_cast<std::chrono::milliseconds>(std::chrono::duration<double>(options.settle));
    for (Way& way : ways) {
        way.thread.join();
        skipped += way.stream->skipped_steps();
    }
    const Deadline deadline = std::chrono::steady_clock::now() + settle;
    for (Way& way : ways) {
        way.transport->finish(deadline);
    }
    TRY(watched);
    const std::chrono::duration<double> elapsed = std::chrono::steady_clock::now() - begun;
    print_summary(options, *book, skipped, elapsed.count());
    return book->status();
}

int run_stream(const StreamOptions& options) {
    static_cast<void>(std::signal(SIGPIPE, SIG_IGN));  // a peer that goes is an error of one write, not the end of the program
    const Status done = stream(options);
    return done ? exit_done : report(done.error());
}

void add_targets(CLI::App& command, StreamOptions& options) {
    auto* url = command.add_option("--url", options.url, "Serveur : http://HÔTE:PORT (main courante, enlèvements, pompiers)");
    auto* tokens = command.add_option("--tokens", options.tokens, "Fichier de lignes « source = jeton »");
    url->needs(tokens);
    auto* mqtt = command.add_option("--mqtt", options.mqtt, "Courtier MQTT : HÔTE:PORT (bruit, caméras)");
    command.add_option("--mqtt-user", options.mqtt_user, "Utilisateur du courtier")->needs(mqtt);
    command.add_option("--mqtt-password-file", options.mqtt_password_file, "Fichier dont la première ligne est son mot de passe")->needs(mqtt);
    command.add_option("--mqtt-ca", options.mqtt_ca, "Autorité de certification (PEM) : connexion chiffrée")->needs(mqtt);
    command.add_option("--drop", options.drop, "Dossier où déposer les fichiers (verbalisations)");
    command.add_option("--connections", options.connections, "Connexions HTTP")->capture_default_str()->check(CLI::Range(std::size_t{1}, std::size_t{256}));
    command.add_option("--settle", options.settle, "Secondes d'attente des derniers accusés")->capture_default_str()->check(CLI::Range(0.0, 600.0));
}

}  // namespace

void add_stream(CLI::App& app, int& exit_code) {
    auto* command = app.add_subcommand("stream", "Faire vivre la ville inventée : six services envoient ce qui s'y passe, par HTTP, MQTT et fichiers");
    auto options = std::make_shared<StreamOptions>();
    command->add_option("--seed", options->seed, "Graine : même graine et même départ, mêmes octets")->required();
    add_targets(*command, *options);
    command->add_option("--city", options->city, "Ville (config/cities/*.toml) ; Marseille synthétique par défaut");
    command->add_option("--speed", options->speed, "Fois plus de faits que dans la ville")->capture_default_str()->check(CLI::Range(0.01, 100'000.0));
    command->add_option("--rate", options->rate, "Plutôt : tant d'enregistrements par seconde, à toute heure")->check(CLI::Range(0.0, simulator::steady_per_s_max));
    command->add_option("--minutes", options->minutes, "Durée ; sinon jusqu'à Ctrl-C")->check(CLI::Range(0.0, 527'040.0));
    command->add_option("--sources", options->sources, "logbook,tickets,tows,fire,noise,camera")->delimiter(',');
    command->add_option("--batch", options->batch, "Lignes par envoi, au plus")->capture_default_str()->check(CLI::Range(std::size_t{1}, simulator::batch_rows_max));
    command->add_option("--ledger", options->ledger, "Registre : une ligne JSON par enregistrement accusé");
    command->add_option("--truth", options->truth, "Vérité : une ligne JSON par enregistrement envoyé");
    command->add_option("--repeat", options->repeat, "Part des envois répétés")->check(CLI::Range(0.0, 1.0));
    command->add_option("--late", options->late, "Part des enregistrements en retard, jusqu'à 48 h")->check(CLI::Range(0.0, 1.0));
    command->add_option("--disorder", options->disorder, "Part des envois que d'autres dépassent")->check(CLI::Range(0.0, 1.0));
    command->add_option("--fault", options->fault, "Un envoi à refuser : face_id, new_column ; expired n'ajoute rien")->check(CLI::IsMember({"face_id", "new_column", "expired"}));
    command->add_flag("--json", options->json, "Résultat en un objet JSON");
    command->callback([options, &exit_code] { exit_code = run_stream(*options); });
}

}  // namespace vigie::programs
