// The table of routes, and how a path finds its line.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "api/http_message.h"
#include "api/http_text.h"
#include "api/problem.h"
#include "api/session_desk.h"
#include "governance/roles.h"

namespace vigie::api {

class Application;

/// Which threads may answer.
enum class Lane : std::uint8_t {
    at_once,  ///< the network's own: touches no disk and counts nothing
    worker,   ///< counts, reads the stores
    inbox,    ///< the inbox's: the answer comes once the disk has the message
    doorman,  ///< one alone: passwords take 64 MiB each
};

/// Who may come in.
enum class Door : std::uint8_t {
    open,                    ///< anybody
    signed_in,               ///< a live session whose password need not be changed
    even_to_change_password, ///< a live session
    token,                   ///< no session: a token of a source, which the desk of feeds checks
};

struct Route;

/// A request that has passed the door of its route.
struct Call {
    const Request& request;
    const Route* route = nullptr;
    std::string path_argument;  ///< decoded value of the {…} of the pattern, or empty
    Parameters parameters;      ///< only names that the route knows
    std::optional<SignedIn> who;
    Language language = Language::fr;
};

struct Route {
    Method method = Method::get;
    std::string_view pattern;  ///< below /api/v1; may end in one "{name}"
    std::string_view name;     ///< for the access log and the journal
    Lane lane = Lane::worker;
    Door door = Door::signed_in;
    std::optional<governance::Action> action;  ///< what governance must allow
    std::span<const std::string_view> parameters;
    bool from_cache = false;  ///< the answer may lie ready in the cache
    Reply (*handler)(Application&, const Call&) = nullptr;
};

/// Every route of the interface.
[[nodiscard]] std::span<const Route> routes();

struct RouteMatch {
    const Route* route = nullptr;
    std::string_view path_argument;  ///< still percent-encoded
    std::string allow;               ///< when only the method is wrong: the methods that would do
};

/// path: below /api/v1. HEAD is answered by the GET of its path.
[[nodiscard]] RouteMatch find_route(std::span<const Route> table, Method method,
                                    std::string_view path);

}  // namespace vigie::api
