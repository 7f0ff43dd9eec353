// A made-up weather, one day at a time: temperature about its season, rain in spells, wind, and the
// drought that builds up between rains.
#pragma once

#include <cstdint>
#include <vector>

#include "city/time/instant.h"

namespace vigie::simulator {

struct DayWeather {
    double low_c = 0.0;
    double high_c = 0.0;
    double rain_mm = 0.0;
    double wind_km_h = 0.0;
    double warmer_c = 0.0;      ///< mean temperature less that of the season
    double fire_weather = 0.0;  ///< 0 = none; about 1 on a dry windy summer day
};

/// One entry a day from `first_day`. The first days' drought is that of a fortnight without rain.
[[nodiscard]] std::vector<DayWeather> make_weather(LocalDay first_day, int days,
                                                   std::uint64_t seed);

}  // namespace vigie::simulator
