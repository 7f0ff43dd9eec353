// JSON escaping, for the two places that write JSON without a library: log lines and large answers.
#pragma once

#include <string>
#include <string_view>

namespace vigie {

/// Appends `text` with what JSON does not allow inside a string escaped; no quotes around. `text` is UTF-8.
void append_json_text(std::string& out, std::string_view text);

}  // namespace vigie
