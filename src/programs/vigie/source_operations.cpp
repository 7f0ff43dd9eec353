// What a command can ask of the sources: register a manifest, list them, give and revoke tokens, decide on a blocked feed.
#include <fmt/format.h>
#include <sodium.h>

#include <algorithm>
#include <boost/json.hpp>

#include "api/passwords.h"
#include "api/session_desk.h"
#include "intake/manifest.h"
#include "intake/record_parser.h"
#include "programs/vigie/command_line.h"
#include "programs/vigie/source_operations.h"

namespace vigie::programs {

namespace json = boost::json;

namespace {

constexpr std::size_t token_bytes = 24;

Result<std::string> text_member(const json::object& request, std::string_view name) {
    const auto* value = request.if_contains(name);
    if (value == nullptr || !value->is_string()) {
        return fail(ErrorCode::invalid_input, fmt::format("demande incomplète : il manque « {} »", name));
    }
    return std::string(value->get_string());
}

Result<SourceRecord> find_source(Metadata& metadata, const std::string& key) {
    std::vector<SourceRecord> sources = TRY(metadata.sources());
    const auto found = std::find_if(sources.begin(), sources.end(), [&](const SourceRecord& source) { return source.key == key; });
    if (found == sources.end()) {
        return fail(ErrorCode::not_found, fmt::format("aucune source « {} » dans ce dossier (voir « vigie source list »)", key));
    }
    return *found;
}

Status note(Metadata& metadata, const std::string& action, const std::string& filters) {
    return metadata.record({.at = now(), .account = "local", .role = governance::Role::administrator,
                            .purpose = governance::Purpose::administration, .action = action, .filters = filters, .rows = 0});
}

Result<json::object> add_source(DataFolder& folder, const json::object& request) {
    const std::string path = TRY(text_member(request, "manifest"));
    const intake::Manifest manifest = TRY(intake::load_manifest(path));
    const std::optional<Taxonomy> taxonomy = TRY(folder.metadata().taxonomy());
    if (!taxonomy) {
        return fail(ErrorCode::invalid_input, "pas de nomenclature dans ce dossier (attendu : un dossier fait par « vigie init »)");
    }
    TRY(intake::check_categories(manifest, *taxonomy));
    SourceRecord source;
    source.key = manifest.key;
    source.label = manifest.label;
    source.attribution = manifest.attribution;
    source.licence = manifest.licence;
    source.manifest = manifest.toml;
    source.registered = now();
    TRY(note(folder.metadata(), "source.add", "source=" + manifest.key));
    const SourceRecord registered = TRY(folder.metadata().register_source(source));
    ManifestVersion version;
    version.source_key = manifest.key;
    version.saved = now();
    version.account = "local";
    version.toml = manifest.toml;
    const std::uint64_t number = TRY(folder.metadata().add_manifest(version));
    return json::object{{"source", registered.key}, {"version", number}, {"live", manifest.terms.live.has_value()}};
}

Result<json::object> list_sources(DataFolder& folder) {
    const std::vector<SourceRecord> sources = TRY(folder.metadata().sources());
    const std::vector<FeedRecord> feeds = TRY(folder.metadata().feeds());
    json::array list;
    for (const SourceRecord& source : sources) {
        const auto manifest = intake::parse_manifest(source.manifest, source.key + ".toml");
        const auto feed = std::find_if(feeds.begin(), feeds.end(), [&](const FeedRecord& one) { return one.source == source.id; });
        json::object one{{"source", source.key}, {"label", source.label}, {"live", manifest && manifest->terms.live.has_value()}};
        if (feed != feeds.end()) {
            one["state"] = feed->state == FeedState::blocked ? "blocked" : "open";
            one["reason"] = feed->reason;
        }
        list.push_back(std::move(one));
    }
    return json::object{{"sources", std::move(list)}};
}

Result<json::object> give_token(DataFolder& folder, const json::object& request) {
    const std::string key = TRY(text_member(request, "source"));
    const SourceRecord source = TRY(find_source(folder.metadata(), key));
    const std::string token = "vigie_" + api::random_token(token_bytes);
    FeedToken kept;
    kept.hash = api::SessionDesk::hash_of(token);
    kept.source_key = source.key;
    kept.label = TRY(text_member(request, "label"));
    kept.created = now();
    TRY(note(folder.metadata(), "source.token", "source=" + key));
    TRY(folder.metadata().save_token(kept));
    return json::object{{"source", source.key}, {"token", token}};
}

Result<json::object> revoke_tokens(DataFolder& folder, const json::object& request) {
    const std::string key = TRY(text_member(request, "source"));
    TRY(note(folder.metadata(), "source.revoke", "source=" + key));
    std::vector<FeedToken> tokens = TRY(folder.metadata().tokens());
    std::uint64_t revoked = 0;
    for (FeedToken& token : tokens) {
        if (token.source_key == key && !token.revoked) {
            token.revoked = now();
            TRY(folder.metadata().save_token(token));
            ++revoked;
        }
    }
    return json::object{{"source", key}, {"revoked", revoked}};
}

Result<json::object> set_state(DataFolder& folder, const json::object& request) {
    const std::string key = TRY(text_member(request, "source"));
    const std::string why = TRY(text_member(request, "why"));
    const bool block = request.contains("block") && request.at("block") == true;
    const SourceRecord source = TRY(find_source(folder.metadata(), key));
    TRY(note(folder.metadata(), block ? "source.block" : "source.open", "source=" + key));
    TRY(folder.metadata().save_feed({source.id, block ? FeedState::blocked : FeedState::open, why, now(), std::nullopt}));
    const std::vector<Task> tasks = TRY(folder.metadata().tasks(metadata_tasks_max));
    std::uint64_t closed = 0;
    for (const Task& task : tasks) {
        if (!block && task.source == source.id && !task.closed) {
            TRY(folder.metadata().close_task(task.id, now(), "local", why));
            ++closed;
        }
    }
    return json::object{{"source", key}, {"state", block ? "blocked" : "open"}, {"tasks_closed", closed}};
}

}  // namespace

bool is_source_operation(std::string_view operation) { return operation.starts_with("source."); }

Result<json::object> perform_source(DataFolder& folder, std::string_view operation, const json::object& request) {
    if (operation == "source.add") {
        return add_source(folder, request);
    }
    if (operation == "source.list") {
        return list_sources(folder);
    }
    if (operation == "source.token") {
        return give_token(folder, request);
    }
    if (operation == "source.revoke") {
        return revoke_tokens(folder, request);
    }
    if (operation == "source.replay") {
        return fail(ErrorCode::unavailable, "le rejeu passe par la boîte de réception : « vigie serve » doit servir ce dossier");
    }
    if (operation == "source.state") {
        return set_state(folder, request);
    }
    return fail(ErrorCode::invalid_input, fmt::format("opération inconnue « {} »", operation));
}

}  // namespace vigie::programs
