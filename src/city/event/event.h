// What happened: one fact at one place and time. There is no field here that could name, number or
// depict a person, and none may be added: tools/tidy.py reads this file and refuses one.
#pragma once

#include <cstdint>

#include "base/strong.h"
#include "city/place/lon_lat.h"
#include "city/time/instant.h"

namespace vigie {

/// Identity of a record: 64-bit hash of its source and external id, or of its content and rank (docs/formats/identity.md).
using EventId = Strong<std::uint64_t, struct EventTag>;
/// A source of facts (a manifest), numbered in the order the observatory met them.
using SourceId = Strong<std::uint16_t, struct SourceTag>;
/// A category of the city's taxonomy, numbered in the order of the taxonomy file at first load.
using CategoryId = Strong<std::uint16_t, struct CategoryTag>;

/// How the fact came to be known. Forecasts may learn from what residents report, not from where patrols look.
enum class Origin : std::uint8_t { unknown = 0, resident = 1, patrol = 2, sensor = 3 };
inline constexpr int origin_count = 4;

/// 0 = not stated, 1 = minor .. 4 = very serious.
using Severity = Strong<std::uint8_t, struct SeverityTag>;

/// How finely the time is known. Facts known by day only stay out of hour charts.
enum class TimePrecision : std::uint8_t { minute = 0, hour = 1, day = 2 };

/// How finely the place is known.
enum class PlacePrecision : std::uint8_t {
    point = 0,          ///< a coordinate
    area_centroid = 1,  ///< the centre of a commune or district known by its code
    area_only = 2,      ///< the area is known by its code, but nothing places it on the map
    none = 3,           ///< no place at all
};

/// Bits of Event::flags. DO NOT CHANGE these values: they are stored.
inline constexpr std::uint16_t flag_repeated_hour = 1;    ///< the clock showed this hour twice; first passage assumed
inline constexpr std::uint16_t flag_skipped_hour = 2;     ///< the clock never showed this hour; moved forward
inline constexpr std::uint16_t flag_unmapped_category = 4; ///< the source's own category is not in the mapping
inline constexpr std::uint16_t flag_synthetic = 8;        ///< written by the simulator
inline constexpr std::uint16_t flag_from_text = 16;       ///< the category was read from a free text, which is not kept

struct Event {
    EventId id;
    Instant at;                    ///< UTC; start of the hour or day when known no finer
    LocalHour local_hour;          ///< of the city's zone; first hour of the day when known by day only
    PointM point;                  ///< in the city's projection; meaningless when place is area_only or none
    std::int32_t lon_e7 = 0;       ///< WGS 84, 1e-7 degree
    std::int32_t lat_e7 = 0;
    SourceId source;
    CategoryId category;
    DistrictId district = no_district;
    std::uint16_t flags = 0;
    Origin origin = Origin::unknown;
    Severity severity;
    TimePrecision time_precision = TimePrecision::minute;
    PlacePrecision place_precision = PlacePrecision::point;
    friend bool operator==(const Event&, const Event&) = default;
};

[[nodiscard]] constexpr bool is_placed(PlacePrecision p) {
    return p == PlacePrecision::point || p == PlacePrecision::area_centroid;
}

}  // namespace vigie
