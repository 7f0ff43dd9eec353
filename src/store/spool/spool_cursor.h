// The small file that says how far the inbox has been drained. Private to store/spool.
#pragma once

#include <array>
#include <cstdint>
#include <string>

#include "base/result.h"

namespace vigie::spool {

struct Cursor {
    std::uint64_t released = 0;  ///< everything up to here has been drained
    std::uint64_t durable = 0;   ///< messages up to here were on disk when this was written: fewer later means loss
    std::array<std::uint8_t, 8> key_id{};
    friend bool operator==(const Cursor&, const Cursor&) = default;
};

inline constexpr const char* cursor_name = "cursor";

[[nodiscard]] std::string cursor_text(const Cursor& cursor);
/// Errors: corrupt for any text that cursor_text() does not write.
[[nodiscard]] Result<Cursor> parse_cursor(const std::string& text);

}  // namespace vigie::spool
