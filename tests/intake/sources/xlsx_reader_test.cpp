#include "intake/sources/xlsx_reader.h"

#include <doctest/doctest.h>
#include <xlsxwriter.h>

#include <array>
#include <string>
#include <vector>

#include "base/random.h"
#include "intake/sources/archive.h"
#include "intake/sources/folder.h"
#include "intake/sources/reading.h"

using namespace vigie;
using namespace vigie::intake;

namespace {

using Row = std::vector<std::string>;

bool contains(const std::string& text, std::string_view part) {
    return text.find(part) != std::string::npos;
}

/// The smallest workbook around a sheet's rows.
Parts workbook(const std::string& rows) {
    return {
        {"xl/workbook.xml",
         R"(<workbook xmlns:r="r"><sheets><sheet name="Faits &amp; dits" sheetId="1" r:id="rId1"/></sheets></workbook>)"},
        {"xl/_rels/workbook.xml.rels",
         R"(<Relationships><Relationship Id="rId1" Type="http://x/worksheet" Target="worksheets/sheet1.xml"/>)"
         R"(<Relationship Id="rId2" Type="http://x/sharedStrings" Target="/xl/sharedStrings.xml"/>)"
         R"(<Relationship Id="rId3" Type="http://x/styles" Target="styles.xml"/></Relationships>)"},
        {"xl/sharedStrings.xml",
         R"(<sst><si><t>a</t></si><si><r><t xml:space="preserve">gras </t></r><r><rPr><b/></rPr><t>et &lt;plus&gt; &#233;</t></r><rPh><t>non</t></rPh></si><si><t/></si></sst>)"},
        {"xl/styles.xml",
         R"(<styleSheet><numFmts><numFmt numFmtId="164" formatCode="dd\/mm\/yyyy\ hh:mm"/></numFmts><cellStyleXfs><xf numFmtId="14"/></cellStyleXfs>)"
         R"(<cellXfs><xf numFmtId="0"/><xf numFmtId="14"/><xf numFmtId="164"/><xf numFmtId="20"/></cellXfs></styleSheet>)"},
        {"xl/worksheets/sheet1.xml", "<?xml version=\"1.0\"?><worksheet><!-- c > --><sheetData>" +
                                         rows + "</sheetData><mergeCells/></worksheet>"},
    };
}

ReadTable read_parts(const Parts& parts, const ReaderOptions& options = {}) {
    return read_table(make_xlsx_reader_of_bytes(packed(parts), options));
}

ReadTable read_rows(const std::string& rows, const ReaderOptions& options = {}) {
    return read_parts(workbook(rows), options);
}

const std::string header =
    R"(<row r="1"><c r="A1" t="s"><v>0</v></c><c r="B1" t="inlineStr"><is><t>b</t></is></c><c r="C1" t="str"><v>c</v></c></row>)";

}  // namespace

TEST_CASE("a workbook written by a real library is read back: text, numbers, dates, booleans") {
    const Folder folder;
    const std::string path = folder.file("faits.xlsx");
    lxw_workbook* book = workbook_new(path.c_str());
    workbook_add_worksheet(book, "Vide");
    lxw_worksheet* sheet = workbook_add_worksheet(book, "Données");
    lxw_format* stamp = workbook_add_format(book);
    format_set_num_format(stamp, "dd/mm/yyyy hh:mm");
    lxw_format* day = workbook_add_format(book);
    format_set_num_format_index(day, 14);
    worksheet_write_string(sheet, 1, 0, "Titre du tableau", nullptr);
    const std::array<const char*, 6> names = {"quand",    "jour", "quoi",
                                              "latitude", "vrai", "formule"};
    for (std::size_t i = 0; i < names.size(); ++i) {
        worksheet_write_string(sheet, 2, static_cast<lxw_col_t>(i), names[i], nullptr);
    }
    lxw_datetime when = {2024, 2, 29, 23, 59, 59.0};
    worksheet_write_datetime(sheet, 3, 0, &when, stamp);
    worksheet_write_datetime(sheet, 3, 1, &when, day);
    worksheet_write_string(sheet, 3, 2, "vol & « dégât » <x>\nligne 2", nullptr);
    worksheet_write_number(sheet, 3, 3, 41.934649, nullptr);
    worksheet_write_boolean(sheet, 3, 4, 1, nullptr);
    worksheet_write_formula_num(sheet, 3, 5, "=1+1", nullptr, 2);
    when = {1900, 3, 1, 0, 0, 0};
    worksheet_write_datetime(sheet, 5, 1, &when, day);
    worksheet_write_number(sheet, 5, 3, -5e-9, nullptr);
    worksheet_write_blank(sheet, 6, 0, stamp);
    worksheet_merge_range(sheet, 7, 0, 7, 3, "fusion", nullptr);
    REQUIRE(workbook_close(book) == LXW_NO_ERROR);

    ReaderOptions options;
    options.sheet = "Données";
    options.header_row = 3;
    const ReadTable table = read_table(make_xlsx_reader(path, options));
    CHECK(table.error.empty());
    CHECK(table.columns == Row{names.begin(), names.end()});
    REQUIRE(table.records.size() == 3);
    CHECK(table.records[0] ==
          ReadRecord{4,
                     Defect::none,
                     {"2024-02-29T23:59:59", "2024-02-29T23:59:59", "vol & « dégât » <x>\nligne 2",
                      "41.934649", "true", "2"}});
    CHECK(table.records[1] ==
          ReadRecord{6, Defect::none, {"", "1900-03-01", "", "-5e-09", "", ""}});
    CHECK(table.records[2] == ReadRecord{8, Defect::none, {"fusion", "", "", "", "", ""}});
    CHECK(table.hash.size() == 64);
    CHECK(table.description == "XLSX, feuille « Données »");
    CHECK(contains(read_table(make_xlsx_reader(path, {})).error, "vide"));
    options.sheet = "Autre";
    CHECK(contains(read_table(make_xlsx_reader(path, options)).error, "« Vide », « Données »"));
}

TEST_CASE("cells of every type, with and without references") {
    const ReadTable table = read_rows(
        header +
        R"(<row r="2" spans="1:3"><c r="A2" t="s"><v>1</v></c><c r="C2"><v>5.2999999999999998</v></c></row>)"
        R"(<row><c><v>1</v></c><c t="b"><v>0</v></c><c t="e"><v>#N/A</v></c><c><v>99</v></c></row>)"
        R"(<row r="5"/><row r="6"><c r="A6" s="1"/><c r="B6" t="s"><v>2</v></c></row>)"
        R"(<row r="7"><c r="B7" s="1"><f>x</f><v>43831</v></c><c r="A7" s="2"><v>43831.5</v></c><c r="C7" s="3"><v>0.25</v></c></row>)"
        R"(<row r="8"><c r="A8" t="d"><v>2020-01-02T03:04:05</v></c><c r="B8" t="inlineStr"><is><r><t>x</t></r><r><t><![CDATA[<y>&amp;]]></t></r></is></c></row>)"
        R"(<row r="9"><c r="Z9"><v>1</v></c></row>)");
    CHECK(table.error.empty());
    CHECK(table.columns == Row{"a", "b", "c"});
    REQUIRE(table.records.size() == 4);
    CHECK(table.records[0] == ReadRecord{2, Defect::none, {"gras et <plus> é", "", "5.3"}});
    CHECK(table.records[1] == ReadRecord{3, Defect::none, {"1", "false", ""}});
    CHECK(table.records[2] ==
          ReadRecord{7, Defect::none, {"2020-01-01T12:00:00", "2020-01-01", "06:00:00"}});
    CHECK(table.records[3] ==
          ReadRecord{8, Defect::none, {"2020-01-02T03:04:05", "x<y>&amp;", ""}});
}

TEST_CASE("a workbook that counts from 1904 gives other days") {
    Parts parts = workbook(
        header +
        R"(<row r="2"><c r="A2" s="1"><v>0</v></c><c r="B2" s="1"><v>42369</v></c></row>)");
    parts["xl/workbook.xml"].insert(std::string("<workbook xmlns:r=\"r\">").size(),
                                    R"(<workbookPr date1904="1"/>)");
    CHECK(read_parts(parts).records.at(0).values == Row{"1904-01-01", "2020-01-01", ""});
}

TEST_CASE("what is no workbook, or a broken one, is refused in words") {
    CHECK(contains(read_table(make_xlsx_reader_of_bytes("a,b\n1,2\n", {})).error, "octet 0"));
    CHECK(contains(read_table(make_xlsx_reader_of_bytes("\xd0\xcf\x11\xe0zzzz", {})).error,
                   "mot de passe"));
    CHECK(contains(read_table(make_xlsx_reader_of_bytes("PK\x03\x04zzzz", {})).error,
                   "ZIP illisible"));
    CHECK(contains(read_parts({{"content.xml", "<x/>"}}).error, "n'est pas un classeur"));
    CHECK(contains(read_rows("").error, "vide"));
    CHECK(contains(read_rows(header + R"(<row r="2"><c r="A2" t="s"><v>9</v></c></row>)").error,
                   "ligne 2"));
    CHECK(contains(read_rows(header + R"(<row r="2"><c r="é"><v>9</v></c></row>)").error,
                   "référence"));
    CHECK(contains(read_rows(header + "<row r=\"2\"><c r=\"A2\"").error, "finit au milieu"));
    CHECK(contains(read_rows("<!DOCTYPE x [<!ENTITY a \"b\">]>" + header).error, "refusée"));
    Parts parts = workbook(header);
    parts.erase("xl/worksheets/sheet1.xml");
    CHECK(contains(read_parts(parts).error, "sheet1.xml"));
    std::string bytes = packed(workbook(header + std::string(5000, ' ')));
    bytes[bytes.size() / 2] = static_cast<char>(bytes[bytes.size() / 2] ^ 1);
    CHECK_FALSE(read_table(make_xlsx_reader_of_bytes(bytes, {})).error.empty());
}

TEST_CASE("an archive made to fill memory is refused") {
    std::string bomb = header + "<row r=\"2\"><c r=\"A2\" t=\"str\"><v>x</v></c></row>";
    for (int i = 0; i < 8'000'000; ++i) {
        bomb += "<row/>";
    }
    const ReadTable table = read_rows(bomb);
    CHECK(contains(table.error, "300 fois"));
    CHECK(table.records.size() == 1);
}

TEST_CASE("a row above the bound is a defect") {
    const std::string half(record_bytes_max - 20'000, 'x');
    const std::string cell = "<c t=\"str\"><v>" + half + "</v></c>";
    const ReadTable table =
        read_rows(header + "<row>" + cell + cell + cell + "</row><row><c><v>1</v></c></row>");
    CHECK(table.error.empty());
    REQUIRE(table.records.size() == 2);
    CHECK(table.records[0].defect == Defect::too_long);
    CHECK(table.records[1].values == Row{"1", "", ""});
}

TEST_CASE("property: random tables are read back exactly") {
    const Folder folder;
    for (std::uint64_t seed = 1; seed <= 8; ++seed) {
        CAPTURE(seed);
        Random random(seed);
        const std::string path = folder.file(std::to_string(seed) + ".xlsx");
        lxw_workbook* book = workbook_new(path.c_str());
        lxw_worksheet* sheet = workbook_add_worksheet(book, nullptr);
        const std::size_t columns = 1 + random.below(5);
        std::vector<Row> truth;
        for (std::size_t c = 0; c < columns; ++c) {
            worksheet_write_string(sheet, 0, static_cast<lxw_col_t>(c), "nom", nullptr);
        }
        for (std::size_t r = 1; r <= 300; ++r) {
            Row row(columns);
            bool is_empty = true;
            for (std::size_t c = 0; c < columns; ++c) {
                const auto line = static_cast<lxw_row_t>(r);
                const auto column = static_cast<lxw_col_t>(c);
                if (random.below(3) == 0) {
                    row[c] = std::to_string(random.below(1000)) + " <é&\"'> " +
                             std::string(random.below(4), 'z');
                    worksheet_write_string(sheet, line, column, row[c].c_str(), nullptr);
                } else if (random.below(2) == 0) {
                    const auto hundredths = random.below(1'000'000);
                    row[c] = std::to_string(hundredths / 100) + "." +
                             std::to_string(10 + hundredths % 90) + "1";
                    worksheet_write_number(sheet, line, column, std::stod(row[c]), nullptr);
                }
                is_empty = is_empty && row[c].empty();
            }
            if (!is_empty) {
                truth.push_back(row);
            }
        }
        REQUIRE(workbook_close(book) == LXW_NO_ERROR);
        const ReadTable table = read_table(make_xlsx_reader(path, {}));
        REQUIRE(table.error.empty());
        REQUIRE(table.records.size() == truth.size());
        for (std::size_t i = 0; i < truth.size(); ++i) {
            REQUIRE(table.records[i].values == truth[i]);
        }
    }
}
