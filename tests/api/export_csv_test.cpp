#include <doctest/doctest.h>

#include "api/export_files.h"

using namespace vigie;
using namespace vigie::api;

namespace {

ExportTable sample() {
    ExportTable table;
    table.columns = {"nom", "=n", "valeur"};
    table.cells = {
        std::string("a;b\"c"), std::int64_t{-3}, 0.25, std::string("=HYPERLINK(\"x\")"), TooFew{},
        ExportCell{}};
    return table;
}

}  // namespace

TEST_CASE("a French file opens in a French spreadsheet, an English one in an English one") {
    CHECK(csv_of(sample(), {{"Période", "2016"}}, Language::fr) ==
          "\xef\xbb\xbf# Période : 2016\r\n"
          "nom;'=n;valeur\r\n"
          "\"a;b\"\"c\";-3;0,25\r\n"
          "\"'=HYPERLINK(\"\"x\"\")\";effectif trop faible;\r\n");
    CHECK(csv_of(sample(), {}, Language::en) ==
          "nom,'=n,valeur\r\n"
          "\"a;b\"\"c\",-3,0.25\r\n"
          "\"'=HYPERLINK(\"\"x\"\")\",too few to show,\r\n");
}

TEST_CASE("a line break in the stamp does not end the stamp") {
    const auto text = csv_of(sample(), {{"Filtres", "a\n=1"}}, Language::en);
    CHECK(text.starts_with("\"# Filtres: a\n=1\"\r\n"));
}
