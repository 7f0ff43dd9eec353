// What is said when a request is refused: RFC 9457 problem documents with stable codes.
#pragma once

#include <string>
#include <string_view>

#include "api/http_message.h"
#include "base/result.h"

namespace vigie::api {

/// A sentence in both languages of the interface.
struct Sentence {
    std::string fr;
    std::string en;
};

struct Problem {
    int status = 500;
    std::string_view code = "internal";  ///< stable; one of openapi.json's Problem.code
    Sentence detail;
    std::string parameter;  ///< the query parameter at fault, or empty
    int retry_after_s = 0;  ///< 0: not said
    std::string allow;      ///< methods, for a 405
};

/// What a route gives.
using Reply = tl::expected<Response, Problem>;

[[nodiscard]] tl::unexpected<Problem> refuse(Problem problem);

/// The one place where an Error becomes HTTP. Details of internal and corrupt are kept for the log.
[[nodiscard]] Problem problem_of(const Error& error);

[[nodiscard]] Response problem_response(const Problem& problem, Language language);

// Problems that several routes meet.
[[nodiscard]] Problem bad_parameter(std::string name, Sentence detail);
[[nodiscard]] Problem sign_in_required();
[[nodiscard]] Problem too_busy();

}  // namespace vigie::api
