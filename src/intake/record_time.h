// When a record happened: from its text to an instant in UTC and an hour of the city's clock.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "base/result.h"
#include "city/event/event.h"
#include "city/time/local_calendar.h"
#include "intake/manifest.h"

namespace vigie::intake {

struct RecordTime {
    TimeReading reading;        ///< as written: part of the identity
    Instant at;
    LocalHour local_hour;
    std::uint16_t flags = 0;    ///< of Event::flags
    const char* refusal = nullptr;  ///< stable code when the time can not be used
};

/// A fact may be dated a little ahead of the importing machine's clock; further is a wrong date.
inline constexpr std::chrono::hours future_tolerance{24};

/// May be shared between threads as long as nobody calls set_now.
class RecordClock {
  public:
    /// Errors: not_found for an unknown zone.
    [[nodiscard]] static Result<RecordClock> open(const TimeRule& rule, const std::string& city_zone, Instant now);

    /// date: the time column; hour: the hour column, or empty. Both without blanks around.
    [[nodiscard]] RecordTime read(std::string_view date, std::string_view hour) const;
    void set_now(Instant now) { latest_ = now + future_tolerance; }
    /// « JJ/MM/AAAA » as the manifest says it, for messages.
    [[nodiscard]] std::string expected() const;

  private:
    RecordClock(const TimeRule& rule, LocalCalendar city, LocalCalendar source, Instant now);
    [[nodiscard]] TimeReading reading_of(std::string_view date, std::string_view hour) const;
    void place_civil(CivilTime civil, RecordTime& time) const;
    void place_instant(std::int64_t ms, RecordTime& time) const;

    TimeRule rule_;
    LocalCalendar city_;
    LocalCalendar source_;
    bool source_is_city_ = false;
    Instant latest_;
};

}  // namespace vigie::intake
