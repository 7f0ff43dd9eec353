// Which byte separates the fields of a CSV file that does not say so.
#pragma once

#include "intake/sources/csv_splitter.h"

namespace vigie::intake {

/// Text looked at for the separator.
inline constexpr std::size_t dialect_window_bytes = 64 * 1024;

/// Among comma, semicolon, tab and bar: the one that cuts the most of the following records into as
/// many fields as the first (two at least); at equality the one that makes more fields. A comma if
/// none cuts the first record.
[[nodiscard]] char detect_separator(const CsvText& sample);

/// « , », « ; », « | », « tabulation »: the separator as a message shows it.
[[nodiscard]] const char* separator_name(char separator);

}  // namespace vigie::intake
