// One question to the screen is four to seven questions to the store, and arithmetic.
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

Result<std::vector<DayCount>> count_by_day(EventStore& store, const EventFilter& filter) {
    const Table table = TRY(store.aggregate(filter, GroupBy{{Dimension::day}, finest_cell_m}));
    std::vector<DayCount> days;
    days.reserve(table.rows());
    for (std::size_t row = 0; row < table.rows(); ++row) {
        days.push_back({LocalDay{static_cast<std::int32_t>(table.key(row, 0))}, table.counts[row]});
    }
    return days;
}

bool is_whole_days(HourRange range) {
    return hour_of_day(range.begin) == 0 && hour_of_day(range.end) == 0;
}

/// Days of `period`: cut from those of the whole span where whole days are asked, since they are
/// known already.
Result<std::vector<DayCount>> days_of(EventStore& store, const EventFilter& filter,
                                      HourRange period, const std::vector<DayCount>& span_days) {
    if (is_whole_days(period)) {
        return span_days;
    }
    return count_by_day(store, with_hours(filter, period));
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

std::vector<std::uint64_t> hours_of_week(const Table& table) {
    std::vector<std::uint64_t> hours(168, 0);
    for (std::size_t row = 0; row < table.rows(); ++row) {
        hours[static_cast<std::size_t>(table.key(row, 0))] = table.counts[row];
    }
    return hours;
}

/// Ribbon, series, compared series and trend, from at most three counts by day.
Status add_series(Yesterday& answer, EventStore& store, const Question& question, HourRange span) {
    const HourRange period = question.filter.hours;
    const auto span_days = TRY(count_by_day(store, with_hours(question.filter, span)));
    const auto days = TRY(days_of(store, question.filter, period, span_days));
    answer.ribbon = series_of(Bin::day, span, span_days);
    answer.series = series_of(question.bin, period, days);
    answer.trend = trend_over(period, span, days);
    if (answer.compared_total) {
        const Opposite opposite{period, *answer.compared_period, question.comparison};
        const auto facing = TRY(days_of(store, question.filter, opposite.compared, span_days));
        answer.compared_series = series_opposite(question.bin, opposite, facing);
    }
    return {};
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

    const Table hours =
        TRY(store.aggregate(question.filter, GroupBy{{Dimension::hour_of_week}, finest_cell_m}));
    answer.hour_of_week = hours_of_week(hours);
    // Facts may arrive between two passes; then the sum may pass the total by those.
    answer.known_by_day = answer.total - std::min(answer.total, sum_of(answer.hour_of_week));
    TRY(add_series(answer, store, question, span));
    return answer;
}

}  // namespace vigie::past
