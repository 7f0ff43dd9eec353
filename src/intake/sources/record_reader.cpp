#include "intake/sources/record_reader.h"

#include <fmt/format.h>

#include <array>
#include <utility>

#include "intake/sources/byte_stream.h"
#include "intake/sources/csv_reader.h"

namespace vigie::intake {

namespace {

struct Extension {
    std::string_view suffix;
    FileFormat format;
};

constexpr std::array extensions = {
    Extension{".csv", FileFormat::csv},
    Extension{".tsv", FileFormat::csv},
    Extension{".tab", FileFormat::csv},
    Extension{".txt", FileFormat::csv},
    Extension{".geojson", FileFormat::geojson},
    Extension{".json", FileFormat::geojson},
    Extension{".geojsons", FileFormat::geojson_sequence},
    Extension{".geojsonl", FileFormat::geojson_sequence},
    Extension{".geojsonseq", FileFormat::geojson_sequence},
    Extension{".ndgeojson", FileFormat::geojson_sequence},
    Extension{".ndjson", FileFormat::geojson_sequence},
    Extension{".jsonl", FileFormat::geojson_sequence},
    Extension{".xlsx", FileFormat::xlsx},
    Extension{".xlsm", FileFormat::xlsx},
};

Result<FileFormat> format_of(const std::string& path, const ReaderOptions& options) {
    if (options.format) {
        return *options.format;
    }
    const std::string name = name_without_compression(path);
    for (const Extension& extension : extensions) {
        if (name.ends_with(extension.suffix)) {
            return extension.format;
        }
    }
    return fail(ErrorCode::invalid_input,
                fmt::format("« {} » : format inconnu d'après le nom (attendus : .csv, .geojson, "
                            ".geojsonl, .xlsx, éventuellement suivis de .gz ou .xz) ; le manifeste "
                            "peut le dire",
                            path));
}

}  // namespace

Result<std::unique_ptr<RecordReader>> open_records(const std::string& path,
                                                   const ReaderOptions& options,
                                                   std::span<const std::string> wanted_columns) {
    static_cast<void>(wanted_columns);
    const FileFormat format = TRY(format_of(path, options));
    if (format != FileFormat::csv) {
        return fail(ErrorCode::invalid_input, fmt::format("« {} » : format pas encore lu", path));
    }
    return make_csv_reader(TRY(open_byte_stream(path)), options);
}

}  // namespace vigie::intake
