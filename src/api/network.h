// Sockets, TLS and the bytes of HTTP/1.1. Everything that knows Boost.Beast is in network.cpp.
#pragma once

#include <cstdint>
#include <memory>
#include <string>

#include "api/responder.h"
#include "base/result.h"

namespace vigie::api {

struct NetworkOptions {
    std::string address;
    std::uint16_t port = 0;
    std::string tls_certificate;  ///< PEM files; both or none
    std::string tls_key;
    int workers = 2;
    std::size_t connections_max = 1024;
    bool https = false;  ///< the browser speaks HTTPS to us or to the proxy before us
};

// Bounds of one exchange (those of a request's size are in request_reader.h). Reasons: a browser
// that is there sends a request in well under 10 s; an answer of 10 MB takes 40 s on a line of 2
// Mbit/s.
inline constexpr std::chrono::seconds idle_time_max{75};
inline constexpr std::chrono::seconds request_time_max{10};
inline constexpr std::chrono::seconds response_time_max{60};
inline constexpr std::chrono::seconds handshake_time_max{10};
inline constexpr std::chrono::seconds goodbye_time_max{1};
inline constexpr std::chrono::seconds stop_time_max{5};
/// Most requests waiting for a worker, and for the doorman (0.1 s each).
inline constexpr int worker_queue_max = 256;
inline constexpr int doorman_queue_max = 16;
/// Bodies above request_body_bytes_max that may be under way together, in bytes.
inline constexpr std::uint64_t large_bodies_bytes_max = 128ULL << 20;
/// Messages waiting for the disk: the inbox bounds their bytes, this their number.
inline constexpr int inbox_waiting_max = 4096;
/// Most connections beyond connections_max that are told so; the others are just closed.
inline constexpr std::size_t refusals_max = 64;

class Network {
  public:
    /// Binds. `responder` outlives it. Errors: invalid_input for an address or certificate that can
    /// not be read, unavailable when the port is taken.
    [[nodiscard]] static Result<std::unique_ptr<Network>> open(const NetworkOptions& options,
                                                               Responder& responder);
    virtual ~Network() = default;
    [[nodiscard]] virtual std::uint16_t port() const = 0;
    virtual void run() = 0;
    /// From any thread.
    virtual void stop() = 0;
};

/// Errors: invalid_input when `address` is not an IP address.
[[nodiscard]] Result<bool> is_loopback_address(const std::string& address);

}  // namespace vigie::api
