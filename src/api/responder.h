// What the network asks of whoever answers.
#pragma once

#include <chrono>
#include <cstdint>
#include <functional>
#include <optional>
#include <variant>

#include "api/http_message.h"
#include "api/router.h"

namespace vigie::api {

/// Why the network itself turns a request away.
enum class Refusal : std::uint8_t { malformed, head_too_large, body_too_large, length_unsaid, too_busy };

class Responder {
  public:
    virtual ~Responder() = default;
    /// Called on the network's thread, so it never waits: the answer, or where it is to be made.
    [[nodiscard]] virtual std::variant<Response, Lane> begin(const Request& request) = 0;
    /// Called on the network's thread with the head of a request whose body is above request_body_bytes_max: nothing to let it
    /// come, or why not.
    [[nodiscard]] virtual std::optional<Response> refuse_body(const Request& head) = 0;
    /// Of Lane::inbox: called on the network's thread, never waits. `done` is called once, from any thread.
    virtual void accept(const Request& request, std::function<void(Response)> done) = 0;
    /// Called on a thread of the lane that begin() named.
    [[nodiscard]] virtual Response answer(const Request& request) = 0;
    [[nodiscard]] virtual Response refuse_request(Refusal refusal, Language language) = 0;
    /// After the answer left, for the access log. Called on the network's thread.
    virtual void note_served(const Request& request, const Response& response,
                             std::chrono::microseconds took) = 0;
};

}  // namespace vigie::api
