// The runs of the intake.
#pragma once

#include "api/router.h"

namespace vigie::api {

/// Runs shown, latest first.
inline constexpr std::size_t imports_shown_max = 1000;

[[nodiscard]] Reply show_imports(Application& application, const Call& call);

}  // namespace vigie::api
