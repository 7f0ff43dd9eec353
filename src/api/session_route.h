// Signing in and out, and changing one's password.
#pragma once

#include "api/router.h"

namespace vigie::api {

[[nodiscard]] Reply show_session(Application& application, const Call& call);
[[nodiscard]] Reply sign_in(Application& application, const Call& call);
[[nodiscard]] Reply sign_out(Application& application, const Call& call);
[[nodiscard]] Reply change_password(Application& application, const Call& call);

}  // namespace vigie::api
