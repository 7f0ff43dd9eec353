#include "api/static_files.h"

#include <algorithm>
#include <array>

#include "api/http_text.h"

namespace vigie::api {

namespace {

/// The screens of the UI. A list, not "whatever is unknown", so that a wrong address is told to be
/// wrong.
constexpr std::array<std::string_view, 15> screens = {
    "/",        "/hier",    "/aujourdhui", "/demain",      "/agenda",     "/gouvernance",
    "/journal", "/imports", "/connexion",  "/quarantaine", "/motdepasse", "/compte",
    "/aide",    "/sources", "/apropos"};

}  // namespace

bool is_screen_path(std::string_view path) {
    if (path.size() > 1 && path.ends_with('/')) {
        path.remove_suffix(1);
    }
    return std::find(screens.begin(), screens.end(), path) != screens.end();
}

StaticFiles::StaticFiles() {
    for (const auto& asset : web::assets()) {
        files_.emplace(asset.path, &asset);
    }
}

std::optional<Response> StaticFiles::find(const Request& request) const {
    if (request.method != Method::get && request.method != Method::head) {
        return std::nullopt;
    }
    const auto found = files_.find(is_screen_path(request.path) ? "/index.html" : request.path);
    if (found == files_.end()) {
        return std::nullopt;
    }
    const auto& asset = *found->second;
    Response response;
    response.etag = "W/";
    response.etag += asset.etag;
    response.keep = asset.immutable ? Keep::for_ever : Keep::page;
    if (matches_etag(request.if_none_match, response.etag)) {
        response.status = 304;
        return response;
    }
    response.content_type = asset.content_type;
    response.gzip = !asset.gzip.empty() && accepts_gzip(request.accept_encoding);
    response.body = Body::of_program(response.gzip ? asset.gzip : asset.plain);
    return response;
}

}  // namespace vigie::api
