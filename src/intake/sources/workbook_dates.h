// Dates in workbooks: numbers whose cell has a date's format. The numbers count days from 1900
// (with a 29 February 1900 that never was, kept for the sake of older programs) or from 1904.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace vigie::intake {

/// What a number format shows.
enum class DateStyle : std::uint8_t { none, date, time, date_time };

/// Of a built-in format. Source: ECMA-376 part 1, 18.8.30 (ids 14 to 22 and 45 to 47; 27 to 36 and
/// 50 to 58 are East Asian dates).
[[nodiscard]] DateStyle builtin_date_style(unsigned format_id);

/// Of a format code such as "dd/mm/yyyy hh:mm", "[h]:mm" or "0.00": its first section, without what
/// is quoted or escaped.
[[nodiscard]] DateStyle date_style_of_code(std::string_view code);

/// A day number as ISO text, to the second: date, time of day, or both; a date with a time of day
/// shows both whatever the style. Nothing outside 1900..9999, or for DateStyle::none.
[[nodiscard]] std::optional<std::string> iso_of_serial(double serial, DateStyle style,
                                                       bool from_1904);

}  // namespace vigie::intake
