#include "api/session_route.h"

#include <chrono>
#include <thread>
#include <utility>

#include "api/application.h"
#include "api/json_body.h"
#include "api/json_writer.h"
#include "governance/roles.h"

namespace vigie::api {

namespace {

std::string session_json(const SignedIn& who, const LocalCalendar& calendar) {
    JsonWriter json;
    json.open_object();
    json.key("user").text(who.login);
    json.key("role").text(governance::name_of(who.role));
    json.key("purpose").text(governance::name_of(who.purpose));
    json.key("csrf").text(who.csrf_token);
    json.key("expires_at").text(clock_text(who.expires_at(), calendar));
    json.key("must_change_password").boolean(who.must_change_password);
    json.close_object();
    return json.take();
}

/// value: empty to take the cookie away.
std::string cookie_line(std::string_view value, bool https) {
    std::string line(session_cookie_name);
    line += '=';
    line += value;
    line += "; Path=/; HttpOnly; SameSite=Strict";
    if (https) {
        line += "; Secure";
    }
    // Without Max-Age a cookie ends with the browser; the server ends the session anyway.
    line += value.empty() ? "; Max-Age=0" : "";
    return line;
}

Problem wrong_body(const std::string& fields) {
    Problem problem;
    problem.status = 400;
    problem.code = "invalid_input";
    problem.detail = {"Un objet JSON avec exactement ces textes est attendu : " + fields + ".",
                      "A JSON object with exactly these texts is expected: " + fields + "."};
    return problem;
}

Problem wrong_media_type() {
    Problem problem;
    problem.status = 415;
    problem.code = "not_acceptable";
    problem.detail = {"Content-Type: application/json est attendu.",
                      "Content-Type: application/json is expected."};
    return problem;
}

bool is_json(std::string_view content_type) {
    // A form of another site can not send this type without asking first (CORS).
    return content_type.substr(0, content_type.find(';')) == "application/json";
}

Problem refused_sign_in() {
    Problem problem;
    problem.status = 401;
    problem.code = "sign_in_failed";
    problem.detail = {"Identifiant ou mot de passe incorrect.", "Wrong user name or password."};
    return problem;
}

Problem throttled(std::chrono::seconds wait) {
    Problem problem;
    problem.status = 429;
    problem.code = "sign_in_throttled";
    problem.retry_after_s = static_cast<int>(wait.count());
    const auto seconds = std::to_string(wait.count());
    problem.detail = {"Trop d'essais ; prochain essai possible dans " + seconds + " s.",
                      "Too many attempts; try again in " + seconds + " s."};
    return problem;
}

Problem journal_refused() {
    Problem problem;
    problem.status = 503;
    problem.code = "unavailable";
    problem.detail = {
        "Le journal des consultations ne peut pas être écrit : aucune connexion n'est ouverte.",
        "The record of consultations can not be written: no session is opened."};
    problem.retry_after_s = 5;
    return problem;
}

/// A refusal is given at a multiple of this after the attempt began: the disk writes that only a
/// known login costs must not show.
constexpr std::chrono::milliseconds refusal_grain{250};

/// Holds the doorman back; nobody else waits on that thread but other attempts to sign in.
void wait_for_grain(std::chrono::steady_clock::time_point begun) {
    const auto taken = std::chrono::steady_clock::now() - begun;
    std::this_thread::sleep_until(begun + (taken / refusal_grain + 1) * refusal_grain);
}

/// Writes a failed sign-in of a known account; that of an unknown one would let strangers fill the
/// journal with words.
void note_failure(Application& application, std::string_view login) {
    const auto account = application.observatory().accounts->find_account(login);
    if (!account || !*account) {
        application.log().warning("sign_in_failed", {{"account", "unknown"}});
        return;
    }
    SignedIn who;
    who.login = (*account)->login;
    who.role = (*account)->role;
    if (const auto written =
            application.journal().write(who, {"sign_in_failed", "", 0}, application.now());
        !written) {
        application.log().error("journal_not_written",
                                {{"error", std::string_view(written.error().message)}});
    }
}

/// Opens the session of a right password, in the journal first.
Reply open_session(Application& application, const Call& call, const governance::Account& account,
                   governance::Purpose purpose) {
    const Instant now = application.now();
    SignedIn who;
    who.login = account.login;
    who.role = account.role;
    who.purpose = purpose;
    if (const auto written = application.journal().write(who, {"sign_in", "", 0}, now); !written) {
        application.log().error("journal_not_written",
                                {{"error", std::string_view(written.error().message)}});
        return refuse(journal_refused());
    }
    auto opened = application.sessions().open(account, purpose, now);
    if (!opened) {
        return refuse(application.problem_of_failure(opened.error(), call.route->name));
    }
    auto response = json_response(session_json(opened->session, application.reference()->calendar));
    response.headers.emplace_back(
        "Set-Cookie", cookie_line(opened->cookie_value, application.is_https(call.request)));
    return response;
}

}  // namespace

Reply show_session(Application& application, const Call& call) {
    return json_response(session_json(*call.who, application.reference()->calendar));
}

Reply sign_in(Application& application, const Call& call) {
    if (!is_json(call.request.content_type)) {
        return refuse(wrong_media_type());
    }
    const auto fields = parse_text_fields(call.request.body, {"user", "password", "purpose"});
    const auto purpose = fields ? governance::purpose_from((*fields)[2]) : std::nullopt;
    if (!fields) {
        return refuse(wrong_body("user, password, purpose"));
    }
    if (!purpose) {
        return refuse(bad_parameter(
            "purpose",
            {"Finalité inconnue ; analysis, preparation, control ou administration est attendu.",
             "Unknown purpose; analysis, preparation, control or administration is expected."}));
    }
    const auto& login = (*fields)[0];
    const auto begun = std::chrono::steady_clock::now();
    auto verdict = application.sign_ins().verify(login, (*fields)[1], application.now());
    if (!verdict) {
        return refuse(application.problem_of_failure(verdict.error(), call.route->name));
    }
    switch (verdict->outcome) {
        case SignInDesk::Outcome::too_early:
            return refuse(throttled(verdict->wait));
        case SignInDesk::Outcome::wrong:
            note_failure(application, login);
            wait_for_grain(begun);
            return refuse(refused_sign_in());
        case SignInDesk::Outcome::right:
            break;
    }
    return open_session(application, call, *verdict->account, *purpose);
}

Reply sign_out(Application& application, const Call& call) {
    if (const auto closed = application.sessions().close(call.who->token_hash); !closed) {
        return refuse(application.problem_of_failure(closed.error(), call.route->name));
    }
    if (const auto written =
            application.journal().write(*call.who, {"sign_out", "", 0}, application.now());
        !written) {
        application.log().error("journal_not_written",
                                {{"error", std::string_view(written.error().message)}});
    }
    Response response;
    response.status = 204;
    response.headers.emplace_back("Set-Cookie",
                                  cookie_line("", application.is_https(call.request)));
    return response;
}

Reply change_password(Application& application, const Call& call) {
    const auto fields = is_json(call.request.content_type)
                            ? parse_text_fields(call.request.body, {"current", "new"})
                            : std::nullopt;
    if (!fields) {
        return refuse(is_json(call.request.content_type) ? wrong_body("current, new")
                                                         : wrong_media_type());
    }
    const auto& who = *call.who;
    const auto& fresh = (*fields)[1];
    auto verdict = application.sign_ins().verify(who.login, (*fields)[0], application.now());
    if (!verdict) {
        return refuse(application.problem_of_failure(verdict.error(), call.route->name));
    }
    if (verdict->outcome == SignInDesk::Outcome::too_early) {
        return refuse(throttled(verdict->wait));
    }
    if (verdict->outcome == SignInDesk::Outcome::wrong) {
        auto problem = refused_sign_in();
        problem.status = 403;
        problem.detail = {"Le mot de passe actuel n'est pas le bon.",
                          "The current password is wrong."};
        return refuse(std::move(problem));
    }
    auto right = governance::check_new_password(who.login, fresh);
    if (right && fresh == (*fields)[0]) {
        right = fail(ErrorCode::invalid_input,
                     "le nouveau mot de passe doit être différent de l'actuel");
    }
    if (!right) {
        return refuse(problem_of(right.error()));
    }
    const auto change = [&]() -> Status {
        auto account = *verdict->account;
        account.password_hash = TRY(hash_password(fresh));
        account.must_change_password = false;
        TRY(application.journal().write(who, {"password_changed", "", 0}, application.now()));
        TRY(application.observatory().accounts->save_account(account));
        return application.sessions().close_others(who, application.now());
    };
    if (const auto changed = change(); !changed) {
        return refuse(application.problem_of_failure(changed.error(), call.route->name));
    }
    Response response;
    response.status = 204;
    return response;
}

}  // namespace vigie::api
