// Words that the services' files and their live messages share.
#pragma once

#include <string>
#include <string_view>

#include "simulator/records.h"

namespace vigie::simulator {

/// The category as the service writes it: empty or a code that nobody knows where that fault was planted.
[[nodiscard]] std::string_view code_of(const Record& record);
/// How the logbook says that it was known, in UTF-8; empty where it does not say.
[[nodiscard]] std::string_view origin_of(const Record& record);
/// A text of letters up to U+00FF as cp1252, where each is one byte.
[[nodiscard]] std::string cp1252(std::string_view utf8);

}  // namespace vigie::simulator
