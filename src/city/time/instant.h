// When: an instant in UTC, and the local hour it falls in.
//
// Almost every question about a city is asked in local time ("Friday evenings", "July"), so the local
// hour of a fact is computed once, at the door, and kept. It is a plain count of hours of the local wall
// clock since 1970-01-01T00, which makes days, weekdays and hours integer arithmetic. The two passes
// through the repeated hour of October share one LocalHour; the skipped hour of March is never used.
#pragma once

#include <chrono>
#include <cstdint>

#include "base/strong.h"

namespace vigie {

/// A moment in UTC.
using Instant = std::chrono::sys_time<std::chrono::milliseconds>;

/// Hours of the local wall clock since 1970-01-01T00. Negative before.
using LocalHour = Strong<std::int32_t, struct LocalHourTag>;
/// Days of the local calendar since 1970-01-01. Negative before.
using LocalDay = Strong<std::int32_t, struct LocalDayTag>;

/// Facts outside [first_local_hour, last_local_hour) are refused as implausible: 1950-01-01 .. 2069-01-01.
inline constexpr LocalHour first_local_hour{-175'320};
inline constexpr LocalHour last_local_hour{867'840};

namespace local_time {
constexpr std::int32_t floor_div(std::int32_t a, std::int32_t b) {
    const std::int32_t q = a / b;
    return (a % b != 0 && a < 0) ? q - 1 : q;
}
}  // namespace local_time

[[nodiscard]] constexpr LocalDay day_of(LocalHour hour) {
    return LocalDay{local_time::floor_div(hour.raw(), 24)};
}
[[nodiscard]] constexpr LocalHour first_hour_of(LocalDay day) { return LocalHour{day.raw() * 24}; }
/// 0..23.
[[nodiscard]] constexpr int hour_of_day(LocalHour hour) {
    return hour.raw() - day_of(hour).raw() * 24;
}
/// 0 = Monday .. 6 = Sunday. (1970-01-01 was a Thursday.)
[[nodiscard]] constexpr int weekday_of(LocalDay day) {
    const std::int32_t shifted = day.raw() + 3;
    return shifted - local_time::floor_div(shifted, 7) * 7;
}
/// 0..167, Monday 0 h first.
[[nodiscard]] constexpr int hour_of_week(LocalHour hour) {
    return weekday_of(day_of(hour)) * 24 + hour_of_day(hour);
}
/// Monday-started weeks since the week of 1970-01-01 (which is week 0).
[[nodiscard]] constexpr std::int32_t week_of(LocalDay day) {
    return local_time::floor_div(day.raw() + 3, 7);
}

[[nodiscard]] constexpr LocalDay day_from_civil(std::chrono::year_month_day date) {
    return LocalDay{static_cast<std::int32_t>(std::chrono::sys_days{date}.time_since_epoch().count())};
}
[[nodiscard]] constexpr std::chrono::year_month_day civil_from_day(LocalDay day) {
    return std::chrono::year_month_day{std::chrono::sys_days{std::chrono::days{day.raw()}}};
}
/// Calendar months since January 1970.
[[nodiscard]] constexpr std::int32_t month_of(LocalDay day) {
    const auto date = civil_from_day(day);
    return (static_cast<int>(date.year()) - 1970) * 12 +
           static_cast<std::int32_t>(static_cast<unsigned>(date.month())) - 1;
}

/// Half-open range of local hours [begin, end).
struct HourRange {
    LocalHour begin = first_local_hour;
    LocalHour end = last_local_hour;
    friend bool operator==(const HourRange&, const HourRange&) = default;
};

}  // namespace vigie
