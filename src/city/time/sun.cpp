#include "city/time/sun.h"

#include <cmath>
#include <numbers>

namespace vigie {
namespace {

constexpr double radians_per_degree = std::numbers::pi / 180.0;
constexpr double sunset_elevation_deg =
    -0.833;  // 34' of refraction and 16' of radius at the horizon
constexpr double milliseconds_per_day = 86'400'000.0;
constexpr double j2000_days_after_1970 = 10'957.5;  // 2000-01-01T12

double sine_deg(double degrees) {
    return std::sin(degrees * radians_per_degree);
}
double cosine_deg(double degrees) {
    return std::cos(degrees * radians_per_degree);
}

struct EquatorialSun {
    double sine_declination = 0.0;
    double right_ascension_deg = 0.0;
};

/// Apparent place of the sun. Source: Meeus 1998, eqs. 25.2 to 25.8. `centuries` since J2000.
EquatorialSun apparent_sun(double centuries) {
    const double t = centuries;
    const double mean_longitude = 280.46646 + t * (36'000.76983 + t * 0.0003032);
    const double anomaly = 357.52911 + t * (35'999.05029 - t * 0.0001537);
    const double centre = (1.914602 - t * (0.004817 + t * 0.000014)) * sine_deg(anomaly) +
                          (0.019993 - t * 0.000101) * sine_deg(2.0 * anomaly) +
                          0.000289 * sine_deg(3.0 * anomaly);
    const double node = 125.04 - 1934.136 * t;
    const double longitude = mean_longitude + centre - 0.00569 - 0.00478 * sine_deg(node);
    const double obliquity = 23.439291 - 0.0130042 * t + 0.00256 * cosine_deg(node);
    const double right_ascension =
        std::atan2(cosine_deg(obliquity) * sine_deg(longitude), cosine_deg(longitude));
    return {sine_deg(obliquity) * sine_deg(longitude), right_ascension / radians_per_degree};
}

}  // namespace

double sun_elevation_deg(Instant at, LonLat from) {
    const double days = static_cast<double>(at.time_since_epoch().count()) / milliseconds_per_day -
                        j2000_days_after_1970;
    const EquatorialSun sun = apparent_sun(days / 36'525.0);
    // Source: Meeus 1998, eq. 12.4, without the terms below 0.001 degree.
    const double sidereal_deg = 280.46061837 + 360.98564736629 * days;
    const double hour_angle_deg =
        std::fmod(sidereal_deg + from.lon_deg - sun.right_ascension_deg, 360.0);
    const double cosine_declination = std::sqrt(1.0 - sun.sine_declination * sun.sine_declination);
    const double sine_elevation =
        sine_deg(from.lat_deg) * sun.sine_declination +
        cosine_deg(from.lat_deg) * cosine_declination * cosine_deg(hour_angle_deg);
    return std::asin(std::fmin(1.0, std::fmax(-1.0, sine_elevation))) / radians_per_degree;
}

bool is_night(LocalHour hour, const LocalCalendar& calendar, LonLat from) {
    constexpr std::int32_t milliseconds_per_hour = 3'600'000;
    const CivilTime middle{day_of(hour),
                           hour_of_day(hour) * milliseconds_per_hour + milliseconds_per_hour / 2};
    return sun_elevation_deg(calendar.to_utc(middle).at, from) < sunset_elevation_deg;
}

std::vector<std::uint8_t> night_hours(HourRange range, const LocalCalendar& calendar, LonLat from) {
    std::vector<std::uint8_t> night;
    if (range.end > range.begin) {
        night.reserve(static_cast<std::size_t>(range.end.raw() - range.begin.raw()));
    }
    for (std::int32_t hour = range.begin.raw(); hour < range.end.raw(); ++hour) {
        night.push_back(is_night(LocalHour{hour}, calendar, from) ? 1 : 0);
    }
    return night;
}

}  // namespace vigie
