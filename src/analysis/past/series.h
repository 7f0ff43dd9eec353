// Days, weeks and months of a period, and which day of another period stands opposite to which.
//
// The first and the last bin may be partial: a period that begins on a Wednesday has a first week
// of five days, and that bin counts those five days only. Nothing is scaled up.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "analysis/past/yesterday.h"

namespace vigie::past {

struct DayCount {
    LocalDay day;
    std::uint64_t count = 0;
};

/// First and last local day that the period touches. The period is not empty.
[[nodiscard]] LocalDay first_day_of(HourRange period);
[[nodiscard]] LocalDay last_day_of(HourRange period);

/// The same wall-clock hour one year earlier; 28 February for 29 February.
[[nodiscard]] LocalHour year_before(LocalHour hour);

/// The period an answer is compared with; none for Comparison::none.
/// previous_period: as many hours, just before. same_period_last_year: the same dates and hours one
/// year earlier. The 29th of February has no counterpart: a period that begins on it is compared
/// from the 28th; one that ends within it, to the end of the 28th.
[[nodiscard]] std::optional<HourRange> period_to_compare(HourRange period, Comparison comparison);

/// Number of the bin a day lies in: consecutive bins have consecutive numbers.
[[nodiscard]] std::int32_t bin_number(Bin bin, LocalDay day);
/// First day of a bin.
[[nodiscard]] LocalDay start_of_bin(Bin bin, std::int32_t number);

/// Counts of the days of `period` in bins that cover it, empty ones too. Days outside the period
/// are left out.
[[nodiscard]] Series series_of(Bin bin, HourRange period, std::span<const DayCount> days);

/// Counts of `compared` laid on the bins of `period`: sums to the counts of the compared period,
/// and has as many bins as series_of. A day stands opposite to the day as far from the start
/// (previous_period) or to the same date (same_period_last_year; 29 February goes with the 28th,
/// and has nothing opposite to it in a leap year). What would fall outside goes to the end bins.
struct Opposite {
    HourRange period;
    HourRange compared;
    Comparison comparison = Comparison::none;
};
[[nodiscard]] Series series_opposite(Bin bin, const Opposite& opposite,
                                     std::span<const DayCount> compared_days);

}  // namespace vigie::past
