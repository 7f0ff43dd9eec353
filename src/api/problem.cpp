#include "api/problem.h"

#include <array>
#include <utility>

#include "api/json_writer.h"

namespace vigie::api {

namespace {

struct Title {
    std::string_view code;
    std::string_view fr;
    std::string_view en;
};

constexpr std::array titles = {
    Title{"invalid_input", "Demande incorrecte", "Invalid request"},
    Title{"not_found", "Introuvable", "Not found"},
    Title{"denied", "Accès refusé", "Access denied"},
    Title{"conflict", "Conflit avec l'état présent", "Conflict with the present state"},
    Title{"unavailable", "Momentanément indisponible", "Temporarily unavailable"},
    Title{"corrupt", "Données abîmées", "Damaged data"},
    Title{"internal", "Erreur interne", "Internal error"},
    Title{"sign_in_required", "Connexion nécessaire", "Sign-in required"},
    Title{"sign_in_failed", "Connexion refusée", "Sign-in failed"},
    Title{"sign_in_throttled", "Trop d'essais de connexion", "Too many sign-in attempts"},
    Title{"csrf_missing", "Jeton de page absent ou faux", "Page token missing or wrong"},
    Title{"must_change_password", "Mot de passe à changer", "Password must be changed"},
    Title{"too_large", "Demande trop grande", "Request too large"},
    Title{"method_not_allowed", "Méthode non permise", "Method not allowed"},
    Title{"token_required", "Jeton nécessaire", "Token required"},
    Title{"contract_ended", "Contrat non en vigueur", "Contract not in force"},
    Title{"unsupported_type", "Type de message inconnu", "Unknown type of message"},
    Title{"shed", "Boîte de réception pleine", "Inbox full"},
    Title{"idempotency_mismatch", "Clé déjà employée", "Key already used"},
    Title{"not_acceptable", "Forme non disponible", "Not available in this form"},
};

std::string_view title_of(std::string_view code, Language language) {
    for (const auto& title : titles) {
        if (title.code == code) {
            return language == Language::en ? title.en : title.fr;
        }
    }
    return code;
}

int status_of(ErrorCode code) {
    switch (code) {
        case ErrorCode::invalid_input:
            return 400;
        case ErrorCode::not_found:
            return 404;
        case ErrorCode::denied:
            return 403;
        case ErrorCode::conflict:
            return 409;
        case ErrorCode::unavailable:
            return 503;
        case ErrorCode::corrupt:
        case ErrorCode::internal:
            return 500;
    }
    return 500;
}

}  // namespace

tl::unexpected<Problem> refuse(Problem problem) {
    return tl::unexpected<Problem>(std::move(problem));
}

Problem problem_of(const Error& error) {
    Problem problem;
    problem.status = status_of(error.code);
    problem.code = name_of(error.code);
    if (problem.status == 500) {
        problem.detail = {"Le serveur n'a pas pu répondre ; son journal technique en dit la cause.",
                          "The server could not answer; its technical log says why."};
    } else {
        // Messages of the deeper rooms exist in French only.
        problem.detail = {error.message, error.message};
    }
    if (problem.status == 503) {
        problem.retry_after_s = 5;
    }
    return problem;
}

Response problem_response(const Problem& problem, Language language) {
    const auto& detail = language == Language::en ? problem.detail.en : problem.detail.fr;
    JsonWriter json;
    json.open_object();
    json.key("type").text("urn:vigie:problem:" + std::string(problem.code));
    json.key("title").text(title_of(problem.code, language));
    json.key("status").number(problem.status);
    json.key("code").text(problem.code);
    if (!detail.empty()) {
        json.key("detail").text(detail);
    }
    if (!problem.parameter.empty()) {
        json.key("parameter").text(problem.parameter);
    }
    if (problem.retry_after_s > 0) {
        json.key("retry_after_s").number(problem.retry_after_s);
    }
    json.close_object();

    Response response;
    response.status = problem.status;
    response.content_type = "application/problem+json";
    response.body = Body(json.take());
    response.headers.emplace_back("Content-Language", language == Language::en ? "en" : "fr");
    if (problem.retry_after_s > 0) {
        response.headers.emplace_back("Retry-After", std::to_string(problem.retry_after_s));
    }
    if (!problem.allow.empty()) {
        response.headers.emplace_back("Allow", problem.allow);
    }
    return response;
}

Problem bad_parameter(std::string name, Sentence detail) {
    Problem problem;
    problem.status = 400;
    problem.code = "invalid_input";
    problem.detail = std::move(detail);
    problem.parameter = std::move(name);
    return problem;
}

Problem sign_in_required() {
    Problem problem;
    problem.status = 401;
    problem.code = "sign_in_required";
    problem.detail = {"Connectez-vous pour continuer.", "Sign in to continue."};
    return problem;
}

Problem too_busy() {
    Problem problem;
    problem.status = 503;
    problem.code = "unavailable";
    problem.detail = {"Trop de demandes en même temps ; réessayez dans un instant.",
                      "Too many requests at once; try again shortly."};
    problem.retry_after_s = 2;
    return problem;
}

}  // namespace vigie::api
