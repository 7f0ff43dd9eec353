#include "intake/sources/workbook_parts.h"

#include <doctest/doctest.h>

#include <string>

#include "intake/sources/archive.h"

using namespace vigie;
using namespace vigie::intake;

TEST_CASE("sheets, styles and strings are found through relations, wherever they lie") {
    const auto package = WorkbookPackage::open_bytes(
        packed(
            {{"_rels/.rels",
              R"(<r:Relationships><r:Relationship Id="1" Type="t/officeDocument" Target="d/book.xml"/></r:Relationships>)"},
             {"d/book.xml",
              R"(<x:workbook><x:sheets><x:sheet name="S" r:id="a"/><x:sheet name="graphique" r:id="b"/></x:sheets></x:workbook>)"},
             {"d/_rels/book.xml.rels",
              R"(<R><Relationship Id="a" Type="t/worksheet" Target="../feuilles/une.xml"/><Relationship Id="b" Type="t/chartsheet" Target="c.xml"/>)"
              R"(<Relationship Id="c" Type="t/sharedStrings" Target="/s.xml"/></R>)"},
             {"s.xml", "<sst><si><t>un</t></si><si/><si><t>deux</t></si></sst>"}}),
        "mémoire");
    REQUIRE(package);
    const auto workbook = read_workbook(**package);
    REQUIRE(workbook);
    REQUIRE(workbook->sheets.size() == 1);
    CHECK(workbook->sheets[0].part == "feuilles/une.xml");
    CHECK(workbook->styles.empty());
    CHECK_FALSE(workbook->from_1904);
    REQUIRE(workbook->strings.size() == 3);
    CHECK(workbook->strings.at(0) == "un");
    CHECK(workbook->strings.at(1).empty());
    CHECK(workbook->strings.at(2) == "deux");
}
