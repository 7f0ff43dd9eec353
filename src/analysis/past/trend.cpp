#include "analysis/past/trend.h"

namespace vigie::past {

Trend trend_of(std::span<const std::uint64_t> counts, int /*first_weekday*/) {
    Trend trend;
    trend.days = counts.size();
    return trend;
}

}  // namespace vigie::past
