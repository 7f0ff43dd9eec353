// What the network asks of whoever answers.
#pragma once

#include <chrono>
#include <cstdint>
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
    /// Called on a thread of the lane that begin() named.
    [[nodiscard]] virtual Response answer(const Request& request) = 0;
    [[nodiscard]] virtual Response refuse_request(Refusal refusal, Language language) = 0;
    /// After the answer left, for the access log. Called on the network's thread.
    virtual void note_served(const Request& request, const Response& response,
                             std::chrono::microseconds took) = 0;
};

}  // namespace vigie::api
