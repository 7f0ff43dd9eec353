#include "simulator/weather.h"

#include <algorithm>
#include <cmath>
#include <numbers>

#include "base/random.h"

namespace vigie::simulator {
namespace {

constexpr double mean_c = 15.6;
constexpr double swing_c = 8.8;
constexpr double coldest_day = 18.0;  // of the year
constexpr double days_a_year = 365.2425;

/// -1 in mid-January, +1 in mid-July.
double warmth_of_season(LocalDay day) {
    const double phase = (day.raw() - coldest_day) / days_a_year;
    return -std::cos(2.0 * std::numbers::pi * phase);
}

}  // namespace

std::vector<DayWeather> make_weather(LocalDay first_day, int days, std::uint64_t seed) {
    Random random(seed);
    std::vector<DayWeather> weather;
    double anomaly_c = 0.0;
    double dry_days = 14.0;
    bool wet = false;
    bool windy = false;
    for (int i = 0; i < days; ++i) {
        const double warmth = warmth_of_season(LocalDay{first_day.raw() + i});
        anomaly_c = 0.72 * anomaly_c + 1.6 * random.normal();
        // Rain comes in spells, rarer in summer: from 21 % of days in winter to 6 % in July.
        const double wet_chance = (wet ? 0.45 : 0.12) * (1.0 - 0.55 * warmth) / 1.1;
        wet = random.uniform() < wet_chance;
        windy = random.uniform() < (windy ? 0.6 : 0.2);
        DayWeather day;
        day.warmer_c = anomaly_c - (wet ? 1.0 : 0.0);
        const double mean = mean_c + swing_c * warmth + day.warmer_c;
        const double half_range = std::max(1.5, (wet ? 3.0 : 4.6) + 0.8 * random.normal());
        day.low_c = mean - half_range;
        day.high_c = mean + half_range;
        day.rain_mm = wet ? 0.2 + random.exponential(8.5) : 0.0;
        day.wind_km_h =
            std::max(3.0, (windy ? 58.0 : 18.0) + (windy ? 14.0 : 6.0) * random.normal());
        dry_days = wet ? dry_days * std::exp(-day.rain_mm / 6.0) : std::min(60.0, dry_days + 1.0);
        const double heat = std::clamp((day.high_c - 16.0) / 16.0, 0.0, 1.3);
        day.fire_weather = std::min(2.5, heat * dry_days / 25.0 * (0.4 + day.wind_km_h / 60.0));
        weather.push_back(day);
    }
    return weather;
}

}  // namespace vigie::simulator
