// Opening the tables: made when absent, refused when newer, and what is known of them read into memory.
#include <fmt/format.h>
#include <xxhash.h>

#include <bit>

#include "base/random.h"
#include "store/duck_event_store.h"

namespace vigie {
namespace {

constexpr const char* make_tables_sql = R"(
CREATE TABLE IF NOT EXISTS settings(version BIGINT NOT NULL, night_rule BIGINT NOT NULL);
CREATE TABLE IF NOT EXISTS changes(seq UINTEGER NOT NULL, kind UTINYINT NOT NULL, high UBIGINT NOT NULL, low UBIGINT NOT NULL,
  rows UBIGINT NOT NULL, history UBIGINT NOT NULL);
CREATE TABLE IF NOT EXISTS events(id UBIGINT NOT NULL, t BIGINT NOT NULL, local_hour INTEGER NOT NULL,
  x INTEGER NOT NULL, y INTEGER NOT NULL, lon_e7 INTEGER NOT NULL, lat_e7 INTEGER NOT NULL,
  source USMALLINT NOT NULL, category USMALLINT NOT NULL, district USMALLINT NOT NULL, flags USMALLINT NOT NULL,
  origin UTINYINT NOT NULL, severity UTINYINT NOT NULL, time_precision UTINYINT NOT NULL, place_precision UTINYINT NOT NULL,
  night UTINYINT NOT NULL, seq UINTEGER NOT NULL))";

std::int64_t rule_hash(const NightTable& nights) {
    const auto& rule = nights.rule();
    return rule.empty() ? 0 : std::bit_cast<std::int64_t>(XXH3_64bits(rule.data(), rule.size()));
}

std::string night_hours_sql(NightTable& nights, std::uint32_t segment) {
    const auto first = first_hour_of_segment(segment).raw();
    std::string hours;
    const auto& night = nights.of_segment(segment);
    for (std::int32_t i = 0; i < segment_hours; ++i) {
        if (night[static_cast<std::size_t>(i)] != 0) {
            hours += fmt::format("{}{}", hours.empty() ? "" : ",", first + i);
        }
    }
    return hours;
}

}  // namespace

std::uint64_t next_history(std::uint64_t history, const StoreChange& change) {
    for (const std::uint64_t part : {std::uint64_t{change.is_erase}, change.id.high, change.id.low, change.rows, change.content}) {
        history = mix64(history ^ mix64(part));
    }
    return history;
}

Status DuckEventStore::make_tables(DuckConnection& connection) {
    TRY(connection.run(make_tables_sql));
    const auto known = TRY(connection.numbers("SELECT version FROM settings"));
    if (known.empty()) {
        return connection.run(fmt::format("INSERT INTO settings VALUES ({}, {})", event_tables_version, rule_hash(*nights_)));
    }
    if (known.front() > event_tables_version) {
        return fail(ErrorCode::conflict, fmt::format("base des faits {} : format {}, plus récent que ce programme (format {})",
                                                     options_.database_path, known.front(), event_tables_version));
    }
    return {};
}

/// The column `night` follows the rule it was computed by; another place or zone means computing it again.
Status DuckEventStore::check_night_rule(DuckConnection& connection) {
    const auto rule = rule_hash(*nights_);
    const auto known = TRY(connection.numbers("SELECT night_rule FROM settings"));
    if (rule == 0 || (!known.empty() && known.front() == rule)) {
        return {};
    }
    TRY(connection.run("BEGIN"));
    TRY(connection.run("UPDATE events SET night = 0 WHERE night = 1"));
    const auto span = TRY(connection.numbers(
        "SELECT min(local_hour)::BIGINT, max(local_hour)::BIGINT FROM events HAVING count(*) > 0"));
    if (!span.empty()) {
        const auto last = segment_of(LocalHour{static_cast<std::int32_t>(span[1])});
        for (auto segment = segment_of(LocalHour{static_cast<std::int32_t>(span[0])}); segment <= last; ++segment) {
            const auto first = first_hour_of_segment(segment).raw();
            TRY(connection.run(fmt::format("UPDATE events SET night = 1 WHERE local_hour >= {} AND local_hour < {} AND local_hour IN ({})",
                                           first, first + segment_hours, night_hours_sql(*nights_, segment))));
        }
    }
    TRY(connection.run(fmt::format("UPDATE settings SET night_rule = {}", rule)));
    return connection.run("COMMIT");
}

Status DuckEventStore::read_head(DuckConnection& connection) {
    Head head;
    const auto last = TRY(connection.numbers("SELECT seq::BIGINT, (history::HUGEINT - 9223372036854775808)::BIGINT "
                                             "FROM changes ORDER BY seq DESC LIMIT 1"));
    if (!last.empty()) {
        head.seq = static_cast<std::uint64_t>(last[0]);
        head.history = std::bit_cast<std::uint64_t>(last[1]) + (1ULL << 63);
    }
    const auto facts = TRY(connection.numbers(
        "SELECT count(*)::BIGINT, min(local_hour)::BIGINT, max(local_hour)::BIGINT FROM events HAVING count(*) > 0"));
    if (!facts.empty()) {
        head.events = static_cast<std::uint64_t>(facts[0]);
        head.span = HourRange{LocalHour{static_cast<std::int32_t>(facts[1])}, LocalHour{static_cast<std::int32_t>(facts[2] + 1)}};
    }
    const std::lock_guard lock(head_mutex_);
    head_ = head;
    return {};
}

}  // namespace vigie
