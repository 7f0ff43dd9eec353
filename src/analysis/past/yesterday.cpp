// One question to the screen is three to five questions to the store, and arithmetic.
#include "analysis/past/yesterday.h"

#include <algorithm>
#include <map>
#include <numeric>

#include "analysis/past/places.h"
#include "analysis/past/question_check.h"
#include "analysis/past/series.h"

namespace vigie::past {
namespace {

std::uint64_t sum_of(std::span<const std::uint64_t> counts) {
    return std::accumulate(counts.begin(), counts.end(), std::uint64_t{0});
}

EventFilter with_hours(EventFilter filter, HourRange hours) {
    filter.hours = hours;
    return filter;
}

GroupBy places_group(const Question& question) {
    const Dimension place = question.unit == Unit::cells ? Dimension::cell : Dimension::district;
    return GroupBy{{place}, question.unit == Unit::cells ? question.cell_m : finest_cell_m};
}

/// Facts by hour: one question answers the ribbon, the curves, the trend and the grid of the week.
class Hours {
  public:
    static Result<Hours> count(EventStore& store, const EventFilter& filter) {
        Hours hours;
        hours.table_ = TRY(store.aggregate(
            filter, GroupBy{{Dimension::hour, Dimension::time_precision}, finest_cell_m}));
        return hours;
    }
    [[nodiscard]] std::vector<DayCount> days_of(HourRange period) const {
        std::vector<DayCount> days;
        each_in(period, [&](LocalHour hour, TimePrecision, std::uint64_t count) {
            const LocalDay day = day_of(hour);
            if (days.empty() || days.back().day != day) {
                days.push_back({day, 0});
            }
            days.back().count += count;
        });
        return days;
    }
    /// Monday 0 h first; without the facts known by day only.
    [[nodiscard]] std::vector<std::uint64_t> week_of(HourRange period) const {
        std::vector<std::uint64_t> week(168, 0);
        each_in(period, [&](LocalHour hour, TimePrecision precision, std::uint64_t count) {
            if (precision != TimePrecision::day) {
                week[static_cast<std::size_t>(hour_of_week(hour))] += count;
            }
        });
        return week;
    }

