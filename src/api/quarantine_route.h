// What the intake refused, and where it was.
#pragma once

#include "api/router.h"

namespace vigie::api {

[[nodiscard]] Reply show_quarantine(Application& application, const Call& call);

}  // namespace vigie::api
