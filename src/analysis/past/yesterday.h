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

/// Counts on a regular axis. start: LocalDay of the first bin's first day; week bins start on Monday, month bins on the 1st.
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
    /// The asked measure; none when the counts are too small for it to mean anything. `change` is relative: 0.18 = +18 %.
    std::optional<double> value;
    /// 95 % interval of `value`; for counts and rates: exact Poisson. Source: Garwood 1936, doi:10.2307/2333958.
    double low = 0.0;
    double high = 0.0;
};

struct Yesterday {
    HourRange period;
    std::optional<HourRange> compared_period;
    std::uint64_t total = 0;
    std::optional<std::uint64_t> compared_total;
    std::uint64_t not_placed = 0;    ///< of total: in tables, not on the map
    std::uint64_t known_by_day = 0;  ///< of total: not in hour charts
    Trend trend;                     ///< of the daily series over the period
    Series ribbon;                   ///< whole span of the store, every filter but the period
    Series series;                   ///< the period
    std::optional<Series> compared_series;  ///< same length as `series`, aligned bin by bin
    std::vector<std::uint64_t> hour_of_week;  ///< 168, Monday 0 h first
    std::vector<Breakdown> categories, sources, origins;  ///< by count, highest first
    std::vector<Place> places;       ///< by key
};

/// Everything the screen shows for one settled view. `span` is the store's. Errors: invalid_input for an empty period.
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
[[nodiscard]] Result<Frames> play_yesterday(EventStore& store, const Question& question, Step step);

}  // namespace vigie::past
