// The fields that a source's contract lets through, with their types and bounds. What is not here does not pass: an unknown
// field blocks the feed, and one that speaks of a person has its whole message refused.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace vigie::intake {

enum class FieldType : std::uint8_t { text, number, integer, boolean };

/// What becomes of a value.
enum class FieldUse : std::uint8_t {
    read,      ///< time, place, category... : the manifest's rules look at it
    drop,      ///< known, and read past
    empty,     ///< must be absent, null, false or "" : software that knows persons must show that it sends none
    classify,  ///< free text that is only looked at to find the category, then dropped
};

struct FieldRule {
    std::string name;               ///< of the column, or path within an object: "place.lat"
    FieldType type = FieldType::text;
    FieldUse use = FieldUse::read;
    bool required = false;
    std::optional<double> min;      ///< numbers and integers
    std::optional<double> max;
    std::uint32_t length_max = 0;   ///< of a text, in bytes; 0: field_length_max
    std::vector<std::string> values;  ///< when not empty: the closed list
};

/// Longest text of a field that says nothing of its length.
inline constexpr std::uint32_t field_length_max = 256;
inline constexpr std::uint32_t free_text_length_max = 20'000;
inline constexpr std::size_t fields_max = 256;

class FieldSchema {
  public:
    FieldSchema() = default;
    /// rules: at most fields_max, names distinct.
    explicit FieldSchema(std::vector<FieldRule> rules);

    [[nodiscard]] const std::vector<FieldRule>& rules() const { return rules_; }
    [[nodiscard]] bool empty() const { return rules_.empty(); }
    /// Index of the rule of that name. A rule "a" with use `drop` also covers "a.b".
    [[nodiscard]] std::optional<std::size_t> find(std::string_view name) const;

  private:
    std::vector<FieldRule> rules_;
    std::vector<std::uint32_t> by_name_;  // indexes, by name
};

/// What is wrong with a value, as a stable reason and a French sentence; never the value itself.
struct FieldFault {
    const char* reason = "";
    std::string detail;
};

/// value: trimmed, empty when absent. decimal: '.' or ',' or 0, as parse_number.
[[nodiscard]] std::optional<FieldFault> check_field(const FieldRule& rule, std::string_view value, char decimal);

}  // namespace vigie::intake
