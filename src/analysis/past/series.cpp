#include "analysis/past/series.h"

#include <algorithm>

namespace vigie::past {
namespace {

using std::chrono::year_month_day;
using std::chrono::years;

bool is_leap_day(LocalDay day) {
    const year_month_day date = civil_from_day(day);
    return date.month() == std::chrono::February && date.day() == std::chrono::day{29};
}

/// The same date `shift` years on; 28 February where there is no 29th.
LocalDay moved_by(LocalDay day, years shift) {
    const year_month_day moved = civil_from_day(day) + shift;
    return day_from_civil(
        moved.ok() ? moved : year_month_day{moved.year() / moved.month() / std::chrono::last});
}

LocalHour end_year_before(HourRange period) {
    const LocalDay day = day_of(period.end);
    if (is_leap_day(day) && day_of(period.begin) != day) {
        return first_hour_of(LocalDay{moved_by(day, years{-1}).raw() + 1});
    }
    return year_before(period.end);
}

Series empty_series(Bin bin, HourRange period) {
    const std::int32_t first = bin_number(bin, first_day_of(period));
    const std::int32_t last = bin_number(bin, last_day_of(period));
    return Series{bin, start_of_bin(bin, first),
                  std::vector<std::uint64_t>(static_cast<std::size_t>(last - first + 1), 0)};
}

void add(Series& series, LocalDay day, std::uint64_t count) {
    const std::int32_t first = bin_number(series.bin, series.start);
    series.counts[static_cast<std::size_t>(bin_number(series.bin, day) - first)] += count;
}

}  // namespace

LocalDay first_day_of(HourRange period) {
    return day_of(period.begin);
}

LocalDay last_day_of(HourRange period) {
    return day_of(LocalHour{period.end.raw() - 1});
}

LocalHour year_before(LocalHour hour) {
    return LocalHour{moved_by(day_of(hour), years{-1}).raw() * 24 + hour_of_day(hour)};
}

std::optional<HourRange> period_to_compare(HourRange period, Comparison comparison) {
    switch (comparison) {
        case Comparison::none:
            return std::nullopt;
        case Comparison::previous_period: {
            const std::int32_t hours = period.end.raw() - period.begin.raw();
            return HourRange{LocalHour{period.begin.raw() - hours}, period.begin};
        }
        case Comparison::same_period_last_year:
            return HourRange{year_before(period.begin), end_year_before(period)};
    }
    return std::nullopt;
}

std::int32_t bin_number(Bin bin, LocalDay day) {
    switch (bin) {
        case Bin::day:
            return day.raw();
        case Bin::week:
            return week_of(day);
        case Bin::month:
            return month_of(day);
    }
    return day.raw();
}

LocalDay start_of_bin(Bin bin, std::int32_t number) {
    switch (bin) {
        case Bin::day:
            return LocalDay{number};
        case Bin::week:
            return LocalDay{number * 7 - 3};  // week 0 began on Monday 1969-12-29
        case Bin::month:
            return day_from_civil(std::chrono::year{1970} / std::chrono::January / 1 +
                                  std::chrono::months{number});
    }
    return LocalDay{number};
}

Series series_of(Bin bin, HourRange period, std::span<const DayCount> days) {
    Series series = empty_series(bin, period);
    for (const DayCount& entry : days) {
        if (entry.day >= first_day_of(period) && entry.day <= last_day_of(period)) {
            add(series, entry.day, entry.count);
        }
    }
    return series;
}

Series series_opposite(Bin bin, const Opposite& opposite, std::span<const DayCount> compared_days) {
    Series series = empty_series(bin, opposite.period);
    const LocalDay first = first_day_of(opposite.period);
    const LocalDay last = last_day_of(opposite.period);
    const LocalDay compared_first = first_day_of(opposite.compared);
    for (const DayCount& entry : compared_days) {
        if (entry.day < compared_first || entry.day > last_day_of(opposite.compared)) {
            continue;
        }
        const LocalDay facing =
            opposite.comparison == Comparison::same_period_last_year
                ? moved_by(entry.day, years{1})
                : LocalDay{entry.day.raw() - compared_first.raw() + first.raw()};
        add(series, std::clamp(facing, first, last), entry.count);
    }
    return series;
}

}  // namespace vigie::past
