#include "api/cached_answer.h"

#include <sodium.h>

#include <array>
#include <utility>

#include "api/gzip.h"

namespace vigie::api {

namespace {

/// Longest query that is looked up as it was sent.
constexpr std::size_t query_bytes_max = 4096;

/// Everything but the question that tells one answer from another.
struct Variant {
    const AnswerContext& context;
    governance::Role role;
    bool gzip;
    std::string_view route;
};

enum class KeyKind : char { canonical = 'c', as_sent = 's' };

std::string key_of(KeyKind kind, const Variant& variant, std::string_view question) {
    std::string key(1, static_cast<char>(kind));
    key += variant.gzip ? 'z' : 'p';
    key += std::to_string(static_cast<int>(variant.role));
    key += '.';
    key += std::to_string(variant.context.data->stats.version);
    key += '.';
    key += std::to_string(variant.context.reference->generation);
    key += ' ';
    key += variant.route;
    key += '?';
    key += question;
    return key;
}

std::string etag_of(const std::string& run_mark, const std::string& key) {
    std::array<unsigned char, crypto_generichash_BYTES_MIN> hash{};
    const std::string text = run_mark + key;
    crypto_generichash(hash.data(), hash.size(),
                       reinterpret_cast<const unsigned char*>(text.data()), text.size(), nullptr,
                       0);
    std::array<char, hash.size() * 2 + 1> hex{};
    sodium_bin2hex(hex.data(), hex.size(), hash.data(), hash.size());
    return "W/\"" + std::string(hex.data()) + "\"";
}

Response serve(const Answer& answer, const Request& request) {
    Response response;
    response.keep = Keep::revalidate;
    response.etag = answer.etag;
    if (matches_etag(request.if_none_match, answer.etag)) {
        response.status = 304;
        return response;
    }
    response.content_type = "application/json";
    response.gzip = answer.gzip;
    response.body = Body(answer.body);
    return response;
}

}  // namespace

std::optional<Reply> answer_from_memory(Application& application, const Route& route,
                                        const Request& request) {
    const auto cookie = find_cookie(request.cookie, session_cookie_name);
    if (!cookie || request.query.size() > query_bytes_max) {
        return std::nullopt;
    }
    const Instant now = application.now();
    const auto who = application.sessions().recall(SessionDesk::hash_of(*cookie), now);
    const bool may_see = who && !who->must_change_password && route.action &&
                         governance::may(who->role, *route.action);
    const AnswerContext context{application.reference(), application.known_data_state()};
    if (!may_see || !context.data) {
        return std::nullopt;
    }
    const Variant variant{context, who->role, accepts_gzip(request.accept_encoding), route.name};
    const auto answer = application.cache().find(key_of(KeyKind::as_sent, variant, request.query));
    if (!answer ||
        !application.journal().is_written(*who, {route.name, answer->filters, answer->rows}, now)) {
        return std::nullopt;
    }
    return serve(*answer, request);
}

Reply answer_and_keep(Application& application, const Call& call, const AnswerContext& context,
                      const KeptQuestion& question) {
    const auto& route = *call.route;
    const bool takes_gzip = accepts_gzip(call.request.accept_encoding);
    const Variant variant{context, call.who->role, takes_gzip, route.name};
    const std::string key = key_of(KeyKind::canonical, variant, question.filters);
    auto answer = application.cache().find(key);
    const bool is_kept = answer != nullptr;
    if (!is_kept) {
        auto made = question.make();
        if (!made) {
            return refuse(application.problem_of_failure(made.error(), route.name));
        }
        auto fresh = std::make_shared<Answer>();
        fresh->gzip = takes_gzip && made->json.size() >= gzip_bytes_min;
        fresh->body = std::make_shared<const std::string>(
            fresh->gzip ? gzip_of(made->json, gzip_level_fast) : std::move(made->json));
        fresh->etag = etag_of(application.run_mark(), key);
        fresh->filters = question.filters;
        fresh->rows = made->rows;
        answer = std::move(fresh);
    }
    if (auto written = application.write_look(call, answer->filters, answer->rows); !written) {
        return refuse(std::move(written.error()));
    }
    if (!is_kept) {
        application.cache().insert(key, answer);
    }
    if (call.request.query.size() <= query_bytes_max) {
        application.cache().alias(key_of(KeyKind::as_sent, variant, call.request.query), key);
    }
    return serve(*answer, call.request);
}

}  // namespace vigie::api
