// Who looked: reading the journal, which is itself a look.
#pragma once

#include "api/router.h"

namespace vigie::api {

[[nodiscard]] Reply show_journal(Application& application, const Call& call);

}  // namespace vigie::api
