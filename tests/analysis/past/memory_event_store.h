// The seam of store/event_store.h in naive loops over a vector: what analysis is tested against, so
// that a wrong answer is ours and not an engine's.
#pragma once

#include <algorithm>
#include <functional>
#include <map>
#include <memory>
#include <vector>

#include "city/time/sun.h"
#include "store/event_store.h"

namespace vigie::past {

class MemoryEventStore : public EventStore {
  public:
    std::vector<Event> events;
    std::shared_ptr<const LocalCalendar>
        calendar;  // for the sun; shared with the test that made it
    LonLat centre;
    int passes = 0;  ///< aggregates asked

    Result<AppendResult> append(std::span<const Event> block, BlockId /*id*/) override {
        events.insert(events.end(), block.begin(), block.end());
        return AppendResult{block.size(), false};
    }
    Status scan(const EventFilter& filter,
                const std::function<bool(std::span<const Event>)>& sink) override {
        for (const Event& event : events) {
            if (passes_filter(event, filter, filter.asks_hour()) && !sink({&event, 1})) {
                break;
            }
        }
        return {};
    }
    Result<Table> aggregate(const EventFilter& filter, const GroupBy& group) override {
        ++passes;
        if (group.dimensions.size() > 3 || group.cell_m % finest_cell_m != 0) {
            return fail(ErrorCode::invalid_input, "wrong group");
        }
        const auto asks = [&](Dimension dimension) {
            return std::ranges::find(group.dimensions, dimension) != group.dimensions.end();
        };
        const bool by_hour = (asks(Dimension::hour) || asks(Dimension::hour_of_week)) &&
                             !asks(Dimension::time_precision);
        std::map<std::vector<std::int64_t>, std::uint64_t> groups;
        for (const Event& event : events) {
            if (!passes_filter(event, filter, by_hour || filter.asks_hour())) {
                continue;
            }
            std::vector<std::int64_t> key;
            for (const Dimension dimension : group.dimensions) {
                key.push_back(key_of(event, dimension, group.cell_m));
            }
            ++groups[key];
        }
        Table table;
        table.dimensions = group.dimensions.size();
        for (const auto& [key, count] : groups) {
            table.keys.insert(table.keys.end(), key.begin(), key.end());
            table.counts.push_back(count);
        }
        return table;
    }
    Result<std::vector<CellCount>> top_cells(const EventFilter&, std::int32_t,
                                             std::size_t) override {
        return fail(ErrorCode::internal, "not needed");
    }
    Result<std::uint64_t> erase(const EventFilter&) override {
        return fail(ErrorCode::internal, "not needed");
    }
    Result<std::uint64_t> drop_before(LocalHour) override {
        return fail(ErrorCode::internal, "not needed");
    }
    Result<StoreStats> stats() override {
        StoreStats stats;
        stats.events = events.size();
        for (const Event& event : events) {
            const LocalHour after{event.local_hour.raw() + 1};
            if (!stats.span) {
                stats.span = HourRange{event.local_hour, after};
            }
            stats.span->begin = std::min(stats.span->begin, event.local_hour);
            stats.span->end = std::max(stats.span->end, after);
        }
        return stats;
    }
    Status backup(const std::string&) override { return fail(ErrorCode::internal, "not needed"); }
    Status scan_ids(const std::function<void(std::span<const EventId>)>&) override {
        return fail(ErrorCode::internal, "not needed");
    }

  private:
    template <class Id>
    static bool among(const std::vector<Id>& wanted, Id id) {
        return wanted.empty() || std::ranges::find(wanted, id) != wanted.end();
    }
    [[nodiscard]] bool passes_filter(const Event& event, const EventFilter& filter,
                                     bool by_hour) const {
        const LocalHour hour = event.local_hour;
        if (by_hour && event.time_precision == TimePrecision::day) {
            return false;
        }
        if (filter.daylight != Daylight::any &&
            is_night(hour, *calendar, centre) != (filter.daylight == Daylight::night)) {
            return false;
        }
        const bool placed = is_placed(event.place_precision);
        if ((filter.box || filter.placed_only) && !placed) {
            return false;
        }
        if (filter.box &&
            !(event.point.x_m >= filter.box->min.x_m && event.point.x_m < filter.box->max.x_m &&
              event.point.y_m >= filter.box->min.y_m && event.point.y_m < filter.box->max.y_m)) {
            return false;
        }
        return hour >= filter.hours.begin && hour < filter.hours.end &&
               among(filter.sources, event.source) && among(filter.categories, event.category) &&
               among(filter.origins, event.origin) && among(filter.districts, event.district) &&
               (filter.weekdays >> weekday_of(day_of(hour)) & 1) != 0 &&
               (filter.hours_of_day >> hour_of_day(hour) & 1) != 0;
    }
    static std::int64_t key_of(const Event& event, Dimension dimension, std::int32_t cell_m) {
        const LocalDay day = day_of(event.local_hour);
        switch (dimension) {
            case Dimension::cell:
                return is_placed(event.place_precision) ? pack(cell_of(event.point, cell_m))
                                                        : no_cell_key;
            case Dimension::district:
                return event.district.raw();
            case Dimension::source:
                return event.source.raw();
            case Dimension::category:
                return event.category.raw();
            case Dimension::origin:
                return static_cast<std::int64_t>(event.origin);
            case Dimension::hour:
                return event.local_hour.raw();
            case Dimension::day:
                return day.raw();
            case Dimension::week:
                return week_of(day);
            case Dimension::month:
                return month_of(day);
            case Dimension::hour_of_week:
                return hour_of_week(event.local_hour);
            case Dimension::time_precision:
                return static_cast<std::int64_t>(event.time_precision);
            case Dimension::place_precision:
                return static_cast<std::int64_t>(event.place_precision);
        }
        return 0;
    }
};

}  // namespace vigie::past
