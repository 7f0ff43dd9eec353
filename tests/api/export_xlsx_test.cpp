#include <doctest/doctest.h>
#include <zip.h>

#include "api/export_files.h"

using namespace vigie;
using namespace vigie::api;

namespace {

/// A member of a zip archive, or empty.
std::string member_of(const std::string& archive, const char* name) {
    zip_error_t error;
    zip_error_init(&error);
    zip_source_t* source = zip_source_buffer_create(archive.data(), archive.size(), 0, &error);
    zip_t* zip = zip_open_from_source(source, ZIP_RDONLY, &error);
    REQUIRE(zip != nullptr);
    std::string text(1 << 20, '\0');
    zip_file_t* file = zip_fopen(zip, name, 0);
    const auto count = file == nullptr ? 0 : zip_fread(file, text.data(), text.size());
    text.resize(count > 0 ? static_cast<std::size_t>(count) : 0);
    if (file != nullptr) {
        zip_fclose(file);
    }
    zip_close(zip);
    return text;
}

}  // namespace

TEST_CASE("a workbook holds numbers as numbers, and texts that do nothing") {
    ExportTable table;
    table.title = "mailles";
    table.columns = {"nom", "n"};
    table.cells = {
        std::string("=1+1"), std::int64_t{12}, std::string("b"), TooFew{}, std::string("c"), 0.5};
    const auto book = xlsx_of(table, {{"Filtres", "=evil"}, {"Licence", "LO 2.0"}}, Language::fr);
    REQUIRE(book);
    const auto sheet = member_of(*book, "xl/worksheets/sheet1.xml");
    CHECK(sheet.find("<f>") == std::string::npos);
    CHECK(sheet.find("'=1+1") != std::string::npos);
    CHECK(sheet.find("<v>12</v>") != std::string::npos);
    CHECK(sheet.find("<v>0.5</v>") != std::string::npos);
    CHECK(sheet.find("effectif trop faible") != std::string::npos);
    const auto about = member_of(*book, "xl/worksheets/sheet2.xml");
    CHECK(about.find("'=evil") != std::string::npos);
    CHECK(about.find("LO 2.0") != std::string::npos);
    CHECK(member_of(*book, "xl/workbook.xml").find("mailles") != std::string::npos);
}

TEST_CASE("a large workbook is whole") {
    ExportTable table;
    table.title = "serie";
    table.columns = {"a", "b"};
    for (std::int64_t i = 0; i < 20'000; ++i) {
        table.cells.emplace_back(i);
        table.cells.emplace_back(std::string("texte"));
    }
    const auto book = xlsx_of(table, {}, Language::en);
    REQUIRE(book);
    CHECK(member_of(*book, "xl/worksheets/sheet1.xml").find("<v>19</v>") != std::string::npos);
    CHECK(book->size() > 50'000);
}
