// Filters and groupings drawn from a seed, over the events of synthetic_events.h.
#pragma once

#include "base/random.h"
#include "store/event_store.h"
#include "store/synthetic_events.h"

namespace vigie::test {

inline EventFilter random_filter(Random& random, const EventShape& shape) {
    const auto draw = [&random](std::uint64_t bound) { return static_cast<std::int32_t>(random.below(bound)); };
    EventFilter f;
    if (draw(3) == 0) {
        f.hours.begin = LocalHour{shape.first_hour + draw(static_cast<std::uint64_t>(shape.hours))};
        f.hours.end = LocalHour{f.hours.begin.raw() + draw(24 * 40)};
    }
    if (draw(4) == 0) {
        f.sources = {SourceId{static_cast<std::uint16_t>(draw(shape.sources))}, SourceId{999}};
    }
    for (int i = draw(4) == 0 ? 1 + draw(3) : 0; i > 0; --i) {
        f.categories.emplace_back(static_cast<std::uint16_t>(draw(shape.categories)));
    }
    if (draw(4) == 0) {
        f.origins = {static_cast<Origin>(draw(4))};
    }
    if (draw(4) == 0) {
        f.districts = {DistrictId{static_cast<std::uint16_t>(draw(shape.districts))}, draw(2) == 0 ? no_district : DistrictId{1}};
    }
    if (draw(4) == 0) {
        f.weekdays = static_cast<std::uint8_t>(draw(128));
    }
    if (draw(5) == 0) {
        f.hours_of_day = static_cast<std::uint32_t>(draw(1 << 24));
    }
    if (draw(5) == 0) {
        f.daylight = draw(2) == 0 ? Daylight::night : Daylight::day;
    }
    if (draw(4) == 0) {
        const auto edge = [&](std::int32_t from) {
            return (from + draw(static_cast<std::uint64_t>(shape.side_m))) / finest_cell_m * finest_cell_m;
        };
        const PointM min{edge(shape.west_m), edge(shape.south_m)};
        f.box = BoxM{min, PointM{min.x_m + draw(20) * finest_cell_m, min.y_m + draw(20) * finest_cell_m}};
    }
    f.placed_only = draw(6) == 0;
    return f;
}

inline GroupBy random_group(Random& random) {
    constexpr std::int32_t cells_m[] = {100, 200, 300, 500, 1'000, 10'000};
    GroupBy group;
    group.cell_m = cells_m[random.below(6)];
    const auto wanted = random.below(4);
    while (group.dimensions.size() < wanted) {
        const auto d = static_cast<Dimension>(random.below(12));
        if (std::find(group.dimensions.begin(), group.dimensions.end(), d) == group.dimensions.end()) {
            group.dimensions.push_back(d);
        }
    }
    return group;
}

}  // namespace vigie::test
