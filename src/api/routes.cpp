// The table of the interface; openapi.json says the same in more words (tests/api/openapi_test.cpp
// compares them).

#include <array>

#include "api/city_route.h"
#include "api/health_route.h"
#include "api/router.h"
#include "api/session_route.h"

namespace vigie::api {

namespace {

using governance::Action;

constexpr std::span<const std::string_view> no_parameters{};

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
};

}  // namespace

std::span<const Route> routes() {
    return table;
}

}  // namespace vigie::api
