// Workbooks, in two ways: the bytes as an archive; and the bytes as the XML of a sheet, of strings
// and of styles, which a mutated archive would almost never reach through its checksums.
#include <algorithm>
#include <cstdint>
#include <string>
#include <string_view>

#include "base/assert.h"
#include "intake/sources/reading.h"
#include "intake/sources/sheet_rows.h"
#include "intake/sources/workbook_dates.h"
#include "intake/sources/workbook_parts.h"
#include "intake/sources/xlsx_reader.h"

using namespace vigie;
using namespace vigie::intake;

namespace {

XmlScanner scanner_of(std::string_view xml, std::size_t block_bytes) {
    return XmlScanner(
        [xml, block_bytes](std::string& out) mutable -> Result<bool> {
            const std::size_t got = std::min(block_bytes, xml.size());
            out.append(xml.substr(0, got));
            xml.remove_prefix(got);
            return got > 0;
        },
        "essai");
}

/// What a sheet gives, in one text: rows, or the error.
std::string rows_of(std::string_view xml, std::size_t block_bytes, const Workbook& workbook) {
    SheetRows rows(scanner_of(xml, block_bytes), workbook, "essai");
    SheetRow row;
    std::string all;
    for (;;) {
        const auto more = rows.next(row);
        if (!more || !*more) {
            return all + (more ? "" : more.error().message);
        }
        for (const SheetRow::Cell& cell : row.cells) {
            VIGIE_ASSERT(cell.column < sheet_columns_max);
            all += std::to_string(row.number) + ":" + std::to_string(cell.column) + "=" +
                   std::string(row.value(cell)) + "\n";
        }
    }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    if (size < 2) {
        return 0;
    }
    const std::string_view text(reinterpret_cast<const char*>(data), size);
    if (text.starts_with("PK")) {
        static_cast<void>(read_table(make_xlsx_reader_of_bytes(std::string(text), {})));
        return 0;
    }
    const std::string_view xml = text.substr(1);
    Workbook workbook;
    workbook.styles = {DateStyle::none, DateStyle::date, DateStyle::time, DateStyle::date_time};
    workbook.from_1904 = data[0] % 2 == 1;
    XmlScanner strings = scanner_of(xml, 1 + data[0]);
    static_cast<void>(workbook.strings.read(strings, "essai"));
    VIGIE_ASSERT(rows_of(xml, 1 + data[0], workbook) == rows_of(xml, xml.size(), workbook));
    static_cast<void>(date_style_of_code(xml));
    return 0;
}
