// The city: what it is, what can be filtered by, and its outlines.
#pragma once

#include "api/router.h"

namespace vigie::api {

[[nodiscard]] Reply show_city(Application& application, const Call& call);
[[nodiscard]] Reply show_catalogue(Application& application, const Call& call);
[[nodiscard]] Reply show_boundaries(Application& application, const Call& call);

}  // namespace vigie::api