  private:
    template <class Sink>
    void each_in(HourRange period, const Sink& sink) const {
        for (std::size_t row = 0; row < table_.rows(); ++row) {
            const LocalHour hour{static_cast<std::int32_t>(table_.key(row, 0))};
            if (hour >= period.begin && hour < period.end) {
                sink(hour, static_cast<TimePrecision>(table_.key(row, 1)), table_.counts[row]);
            }
        }
    }
    Table table_;  // by hour, then precision
};

/// From the first of both to the last of both.
HourRange hull(HourRange a, HourRange b) {
    return HourRange{std::min(a.begin, b.begin), std::max(a.end, b.end)};
}

/// The period without the days before the first and after the last fact of the store.
HourRange days_with_data(HourRange period, HourRange span) {
    const LocalHour begin = first_hour_of(day_of(span.begin));
    const LocalHour end{-local_time::floor_div(-span.end.raw(), 24) * 24};
    return HourRange{std::max(period.begin, begin), std::min(period.end, end)};
}

Trend trend_over(HourRange period, HourRange span, std::span<const DayCount> days) {
    const HourRange known = days_with_data(period, span);
    if (known.begin >= known.end) {
        return {};
    }
    const Series daily = series_of(Bin::day, known, days);
    return trend_of(daily.counts, weekday_of(daily.start));
}

/// Sums of a table over all its dimensions but one.
std::map<std::int64_t, std::uint64_t> marginal(const Table& table, std::size_t dimension) {
    std::map<std::int64_t, std::uint64_t> sums;
    for (std::size_t row = 0; row < table.rows(); ++row) {
        sums[table.key(row, dimension)] += table.counts[row];
    }
    return sums;
}

std::vector<Breakdown> breakdown(const Table& counts, const Table* compared,
                                 std::size_t dimension) {
    std::map<std::int64_t, Breakdown> by_key;
    for (const auto& [key, count] : marginal(counts, dimension)) {
        by_key[key].count = count;
    }
    if (compared != nullptr) {
        for (const auto& [key, count] : marginal(*compared, dimension)) {
            by_key[key].compared = count;
        }
    }
    std::vector<Breakdown> rows;
    for (auto& [key, row] : by_key) {
        row.key = key;
        if (compared != nullptr && !row.compared) {
            row.compared = 0;
        }
        rows.push_back(row);
    }
    std::ranges::stable_sort(rows, std::greater<>{}, &Breakdown::count);
    return rows;
}

/// What is counted again for the compared period.
struct Compared {
    Table places;
    Table kinds;  // source x category x origin
};

Result<Table> count_kinds(EventStore& store, const EventFilter& filter) {
    return store.aggregate(
        filter,
        GroupBy{{Dimension::source, Dimension::category, Dimension::origin}, finest_cell_m});
}

Result<std::optional<Compared>> count_compared(EventStore& store, const Question& question,
                                               const std::optional<HourRange>& period) {
    if (!period) {
        return std::optional<Compared>();
    }
    const EventFilter filter = with_hours(question.filter, *period);
    Compared compared;
    compared.places = TRY(store.aggregate(filter, places_group(question)));
    compared.kinds = TRY(count_kinds(store, filter));
    return std::optional(std::move(compared));
}

/// Ribbon, series, compared series, trend and the grid of the week.
void add_series(Yesterday& answer, const Hours& hours, const Question& question, HourRange span) {
    const HourRange period = question.filter.hours;
    const auto days = hours.days_of(period);
    answer.ribbon = series_of(Bin::day, span, hours.days_of(span));
    answer.series = series_of(question.bin, period, days);
    answer.trend = trend_over(period, span, days);
    if (answer.compared_total) {
        const Opposite opposite{period, *answer.compared_period, question.comparison};
        answer.compared_series =
            series_opposite(question.bin, opposite, hours.days_of(opposite.compared));
    }
    answer.hour_of_week = hours.week_of(period);
    // Facts may arrive between two passes; then the sum may pass the total by those.
    answer.known_by_day = answer.total - std::min(answer.total, sum_of(answer.hour_of_week));
}

}  // namespace

Result<Yesterday> look_at_yesterday(EventStore& store, const City& city, HourRange span,
                                    const Question& question) {
    TRY(check_question(question, city));
    if (span.begin >= span.end) {
        return fail(ErrorCode::invalid_input,
                    "Étendue des données vide ; attendu : un début avant la fin.");
    }
    Yesterday answer;
    answer.period = question.filter.hours;
    answer.compared_period = period_to_compare(answer.period, question.comparison);
    const bool comparable =
        answer.compared_period && day_of(answer.compared_period->begin) >= day_of(span.begin);
    const auto compared = TRY(count_compared(
        store, question, comparable ? answer.compared_period : std::optional<HourRange>()));
    const Table* const compared_places = compared ? &compared->places : nullptr;
    const Table* const compared_kinds = compared ? &compared->kinds : nullptr;

    const Table places = TRY(store.aggregate(question.filter, places_group(question)));
    answer.total = sum_of(places.counts);
    answer.not_placed = off_the_map(places, question.unit, city);
    answer.places = places_of(places, compared_places, question, city);
    if (compared) {
        answer.compared_total = sum_of(compared->places.counts);
    }

    const Table kinds = TRY(count_kinds(store, question.filter));
    answer.sources = breakdown(kinds, compared_kinds, 0);
    answer.categories = breakdown(kinds, compared_kinds, 1);
    answer.origins = breakdown(kinds, compared_kinds, 2);

    const Hours hours =
        TRY(Hours::count(store, with_hours(question.filter, hull(span, answer.period))));
    add_series(answer, hours, question, span);
    return answer;
}

}  // namespace vigie::past
