// The questions of the HIER screen, as one typed question and one typed answer. Counting is the store's;
// what is a period to compare with, what is a rate, which word a trend deserves, is decided here.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "analysis/past/trend.h"
#include "base/result.h"
#include "city/city.h"
#include "store/event_store.h"

namespace vigie::past {

enum class Unit : std::uint8_t { cells, districts };
enum class Measure : std::uint8_t { count, rate_per_km2, rate_per_1000_residents, change };
enum class Comparison : std::uint8_t { none, previous_period, same_period_last_year };
enum class Bin : std::uint8_t { day, week, month };

struct Question {
    EventFilter filter;  ///< filter.hours is the period looked at
    Unit unit = Unit::cells;
    std::int32_t cell_m = 200;
    Measure measure = Measure::count;
    Comparison comparison = Comparison::none;
    Bin bin = Bin::day;
    friend bool operator==(const Question&, const Question&) = default;
};

/// Counts on a regular axis. start: first day of the first bin; week bins start on Monday, month bins on the 1st.
/// The first and last bin count only the days that lie in the period, and may thus be partial.
struct Series {
    Bin bin = Bin::day;
    LocalDay start;
    std::vector<std::uint64_t> counts;
};

struct Breakdown {
    std::int64_t key = 0;  ///< source, category or origin number
    std::uint64_t count = 0;
    std::optional<std::uint64_t> compared;
};

struct Place {
    std::int64_t key = 0;  ///< packed cell, or district number
    std::uint64_t count = 0;
    std::optional<std::uint64_t> compared;
    /// The asked measure over the whole period; none when the counts are too small for it to mean anything (1 to
    /// governance::place_count_min - 1 facts; for `change` also fewer than compared_count_min compared), or when the area, the
    /// residents or the compared facts are not known. `change` is relative: 0.18 = +18 %.
    std::optional<double> value;
    /// 95 % interval of `value`; 0 without it. Counts and rates: exact Poisson (Garwood 1936, doi:10.2307/2333958).
    /// Change: exact for the ratio of two Poisson means (Przyborowski & Wilenski 1940, doi:10.2307/2332612).
    double low = 0.0;
    double high = 0.0;
};

/// Fewest facts to compare with: below, a relative change is mostly chance.
inline constexpr std::uint64_t compared_count_min = 10;

struct Yesterday {
    HourRange period;
    std::optional<HourRange> compared_period;  ///< set whenever a comparison is asked
    std::uint64_t total = 0;
    /// This and every other `compared` is none when no comparison is asked, and when the compared period begins before the
    /// first day of the store's data: an absence of data is not a quiet period.
    std::optional<std::uint64_t> compared_total;
    /// Of total: in tables, not on the map of the asked unit (cells: without a position; districts: in none, or in one without outline).
    std::uint64_t not_placed = 0;
    std::uint64_t known_by_day = 0;  ///< of total: not in hour charts
    Trend trend;                     ///< of the daily series over the days of the period that have data
    Series ribbon;                   ///< whole span of the store by day, every filter but the period
    Series series;                   ///< the period
    std::optional<Series> compared_series;  ///< same length as `series`, aligned bin by bin
    std::vector<std::uint64_t> hour_of_week;  ///< 168, Monday 0 h first
    std::vector<Breakdown> categories, sources, origins;  ///< by count, highest first
    std::vector<Place> places;       ///< by key; those with a fact in either period
};

/// Everything the screen shows for one settled view. `span` is the store's. Costs 4 passes of the store, 6 with a comparison,
/// and one more a period that does not consist of whole days.
/// Errors: invalid_input, in French, for an empty period, a wrong cell size, or a measure that the question can not have.
[[nodiscard]] Result<Yesterday> look_at_yesterday(EventStore& store, const City& city, HourRange span, const Question& question);

/// Playback: counts by place for successive steps of the period.
struct Frames {
    std::vector<HourRange> steps;
    std::vector<std::int64_t> places;     ///< keys
    std::vector<std::uint32_t> step_of;   ///< per entry: index into steps   } entries sorted by step, then place
    std::vector<std::uint32_t> place_of;  ///< per entry: index into places  }
    std::vector<std::uint32_t> count_of;  ///< per entry: facts              }
};
/// Most steps of a playback: a year of days and a month of hours both fit.
inline constexpr std::size_t frames_max = 800;
enum class Step : std::uint8_t { hour, day, week, month };
/// Steps are days, Monday weeks or calendar months, cut to the period; empty steps are listed and have no entry. By hour, facts
/// known by day only are left out. Errors: invalid_input, in French; for more than frames_max steps it says what would fit.
[[nodiscard]] Result<Frames> play_yesterday(EventStore& store, const Question& question, Step step);

}  // namespace vigie::past
