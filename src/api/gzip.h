// Compressed answers.
#pragma once

#include <string>
#include <string_view>

namespace vigie::api {

/// Smallest answer worth compressing, in bytes: below, it fits in one network packet anyway.
inline constexpr std::size_t gzip_bytes_min = 1'200;

/// Fast enough not to be felt beside the counting; files that are compressed once take the best.
inline constexpr int gzip_level_fast = 2;
inline constexpr int gzip_level_best = 9;

/// `text` as a gzip file (RFC 1952). level: 1 (fast) to 9 (small).
[[nodiscard]] std::string gzip_of(std::string_view text, int level);

}  // namespace vigie::api
