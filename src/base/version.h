// Which program this is, as said by `vigie version`, the screens and every export.
#pragma once

#include <string_view>

namespace vigie {

/// "0.1.0": the version of CMakeLists.txt.
[[nodiscard]] std::string_view program_version();

}  // namespace vigie
