#include "api/ingest_desk.h"

#include <xxhash.h>

#include <algorithm>
#include <array>
#include <charconv>

#include "api/json_writer.h"
#include "api/session_desk.h"

namespace vigie::api {

namespace {

constexpr int retry_shed_s = 5;
constexpr int retry_disk_s = 10;
constexpr std::string_view bearer = "Bearer ";

Problem problem(int status, std::string_view code, Sentence detail, int retry_after_s = 0) {
    Problem made;
    made.status = status;
    made.code = code;
    made.detail = std::move(detail);
    made.retry_after_s = retry_after_s;
    return made;
}

/// The inbox's word for a body's type, or nothing.
std::string_view format_of(std::string_view content_type) {
    constexpr std::array<std::pair<std::string_view, std::string_view>, 4> known{
        {{"application/json", "json"}, {"application/x-ndjson", "ndjson"}, {"text/csv", "csv"}, {"application/geo+json", "geojson"}}};
    const std::string_view type = content_type.substr(0, content_type.find_first_of("; "));
    const auto found = std::find_if(known.begin(), known.end(), [&](const auto& one) { return one.first == type; });
    return found == known.end() ? std::string_view{} : found->second;
}

bool is_key(std::string_view key) {
    return key.size() <= idempotency_key_bytes_max && std::all_of(key.begin(), key.end(), [](char c) { return c > ' ' && c <= '~'; });
}

Problem no_inbox() {
    return problem(503, "unavailable", {"La boîte de réception n'est pas ouverte ; voyez le journal du serveur.",
                                        "The inbox is not open; see the server's log."}, retry_disk_s);
}

Response acknowledged(std::uint64_t number, bool repeated) {
    const std::string id = std::to_string(number);
    JsonWriter json;
    json.open_object().key("receipt").text(id).close_object();
    Response response = json_response(json.take());
    response.status = 202;
    response.headers.emplace_back("Location", "/api/v1/ingest/receipts/" + id);
    if (repeated) {
        response.headers.emplace_back("Idempotency-Replayed", "true");
    }
    return response;
}

std::string_view name_of(Verdict verdict) {
    switch (verdict) {
        case Verdict::none: return "waiting";
        case Verdict::taken: return "taken";
        case Verdict::unreadable: return "unreadable";
        case Verdict::identity: return "identity_field";
        case Verdict::schema: return "schema_change";
        case Verdict::closed: return "contract_ended";
        case Verdict::blocked: return "feed_blocked";
        case Verdict::unknown: return "unknown_source";
    }
    return "waiting";
}

std::string receipt_json(std::string_view id, const MessageReceipt& receipt, const std::vector<LiveRefusal>& refusals) {
    JsonWriter json;
    json.open_object();
    json.key("receipt").text(id);
    json.key("verdict").text(name_of(receipt.verdict));
    json.key("read").number(receipt.read);
    json.key("stored").number(receipt.stored);
    json.key("duplicates").number(receipt.duplicates);
    json.key("passed_over").number(receipt.passed_over);
    json.key("quarantined").number(receipt.quarantined);
    json.key("refused").open_array();
    for (std::size_t i = 0; i < std::min(refusals.size(), receipt_refusals_max); ++i) {
        json.open_object();
        json.key("record").number(refusals[i].record);
        json.key("reason").text(refusals[i].reason);
        json.key("detail").text(refusals[i].detail);
        json.close_object();
    }
    json.close_array().close_object();
    return json.take();
}

}  // namespace

Status IngestDesk::reload() {
    if (!parts_.is_open()) {
        return {};
    }
    std::map<governance::TokenHash, std::string> fresh;
    std::vector<FeedToken> tokens = TRY(parts_.store->tokens());
    for (FeedToken& token : tokens) {
        if (!token.revoked) {
            fresh.emplace(token.hash, std::move(token.source_key));
        }
    }
    const std::lock_guard guard(mutex_);
    tokens_ = std::move(fresh);
    return {};
}

tl::expected<std::string, Problem> IngestDesk::source_of_token(const Request& request) const {
    if (request.authorization.starts_with(bearer)) {
        const auto hash = SessionDesk::hash_of(request.authorization.substr(bearer.size()));
        const std::lock_guard guard(mutex_);
        if (const auto found = tokens_.find(hash); found != tokens_.end()) {
            return found->second;
        }
    }
    return refuse(problem(401, "token_required", {"Jeton absent, inconnu ou révoqué : l'en-tête « Authorization: Bearer … » est attendu.",
                                                  "Token missing, unknown or revoked: the header “Authorization: Bearer …” is expected."}));
}

tl::expected<void, Problem> IngestDesk::check_sender(const Request& request, std::string_view source_key) const {
    if (!parts_.is_open()) {
        return refuse(no_inbox());
    }
    const auto source = source_of_token(request);
    if (!source) {
        return refuse(source.error());
    }
    if (*source != source_key) {
        return refuse(problem(403, "denied", {"Ce jeton est celui d'une autre source.", "This token belongs to another source."}));
    }
    return {};
}

void IngestDesk::accept(const Request& request, const std::string& source_key, Instant now, Done done) {
    if (auto checked = check_sender(request, source_key); !checked) {
        return done(refuse(std::move(checked.error())));
    }
    const auto spool_class = parts_.gate->admit(source_key, now);
    if (!spool_class) {
        Problem refused = problem_of(spool_class.error());
        refused.code = refused.status == 403 ? "contract_ended" : refused.code;
        return done(refuse(std::move(refused)));
    }
    const std::string_view format = format_of(request.content_type);
    if (format.empty() || !(request.content_encoding.empty() || request.content_encoding == "gzip" || request.content_encoding == "identity")) {
        return done(refuse(problem(415, "unsupported_type",
                                   {"Type de corps inconnu : application/json, application/x-ndjson, text/csv ou application/geo+json sont attendus, "
                                    "compressés par gzip ou non.",
                                    "Unknown type of body: application/json, application/x-ndjson, text/csv or application/geo+json are expected, "
                                    "compressed by gzip or not."})));
    }
    if (request.body.empty()) {
        return done(refuse(problem(400, "invalid_input", {"Corps vide : un message est attendu.", "Empty body: a message is expected."})));
    }
    std::string key;
    if (!request.idempotency_key.empty()) {
        if (!is_key(request.idempotency_key)) {
            return done(refuse(problem(400, "invalid_input", {"Idempotency-Key : 128 caractères ASCII visibles au plus sont attendus.",
                                                              "Idempotency-Key: at most 128 visible ASCII characters are expected."})));
        }
        key = source_key + " " + std::string(request.idempotency_key);
        if (auto known = remembered(key, XXH3_64bits(request.body.data(), request.body.size()))) {
            return done(std::move(*known));
        }
    }
    SpoolMessage message{source_key, "http", now, std::string(format), std::string(request.idempotency_key), std::string(request.body)};
    auto kept = [this, key, done](Result<std::uint64_t> number) {
        settle(key, number ? *number : 0);
        done(number ? Reply(acknowledged(*number, false))
                    : refuse(problem(503, "unavailable", {"Le message n'a pas pu être écrit sur le disque ; rien n'est gardé, envoyez-le de nouveau.",
                                                          "The message could not be written to disk; nothing is kept, send it again."}, retry_disk_s)));
    };
    if (const Status put = parts_.spool->put(std::move(message), *spool_class, std::move(kept)); !put) {
        settle(key, 0);
        const bool is_full = put.error().code == ErrorCode::unavailable;
        done(refuse(is_full ? problem(429, "shed", {"La boîte de réception est pleine pour ce genre de source : envoyez de nouveau plus tard.",
                                                    "The inbox is full for this kind of source: send again later."}, retry_shed_s)
                            : problem_of(put.error())));
    }
}

std::optional<Reply> IngestDesk::remembered(const std::string& key, std::uint64_t body_hash) {
    const std::lock_guard guard(mutex_);
    if (const auto found = by_key_.find(key); found != by_key_.end()) {
        const Remembered& known = *found->second;
        if (known.body_hash != body_hash) {
            return refuse(problem(422, "idempotency_mismatch", {"Cette Idempotency-Key a déjà servi pour un autre message.",
                                                                "This Idempotency-Key was already used for another message."}));
        }
        if (known.number == 0) {
            return refuse(problem(409, "conflict", {"Ce message est en train d'être écrit.", "This message is being written."}, 1));
        }
        return acknowledged(known.number, true);
    }
    keys_.push_back({key, body_hash, 0});
    by_key_.emplace(key, std::prev(keys_.end()));
    if (keys_.size() > idempotency_keys_max) {
        by_key_.erase(keys_.front().key);
        keys_.pop_front();
    }
    return std::nullopt;
}

void IngestDesk::settle(const std::string& key, std::uint64_t number) {
    if (key.empty()) {
        return;
    }
    const std::lock_guard guard(mutex_);
    const auto found = by_key_.find(key);
    if (found == by_key_.end()) {
        return;
    }
    if (number != 0) {
        found->second->number = number;
        return;
    }
    keys_.erase(found->second);
    by_key_.erase(found);
}

Reply IngestDesk::receipt(const Request& request, std::string_view id) const {
    if (!parts_.is_open()) {
        return refuse(no_inbox());
    }
    const auto source_key = source_of_token(request);
    if (!source_key) {
        return refuse(source_key.error());
    }
    std::uint64_t number = 0;
    const auto read = std::from_chars(id.data(), id.data() + id.size(), number);
    const Problem unknown = problem(404, "not_found", {"Reçu inconnu, ou trop ancien.", "Unknown receipt, or too old."});
    if (read.ec != std::errc() || read.ptr != id.data() + id.size() || number == 0 || number > parts_.spool->stats().last_number) {
        return refuse(unknown);
    }
    const auto found = parts_.receipts->find(number);
    if (!found) {
        return refuse(problem_of(found.error()));
    }
    if (!*found) {
        return number > parts_.spool->released() ? Reply(json_response(receipt_json(id, MessageReceipt{}, {}))) : refuse(unknown);
    }
    const auto sources = parts_.store->sources();
    if (!sources) {
        return refuse(problem_of(sources.error()));
    }
    const bool is_theirs = std::any_of(sources->begin(), sources->end(),
                                       [&](const SourceRecord& source) { return source.id == (*found)->source && source.key == *source_key; });
    if (!is_theirs) {
        return refuse(unknown);
    }
    const auto refusals = parts_.store->refusals_of_message(number);
    return refusals ? Reply(json_response(receipt_json(id, **found, *refusals))) : refuse(problem_of(refusals.error()));
}

}  // namespace vigie::api
