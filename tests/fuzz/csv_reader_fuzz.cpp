// CSV: whatever the bytes, the bounds and the cuts, the fast reader gives what the slow one gives.
// The first two bytes of the input choose bounds and blocks, so that small inputs reach every
// boundary.
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

#include "base/assert.h"
#include "intake/sources/csv_dialect.h"
#include "intake/sources/csv_reader.h"
#include "intake/sources/csv_reference.h"
#include "intake/sources/reading.h"
#include "intake/sources/text_stream.h"

using namespace vigie;
using namespace vigie::intake;

namespace {

/// The header as the slow reader sees it, and the records after it, must be the fast reader's.
void check_against_reference(std::string_view text, char separator, CsvBounds bounds,
                             const ReadTable& table) {
    auto expected = CsvReference(text, separator, bounds.record_bytes).records();
    VIGIE_ASSERT(!expected.empty());
    VIGIE_ASSERT(expected.front().fields.size() == table.columns.size());
    VIGIE_ASSERT(expected.size() == table.records.size() + 1);
    for (std::size_t i = 0; i < table.records.size(); ++i) {
        ReferenceRecord& wanted = expected[i + 1];
        for (const std::string& field : wanted.fields) {
            if (!is_clean_text(field)) {
                wanted.defect = Defect::bad_encoding;
            }
        }
        VIGIE_ASSERT(table.records[i].line == wanted.line);
        VIGIE_ASSERT(table.records[i].defect == wanted.defect);
        VIGIE_ASSERT(wanted.defect != Defect::none || table.records[i].values == wanted.fields);
    }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    if (size < 3) {
        return 0;
    }
    const std::string_view text(reinterpret_cast<const char*>(data) + 2, size - 2);
    const CsvBounds bounds{1 + std::size_t{data[0]} * 2, 1 + std::size_t{data[1]}};
    ReaderOptions options;
    options.encoding = data[0] % 3 == 0 ? TextEncoding::utf8 : TextEncoding::detect;
    options.separator = data[1] % 4 == 0 ? ',' : '\0';
    options.header_row = data[1] % 5 == 4 ? 2 : 1;
    auto stream = memory_byte_stream(text, 1 + data[1] % 7);
    VIGIE_ASSERT(stream.has_value());
    const bool is_plain = (*stream)->compression() == Compression::none;
    const ReadTable table = read_table(make_csv_reader(std::move(*stream), options, bounds));
    const bool is_comparable = is_plain && options.encoding == TextEncoding::utf8 &&
                               options.separator == ',' && options.header_row == 1 &&
                               table.error.empty();
    if (is_comparable) {
        const bool has_mark = text.starts_with("\xef\xbb\xbf");
        check_against_reference(text.substr(has_mark ? 3 : 0), ',', bounds, table);
    }
    return 0;
}
