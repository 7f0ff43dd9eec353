// What a network listens on: the bound socket and the certificate. For network.cpp, which moves the bytes.
#pragma once

#include <cstdint>

#include "api/network.h"

struct ssl_ctx_st;

namespace vigie::api {

struct ListeningSocket {
    int descriptor = -1;  ///< the caller's
    std::uint16_t port = 0;
    bool is_v6 = false;
};

/// Binds and listens. Errors: invalid_input for an address that can not be read, unavailable when the port is taken.
[[nodiscard]] Result<ListeningSocket> listen_on(const NetworkOptions& options);
/// An SSL_CTX of the caller's, or null when no certificate is named. Errors: invalid_input when it can not be read.
[[nodiscard]] Result<ssl_ctx_st*> load_certificate(const NetworkOptions& options);

}  // namespace vigie::api
