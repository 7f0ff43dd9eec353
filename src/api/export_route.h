// Exactly what is shown, as a file.
#pragma once

#include "api/router.h"

namespace vigie::api {

[[nodiscard]] Reply export_past(Application& application, const Call& call);

}  // namespace vigie::api
