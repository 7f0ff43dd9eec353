// A request and an answer as the rest of the room sees them, so that no route knows which HTTP
// library carries them (network.cpp does).
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace vigie::api {

enum class Method : std::uint8_t { get, head, post, delete_, other };

/// The name as it stands in an Allow header and in the access log.
[[nodiscard]] std::string_view name_of(Method method);

enum class Language : std::uint8_t { fr, en };

/// One request. Views are valid until its answer has been sent.
struct Request {
    Method method = Method::other;
    std::string_view path;   ///< before '?', as sent
    std::string_view query;  ///< after '?', as sent
    std::string_view body;
    std::string_view host;
    std::string_view cookie;
    std::string_view origin;
    std::string_view sec_fetch_site;
    std::string_view csrf_token;
    std::string_view content_type;
    std::string_view accept_encoding;
    std::string_view accept_language;
    std::string_view if_none_match;
    std::string_view authorization;
    std::string_view content_encoding;
    std::string_view idempotency_key;  ///< Idempotency-Key
    std::string_view forwarded_host;   ///< X-Forwarded-Host
    std::string_view forwarded_proto;  ///< X-Forwarded-Proto
    bool from_loopback = false;
    bool over_tls = false;
};

/// How long an answer may be kept by the browser.
enum class Keep : std::uint8_t {
    never,       ///< no-store: says something about somebody's session, or about one moment
    revalidate,  ///< private, no-cache: kept by this browser, asked again each time with its ETag
    page,        ///< no-cache: public, asked again each time
    for_ever,    ///< public, immutable: the name carries a fingerprint
};

/// Bytes with whoever keeps them alive; `owner` may be empty when they are part of the program.
struct Body {
    std::shared_ptr<const std::string> owner;  // shared by the cache and the answers being sent
    std::string_view bytes;

    Body() = default;
    explicit Body(std::string text);
    explicit Body(std::shared_ptr<const std::string> text);
    /// The bytes of an embedded file.
    [[nodiscard]] static Body of_program(std::string_view bytes);
};

struct Response {
    int status = 200;
    std::string_view content_type;  ///< of static storage; empty when there is no body
    Keep keep = Keep::never;
    bool gzip = false;  ///< the body is compressed
    std::string etag;   ///< quoted, weak; empty for none
    std::vector<std::pair<std::string_view, std::string>> headers;  ///< names of static storage
    Body body;
    std::string_view route = "";  ///< name for the access log
};

/// A 200 with a JSON body.
[[nodiscard]] Response json_response(std::string body);

/// The head of `response` up to and with the empty line.
/// fixed: header lines that go with every answer (see security_headers), each ended by CR LF.
[[nodiscard]] std::string render_head(const Response& response, std::string_view fixed,
                                      bool keep_alive);

/// Content-Security-Policy and its companions, as header lines. Source: OWASP Secure Headers
/// Project; the policy lets the page speak to its own origin only (ARCHITECTURE, invariant 10).
[[nodiscard]] std::string security_headers(bool https);

}  // namespace vigie::api
