#include "intake/record_time.h"

#include <doctest/doctest.h>

#include <chrono>

using namespace vigie;
using namespace vigie::intake;
using namespace std::chrono;

namespace {

const Instant now = sys_days{2026y / January / 1};

RecordClock clock_for(std::string_view format, TimePrecision precision, SourceZone zone = SourceZone::city, std::string zone_name = {}) {
    TimeRule rule;
    rule.column = "t";
    rule.format = *TimeFormat::compile(format);
    rule.precision = precision;
    rule.zone = zone;
    rule.zone_name = std::move(zone_name);
    auto clock = RecordClock::open(rule, "Europe/Paris", now);
    REQUIRE(clock.has_value());
    return *std::move(clock);
}

LocalHour hour_of(sys_days day, int hour) { return LocalHour{static_cast<std::int32_t>(day.time_since_epoch().count()) * 24 + hour}; }

}  // namespace

TEST_CASE("local time becomes UTC, in winter and in summer") {
    const RecordClock clock = clock_for("DD/MM/YYYY HH:mm", TimePrecision::minute);
    const RecordTime winter = clock.read("15/01/2025 08:30", "");
    CHECK(winter.at == Instant{sys_days{2025y / January / 15} + 7h + 30min});
    CHECK(winter.local_hour == hour_of(2025y / January / 15, 8));
    const RecordTime summer = clock.read("15/07/2025 00:30", "");
    CHECK(summer.at == Instant{sys_days{2025y / July / 14} + 22h + 30min});
    CHECK(summer.local_hour == hour_of(2025y / July / 15, 0));
    CHECK(summer.flags == 0);
    CHECK(summer.refusal == nullptr);
}

TEST_CASE("the hour shown twice and the hour never shown are kept and flagged") {
    const RecordClock clock = clock_for("iso", TimePrecision::minute);
    const RecordTime repeated = clock.read("2025-10-26T02:30", "");
    CHECK(repeated.flags == flag_repeated_hour);
    CHECK(repeated.at == Instant{sys_days{2025y / October / 26} + 30min});  // first passage: still summer time
    CHECK(repeated.local_hour == hour_of(2025y / October / 26, 2));
    const RecordTime skipped = clock.read("2025-03-30T02:30", "");
    CHECK(skipped.flags == flag_skipped_hour);
    CHECK(skipped.at == Instant{sys_days{2025y / March / 30} + 1h + 30min});
    CHECK(skipped.local_hour == hour_of(2025y / March / 30, 3));
    // With its offset the second passage is no guess.
    const RecordTime second = clock.read("2025-10-26T02:30+01:00", "");
    CHECK(second.flags == 0);
    CHECK(second.at == Instant{sys_days{2025y / October / 26} + 1h + 30min});
}

TEST_CASE("other zones are turned into the city's hours") {
    const RecordTime utc = clock_for("iso", TimePrecision::minute, SourceZone::utc).read("2025-07-14T22:30", "");
    CHECK(utc.at == Instant{sys_days{2025y / July / 14} + 22h + 30min});
    CHECK(utc.local_hour == hour_of(2025y / July / 15, 0));
    const RecordTime named = clock_for("iso", TimePrecision::minute, SourceZone::named, "America/New_York").read("2025-07-14T18:30", "");
    CHECK(named.at == utc.at);
    CHECK(clock_for("unix_s", TimePrecision::minute, SourceZone::utc).read("1752532200", "").at == utc.at);
    TimeRule rule;
    rule.zone = SourceZone::named;
    rule.zone_name = "Mars/Olympus";
    CHECK_FALSE(RecordClock::open(rule, "Europe/Paris", now).has_value());
}

TEST_CASE("a time known by the hour or the day is its beginning") {
    const RecordTime hour = clock_for("iso", TimePrecision::hour).read("2025-07-14T18:47", "");
    CHECK(hour.at == Instant{sys_days{2025y / July / 14} + 16h});
    CHECK(hour.local_hour == hour_of(2025y / July / 14, 18));
    const RecordTime day = clock_for("iso", TimePrecision::day).read("2025-07-14T18:47", "");
    CHECK(day.at == Instant{sys_days{2025y / July / 13} + 22h});
    CHECK(day.local_hour == hour_of(2025y / July / 14, 0));
    // A day written in another zone is the day that was written; an instant is the city's day.
    CHECK(clock_for("YYYY-MM-DD", TimePrecision::day, SourceZone::utc).read("2025-07-14", "").local_hour == day.local_hour);
    CHECK(clock_for("iso", TimePrecision::day).read("2025-07-13T22:30Z", "").local_hour == day.local_hour);
}

TEST_CASE("date and hour in two columns are one time") {
    TimeRule rule;
    rule.column = "date";
    rule.hour_column = "heure";
    rule.format = *TimeFormat::compile("DD/MM/YYYY");
    rule.hour_format = *TimeFormat::compile_hour("HH");
    rule.precision = TimePrecision::hour;
    const auto clock = RecordClock::open(rule, "Europe/Paris", now);
    REQUIRE(clock.has_value());
    CHECK(clock->read("14/07/2025", "09").local_hour == hour_of(2025y / July / 14, 9));
    CHECK(clock->read("14/07/2025", "24").local_hour == hour_of(2025y / July / 15, 0));
    CHECK(std::string(clock->read("14/07/2025", "").refusal) == "missing_time");
    CHECK(std::string(clock->read("14/07/2025", "25").refusal) == "bad_time");
    CHECK(std::string(clock->read("32/07/2025", "09").refusal) == "bad_time");
}

TEST_CASE("a time that can not be is refused with its reason") {
    const RecordClock clock = clock_for("iso", TimePrecision::minute);
    CHECK(std::string(clock.read("", "").refusal) == "missing_time");
    CHECK(std::string(clock.read("hier", "").refusal) == "bad_time");
    CHECK(std::string(clock.read("2025-02-29", "").refusal) == "bad_time");
    CHECK(std::string(clock.read("1949-12-31T23:59", "").refusal) == "implausible_time");
    CHECK(std::string(clock.read("2069-01-01T00:00", "").refusal) == "implausible_time");
    CHECK(std::string(clock.read("1850-01-01T00:00Z", "").refusal) == "implausible_time");
    CHECK(std::string(clock.read("2150-01-01T00:00Z", "").refusal) == "implausible_time");
    CHECK(std::string(clock.read("2026-01-02T01:01", "").refusal) == "future_time");
    CHECK(clock.read("2026-01-01T23:59", "").refusal == nullptr);
    CHECK(clock.read("1950-01-01T00:00", "").refusal == nullptr);
}
