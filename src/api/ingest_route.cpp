#include "api/ingest_route.h"

#include "api/application.h"

namespace vigie::api {

Reply show_receipt(Application& application, const Call& call) {
    return application.ingest().receipt(call.request, call.path_argument);
}

}  // namespace vigie::api
