#include "analysis/past/series.h"

#include <doctest/doctest.h>

#include <numeric>

#include "base/random.h"
#include "stories/letter_city.h"

using namespace vigie;
using namespace vigie::past;
using stories::hour_of;
using stories::period;

namespace {

LocalDay day(std::string_view text) {
    return day_of(hour_of(text));
}

std::uint64_t total(const std::vector<std::uint64_t>& counts) {
    return std::accumulate(counts.begin(), counts.end(), std::uint64_t{0});
}

}  // namespace

TEST_CASE("the previous period is as long and ends where the period begins") {
    CHECK(period_to_compare(period("2016-03-01", "2016-03-31"), Comparison::previous_period) ==
          period("2016-01-31", "2016-03-01"));
    CHECK(
        period_to_compare(period("2016-03-01T22", "2016-03-02T06"), Comparison::previous_period) ==
        period("2016-03-01T14", "2016-03-01T22"));
    CHECK(!period_to_compare(period("2016-03-01", "2016-03-31"), Comparison::none));
}

TEST_CASE("the same period last year has the same dates, and 29 February is handled") {
    struct Row {
        const char *from, *to, *expected_from, *expected_to;
    };
    for (const Row& row : {
             Row{"2016-07-01", "2016-08-01", "2015-07-01", "2015-08-01"},
             Row{"2016-01-01", "2017-01-01", "2015-01-01", "2016-01-01"},
             Row{"2016-02-01", "2016-03-01", "2015-02-01", "2015-03-01"},
             Row{"2017-02-01", "2017-03-01", "2016-02-01", "2016-03-01"},
             Row{"2016-02-29", "2016-03-01", "2015-02-28", "2015-03-01"},
             Row{"2016-02-01", "2016-02-29", "2015-02-01", "2015-03-01"},
             Row{"2016-02-29T03", "2016-02-29T09", "2015-02-28T03", "2015-02-28T09"},
             Row{"2016-02-28T12", "2016-02-29T05", "2015-02-28T12", "2015-03-01"},
             Row{"2016-12-31T22", "2017-01-01T04", "2015-12-31T22", "2016-01-01T04"},
         }) {
        CHECK(period_to_compare(period(row.from, row.to), Comparison::same_period_last_year) ==
              period(row.expected_from, row.expected_to));
    }
}

TEST_CASE("no period of whole hours has an empty counterpart") {
    Random random(29);
    for (int i = 0; i < 20'000; ++i) {
        const std::int32_t begin =
            hour_of("2015-12-01").raw() + static_cast<std::int32_t>(random.below(4'000));
        const HourRange asked{LocalHour{begin},
                              LocalHour{begin + 1 + static_cast<std::int32_t>(random.below(900))}};
        const auto compared = period_to_compare(asked, Comparison::same_period_last_year);
        REQUIRE(compared);
        CHECK(compared->begin < compared->end);
    }
}

TEST_CASE("weeks begin on Monday and months on the 1st; bins at the ends are partial") {
    const std::vector<DayCount> days{{day("2016-04-26"), 100}, {day("2016-04-27"), 1},
                                     {day("2016-05-01"), 2},   {day("2016-05-02"), 4},
                                     {day("2016-05-10"), 8},   {day("2016-05-11"), 100}};
    const HourRange asked = period("2016-04-27", "2016-05-11");  // Wednesday to Tuesday
    const Series weeks = series_of(Bin::week, asked, days);
    CHECK(weeks.start == day("2016-04-25"));
    CHECK(weeks.counts == std::vector<std::uint64_t>{3, 4, 8});
    const Series months = series_of(Bin::month, asked, days);
    CHECK(months.start == day("2016-04-01"));
    CHECK(months.counts == std::vector<std::uint64_t>{1, 14});
    CHECK(series_of(Bin::day, asked, days).counts.size() == 14);
    CHECK(start_of_bin(Bin::month, bin_number(Bin::month, day("1969-11-30"))) == day("1969-11-01"));
    CHECK(start_of_bin(Bin::week, bin_number(Bin::week, day("1969-12-28"))) == day("1969-12-22"));
}

TEST_CASE("the compared year stands opposite date by date") {
    const HourRange asked = period("2016-02-01", "2016-04-01");
    const HourRange compared = *period_to_compare(asked, Comparison::same_period_last_year);
    const std::vector<DayCount> days{
        {day("2015-02-28"), 5}, {day("2015-03-01"), 7}, {day("2015-04-01"), 99}};
    const Series opposite =
        series_opposite(Bin::day, {asked, compared, Comparison::same_period_last_year}, days);
    CHECK(opposite.counts.size() == 60);
    CHECK(opposite.counts[27] == 5);
    CHECK(opposite.counts[28] == 0);  // 29 February 2016
    CHECK(opposite.counts[29] == 7);
    CHECK(total(opposite.counts) == 12);
}

TEST_CASE("a compared series has the bins of the series and loses no fact") {
    Random random(30);
    for (int i = 0; i < 400; ++i) {
        const std::int32_t begin =
            hour_of("2015-06-01").raw() + static_cast<std::int32_t>(random.below(9'000));
        const HourRange asked{
            LocalHour{begin},
            LocalHour{begin + 1 + static_cast<std::int32_t>(random.below(9'000))}};
        for (const Comparison comparison :
             {Comparison::previous_period, Comparison::same_period_last_year}) {
            const HourRange compared = *period_to_compare(asked, comparison);
            std::vector<DayCount> days;
            for (LocalDay d = first_day_of(compared); d <= last_day_of(compared);
                 d = LocalDay{d.raw() + 1}) {
                days.push_back({d, 1 + random.below(9)});
            }
            std::uint64_t all = 0;
            for (const DayCount& entry : days) {
                all += entry.count;
            }
            for (const Bin bin : {Bin::day, Bin::week, Bin::month}) {
                const Series opposite = series_opposite(bin, {asked, compared, comparison}, days);
                const Series own = series_of(bin, asked, {});
                CHECK(opposite.counts.size() == own.counts.size());
                CHECK(opposite.start == own.start);
                CHECK(total(opposite.counts) == all);
            }
        }
    }
}
