#include "intake/sources/csv_dialect.h"

#include <doctest/doctest.h>

#include <string>

#include "intake/sources/byte_scan.h"

using namespace vigie;
using namespace vigie::intake;

namespace {

char detect(const std::string& text) {
    const std::string copy = text + std::string(scan_padding_bytes, '\0');
    return detect_separator(CsvText{copy.data(), copy.data() + text.size(), true});
}

}  // namespace

TEST_CASE("the separator on which records agree wins") {
    CHECK(detect("a,b\n1,2\n") == ',');
    CHECK(detect("a;b\n1,5;2,5\n1,5;2,5\n") == ';');
    CHECK(detect("a, b;c\n1;2\n3;4\n") == ';');
    CHECK(detect("a;b;c\n") == ';');
    CHECK(detect("a\tb\n\n\"x\ty\"\t2\n") == '\t');
    CHECK(detect("a|b\n1|2\n") == '|');
    CHECK(detect("a\n1\n") == ',');
    CHECK(detect("") == ',');
}
