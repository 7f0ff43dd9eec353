#include "api/router.h"

namespace vigie::api {

namespace {

/// The part of `path` that stands for the {…} of `pattern` (empty for none); nullopt when they do
/// not match.
std::optional<std::string_view> match_path(std::string_view pattern, std::string_view path) {
    const auto brace = pattern.find('{');
    if (brace == std::string_view::npos) {
        return pattern == path ? std::optional<std::string_view>(std::string_view{}) : std::nullopt;
    }
    if (!path.starts_with(pattern.substr(0, brace))) {
        return std::nullopt;
    }
    const auto argument = path.substr(brace);
    return argument.empty() || argument.find('/') != std::string_view::npos
               ? std::nullopt
               : std::optional(argument);
}

}  // namespace

RouteMatch find_route(std::span<const Route> table, Method method, std::string_view path) {
    const Method wanted = method == Method::head ? Method::get : method;
    RouteMatch match;
    for (const auto& route : table) {
        const auto argument = match_path(route.pattern, path);
        if (!argument) {
            continue;
        }
        if (route.method == wanted) {
            match.route = &route;
            match.path_argument = *argument;
            match.allow.clear();
            return match;
        }
        match.allow += match.allow.empty() ? "" : ", ";
        match.allow +=
            route.method == Method::get ? "GET, HEAD" : std::string(name_of(route.method));
    }
    return match;
}

}  // namespace vigie::api
