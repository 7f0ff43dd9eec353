// The seam's questions answered by the plainest loop over the events: what every store must agree with.
#pragma once

#include <algorithm>
#include <array>
#include <map>
#include <span>
#include <vector>

#include "city/time/sun.h"
#include "store/event_store.h"

namespace vigie::test {

template <class T>
bool any_or_in(const std::vector<T>& list, T value) {
    return list.empty() || std::find(list.begin(), list.end(), value) != list.end();
}

/// The sun over Marseille, where every store under test is told it stands.
inline constexpr LonLat test_city{5.37, 43.30};
inline constexpr const char* test_zone = "Europe/Paris";

inline bool test_night(LocalHour hour) {
    static const LocalCalendar calendar = *LocalCalendar::open(test_zone);
    static std::map<std::int32_t, bool> known;
    const auto [at, is_new] = known.try_emplace(hour.raw(), false);
    if (is_new) {
        at->second = is_night(hour, calendar, test_city);
    }
    return at->second;
}

inline bool passes(const EventFilter& f, const Event& e) {
    const bool placed = is_placed(e.place_precision);
    if (e.local_hour < f.hours.begin || e.local_hour >= f.hours.end || !any_or_in(f.sources, e.source) ||
        !any_or_in(f.categories, e.category) || !any_or_in(f.origins, e.origin) || !any_or_in(f.districts, e.district)) {
        return false;
    }
    if ((f.weekdays >> weekday_of(day_of(e.local_hour)) & 1) == 0 || (f.hours_of_day >> hour_of_day(e.local_hour) & 1) == 0) {
        return false;
    }
    if (f.daylight != Daylight::any && test_night(e.local_hour) != (f.daylight == Daylight::night)) {
        return false;
    }
    if (f.asks_hour() && e.time_precision == TimePrecision::day) {
        return false;
    }
    if (f.box && (!placed || e.point.x_m < f.box->min.x_m || e.point.x_m >= f.box->max.x_m || e.point.y_m < f.box->min.y_m ||
                  e.point.y_m >= f.box->max.y_m)) {
        return false;
    }
    return placed || !f.placed_only;
}

inline std::int64_t naive_key(const Event& e, Dimension d, std::int32_t cell_m) {
    const auto day = day_of(e.local_hour);
    switch (d) {
        case Dimension::cell: return is_placed(e.place_precision) ? pack(cell_of(e.point, cell_m)) : no_cell_key;
        case Dimension::district: return e.district.raw();
        case Dimension::source: return e.source.raw();
        case Dimension::category: return e.category.raw();
        case Dimension::origin: return static_cast<std::int64_t>(e.origin);
        case Dimension::hour: return e.local_hour.raw();
        case Dimension::day: return day.raw();
        case Dimension::week: return week_of(day);
        case Dimension::month: return month_of(day);
        case Dimension::hour_of_week: return hour_of_week(e.local_hour);
        case Dimension::time_precision: return static_cast<std::int64_t>(e.time_precision);
        case Dimension::place_precision: return static_cast<std::int64_t>(e.place_precision);
    }
    return 0;
}

inline Table naive_aggregate(std::span<const Event> events, const EventFilter& filter, const GroupBy& group) {
    bool by_hour = false;
    bool by_precision = false;
    for (const auto d : group.dimensions) {
        by_hour = by_hour || d == Dimension::hour || d == Dimension::hour_of_week;
        by_precision = by_precision || d == Dimension::time_precision;
    }
    std::map<std::vector<std::int64_t>, std::uint64_t> counts;
    for (const auto& e : events) {
        if (passes(filter, e) && !(by_hour && !by_precision && e.time_precision == TimePrecision::day)) {
            std::vector<std::int64_t> key;
            for (const auto d : group.dimensions) {
                key.push_back(naive_key(e, d, group.cell_m));
            }
            ++counts[key];
        }
    }
    Table table;
    table.dimensions = group.dimensions.size();
    for (const auto& [key, count] : counts) {
        table.keys.insert(table.keys.end(), key.begin(), key.end());
        table.counts.push_back(count);
    }
    return table;
}

inline std::vector<Event> naive_scan(std::span<const Event> events, const EventFilter& filter) {
    std::vector<Event> kept;
    std::ranges::copy_if(events, std::back_inserter(kept), [&](const Event& e) { return passes(filter, e); });
    std::ranges::sort(kept, [](const Event& a, const Event& b) { return a.at != b.at ? a.at < b.at : a.id < b.id; });
    return kept;
}

}  // namespace vigie::test
