// Local time cut in segments of four weeks, each starting on a Monday at 0 h: 672 hours, so that an hour
// within a segment gives its weekday, its hour of the week and its day by small arithmetic, and fits 10 bits.
#pragma once

#include <cstdint>

#include "city/time/instant.h"

namespace vigie {

inline constexpr std::int32_t segment_hours = 4 * 7 * 24;
/// Monday 1949-12-26, 0 h: the last Monday on or before first_local_hour.
inline constexpr LocalHour segments_origin{-7'311 * 24};
static_assert(weekday_of(day_of(segments_origin)) == 0 && segments_origin <= first_local_hour &&
              first_local_hour.raw() - segments_origin.raw() < 7 * 24);
inline constexpr std::int32_t segment_count = (last_local_hour.raw() - segments_origin.raw() + segment_hours - 1) / segment_hours;

/// The segment of an hour in [first_local_hour, last_local_hour).
[[nodiscard]] constexpr std::uint32_t segment_of(LocalHour hour) {
    return static_cast<std::uint32_t>((hour.raw() - segments_origin.raw()) / segment_hours);
}
/// 0..671.
[[nodiscard]] constexpr std::uint32_t hour_in_segment(LocalHour hour) {
    return static_cast<std::uint32_t>((hour.raw() - segments_origin.raw()) % segment_hours);
}
[[nodiscard]] constexpr LocalHour first_hour_of_segment(std::uint32_t segment) {
    return LocalHour{segments_origin.raw() + static_cast<std::int32_t>(segment) * segment_hours};
}

}  // namespace vigie
