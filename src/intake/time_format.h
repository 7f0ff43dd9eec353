// A date and time as text: a small format language, compiled once, read without allocation.
//
//   YYYY MM DD HH mm ss   fixed width (a number written shorter is accepted where a separator follows it)
//   SSS                   a fraction of a second, 1 to 9 digits, kept to the millisecond
//   hh A                  hour 1-12 and AM or PM
//   Z                     an offset: Z, +hh:mm, +hhmm or +hh
//   any other character   itself; a space stands for one or more
//   iso | unix_s | unix_ms | excel    whole formats: ISO 8601; seconds or milliseconds since 1970 UTC; days since 1899-12-30
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "city/time/local_calendar.h"

namespace vigie::intake {

/// What a text said, before any zone is applied.
struct TimeReading {
    enum class Kind : std::uint8_t { none, civil, instant };
    Kind kind = Kind::none;      ///< none: the text does not follow the format, or is no date
    CivilTime civil;             ///< when kind is civil
    std::int64_t instant_ms = 0; ///< UTC, when kind is instant (an offset or Unix time was written)
};

class TimeFormat {
  public:
    TimeFormat() = default;
    /// Errors: invalid_input when the format names no day or is ambiguous, with what was expected.
    [[nodiscard]] static Result<TimeFormat> compile(std::string_view format);
    /// For the hour column of a date and hour pair: the format must name an hour and no date.
    [[nodiscard]] static Result<TimeFormat> compile_hour(std::string_view format);

    /// Reads all of `text` (no surrounding blanks). Refuses 30 February, hour 25, minute 60; reads 24:00 as the next midnight.
    [[nodiscard]] TimeReading parse(std::string_view text) const;
    [[nodiscard]] const std::string& text() const { return text_; }
    /// The format says the hour of the day.
    [[nodiscard]] bool has_hour() const;

  private:
    enum class Part : std::uint8_t { year, month, day, hour, hour12, minute, second, fraction, meridiem, offset, literal, blank };
    enum class Whole : std::uint8_t { parts, iso, unix_s, unix_ms, excel };
    struct Step {
        Part part;
        char literal;
    };
    [[nodiscard]] static Result<TimeFormat> compile_steps(std::string_view format);
    [[nodiscard]] bool names(Part part) const;
    struct Fields;
    static bool read_step(Step step, bool separator_follows, std::string_view& text, Fields& fields);
    [[nodiscard]] TimeReading parse_steps(std::string_view text) const;
    static TimeReading parse_iso(std::string_view text);
    static TimeReading parse_excel(std::string_view text);
    static TimeReading reading_of(const Fields& fields);

    std::string text_;
    Whole whole_ = Whole::parts;
    std::vector<Step> steps_;
};

}  // namespace vigie::intake
