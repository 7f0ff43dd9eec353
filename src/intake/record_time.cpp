#include "intake/record_time.h"

#include <fmt/format.h>

namespace vigie::intake {
namespace {

constexpr std::int64_t hour_ms = 3'600'000;

std::int64_t floor_to_hour(std::int64_t ms) {
    const std::int64_t rest = ms % hour_ms;
    return ms - rest - (rest < 0 ? hour_ms : 0);
}

std::uint16_t flag_of(ClockChange change) {
    switch (change) {
        case ClockChange::none: return 0;
        case ClockChange::repeated: return flag_repeated_hour;
        case ClockChange::skipped: return flag_skipped_hour;
    }
    return 0;
}

}  // namespace

Result<RecordClock> RecordClock::open(const TimeRule& rule, const std::string& city_zone, Instant now) {
    LocalCalendar city = TRY(LocalCalendar::open(city_zone));
    LocalCalendar source = rule.zone == SourceZone::city ? city
                           : TRY(LocalCalendar::open(rule.zone == SourceZone::utc ? std::string("Etc/UTC") : rule.zone_name));
    return RecordClock(rule, std::move(city), std::move(source), now);
}

RecordClock::RecordClock(const TimeRule& rule, LocalCalendar city, LocalCalendar source, Instant now)
    : rule_(rule), city_(std::move(city)), source_(std::move(source)), source_is_city_(city_.name() == source_.name()),
      latest_(now + future_tolerance) {}

std::string RecordClock::expected() const {
    return rule_.hour_column.empty() ? rule_.format.text() : fmt::format("{} et {}", rule_.format.text(), rule_.hour_format.text());
}

TimeReading RecordClock::reading_of(std::string_view date, std::string_view hour) const {
    TimeReading reading = rule_.format.parse(date);
    if (rule_.hour_column.empty() || reading.kind != TimeReading::Kind::civil) {
        return reading;
    }
    const TimeReading of_day = rule_.hour_format.parse(hour);
    if (of_day.kind != TimeReading::Kind::civil) {
        return of_day;
    }
    // The hour alone reads as a time of 1970-01-01; 24:00 as the day after.
    reading.civil.day = LocalDay{reading.civil.day.raw() + of_day.civil.day.raw()};
    reading.civil.milliseconds_of_day = of_day.civil.milliseconds_of_day;
    return reading;
}

void RecordClock::place_civil(CivilTime civil, RecordTime& time) const {
    if (rule_.precision == TimePrecision::day) {
        // The day is the one that was written, whatever the zone.
        time.at = city_.start_of(civil.day);
        time.local_hour = first_hour_of(civil.day);
        return;
    }
    if (rule_.precision == TimePrecision::hour) {
        civil.milliseconds_of_day = static_cast<std::int32_t>(floor_to_hour(civil.milliseconds_of_day));
    }
    const Localised localised = source_.to_utc(civil);
    time.at = localised.at;
    time.flags = flag_of(localised.change);
    time.local_hour = source_is_city_ && localised.change == ClockChange::none
                          ? LocalHour{civil.day.raw() * 24 + static_cast<std::int32_t>(civil.milliseconds_of_day / hour_ms)}
                          : city_.local_hour_of(localised.at);
}

void RecordClock::place_instant(std::int64_t ms, RecordTime& time) const {
    if (rule_.precision == TimePrecision::hour) {
        ms = floor_to_hour(ms);
    }
    time.at = Instant{std::chrono::milliseconds{ms}};
    time.local_hour = city_.local_hour_of(time.at);
    if (rule_.precision == TimePrecision::day) {
        const LocalDay day = day_of(time.local_hour);
        time.at = city_.start_of(day);
        time.local_hour = first_hour_of(day);
    }
}

RecordTime RecordClock::read(std::string_view date, std::string_view hour) const {
    RecordTime time;
    if (date.empty() || (hour.empty() && !rule_.hour_column.empty())) {
        time.refusal = "missing_time";
        return time;
    }
    time.reading = reading_of(date, hour);
    switch (time.reading.kind) {
        case TimeReading::Kind::none: time.refusal = "bad_time"; return time;
        case TimeReading::Kind::civil: {
            // The calendar's tables end not far beyond the hours that are accepted.
            const LocalDay day = time.reading.civil.day;
            if (day < day_of(first_local_hour) || day > day_of(last_local_hour)) {
                time.refusal = "implausible_time";
                return time;
            }
            place_civil(time.reading.civil, time);
            break;
        }
        case TimeReading::Kind::instant: {
            const auto day = LocalDay{static_cast<std::int32_t>(floor_to_hour(time.reading.instant_ms) / (24 * hour_ms))};
            if (day < day_of(first_local_hour) || day > day_of(last_local_hour)) {
                time.refusal = "implausible_time";
                return time;
            }
            place_instant(time.reading.instant_ms, time);
            break;
        }
    }
    if (time.local_hour < first_local_hour || time.local_hour >= last_local_hour) {
        time.refusal = "implausible_time";
    } else if (time.at > latest_) {
        time.refusal = "future_time";
    }
    return time;
}

}  // namespace vigie::intake
