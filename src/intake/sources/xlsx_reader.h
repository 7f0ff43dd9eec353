// A sheet of an .xlsx workbook as a stream of records. Rows are read as they inflate, so that a
// sheet of a million rows fits in little memory; only the strings that cells share are kept.
//
// Dates come out as ISO text (workbook_dates.h), booleans as true or false, errors (#N/A) as
// missing, formulas as the value they last had. Empty rows are not records; cells right of the last
// column name are not read.
#pragma once

#include <memory>
#include <string>

#include "intake/sources/record_reader.h"

namespace vigie::intake {

/// The names stand in the first row that is not empty, from options.header_row on. An .xlsx within
/// .gz or .xz is inflated in memory. Errors: those of opening; invalid_input for anything but a
/// workbook, and for a sheet without names.
[[nodiscard]] Result<std::unique_ptr<RecordReader>> make_xlsx_reader(const std::string& path,
                                                                     const ReaderOptions& options);

/// The same from bytes in memory.
[[nodiscard]] Result<std::unique_ptr<RecordReader>> make_xlsx_reader_of_bytes(
    std::string bytes, const ReaderOptions& options);

}  // namespace vigie::intake
