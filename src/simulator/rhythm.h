// How many facts of a kind a day brings, and at which hour: the day, the week, the year, the
// weather and the slow drift, multiplied.
#pragma once

#include <array>
#include <vector>

#include "base/random.h"
#include "city/time/instant.h"
#include "simulator/kinds.h"
#include "simulator/weather.h"

namespace vigie::simulator {

class Rhythm {
  public:
    /// weather: one entry a day from `first_day`.
    Rhythm(LocalDay first_day, std::vector<DayWeather> weather);

    [[nodiscard]] const std::vector<DayWeather>& weather() const { return weather_; }
    [[nodiscard]] LocalDay first_day() const { return first_day_; }
    [[nodiscard]] LocalDay last_day() const;  ///< exclusive
    /// Mean number of facts at intensity 1. day: within [first_day, last_day).
    [[nodiscard]] double mean_of(const Kind& kind, LocalDay day) const;
    /// 0..23, by the kind's own day and week.
    [[nodiscard]] int draw_hour(const Kind& kind, LocalDay day, Random& random) const;

  private:
    struct Day {
        double total = 0.0;             ///< of the 24 weights, over 24
        std::array<double, 24> sums{};  ///< running
    };
    [[nodiscard]] const Day& day_of_kind(const Kind& kind, LocalDay day) const;

    LocalDay first_day_;
    std::vector<DayWeather> weather_;
    std::vector<Day> days_;  // hours x week x weekday
};

}  // namespace vigie::simulator
