// GeoJSON features as a stream of records: a collection of any size, or a text sequence (RFC 8142,
// or one a line).
#pragma once

#include <cstddef>
#include <memory>
#include <span>
#include <string>

#include "intake/sources/byte_stream.h"
#include "intake/sources/record_reader.h"

namespace vigie::intake {

/// Features whose properties' names become columns.
inline constexpr std::size_t features_named = 1000;

/// Reads the first features for the columns' names. options.format: geojson_sequence, else a
/// collection. Places are numbers of features in a collection, lines in a sequence. A null geometry
/// leaves lon and lat empty. Errors: those of the stream; invalid_input for what holds no features,
/// or more than columns_max properties.
[[nodiscard]] Result<std::unique_ptr<RecordReader>> make_geojson_reader(
    std::unique_ptr<ByteStream> bytes, const ReaderOptions& options,
    std::span<const std::string> wanted_columns, std::size_t record_max = record_bytes_max);

}  // namespace vigie::intake
