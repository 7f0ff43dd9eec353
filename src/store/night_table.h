// Which local hours are night, computed once a segment of four weeks and kept: the rule of city/time/sun.h
// at the price of a look-up.
#pragma once

#include <array>
#include <atomic>
#include <cstdint>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

#include "base/result.h"
#include "city/place/lon_lat.h"
#include "city/time/local_calendar.h"
#include "store/local_segments.h"

namespace vigie {

using SegmentNights = std::array<std::uint8_t, segment_hours>;  // 1 = night, by hour in segment

/// Thread-safe.
class NightTable {
  public:
    /// `zone` empty: nothing is known, and no hour is night. Errors: not_found for an unknown zone.
    [[nodiscard]] static Result<std::unique_ptr<NightTable>> open(const std::string& zone, LonLat from);
    ~NightTable();

    [[nodiscard]] bool knows_daylight() const { return calendar_.has_value(); }
    /// The nights of a segment; the reference stays valid as long as the table.
    [[nodiscard]] const SegmentNights& of_segment(std::uint32_t segment);
    [[nodiscard]] bool is_night(LocalHour hour) { return of_segment(segment_of(hour))[hour_in_segment(hour)] != 0; }
    /// The rule in words that change when the rule does: zone and place.
    [[nodiscard]] const std::string& rule() const { return rule_; }

  private:
    NightTable() : segments_(static_cast<std::size_t>(segment_count)) {}
    std::string rule_;
    std::optional<LocalCalendar> calendar_;
    LonLat from_;
    std::mutex mutex_;
    std::vector<std::atomic<const SegmentNights*>> segments_;  // owned; null until asked
};

}  // namespace vigie
