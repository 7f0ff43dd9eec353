#include "intake/sources/csv_splitter.h"

#include <doctest/doctest.h>

#include <string>

#include "base/random.h"
#include "intake/sources/byte_scan.h"

using namespace vigie;
using namespace vigie::intake;

namespace {

std::string padded(std::string text) {
    return text + std::string(scan_padding_bytes, '\0');
}

}  // namespace

TEST_CASE("line ends are counted as an editor counts them") {
    const auto count = [](const std::string& text) {
        const std::string copy = padded(text);
        return count_line_ends(std::string_view(copy).substr(0, text.size()));
    };
    CHECK(count("") == 0);
    CHECK(count("a\nb\r\nc\rd") == 3);
    CHECK(count("\n\n\r\r\n\n") == 5);
    for (std::uint64_t seed = 1; seed <= 200; ++seed) {
        Random random(seed);
        std::string text;
        std::uint64_t expected = 0;
        for (std::uint64_t n = random.below(300); n > 0; --n) {
            text += "a\r\n"[random.below(3)];
            const bool is_second = text.ends_with("\r\n");
            expected += text.back() != 'a' && !is_second ? 1U : 0U;
        }
        CAPTURE(seed);
        REQUIRE(count(text) == expected);
    }
}

TEST_CASE("a record that the text cuts short is incomplete, unless nothing follows") {
    CsvRecord record;
    for (const char* part : {"a", "a,", "a,\"b", "a,\"b\"", "a,b\r", "\"a\"\"", "\""}) {
        CAPTURE(part);
        const std::string text = padded(part);
        const char* end = text.data() + text.size() - scan_padding_bytes;
        read_record(CsvText{text.data(), end, false}, ',', record);
        CHECK_FALSE(record.is_complete);
    }
    const std::string text = padded("a,b\r");
    read_record(CsvText{text.data(), text.data() + 4, true}, ',', record);
    CHECK(record.is_complete);
    CHECK(record.fields.size() == 2);
    CHECK(record.line_ends == 1);
}

TEST_CASE("doubled quotes are undone in place") {
    std::string text = "\"\"a\"\"b";
    text.resize(undouble_quotes(text.data(), text.size()));
    CHECK(text == "\"a\"b");
}

TEST_CASE("more fields than a table may have are counted but not kept") {
    std::string line(3 * columns_max, ',');
    line += '\n';
    const std::string text = padded(line);
    CsvRecord record;
    read_record(CsvText{text.data(), text.data() + line.size(), true}, ',', record);
    CHECK(record.is_complete);
    CHECK(record.fields.size() == columns_max + 1);
}
