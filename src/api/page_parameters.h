// Parameters that are whole numbers: how many lines, from where.
#pragma once

#include <cstdint>
#include <string_view>

#include "api/http_text.h"
#include "api/problem.h"

namespace vigie::api {

/// Lines of a list when none are asked, and at most.
inline constexpr std::uint64_t page_lines_default = 100;
inline constexpr std::uint64_t page_lines_max = 1000;

struct Bounds {
    std::uint64_t low = 0;
    std::uint64_t high = 0;
};

/// The parameter, or `absent` when it was not given. Problems: invalid_input naming it, outside
/// `bounds`.
[[nodiscard]] tl::expected<std::uint64_t, Problem> number_parameter(const Parameters& parameters,
                                                                    std::string_view name,
                                                                    std::uint64_t absent,
                                                                    Bounds bounds);

}  // namespace vigie::api
