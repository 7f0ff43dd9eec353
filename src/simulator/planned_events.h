// The synthetic city's agenda: matches, concerts, markets, a festival and two nights of fireworks,
// each with the facts it draws around it, before, during and after.
#pragma once

#include <span>
#include <string_view>
#include <vector>

#include "city/time/instant.h"
#include "simulator/ground.h"

namespace vigie::simulator {

/// Extra facts of one kind for a thousand people, at intensity 1.
struct Excess {
    std::string_view kind;
    double per_thousand = 0.0;
};

struct EventType {
    std::string_view key;
    double radius_m = 0.0;   ///< standard deviation of the excess around the place
    int minutes_before = 0;  ///< the excess starts so long before the event ...
    int minutes_after = 0;   ///< ... and ends so long after it
    std::span<const Excess> excess;
};

struct PlannedEvent {
    const EventType* type = nullptr;
    LocalDay day;
    int start_minute = 0;  ///< of the day, wall clock
    int end_minute = 0;    ///< above 1440 when it ends after midnight
    Spot place;
    int attendance = 0;
};

/// Ordered by day, then by start.
[[nodiscard]] std::vector<PlannedEvent> plan_events(const Ground& ground, LocalDay first_day,
                                                    int days, std::uint64_t seed);

}  // namespace vigie::simulator
