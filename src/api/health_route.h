// What may be known without signing in: that the server lives, and how to speak to it.
#pragma once

#include "api/router.h"

namespace vigie::api {

[[nodiscard]] Reply show_health(Application& application, const Call& call);
[[nodiscard]] Reply show_openapi(Application& application, const Call& call);

/// The text of openapi.json.
[[nodiscard]] std::string_view openapi_text();

}  // namespace vigie::api
