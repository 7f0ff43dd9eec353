#include "api/health_route.h"

#include "api/json_writer.h"
#include "base/version.h"

// NOLINTNEXTLINE(cppcoreguidelines-avoid-c-arrays): labels of openapi.S
extern "C" const char vigie_openapi_begin[], vigie_openapi_end[];

namespace vigie::api {

std::string_view openapi_text() {
    return {vigie_openapi_begin, static_cast<std::size_t>(vigie_openapi_end - vigie_openapi_begin)};
}

Reply show_health(Application&, const Call&) {
    JsonWriter json;
    json.open_object()
        .key("status")
        .text("ok")
        .key("version")
        .text(program_version())
        .close_object();
    return json_response(json.take());
}

Reply show_openapi(Application&, const Call&) {
    Response response;
    response.content_type = "application/json";
    response.keep = Keep::page;
    response.body = Body::of_program(openapi_text());
    return response;
}

}  // namespace vigie::api
