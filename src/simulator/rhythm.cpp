#include "simulator/rhythm.h"

#include <algorithm>
#include <cmath>

namespace vigie::simulator {
namespace {

constexpr double days_a_year = 365.2425;
constexpr int night_ends_hour = 6;
constexpr double fireworks_nights =
    6.0;  // 14 July and New Year against a usual night of the season

/// French public holidays of fixed date: lived as Sundays.
bool is_holiday(unsigned month, unsigned day) {
    constexpr std::array<std::array<unsigned, 2>, 8> holidays{
        {{1, 1}, {5, 1}, {5, 8}, {7, 14}, {8, 15}, {11, 1}, {11, 11}, {12, 25}}};
    return std::any_of(holidays.begin(), holidays.end(),
                       [&](const auto& h) { return h[0] == month && h[1] == day; });
}

struct Date {
    unsigned month = 1;
    unsigned day = 1;
};

Date date_of(LocalDay day) {
    const auto civil = civil_from_day(day);
    return {static_cast<unsigned>(civil.month()), static_cast<unsigned>(civil.day())};
}

}  // namespace

Rhythm::Rhythm(LocalDay first_day, std::vector<DayWeather> weather)
    : first_day_(first_day), weather_(std::move(weather)) {
    for (std::size_t hours = 0; hours < hours_count; ++hours) {
        const auto& by_hour = hours_profile(static_cast<Hours>(hours));
        for (std::size_t week = 0; week < week_count; ++week) {
            const auto& by_day = week_profile(static_cast<Week>(week));
            for (std::size_t weekday = 0; weekday < 7; ++weekday) {
                Day day;
                double sum = 0.0;
                for (std::size_t hour = 0; hour < 24; ++hour) {
                    // The small hours belong to the evening they follow: Saturday at 1 is still
                    // Friday night.
                    const std::size_t lived = hour < night_ends_hour ? (weekday + 6) % 7 : weekday;
                    sum += by_hour[hour] * by_day[lived];
                    day.sums[hour] = sum;
                }
                day.total = sum / 24.0;
                days_.push_back(day);
            }
        }
    }
}

LocalDay Rhythm::last_day() const {
    return LocalDay{first_day_.raw() + static_cast<std::int32_t>(weather_.size())};
}

const Rhythm::Day& Rhythm::day_of_kind(const Kind& kind, LocalDay day) const {
    const Date date = date_of(day);
    const auto weekday =
        static_cast<std::size_t>(is_holiday(date.month, date.day) ? 6 : weekday_of(day));
    return days_[(static_cast<std::size_t>(kind.hours) * week_count +
                  static_cast<std::size_t>(kind.week)) *
                     7 +
                 weekday];
}

double Rhythm::mean_of(const Kind& kind, LocalDay day) const {
    const Date date = date_of(day);
    const DayWeather& sky = weather_[static_cast<std::size_t>(day.raw() - first_day_.raw())];
    const double years = (day.raw() - first_day_.raw()) / days_a_year;
    double exponent = kind.per_5_degrees * sky.warmer_c / 5.0 + kind.a_year * years;
    exponent += sky.rain_mm > 0.0 ? kind.on_rain : 0.0;
    exponent += kind.on_fire_weather * (sky.fire_weather - 0.3);
    double mean = kind.weight * day_of_kind(kind, day).total *
                  season_profile(kind.season)[date.month - 1] * std::exp(exponent);
    const bool fireworks = (date.month == 7 && date.day == 14) ||
                           (date.month == 1 && date.day == 1) ||
                           (date.month == 12 && date.day == 31);
    if (kind.season == Season::july_and_new_year && fireworks) {
        mean *= fireworks_nights;
    }
    return mean;
}

int Rhythm::draw_hour(const Kind& kind, LocalDay day, Random& random) const {
    const Day& hours = day_of_kind(kind, day);
    const double drawn = random.uniform() * hours.sums.back();
    const auto found = std::upper_bound(hours.sums.begin(), hours.sums.end(), drawn);
    return std::min(23, static_cast<int>(found - hours.sums.begin()));
}

}  // namespace vigie::simulator
