// Tables as files. Texts are neutralised here, at the last moment, so that none is forgotten.
#pragma once

#include <string>

#include "api/export_table.h"
#include "base/result.h"

namespace vigie::api {

/// French: semicolons, decimal comma, UTF-8 with BOM, as a French spreadsheet opens it; English:
/// commas and points. The stamp stands before the table in lines that begin with '#'.
[[nodiscard]] std::string csv_of(const ExportTable& table, const Stamp& stamp, Language language);

/// Two sheets: the table, and the stamp. Errors: unavailable when no temporary file can be made.
[[nodiscard]] Result<std::string> xlsx_of(const ExportTable& table, const Stamp& stamp,
                                          Language language);

/// Places as polygons with their figures: cells with exact corners in WGS 84, districts with their
/// outlines. Errors: those of Projection.
[[nodiscard]] Result<std::string> geojson_of(const ExportContent& content, const Stamp& stamp);

}  // namespace vigie::api
