// A CSV file as a stream of records. How records are cut, and how reading recovers from a broken
// one: csv_splitter.h.
#pragma once

#include <cstddef>
#include <memory>

#include "intake/sources/byte_stream.h"
#include "intake/sources/record_reader.h"

namespace vigie::intake {

/// Bounds that tests shrink, so that small inputs reach them.
struct CsvBounds {
    std::size_t record_bytes = record_bytes_max;
    std::size_t text_bytes =
        256 * 1024;  ///< cut at a time: what fits the second-level cache beside its views
};

/// Reads the column names; rows are then given by `next`. Blank lines are not records. Names are
/// trimmed of spaces. Errors: those of the stream, and invalid_input without a usable row of names
/// (message says the line and why).
[[nodiscard]] Result<std::unique_ptr<RecordReader>> make_csv_reader(
    std::unique_ptr<ByteStream> bytes, const ReaderOptions& options, CsvBounds bounds = {});

}  // namespace vigie::intake
