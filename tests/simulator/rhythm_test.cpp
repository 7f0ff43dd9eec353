#include "simulator/rhythm.h"

#include <doctest/doctest.h>

#include <cmath>
#include <map>

#include "simulator/output_folder.h"

using namespace vigie;
using namespace vigie::simulator;
using namespace std::chrono_literals;

namespace {

Rhythm plain_rhythm(int days) {
    return Rhythm(day_from_civil(2025y / 1 / 1),
                  std::vector<DayWeather>(static_cast<std::size_t>(days)));
}

const Kind& kind_of(std::string_view key) {
    return kinds()[kind_index(key)];
}

}  // namespace

TEST_CASE("the day, the week, the year and the weather multiply") {
    const Rhythm rhythm = plain_rhythm(365);
    CHECK(rhythm.last_day() == day_from_civil(2026y / 1 / 1));
    const Kind& noise = kind_of("noise_neighbourhood");
    const LocalDay tuesday = day_from_civil(2025y / 6 / 3);
    const LocalDay saturday = day_from_civil(2025y / 6 / 7);
    const LocalDay winter_saturday = day_from_civil(2025y / 2 / 8);
    CHECK(rhythm.mean_of(noise, saturday) > 1.8 * rhythm.mean_of(noise, tuesday));
    CHECK(rhythm.mean_of(noise, saturday) > 1.5 * rhythm.mean_of(noise, winter_saturday));
    const Kind& office = kind_of("parking");
    CHECK(rhythm.mean_of(office, tuesday) >
          2.0 * rhythm.mean_of(office, day_from_civil(2025y / 6 / 8)));
    CHECK(rhythm.mean_of(office, day_from_civil(2025y / 5 / 1)) <
          0.5 * rhythm.mean_of(office, day_from_civil(2025y / 5 / 15)));
    const Kind& bangs = kind_of("fireworks");
    CHECK(rhythm.mean_of(bangs, day_from_civil(2025y / 7 / 14)) >
          3.0 * rhythm.mean_of(bangs, day_from_civil(2025y / 7 / 15)));

    std::vector<DayWeather> skies(3);
    skies[1].warmer_c = 5.0;
    skies[2].rain_mm = 4.0;
    const Rhythm weathered(day_from_civil(2025y / 6 / 3), skies);
    const LocalDay first = weathered.first_day();
    const double usual = weathered.mean_of(kind_of("burglary"), first);
    CHECK(weathered.mean_of(kind_of("burglary"), LocalDay{first.raw() + 1}) / usual ==
          doctest::Approx(1.0).epsilon(0.02));
    const Kind& accidents = kind_of("road_accident");
    const double ratio = weathered.mean_of(accidents, LocalDay{first.raw() + 2}) /
                         weathered.mean_of(accidents, first);
    CHECK(ratio == doctest::Approx(std::exp(0.25) * week_profile(Week::working)[3] /
                                   week_profile(Week::working)[1])
                       .epsilon(0.02));
}

TEST_CASE("hours are drawn by the kind's own day, and small hours belong to the evening before") {
    const Rhythm rhythm = plain_rhythm(365);
    Random random(4);
    const auto count_hours = [&](std::string_view key, LocalDay day) {
        std::map<int, int> hours;
        for (int i = 0; i < 20'000; ++i) {
            ++hours[rhythm.draw_hour(kind_of(key), day, random)];
        }
        CHECK(hours.begin()->first >= 0);
        CHECK(hours.rbegin()->first <= 23);
        return hours;
    };
    auto parking = count_hours("parking", day_from_civil(2025y / 6 / 3));
    CHECK(parking[10] > 10 * parking[3]);
    auto saturday = count_hours("fight", day_from_civil(2025y / 6 / 7));
    CHECK(saturday[23] > 3 * saturday[12]);
    auto monday = count_hours("fight", day_from_civil(2025y / 6 / 2));
    // Sunday's night runs into Monday's small hours: they weigh more there than Monday's own late
    // evening.
    CHECK(monday[0] * rhythm.mean_of(kind_of("fight"), day_from_civil(2025y / 6 / 2)) >
          1.1 * monday[23] * rhythm.mean_of(kind_of("fight"), day_from_civil(2025y / 6 / 2)));
}

TEST_CASE("noise of the written files is a matter of week-end nights, tickets of working hours") {
    std::map<std::string, double> noise;
    for (const auto& row : read_rows(usual_city() + "/resident_reports.csv", ',')) {
        if (row[2] != "Bruit, voisinage" || row[1] == "2025-06-31T10:00+02:00") {
            continue;
        }
        const std::chrono::year_month_day date{
            2025y,
            std::chrono::month{static_cast<unsigned>(std::atoi(row[1].substr(5, 2).c_str()))},
            std::chrono::day{static_cast<unsigned>(std::atoi(row[1].substr(8, 2).c_str()))}};
        const int weekday = weekday_of(day_from_civil(date));
        const int hour = std::atoi(row[1].substr(11, 2).c_str());
        const bool weekend_night = (hour >= 22 && (weekday == 4 || weekday == 5)) ||
                                   (hour < 2 && (weekday == 5 || weekday == 6));
        const bool weekday_noon = weekday < 4 && hour >= 11 && hour < 15;
        noise["night"] += weekend_night ? 1.0 / 8.0 : 0.0;  // hours a week
        noise["noon"] += weekday_noon ? 1.0 / 16.0 : 0.0;
    }
    CHECK(noise["noon"] > 0.0);
    CHECK(noise["night"] > 8.0 * noise["noon"]);
    double working = 0.0;
    double sleeping = 0.0;
    for (const auto& row : read_rows(usual_city() + "/tickets.csv", ';')) {
        const int hour = std::atoi(row[0].substr(11, 2).c_str());
        working += hour >= 9 && hour < 12 ? 1.0 : 0.0;
        sleeping += hour >= 2 && hour < 5 ? 1.0 : 0.0;
    }
    CHECK(working > 10.0 * sleeping);
}
