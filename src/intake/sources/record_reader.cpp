#include "intake/sources/record_reader.h"

#include <fmt/format.h>

#include <array>
#include <utility>

#include "intake/sources/byte_stream.h"
#include "intake/sources/csv_reader.h"
#include "intake/sources/geojson_reader.h"
#include "intake/sources/xlsx_reader.h"

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
    ReaderOptions known = options;
    known.format = TRY(format_of(path, options));
    switch (*known.format) {
        case FileFormat::csv:
            return make_csv_reader(TRY(open_byte_stream(path)), known);
        case FileFormat::geojson:
        case FileFormat::geojson_sequence:
            return make_geojson_reader(TRY(open_byte_stream(path)), known, wanted_columns);
        case FileFormat::xlsx:
            return make_xlsx_reader(path, known);
    }
    return fail(ErrorCode::internal, "format de fichier inconnu");
}

}  // namespace vigie::intake
