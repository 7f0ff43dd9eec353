// Intervals for counts that hold for small counts too: no normal approximation, so that 3 facts are
// not given an interval that reaches below zero. Exact means: covers the truth at least 95 % of the
// time.
#pragma once

#include <cstdint>

namespace vigie::past {

struct Interval {
    double low = 0.0;
    double high = 0.0;
};

/// 95 % interval of the mean of which `count` is one Poisson draw.
/// Source: Garwood 1936, "Fiducial limits for the Poisson distribution", doi:10.2307/2333958.
[[nodiscard]] Interval poisson_interval(std::uint64_t count);

/// 95 % interval of count's mean over compared's mean, minus 1: the relative change. Given their
/// sum, `count` is binomial. compared > 0. Source: Przyborowski & Wilenski 1940,
/// doi:10.2307/2332612; Clopper & Pearson 1934, doi:10.2307/2331986.
[[nodiscard]] Interval change_interval(std::uint64_t count, std::uint64_t compared);

}  // namespace vigie::past
