// TLS towards a broker: whom we believe, who we are, and in French why it was refused.
#pragma once

#include <string>

#include "base/result.h"
#include "intake/mqtt/mqtt_options.h"

// OpenSSL's own names of SSL_CTX and SSL.
struct ssl_ctx_st;  // NOLINT(readability-identifier-naming)
struct ssl_st;      // NOLINT(readability-identifier-naming)

namespace vigie::intake {

/// TLS 1.2 or later, the broker's certificate verified, ours given when there is one. No revocation lists are consulted: that
/// would be a connection to a third party. Errors: invalid_input for a file that can not be read or a key of another certificate.
[[nodiscard]] Status load_tls(ssl_ctx_st* context, const MqttOptions& options);

/// Asks that the certificate be one of `host`, a name (said to the broker by SNI) or an IP address. Errors: invalid_input.
[[nodiscard]] Status expect_host(ssl_st* connection, const std::string& host);

/// Why the handshake was refused, when it is for the broker's certificate; empty otherwise.
[[nodiscard]] std::string certificate_refusal(const ssl_st* connection, const std::string& host);

}  // namespace vigie::intake
