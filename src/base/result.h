// How a function says that it could not do its work. Expected failure is a value: a `Result<T>` holds
// either a T or an Error, and TRY passes the error up in one word. Exceptions are never thrown here.
#pragma once

#include <cstdint>
#include <string>
#include <tl/expected.hpp>
#include <utility>

namespace vigie {

/// Why something failed, in the few kinds a caller can act upon. `api/` maps them to HTTP once.
enum class ErrorCode : std::uint8_t {
    invalid_input,  ///< what was given is wrong; the message says what, where and what was expected
    not_found,      ///< what was asked for does not exist
    denied,         ///< it exists, and the asker may not have it
    conflict,       ///< it clashes with the present state (lock held, version moved, already there)
    unavailable,    ///< it may work later: disk full, peer down, cancelled
    corrupt,        ///< stored bytes are not what was written
    internal,       ///< a fault of this program
};

/// What happened, where, and what was expected. Never the content of a record.
struct Error {
    ErrorCode code = ErrorCode::internal;
    std::string message;
};

template <class T>
using Result = tl::expected<T, Error>;
using Status = Result<void>;

/// Builds the error side of any Result.
[[nodiscard]] inline tl::unexpected<Error> fail(ErrorCode code, std::string message) {
    return tl::unexpected<Error>(Error{code, std::move(message)});
}

/// The stable lower-case name of a code, as used in logs and problem documents.
[[nodiscard]] constexpr const char* name_of(ErrorCode code) {
    switch (code) {
        case ErrorCode::invalid_input: return "invalid_input";
        case ErrorCode::not_found: return "not_found";
        case ErrorCode::denied: return "denied";
        case ErrorCode::conflict: return "conflict";
        case ErrorCode::unavailable: return "unavailable";
        case ErrorCode::corrupt: return "corrupt";
        case ErrorCode::internal: return "internal";
    }
    return "internal";
}

/// The value of a result known to hold one; nothing for a Status, whose tl::expected<void> has no value().
template <class T>
[[nodiscard]] T value_of_try(Result<T>&& result) {
    return std::move(result).value();
}
inline void value_of_try(Status&& /*status*/) {}

}  // namespace vigie

#define VIGIE_JOIN2(a, b) a##b
#define VIGIE_JOIN(a, b) VIGIE_JOIN2(a, b)
// NOLINTBEGIN(bugprone-macro-parentheses): a name that is declared can not be in parentheses
#define VIGIE_TRY(name, expression)                                            \
    __extension__({                                                            \
        auto name = (expression);                                              \
        if (!name) return tl::unexpected<vigie::Error>(std::move(name).error()); \
        vigie::value_of_try(std::move(name));                                  \
    })
// NOLINTEND(bugprone-macro-parentheses)
/// The value of `expression`, or an early return of its error from the enclosing function.
/// Not inside a braced list or beside other temporaries: the early return does not destroy those already made (g++ 12 leaks them).
#define TRY(expression) VIGIE_TRY(VIGIE_JOIN(try_result_, __COUNTER__), expression)
