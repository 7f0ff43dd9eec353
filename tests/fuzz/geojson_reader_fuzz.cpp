// GeoJSON: no input breaks the reader, and the records do not depend on how the bytes were cut into
// blocks.
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/assert.h"
#include "intake/sources/decompress.h"
#include "intake/sources/geojson_reader.h"
#include "intake/sources/reading.h"

using namespace vigie;
using namespace vigie::intake;

namespace {

ReadTable read(std::string_view text, FileFormat format, std::size_t block_bytes,
               std::size_t record_max) {
    auto stream = memory_byte_stream(text, block_bytes);
    VIGIE_ASSERT(stream.has_value());
    ReaderOptions options;
    options.format = format;
    const std::vector<std::string> wanted = {"t"};
    return read_table(make_geojson_reader(std::move(*stream), options, wanted, record_max));
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    if (size < 3) {
        return 0;
    }
    const std::string_view text(reinterpret_cast<const char*>(data) + 2, size - 2);
    const FileFormat format = data[0] % 2 == 0 ? FileFormat::geojson : FileFormat::geojson_sequence;
    const std::size_t record_max = 8 + std::size_t{data[0]} * 8;
    if (compression_of_magic(text) == Compression::none) {
        const ReadTable cut = read(text, format, 1 + data[1], record_max);
        const ReadTable whole = read(text, format, text.size(), record_max);
        VIGIE_ASSERT(cut.columns == whole.columns);
        VIGIE_ASSERT(cut.records == whole.records);
        VIGIE_ASSERT(cut.error == whole.error);
    }
    return 0;
}
