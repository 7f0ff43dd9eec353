// Everything about the synthetic city that is settled before its first fact: the same seed, the
// same world.
#pragma once

#include <optional>
#include <vector>

#include "city/time/local_calendar.h"
#include "simulator/levels.h"
#include "simulator/planned_events.h"
#include "simulator/rhythm.h"

namespace vigie::simulator {

/// What is hidden in the facts for an analysis to find.
struct Planted {
    // A change of level of one kind in one district, from one day on.
    std::size_t change_kind = 0;
    std::size_t change_district = 0;
    LocalDay change_day;  ///< after the end when the period is too short for a change
    double change_ratio = 1.25;
    std::size_t silent_district = 0;  ///< where residents report least
    // Two districts of like level; the first starts with three times the patrols of the second.
    std::size_t watched_district = 0;
    std::size_t twin_district = 0;
};

struct World {
    LocalCalendar calendar;
    Ground ground;
    Levels levels;
    Rhythm rhythm;
    std::vector<PlannedEvent> events;
    std::vector<double>
        readiness;  ///< by district: share of what residents see that they report, 0.2..0.95
    Planted planted;
};

/// The world of a seed over [last_day - days, last_day). The city must outlive it.
/// Errors: not_found for an unknown time zone; invalid_input when no district is wide enough for a
/// street.
[[nodiscard]] Result<World> make_world(const City& city, LocalDay last_day, int days,
                                       std::uint64_t seed);

}  // namespace vigie::simulator
