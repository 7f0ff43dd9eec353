#include "analysis/past/exact_intervals.h"

#include "analysis/past/special_functions.h"
#include "base/assert.h"

namespace vigie::past {
namespace {

constexpr double lower_tail = 0.025;
constexpr double upper_tail = 0.975;

}  // namespace

Interval poisson_interval(std::uint64_t count) {
    const auto n = static_cast<double>(count);
    return Interval{count == 0 ? 0.0 : gamma_quantile(n, lower_tail),
                    gamma_quantile(n + 1.0, upper_tail)};
}

Interval change_interval(std::uint64_t count, std::uint64_t compared) {
    VIGIE_ASSERT(compared > 0);
    const auto n = static_cast<double>(count);
    const auto m = static_cast<double>(compared);
    const double low = count == 0 ? 0.0 : beta_quantile(n, m + 1.0, lower_tail);
    const double high = beta_quantile(n + 1.0, m, upper_tail);
    return Interval{low / (1.0 - low) - 1.0, high / (1.0 - high) - 1.0};
}

}  // namespace vigie::past
