// Any tabular or feature file as a stream of records: named columns, values as text, and the place in the file
// each record came from. What the values mean is the manifest's business, not the reader's.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace vigie::intake {

enum class FileFormat : std::uint8_t { csv, geojson, geojson_sequence, xlsx };
enum class TextEncoding : std::uint8_t { detect, utf8, cp1252 };

/// What a manifest may say about the file; anything left out is detected.
struct ReaderOptions {
    std::optional<FileFormat> format;  ///< else by extension, under .gz or .xz
    TextEncoding encoding = TextEncoding::detect;
    char separator = 0;                ///< CSV: 0 = detect among , ; tab |
    std::string sheet;                 ///< XLSX: empty = first sheet
    std::uint32_t header_row = 1;      ///< XLSX and CSV: 1-based row of the column names; rows above are skipped
};

/// Why a record could not even be split into fields.
enum class Defect : std::uint8_t {
    none,
    too_few_fields,
    too_many_fields,
    unclosed_quote,   ///< from the opening quote to the end of the file
    stray_quote,
    bad_encoding,     ///< bytes that are not text in the file's encoding
    too_long,         ///< above record_bytes_max
    not_an_object,    ///< GeoJSON: something else than a Feature; broken JSON in one line of a sequence
};

/// A batch of records. Views stay valid until the batch is next filled. All text is UTF-8; missing values are empty.
/// GeoJSON: columns are the properties' names (union over the file's first 1,000 features, then any named by
/// `wanted_columns`), then "geometry.lon" and "geometry.lat" (Point; MultiPoint's first; centroid of others' vertices).
struct RecordBatch {
    std::size_t columns = 0;
    std::vector<std::string_view> values;  ///< records x columns, row-major; all empty for a defective record
    std::vector<std::uint64_t> lines;      ///< 1-based line where the record begins (XLSX: row; GeoJSON: feature number)
    std::vector<Defect> defects;
    std::vector<std::string> storage;      ///< owns the bytes the values look at
    [[nodiscard]] std::size_t size() const { return lines.size(); }
    [[nodiscard]] std::string_view value(std::size_t record, std::size_t column) const {
        return values[record * columns + column];
    }
};

/// Longest record: bounds memory whatever the file holds (an unclosed quote swallows the rest of it).
inline constexpr std::size_t record_bytes_max = 1 << 20;
/// Records per batch, about: large enough to amortise, small enough for the cache.
inline constexpr std::size_t batch_records_target = 8192;

class RecordReader {
  public:
    virtual ~RecordReader() = default;
    [[nodiscard]] virtual const std::vector<std::string>& columns() const = 0;
    /// Fills `batch`; an empty batch means the end. Memory is bounded whatever the size of the file.
    /// Errors: invalid_input for bytes that end too early or are not what the format says, with line; unavailable for I/O.
    [[nodiscard]] virtual Status next(RecordBatch& batch) = 0;
    /// Bytes of the file on disk consumed so far, and its size.
    [[nodiscard]] virtual std::uint64_t bytes_read() const = 0;
    [[nodiscard]] virtual std::uint64_t bytes_total() const = 0;
    /// BLAKE2b-256 of the file's bytes on disk, hex; complete once the end was reached.
    [[nodiscard]] virtual std::string file_hash() const = 0;
    /// What was detected, for messages: "CSV, « ; », cp1252, .gz".
    [[nodiscard]] virtual std::string description() const = 0;
};

/// Opens a file. wanted_columns: see RecordBatch. Errors: not_found, invalid_input (unreadable, empty, wrong encoding, no header).
[[nodiscard]] Result<std::unique_ptr<RecordReader>> open_records(const std::string& path, const ReaderOptions& options,
                                                                 std::span<const std::string> wanted_columns);

}  // namespace vigie::intake
