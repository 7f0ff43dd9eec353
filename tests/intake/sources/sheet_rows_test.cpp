#include "intake/sources/sheet_rows.h"

#include <doctest/doctest.h>

#include <string>

using namespace vigie;
using namespace vigie::intake;

TEST_CASE("references name columns from A to XFD") {
    CHECK(column_of_reference("A1") == 0);
    CHECK(column_of_reference("Z9") == 25);
    CHECK(column_of_reference("AA10") == 26);
    CHECK(column_of_reference("XFD1048576") == 16'383);
    for (const char* reference : {"XFE1", "A", "1", "", "a1", "AAAAAAAAAAAAAAAAAAAAAAAA1"}) {
        CAPTURE(reference);
        CHECK_FALSE(column_of_reference(reference));
    }
}

TEST_CASE("numbers lose the digits that only the storage needs") {
    const auto shortest = [](const char* raw) {
        std::string text;
        append_shortest_number(raw, text);
        return text;
    };
    CHECK(shortest("5.2999999999999998") == "5.3");
    CHECK(shortest("41.934649") == "41.934649");
    CHECK(shortest("1E5") == "100000");
    CHECK(shortest("1.5E-3") == "0.0015");
    CHECK(shortest("1e300") == "1e+300");
    CHECK(shortest("20200101") == "20200101");
    CHECK(shortest("0042") == "0042");
    CHECK(shortest("1e999") == "1e999");
    CHECK(shortest("1.2.3") == "1.2.3");
}
