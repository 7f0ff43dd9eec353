// Local civil time and UTC: the only file that knows the time-zone library.
#pragma once

#include <memory>
#include <string>
#include <string_view>

#include "base/result.h"
#include "city/time/instant.h"

namespace vigie {

/// A wall-clock reading without a zone: days since 1970-01-01 and milliseconds within the day.
struct CivilTime {
    LocalDay day;
    std::int32_t milliseconds_of_day = 0;
};

/// What the change of clocks did to a local reading.
enum class ClockChange : std::uint8_t {
    none,
    repeated,  ///< the hour exists twice; the first passage (summer time) is taken
    skipped,   ///< the hour does not exist; moved forward by the length of the gap
};

struct Localised {
    Instant at;
    ClockChange change = ClockChange::none;
};

/// The calendar of one time zone. Immutable; may be shared between threads.
class LocalCalendar {
  public:
    /// Opens the zone by its IANA name ("Europe/Paris"). Errors: not_found if the system's tz database lacks it.
    [[nodiscard]] static Result<LocalCalendar> open(std::string_view zone_name);

    /// UTC of a wall-clock reading.
    [[nodiscard]] Localised to_utc(CivilTime reading) const;
    /// The local hour an instant falls in.
    [[nodiscard]] LocalHour local_hour_of(Instant at) const;
    /// The wall-clock reading of an instant.
    [[nodiscard]] CivilTime to_civil(Instant at) const;
    /// First instant of the local day.
    [[nodiscard]] Instant start_of(LocalDay day) const;
    [[nodiscard]] const std::string& name() const { return name_; }

  private:
    struct Zone;
    LocalCalendar(std::string name, std::shared_ptr<const Zone> zone);
    std::string name_;
    std::shared_ptr<const Zone> zone_;  // shared by copies of this calendar; immutable
};

}  // namespace vigie
