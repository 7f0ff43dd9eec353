// Day and night by the sun, at the grain of an hour: an hour is night when the sun is below the horizon
// at its middle, seen from the city's reference point.
#pragma once

#include <vector>

#include "city/place/lon_lat.h"
#include "city/time/local_calendar.h"

namespace vigie {

/// Elevation of the sun in degrees, refraction left out; right to about 0.1 degree from 1950 to 2070.
/// Source: Meeus 1998, "Astronomical Algorithms", 2nd ed., ch. 25 (low accuracy) and ch. 13 (eq. 13.6).
[[nodiscard]] double sun_elevation_deg(Instant at, LonLat from);

/// True when the middle of the local hour is night at `from` (elevation below -0.833 degrees, the usual sunset).
[[nodiscard]] bool is_night(LocalHour hour, const LocalCalendar& calendar, LonLat from);

/// is_night for every hour of `range`, in order; one byte an hour, 1 = night.
[[nodiscard]] std::vector<std::uint8_t> night_hours(HourRange range, const LocalCalendar& calendar, LonLat from);

}  // namespace vigie
