#include "simulator/weather.h"

#include <doctest/doctest.h>

using namespace vigie;
using namespace vigie::simulator;
using namespace std::chrono_literals;

TEST_CASE("the made-up weather has a plausible year") {
    const LocalDay first = day_from_civil(2016y / 1 / 1);
    const auto weather = make_weather(first, 3653, 8);
    REQUIRE(weather.size() == 3653);
    double july = 0.0, july_days = 0.0, january = 0.0, january_days = 0.0, rain = 0.0, wet = 0.0,
           worst_fire_winter = 0.0;
    for (std::size_t i = 0; i < weather.size(); ++i) {
        const DayWeather& day = weather[i];
        const auto month = static_cast<unsigned>(
            civil_from_day(LocalDay{first.raw() + static_cast<std::int32_t>(i)}).month());
        CHECK(day.low_c < day.high_c);
        CHECK(day.low_c > -15.0);
        CHECK(day.high_c < 45.0);
        CHECK(day.rain_mm >= 0.0);
        CHECK(day.wind_km_h > 0.0);
        CHECK(day.fire_weather >= 0.0);
        july += month == 7 ? (day.low_c + day.high_c) / 2.0 : 0.0;
        july_days += month == 7 ? 1.0 : 0.0;
        january += month == 1 ? (day.low_c + day.high_c) / 2.0 : 0.0;
        january_days += month == 1 ? 1.0 : 0.0;
        worst_fire_winter =
            month == 1 ? std::max(worst_fire_winter, day.fire_weather) : worst_fire_winter;
        rain += day.rain_mm;
        wet += day.rain_mm > 0.0 ? 1.0 : 0.0;
    }
    CHECK(july / july_days > 22.0);
    CHECK(july / july_days < 26.0);
    CHECK(january / january_days > 4.0);
    CHECK(january / january_days < 9.0);
    CHECK(rain / 10.0 > 300.0);  // mm a year
    CHECK(rain / 10.0 < 800.0);
    CHECK(wet / 10.0 > 30.0);
    CHECK(wet / 10.0 < 90.0);
    CHECK(worst_fire_winter < 1.0);
}
