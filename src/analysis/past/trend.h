// One word for a series of daily counts: stable, rising or falling, with the interval that justifies it.
#pragma once

#include <cstdint>
#include <span>
#include <string>

namespace vigie::past {

enum class TrendWord : std::uint8_t { insufficient, stable, rising, falling };

struct Trend {
    TrendWord word = TrendWord::insufficient;
    double change = 0.0;  ///< estimated relative change of level over the period: 0.18 = +18 %
    double low = 0.0;     ///< 95 % interval of `change`
    double high = 0.0;
    std::size_t days = 0;
    double mean_per_day = 0.0;
};

/// Fewest days, and fewest facts, about which a word is said.
inline constexpr std::size_t trend_days_min = 56;
inline constexpr std::uint64_t trend_count_min = 50;

/// counts: one value a day, in order; first_weekday: 0 = Monday, the weekday of counts[0].
/// White noise is called stable at least 95 % of the time; a change of level of 25 % in 730 days at 10 a day is found.
[[nodiscard]] Trend trend_of(std::span<const std::uint64_t> counts, int first_weekday);

}  // namespace vigie::past
