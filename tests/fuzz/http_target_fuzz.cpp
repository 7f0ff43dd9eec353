// Everything that reads bytes of a request: the HTTP parser with our bounds, query strings,
// cookies, hosts, language and encoding wishes. What is checked besides not crashing: decoding
// gives valid UTF-8 back.
#include <algorithm>
#include <array>
#include <cstdint>
#include <cstdlib>
#include <cstring>
#include <span>
#include <string_view>

#include "api/http_text.h"
#include "api/json_writer.h"
#include "api/request_reader.h"
#include "api/router.h"

using namespace vigie::api;

namespace {

void require(bool fact) {
    if (!fact) {
        std::abort();
    }
}

/// Two routes of the shapes there are; the real table would bring the whole room along.
std::span<const Route> some_routes() {
    static const std::array<Route, 2> table = [] {
        std::array<Route, 2> made;
        made[0].pattern = "/past/view";
        made[1].pattern = "/boundaries/{layer}";
        return made;
    }();
    return table;
}

void read_texts(std::string_view text) {
    if (const auto decoded = percent_decoded(text, true)) {
        require(is_utf8(*decoded));
        require(decoded->size() <= text.size());
    }
    if (const auto parameters = parse_query(text)) {
        require(parameters->size() <= parameters_max);
        for (const auto& parameter : *parameters) {
            require(find_parameter(*parameters, parameter.name) == parameter.value);
        }
    }
    static_cast<void>(find_cookie(text, "vigie_session"));
    static_cast<void>(host_name_of(text));
    static_cast<void>(preferred_language(text));
    static_cast<void>(accepts_gzip(text));
    static_cast<void>(matches_etag(text, "W/\"a\""));
    static_cast<void>(find_route(some_routes(), Method::get, text));
    JsonWriter json;
    json.text(text);
    require(is_utf8(json.take()));
}

void read_request(std::string_view bytes) {
    RequestReader reader;
    auto state = reader.begin();
    while (state == RequestReader::State::needs_more && !bytes.empty()) {
        const auto room = reader.room();
        // Pieces of the size of the first byte: where a request is cut must not matter.
        const auto step = static_cast<std::size_t>(static_cast<unsigned char>(bytes.front())) + 1;
        const auto count = std::min({room.size(), step, bytes.size()});
        std::memcpy(room.data(), bytes.data(), count);
        bytes.remove_prefix(count);
        state = reader.take(count);
        if (state == RequestReader::State::done) {
            const auto request = reader.request();
            require(request.path.starts_with('/'));
            require(request.body.size() <= request_body_bytes_max);
            read_texts(request.query);
            read_texts(request.cookie);
            state = reader.begin();
        }
    }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string_view text(reinterpret_cast<const char*>(data), size);
    read_texts(text);
    read_request(text);
    return 0;
}
