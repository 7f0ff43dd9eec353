// The files of the web UI as they lie in the binary (tools/embed_assets.py writes the table).
#pragma once

#include <cstddef>
#include <span>
#include <string_view>

namespace vigie::web {

struct Asset {
    std::string_view path;          ///< "/index.html", "/assets/app-1a2b3c.js"
    std::string_view content_type;
    std::string_view etag;          ///< SHA-256 of the plain bytes, quoted
    bool immutable;                 ///< the name carries a fingerprint: may be cached for ever
    std::string_view plain;
    std::string_view gzip;          ///< empty when compression does not help
};

[[nodiscard]] std::span<const Asset> assets();

}  // namespace vigie::web
