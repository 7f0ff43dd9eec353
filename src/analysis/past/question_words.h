// The closed vocabulary of a question text, for its reader and its writer. The first word of a list
// is its default.
#pragma once

#include <array>
#include <optional>
#include <string_view>

#include "analysis/past/yesterday.h"

namespace vigie::past::words {

template <class Value>
struct Word {
    std::string_view text;
    Value value;
};

/// In the order of the canonical form.
inline constexpr std::array<std::string_view, 15> parameter_names{
    "bin",    "cat", "cell", "compare", "district", "from", "hours", "measure",
    "origin", "src", "step", "sun",     "to",       "unit", "wd"};

inline constexpr std::array<Word<Origin>, 4> origins{{{"unknown", Origin::unknown},
                                                      {"resident", Origin::resident},
                                                      {"patrol", Origin::patrol},
                                                      {"sensor", Origin::sensor}}};
inline constexpr std::array<Word<Daylight>, 2> daylights{
    {{"day", Daylight::day}, {"night", Daylight::night}}};
inline constexpr std::array<Word<Unit>, 2> units{
    {{"cells", Unit::cells}, {"districts", Unit::districts}}};
inline constexpr std::array<Word<Measure>, 4> measures{
    {{"count", Measure::count},
     {"rate_km2", Measure::rate_per_km2},
     {"rate_residents", Measure::rate_per_1000_residents},
     {"change", Measure::change}}};
inline constexpr std::array<Word<Comparison>, 3> comparisons{
    {{"none", Comparison::none},
     {"previous", Comparison::previous_period},
     {"year", Comparison::same_period_last_year}}};
inline constexpr std::array<Word<Bin>, 3> bins{
    {{"day", Bin::day}, {"week", Bin::week}, {"month", Bin::month}}};
inline constexpr std::array<Word<Step>, 4> steps{
    {{"hour", Step::hour}, {"day", Step::day}, {"week", Step::week}, {"month", Step::month}}};

template <class Value, std::size_t count>
[[nodiscard]] constexpr std::optional<Value> find(const std::array<Word<Value>, count>& list,
                                                  std::string_view text) {
    for (const auto& word : list) {
        if (word.text == text) {
            return word.value;
        }
    }
    return std::nullopt;
}

/// The word of a value; empty for a value without one (Daylight::any).
template <class Value, std::size_t count>
[[nodiscard]] constexpr std::string_view text_of(const std::array<Word<Value>, count>& list,
                                                 Value value) {
    for (const auto& word : list) {
        if (word.value == value) {
            return word.text;
        }
    }
    return {};
}

}  // namespace vigie::past::words
