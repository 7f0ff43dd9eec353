// One word for a series of daily counts: stable, rising or falling, with the interval that
// justifies it.
//
// The number is the level of the second half of the period against the first: a lasting +25 % that
// comes in the middle reads +25 %. (A slope would read +40 % from end to end for the same fact, and
// one that comes late reads less in either.) The method, published parts only:
//   1. days are added up to blocks of seven, so that the rhythm of the week cancels; the same
//   number of blocks is taken
//      from the start and from the end of the period, and at most 13 days in the middle are left
//      out;
//   2. log-linear Poisson regression of the blocks on « second half »; from two years on, also on
//   two yearly
//      harmonics, which take the season away (McCullagh & Nelder 1989, Generalized Linear Models,
//      ch. 6);
//   3. variance: times the Pearson dispersion, never below 1 (Wedderburn 1974,
//   doi:10.1093/biomet/61.3.439), times
//      (1 + r) / (1 - r) with r the lag-one correlation of the residuals, corrected for its bias in
//      short series and never below 0 (Bence 1995, doi:10.2307/1941218);
//   4. 95 % interval by Student's t with the degrees of freedom left after 3; « stable » when it
//   holds zero.
// Limits: below two years the season is NOT removed: July to December against January to June is
// also a difference of season. A level that wanders for months looks like a change, whatever made
// it. Measured error rates: bench/trend_bench.cpp.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>

namespace vigie::past {

enum class TrendWord : std::uint8_t { insufficient, stable, rising, falling };

struct Trend {
    TrendWord word = TrendWord::insufficient;
    double change =
        0.0;           ///< level of the second half of the period against the first: 0.18 = +18 %
    double low = 0.0;  ///< 95 % interval of `change`
    double high = 0.0;
    std::size_t days = 0;
    double mean_per_day = 0.0;
    bool season_removed = false;  ///< the period was long enough to tell the season from a change
};

/// Fewest days, and fewest facts, about which a word is said.
inline constexpr std::size_t trend_days_min = 56;
inline constexpr std::uint64_t trend_count_min = 50;
/// Days from which the season is removed: two years of 52 weeks.
inline constexpr std::size_t trend_season_days_min = 728;

/// counts: one value a day, in order; first_weekday: 0 = Monday, the weekday of counts[0] (the
/// answer does not depend on it). White noise is called stable at least 95 % of the time; a change
/// of level of 25 % in 730 days at 10 a day is found. Counts reversed give the inverse change
/// exactly. O(days).
[[nodiscard]] Trend trend_of(std::span<const std::uint64_t> counts, int first_weekday);

/// The method in three lines of French, for « pourquoi ? »; says whether the season was removed.
[[nodiscard]] std::string_view trend_method_fr(const Trend& trend);

}  // namespace vigie::past
