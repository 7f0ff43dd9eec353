// The only room that knows HTTP. One object that serves the screens and the interface of one
// observatory.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "api/ingest_desk.h"
#include "base/log.h"
#include "base/result.h"
#include "store/data_folder.h"

namespace vigie::api {

struct ServerOptions {
    std::string address = "127.0.0.1";
    std::uint16_t port = 8080;    ///< 0: any free port, see Server::port
    std::string tls_certificate;  ///< PEM files; required unless loopback or behind_proxy
    std::string tls_key;
    bool behind_proxy =
        false;  ///< a proxy on this machine ends TLS; X-Forwarded-* are believed from loopback only
    std::vector<std::string> allowed_hosts;  ///< Host headers accepted besides loopback names
    int workers = 2;                         ///< threads that answer questions
    std::size_t cache_bytes = 64ULL << 20;
    std::size_t connections_max = 1024;
};

/// Most threads that answer: beyond, the machine's cores are better left to the event engine.
inline constexpr int workers_max = 64;

/// Errors: invalid_input, in French, when serving so would be unsafe or impossible (see
/// Server::open).
[[nodiscard]] Status check_binding(const ServerOptions& options);

/// Reads the clock for the whole room; given by programs (nothing below reads it by itself).
using Clock = std::function<Instant()>;

class Server {
  public:
    /// inbox: what feeds write into (its store is not asked for), or nothing: then /ingest is closed.
    /// Binds; serves once run() is called. Errors: unavailable if the port is taken, invalid_input
    /// for an unsafe binding (an address that is not loopback needs TLS or a declared proxy).
    [[nodiscard]] static Result<std::unique_ptr<Server>> open(DataFolder& folder, Log& log,
                                                              Clock clock,
                                                              const ServerOptions& options,
                                                              InboxParts inbox = {});
    virtual ~Server() = default;
    [[nodiscard]] virtual std::uint16_t port() const = 0;
    /// Serves until stop(). Call from one thread.
    virtual void run() = 0;
    /// May be called from any thread, and from a signal-handling thread. Lets answers under way
    /// finish (5 s at most).
    virtual void stop() = 0;
    /// Re-reads city, taxonomy and sources after they changed, all or nothing: on error the old
    /// ones stay in force.
    [[nodiscard]] virtual Status reload() = 0;
};

}  // namespace vigie::api
