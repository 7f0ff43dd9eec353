#include "api/application.h"

#include <sodium.h>

#include <algorithm>
#include <array>
#include <utility>

#include "api/cached_answer.h"
#include "api/passwords.h"
#include "base/assert.h"

namespace vigie::api {

namespace {

constexpr std::string_view api_root = "/api/v1";
constexpr std::array<std::string_view, 3> loopback_names = {"localhost", "127.0.0.1", "[::1]"};

Problem wrong_host() {
    Problem problem;
    problem.status = 421;
    problem.code = "denied";
    problem.detail = {
        "Ce serveur ne répond pas sous ce nom d'hôte ; voyez « allowed_hosts » dans sa "
        "configuration.",
        "This server does not answer under this host name; see “allowed_hosts” in its "
        "configuration."};
    return problem;
}

Problem not_found() {
    Problem problem;
    problem.status = 404;
    problem.code = "not_found";
    problem.detail = {"Cette adresse n'existe pas.", "There is nothing at this address."};
    return problem;
}

Problem wrong_method(std::string allow) {
    Problem problem;
    problem.status = 405;
    problem.code = "method_not_allowed";
    problem.detail = {"Méthodes permises ici : " + allow + ".",
                      "Methods allowed here: " + allow + "."};
    problem.allow = std::move(allow);
    return problem;
}

Problem forbidden(std::string_view code, Sentence detail) {
    Problem problem;
    problem.status = 403;
    problem.code = code;
    problem.detail = std::move(detail);
    return problem;
}

bool changes_something(Method method) {
    return method != Method::get && method != Method::head;
}

bool same_text_in_constant_time(std::string_view a, std::string_view b) {
    return a.size() == b.size() && sodium_memcmp(a.data(), b.data(), a.size()) == 0;
}

/// The parameters of the query, all of them known to the route.
tl::expected<Parameters, Problem> known_parameters(const Route& route, std::string_view query) {
    auto parameters = parse_query(query);
    if (!parameters) {
        return refuse(bad_parameter(
            parameters.error().message,
            {"Paramètre illisible ou donné deux fois ; du texte UTF-8 codé %XX est attendu.",
             "Parameter unreadable or given twice; UTF-8 text coded as %XX is expected."}));
    }
    for (const auto& parameter : *parameters) {
        const auto known = route.parameters;
        if (std::find(known.begin(), known.end(), parameter.name) == known.end()) {
            return refuse(
                bad_parameter(parameter.name, {"Paramètre inconnu : « " + parameter.name + " ».",
                                               "Unknown parameter: “" + parameter.name + "”."}));
        }
    }
    return std::move(*parameters);
}

}  // namespace

Result<std::unique_ptr<Application>> Application::open(Observatory observatory, Log& log,
                                                       Clock clock, ApplicationOptions options) {
    auto application = std::unique_ptr<Application>(
        new Application(observatory, log, std::move(clock), std::move(options)));
    TRY(application->reload());
    return application;
}

Application::Application(Observatory observatory, Log& log, Clock clock, ApplicationOptions options)
    : observatory_(observatory),
      log_(log),
      clock_(std::move(clock)),
      options_(std::move(options)),
      run_mark_(random_token(9)),
      sessions_(*observatory_.accounts),
      sign_ins_(*observatory_.accounts),
      ingest_(observatory_.inbox),
      journal_(*observatory_.journal),
      cache_(options_.cache_bytes) {}

std::variant<Response, Lane> Application::begin(const Request& request) {
    if (!is_our_host(request)) {
        return response_of(refuse(wrong_host()), request, "wrong_host");
    }
    if (!request.path.starts_with("/api/")) {
        auto file = files_.find(request);
        return response_of(
            file ? Reply(std::move(*file))
                 : refuse(changes_something(request.method) ? wrong_method("GET, HEAD")
                                                            : not_found()),
            request, "file");
    }
    if (!request.path.starts_with(api_root)) {
        return response_of(refuse(not_found()), request, "none");
    }
    const auto match = find_route(routes(), request.method, request.path.substr(api_root.size()));
    if (match.route == nullptr) {
        return response_of(refuse(match.allow.empty() ? not_found() : wrong_method(match.allow)),
                           request, "none");
    }
    const auto& route = *match.route;
    if (route.lane == Lane::at_once) {
        return response_of(run(route, match.path_argument, request), request, route.name);
    }
    if (route.from_cache) {
        if (auto ready = answer_from_memory(*this, route, request)) {
            return response_of(std::move(*ready), request, route.name);
        }
    }
    return route.lane;
}

std::optional<Response> Application::refuse_body(const Request& head) {
    if (is_our_host(head) && head.path.starts_with(api_root)) {
        const auto match = find_route(routes(), head.method, head.path.substr(api_root.size()));
        if (match.route != nullptr && match.route->lane == Lane::inbox) {
            auto checked = ingest_.check_sender(head, match.path_argument);
            return checked ? std::nullopt
                           : std::optional{response_of(refuse(std::move(checked.error())), head, match.route->name)};
        }
    }
    return refuse_request(Refusal::body_too_large, preferred_language(head.accept_language));
}

void Application::accept(const Request& request, std::function<void(Response)> done) {
    const auto match = find_route(routes(), request.method, request.path.substr(api_root.size()));
    VIGIE_ASSERT(match.route != nullptr);
    auto source = percent_decoded(match.path_argument, false);
    if (!source) {
        return done(response_of(refuse(not_found()), request, match.route->name));
    }
    // The request may be gone when the disk has answered.
    const Language language = preferred_language(request.accept_language);
    const std::string_view name = match.route->name;
    ingest_.accept(request, *source, now(), [language, name, done = std::move(done)](Reply reply) {
        Response response = reply ? std::move(*reply) : problem_response(reply.error(), language);
        response.route = name;
        done(std::move(response));
    });
}

Response Application::answer(const Request& request) {
    const auto match = find_route(routes(), request.method, request.path.substr(api_root.size()));
    VIGIE_ASSERT(match.route != nullptr);
    return response_of(run(*match.route, match.path_argument, request), request, match.route->name);
}

Reply Application::run(const Route& route, std::string_view path_argument, const Request& request) {
    Call call{request, &route, {}, {}, std::nullopt, preferred_language(request.accept_language)};
    auto argument = percent_decoded(path_argument, false);
    if (!argument) {
        return refuse(not_found());
    }
    call.path_argument = std::move(*argument);
    return pass_door(route, call);
}

Reply Application::pass_door(const Route& route, Call& call) {
    const auto& request = call.request;
    if (changes_something(request.method) && !comes_from_our_pages(request)) {
        return refuse(forbidden("csrf_missing", {"Cette demande vient d'un autre site.",
                                                 "This request comes from another site."}));
    }
    if (route.door != Door::open && route.door != Door::token) {
        const auto cookie = find_cookie(request.cookie, session_cookie_name);
        auto who = cookie ? sessions_.check(SessionDesk::hash_of(*cookie), now())
                          : std::optional<SignedIn>{};
        if (!who) {
            return refuse(problem_of_failure(who.error(), route.name));
        }
        if (!*who) {
            return refuse(sign_in_required());
        }
        call.who = std::move(*who);
        if (changes_something(request.method) &&
            !same_text_in_constant_time(request.csrf_token, call.who->csrf_token)) {
            return refuse(
                forbidden("csrf_missing", {"L'en-tête X-CSRF-Token manque ou n'est pas celui de "
                                           "cette session ; rechargez la page.",
                                           "The X-CSRF-Token header is missing or belongs to "
                                           "another session; reload the page."}));
        }
        if (route.door == Door::signed_in && call.who->must_change_password) {
            return refuse(forbidden(
                "must_change_password",
                {"Choisissez d'abord un nouveau mot de passe.", "First choose a new password."}));
        }
        if (route.action && !governance::may(call.who->role, *route.action)) {
            return refuse(forbidden(
                "denied", {"Votre rôle ne le permet pas.", "Your role does not allow it."}));
        }
    }
    auto parameters = known_parameters(route, request.query);
    if (!parameters) {
        return refuse(std::move(parameters.error()));
    }
    call.parameters = std::move(*parameters);
    return route.handler(*this, call);
}

Response Application::response_of(Reply reply, const Request& request,
                                  std::string_view route_name) {
    Response response =
        reply ? std::move(*reply)
              : problem_response(reply.error(), preferred_language(request.accept_language));
    response.route = route_name;
    return response;
}

Response Application::refuse_request(Refusal refusal, Language language) {
    Problem problem;
    switch (refusal) {
        case Refusal::malformed:
            problem.status = 400;
            problem.code = "invalid_input";
            problem.detail = {"Ce n'est pas une requête HTTP/1.1 que ce serveur comprend.",
                              "This is not an HTTP/1.1 request that this server understands."};
            break;
        case Refusal::head_too_large:
            problem.status = 431;
            problem.code = "too_large";
            problem.detail = {"En-têtes ou adresse trop longs : 16 Kio au plus.",
                              "Headers or address too long: 16 KiB at most."};
            break;
        case Refusal::body_too_large:
            problem.status = 413;
            problem.code = "too_large";
            problem.detail = {"Corps de requête trop grand : 64 Kio au plus.",
                              "Request body too large: 64 KiB at most."};
            break;
        case Refusal::length_unsaid:
            problem.status = 411;
            problem.code = "invalid_input";
            problem.detail = {"Corps de requête sans longueur : l'en-tête Content-Length est attendu.",
                              "Request body without a length: the Content-Length header is expected."};
            break;
        case Refusal::too_busy:
            problem = too_busy();
            break;
    }
    auto response = problem_response(problem, language);
    response.route = "refused";
    return response;
}

Problem Application::problem_of_failure(const Error& error, std::string_view route_name) {
    auto problem = problem_of(error);
    if (problem.status >= 500) {
        log_.error("answer_failed", {{"route", route_name},
                                     {"code", name_of(error.code)},
                                     {"error", std::string_view(error.message)}});
    }
    return problem;
}

tl::expected<void, Problem> Application::write_look(const Call& call, std::string_view filters,
                                                    std::uint64_t rows) {
    const auto written = journal_.write_once(*call.who, {call.route->name, filters, rows}, now());
    if (written) {
        return {};
    }
    log_.error("journal_not_written", {{"error", std::string_view(written.error().message)}});
    Problem problem;
    problem.status = 503;
    problem.code = "unavailable";
    problem.detail = {
        "Le journal des consultations ne peut pas être écrit : rien n'est montré tant qu'il ne "
        "l'est pas.",
        "The record of consultations can not be written: nothing is shown until it can."};
    problem.retry_after_s = 5;
    return refuse(std::move(problem));
}

void Application::note_served(const Request& request, const Response& response,
                              std::chrono::microseconds took) {
    // No address, no query: what somebody asked is the journal's business, under its own rules.
    log_.info("request", {{"method", name_of(request.method)},
                          {"route", response.route},
                          {"status", std::int64_t{response.status}},
                          {"ms", static_cast<double>(took.count()) / 1000.0},
                          {"bytes", std::uint64_t{response.body.bytes.size()}}});
}

Status Application::reload() {
    std::uint64_t generation = 0;
    if (const auto old = reference()) {
        generation = old->generation + 1;
    }
    auto fresh = TRY(read_reference(*observatory_.reference, generation));
    TRY(ingest_.reload());
    const std::lock_guard guard(mutex_);
    reference_ = std::move(fresh);
    data_state_.reset();
    return {};
}

std::shared_ptr<const Reference> Application::reference() const {
    const std::lock_guard guard(mutex_);
    return reference_;
}

std::shared_ptr<const DataState> Application::known_data_state() const {
    const Instant at = now();
    const std::lock_guard guard(mutex_);
    const bool young =
        data_state_ && at >= data_state_->read_at && at - data_state_->read_at < data_state_trust;
    return young ? data_state_ : nullptr;
}

Result<std::shared_ptr<const DataState>> Application::data_state() {
    auto fresh = std::make_shared<DataState>();
    fresh->read_at = now();
    fresh->stats = TRY(observatory_.events->stats());
    fresh->sources = TRY(observatory_.reference->sources());
    for (const auto& source : fresh->sources) {
        fresh->source_names.emplace_back(source.key, source.id);
    }
    const std::lock_guard guard(mutex_);
    data_state_ = std::move(fresh);
    return data_state_;
}

bool Application::is_https(const Request& request) const {
    return request.over_tls ||
           (options_.behind_proxy && request.from_loopback && request.forwarded_proto == "https");
}

std::string_view Application::asked_host(const Request& request) const {
    const bool by_proxy =
        options_.behind_proxy && request.from_loopback && !request.forwarded_host.empty();
    return by_proxy ? request.forwarded_host : request.host;
}

bool Application::is_our_host(const Request& request) const {
    // A page of another site whose name was made to point at 127.0.0.1 still sends its own name
    // here (DNS rebinding).
    const auto name = host_name_of(asked_host(request));
    if (!name) {
        return false;
    }
    return std::find(loopback_names.begin(), loopback_names.end(), *name) != loopback_names.end() ||
           std::find(options_.allowed_hosts.begin(), options_.allowed_hosts.end(), *name) !=
               options_.allowed_hosts.end();
}

bool Application::comes_from_our_pages(const Request& request) const {
    // Programs that are no browser send neither header, and no browser can be made to leave both
    // out of a cross-site POST.
    const auto site = request.sec_fetch_site;
    if (!site.empty() && site != "same-origin" && site != "none") {
        return false;
    }
    if (request.origin.empty()) {
        return true;
    }
    const auto scheme_end = request.origin.find("://");
    return scheme_end != std::string_view::npos &&
           request.origin.substr(scheme_end + 3) == asked_host(request);
}

}  // namespace vigie::api
