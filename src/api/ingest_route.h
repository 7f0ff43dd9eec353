// GET /ingest/receipts/{receipt}: what became of a message. (POST /ingest/{source} does not pass here: its answer waits for the disk,
// see ingest_desk.h.)
#pragma once

#include "api/router.h"

namespace vigie::api {

[[nodiscard]] Reply show_receipt(Application& application, const Call& call);

}  // namespace vigie::api
