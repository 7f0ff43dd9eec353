// Bodies of requests.
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "api/http_text.h"
#include "api/json_body.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string_view body(reinterpret_cast<const char*>(data), size);
    const auto fields = vigie::api::parse_text_fields(body, {"user", "password", "purpose"});
    if (fields && (fields->size() != 3 || !vigie::api::is_utf8(fields->front()))) {
        std::abort();
    }
    return 0;
}
