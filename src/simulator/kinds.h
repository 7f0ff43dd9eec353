// The vocabulary of the synthetic city: what may happen, when and where it tends to, and who writes
// it down. The figures are plausible orders of magnitude chosen by hand. They are measured on no
// real city, and no conclusion about a real place may be drawn from them.
#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <string_view>

namespace vigie::simulator {

enum class SourceFile : std::uint8_t { logbook, fire, tickets, reports, noise, tows };
inline constexpr std::size_t source_count = 6;

/// What decides whether a fact becomes a record by some route.
enum class Finder : std::uint8_t {
    service,   ///< the service itself: the chance is the same everywhere
    resident,  ///< a resident reports: the chance is multiplied by the district's readiness to
               ///< report
    patrol,    ///< a patrol comes by: the chance grows with the patrols the district gets
    camera,    ///< a camera or a box on a mast
};

/// One way from a fact to a record. The first code is written in most records, the others share the
/// rest.
struct Route {
    SourceFile file = SourceFile::logbook;
    Finder finder = Finder::service;
    double chance = 0.0;
    std::string_view record_key;  ///< taxonomy key of what is written; empty = the fact's own
    std::array<std::string_view, 4> codes{};
};

enum class Hours : std::uint8_t {
    flat,
    night,
    evening,
    day,
    office,
    morning,
    commute,
    sleep,
    afternoon
};
enum class Week : std::uint8_t { flat, weekend, working, saturday, sunday };
enum class Season : std::uint8_t { flat, summer, hot_summer, winter, school, july_and_new_year };
enum class Setting : std::uint8_t { homes, centre, roads, wild, masts };

inline constexpr std::size_t hours_count = 9;
inline constexpr std::size_t week_count = 5;
inline constexpr std::size_t season_count = 6;

/// Flavours of hotspots, as bits.
inline constexpr std::uint8_t nightlife = 1;
inline constexpr std::uint8_t station = 2;
inline constexpr std::uint8_t market = 4;
inline constexpr std::uint8_t shopping = 8;
inline constexpr std::uint8_t beach = 16;
inline constexpr std::uint8_t square = 32;

inline constexpr std::size_t routes_max = 5;

struct Kind {
    std::string_view key;  ///< taxonomy key
    double weight = 0.0;   ///< mean facts a day at intensity 1, season and week averaging 1; 0 =
                           ///< only ever a record's key
    Hours hours = Hours::flat;
    Week week = Week::flat;
    Season season = Season::flat;
    Setting setting = Setting::homes;
    std::uint8_t flavours = 0;     ///< hotspots that draw it
    double hotspot_share = 0.0;    ///< facts that happen in a hotspot rather than along any street
    double repeat_mean = 0.0;      ///< near repeats that a fact gives birth to, on average
    double per_5_degrees = 0.0;    ///< log of the effect of a day 5 degrees warmer than the season
    double on_rain = 0.0;          ///< log of the effect of a wet day
    double on_fire_weather = 0.0;  ///< log of the effect of one unit of drought with wind
    double a_year = 0.0;           ///< slow drift: log of the change over a year
    std::uint8_t severity = 0;     ///< usual severity, for the logbook
    std::array<Route, routes_max> routes{};
};

[[nodiscard]] std::span<const Kind> kinds();
/// Index in kinds(), for keys that are known to be there.
[[nodiscard]] std::size_t kind_index(std::string_view key);

/// 24 weights, average 1; hours before 6 belong to the evening before, for the week's sake.
[[nodiscard]] const std::array<double, 24>& hours_profile(Hours hours);
/// Seven weights from Monday, average 1.
[[nodiscard]] const std::array<double, 7>& week_profile(Week week);
/// Twelve weights from January, average 1.
[[nodiscard]] const std::array<double, 12>& season_profile(Season season);

}  // namespace vigie::simulator
