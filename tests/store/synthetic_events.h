// Events drawn from a seed, with every corner a question can fall into: negative metres and hours, facts
// known by day only, facts without a place, no district.
#pragma once

#include <chrono>
#include <vector>

#include "base/random.h"
#include "city/event/event.h"

namespace vigie::test {

struct EventShape {
    std::int32_t first_hour = 420'000;  ///< 2017-11-30
    std::int32_t hours = 24 * 90;
    std::int32_t west_m = -1'500;       ///< straddles zero on purpose
    std::int32_t south_m = -900;
    std::int32_t side_m = 4'000;
    std::uint16_t sources = 4;
    std::uint16_t categories = 7;
    std::uint16_t districts = 6;
};

inline Event synthetic_event(Random& random, std::uint64_t id, const EventShape& shape) {
    const auto draw = [&random](std::uint64_t bound) { return random.below(bound); };
    Event e;
    e.id = EventId{mix64(id)};
    e.local_hour = LocalHour{shape.first_hour + static_cast<std::int32_t>(draw(static_cast<std::uint64_t>(shape.hours)))};
    e.time_precision = static_cast<TimePrecision>(draw(10) < 7 ? 0 : draw(3));
    if (e.time_precision == TimePrecision::day) {
        e.local_hour = first_hour_of(day_of(e.local_hour));
    }
    e.at = Instant{std::chrono::hours{e.local_hour.raw() - 1} + std::chrono::milliseconds{draw(3'600'000)}};
    const auto side = static_cast<std::uint64_t>(shape.side_m);
    // Two thirds lie in a corner of a tenth of the side, so that some cells are full.
    const auto reach = draw(3) == 0 ? side : side / 10;
    e.point = PointM{shape.west_m + static_cast<std::int32_t>(draw(reach)), shape.south_m + static_cast<std::int32_t>(draw(reach))};
    e.place_precision = static_cast<PlacePrecision>(draw(10) < 8 ? 0 : draw(4));
    if (!is_placed(e.place_precision)) {
        e.point = {};
    }
    e.lon_e7 = static_cast<std::int32_t>(draw(1'000'000)) - 500'000;
    e.lat_e7 = static_cast<std::int32_t>(draw(900'000'000));
    e.source = SourceId{static_cast<std::uint16_t>(draw(shape.sources))};
    e.category = CategoryId{static_cast<std::uint16_t>(draw(shape.categories))};
    e.district = draw(8) == 0 ? no_district : DistrictId{static_cast<std::uint16_t>(draw(shape.districts))};
    e.flags = static_cast<std::uint16_t>(draw(16));
    e.origin = static_cast<Origin>(draw(origin_count));
    e.severity = Severity{static_cast<std::uint8_t>(draw(5))};
    return e;
}

inline std::vector<Event> synthetic_events(std::uint64_t seed, std::size_t count, const EventShape& shape = {}) {
    Random random(seed);
    std::vector<Event> events;
    events.reserve(count);
    for (std::size_t i = 0; i < count; ++i) {
        events.push_back(synthetic_event(random, seed * 1'000'003 + i, shape));
    }
    return events;
}

}  // namespace vigie::test
