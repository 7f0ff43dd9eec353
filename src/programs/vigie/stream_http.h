// Deliveries by POST, over a few connections that stay open.
#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <string>

#include "base/result.h"
#include "programs/vigie/stream_book.h"
#include "programs/vigie/stream_transport.h"

namespace vigie::programs {

struct HttpTarget {
    std::string host;
    std::string port;
    std::string path;  ///< before /api/v1/ingest/..., without a slash at the end
};

/// "http://127.0.0.1:8080/before". Errors: invalid_input for anything but http:// with a host.
[[nodiscard]] Result<HttpTarget> parse_http_url(const std::string& url);

struct HttpStreamOptions {
    HttpTarget target;
    std::map<std::string, std::string, std::less<>> tokens;  ///< by key of source
    std::size_t connections = 4;
};

/// book and stop outlive it.
[[nodiscard]] std::unique_ptr<StreamTransport> make_http_transport(HttpStreamOptions options, StreamBook& book, StopSign& stop);

}  // namespace vigie::programs
