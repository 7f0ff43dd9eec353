// The table of the interface; openapi.json says the same in more words (tests/api/openapi_test.cpp
// compares them).

#include <array>

#include "api/asked_question.h"
#include "api/city_route.h"
#include "api/export_route.h"
#include "api/health_route.h"
#include "api/imports_route.h"
#include "api/ingest_route.h"
#include "api/journal_route.h"
#include "api/quarantine_route.h"
#include "api/router.h"
#include "api/session_route.h"
#include "api/yesterday_route.h"

namespace vigie::api {

namespace {

using governance::Action;

constexpr std::span<const std::string_view> no_parameters{};

constexpr std::string_view export_parameters[] = {
    "from", "to",   "cat",     "src",     "origin", "district", "wd",     "hours", "sun",
    "unit", "cell", "measure", "compare", "bin",    "what",     "format", "lang"};
constexpr std::string_view quarantine_parameters[] = {"src", "offset", "limit"};
constexpr std::string_view journal_parameters[] = {"before", "limit"};
constexpr auto view_parameters = std::span(question_parameters).first(view_parameter_count);

const std::array table = {
    Route{Method::get, "/health", "health", Lane::at_once, Door::open, std::nullopt, no_parameters,
          false, show_health},
    Route{Method::get, "/openapi.json", "openapi", Lane::at_once, Door::open, std::nullopt,
          no_parameters, false, show_openapi},
    Route{Method::get, "/session", "session", Lane::worker, Door::even_to_change_password,
          std::nullopt, no_parameters, false, show_session},
    Route{Method::post, "/session", "sign_in", Lane::doorman, Door::open, std::nullopt,
          no_parameters, false, sign_in},
    Route{Method::delete_, "/session", "sign_out", Lane::worker, Door::even_to_change_password,
          std::nullopt, no_parameters, false, sign_out},
    Route{Method::post, "/session/password", "change_password", Lane::doorman,
          Door::even_to_change_password, std::nullopt, no_parameters, false, change_password},
    Route{Method::get, "/city", "city", Lane::worker, Door::signed_in, Action::read_aggregates,
          no_parameters, false, show_city},
    Route{Method::get, "/catalogue", "catalogue", Lane::worker, Door::signed_in,
          Action::read_aggregates, no_parameters, false, show_catalogue},
    Route{Method::get, "/boundaries/{layer}", "boundaries", Lane::worker, Door::signed_in,
          Action::read_aggregates, no_parameters, false, show_boundaries},
    Route{Method::get, "/past/view", "past.view", Lane::worker, Door::signed_in,
          Action::read_aggregates, view_parameters, true, show_view},
    Route{Method::get, "/past/frames", "past.frames", Lane::worker, Door::signed_in,
          Action::read_aggregates, question_parameters, true, show_frames},
    Route{Method::get, "/past/export", "past.export", Lane::worker, Door::signed_in,
          Action::export_aggregates, export_parameters, false, export_past},
    Route{Method::get, "/quarantine", "quarantine", Lane::worker, Door::signed_in,
          Action::read_quarantine, quarantine_parameters, false, show_quarantine},
    Route{Method::get, "/imports", "imports", Lane::worker, Door::signed_in,
          Action::read_aggregates, no_parameters, false, show_imports},
    Route{Method::post, "/ingest/{source}", "ingest", Lane::inbox, Door::token, std::nullopt, no_parameters, false, nullptr},
    Route{Method::get, "/ingest/receipts/{receipt}", "receipt", Lane::worker, Door::token, std::nullopt, no_parameters, false,
          show_receipt},
    Route{Method::get, "/journal", "journal", Lane::worker, Door::signed_in, Action::read_journal,
          journal_parameters, false, show_journal},
};

}  // namespace

std::span<const Route> routes() {
    return table;
}

}  // namespace vigie::api
