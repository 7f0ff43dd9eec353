#include "api/export_table.h"

#include <doctest/doctest.h>

using namespace vigie;
using namespace vigie::api;

TEST_CASE("no text can be run as a formula by a spreadsheet") {
    for (const char* risky : {"=1+1", "+33", "-2", "@SUM(A1)", "\tx", "\rx", "\n=1"}) {
        CAPTURE(risky);
        CHECK(neutralised(risky) == "'" + std::string(risky));
    }
    for (const char* plain : {"", "Bruit", "1", "'", "a=b", "« - »"}) {
        CAPTURE(plain);
        CHECK(neutralised(plain) == plain);
    }
}
