#pragma once

#include <string>
#include <system_error>

namespace vigie {

/// What the system says of an errno value. Any thread may ask, unlike std::strerror.
[[nodiscard]] inline std::string errno_text(int number) {
    return std::generic_category().message(number);
}

}  // namespace vigie
