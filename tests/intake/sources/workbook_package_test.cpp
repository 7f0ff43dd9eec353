#include "intake/sources/workbook_package.h"

#include <doctest/doctest.h>

#include <string>

#include "intake/sources/archive.h"

using namespace vigie;
using namespace vigie::intake;

TEST_CASE("parts are found whatever the case of their name, and read from file or memory alike") {
    const std::string bytes = packed({{"xl/A.xml", "<a>b</a>"}});
    const Folder folder;
    auto from_file = WorkbookPackage::open_file(folder.write("x.xlsx", bytes));
    auto from_memory = WorkbookPackage::open_bytes(bytes, "mémoire");
    for (auto* package : {&from_file, &from_memory}) {
        REQUIRE(*package);
        auto part = (**package)->scan("XL/a.xml");
        REQUIRE(part);
        CHECK(part->next() == XmlToken::element);
        CHECK(part->name() == "a");
        CHECK((**package)->part_bytes() == 8);
        CHECK((**package)->part_bytes_read() == 8);
        const auto missing = (**package)->scan("xl/b.xml");
        REQUIRE_FALSE(missing);
        CHECK(missing.error().code == ErrorCode::not_found);
    }
}

TEST_CASE("an archive of too many parts, or none, is refused") {
    Parts parts;
    for (std::int64_t i = 0; i <= package_parts_max; ++i) {
        parts[std::to_string(i)] = "";
    }
    CHECK_FALSE(WorkbookPackage::open_bytes(packed(parts), "mémoire"));
    CHECK_FALSE(WorkbookPackage::open_bytes("PK\x05\x06" + std::string(18, '\0'), "mémoire"));
    CHECK_FALSE(WorkbookPackage::open_file("/nonexistent/x.xlsx"));
}
