#include "store/metadata.h"

#include <doctest/doctest.h>

#include "store/metadata_database.h"
#include "store/scratch_folder.h"
#include "store/sqlite_statement.h"

using namespace vigie;

namespace {

std::unique_ptr<Metadata> open_metadata(const std::string& path) {
    auto metadata = Metadata::open(path);
    REQUIRE_MESSAGE(metadata.has_value(), metadata.error().message);
    return std::move(*metadata);
}

}  // namespace

TEST_CASE("a file that is not ours is refused, and a newer one says so") {
    const test::ScratchFolder folder;
    {
        auto connection = sqlite::Connection::open(folder / "other");
        REQUIRE(connection->execute("CREATE TABLE t(x)").has_value());
    }
    CHECK(Metadata::open(folder / "other").error().code == ErrorCode::corrupt);
    {
        open_metadata(folder / "newer");
        auto connection = sqlite::Connection::open(folder / "newer");
        REQUIRE(connection->execute("PRAGMA user_version = 99").has_value());
    }
    const auto newer = Metadata::open(folder / "newer");
    CHECK(newer.error().code == ErrorCode::conflict);
    CHECK(newer.error().message.find("99") != std::string::npos);
    CHECK(Metadata::open(folder / "absent/metadata.sqlite").error().code == ErrorCode::unavailable);
}

TEST_CASE("an empty file becomes a database of the present version, once") {
    const test::ScratchFolder folder;
    { open_metadata(folder / "m"); }
    auto connection = sqlite::Connection::open(folder / "m");
    CHECK(*connection->integer("PRAGMA user_version") == metadata_schema_version);
    CHECK(*connection->integer("PRAGMA application_id") == 0x56494749);
    CHECK(migrate_metadata(*connection).has_value());
    REQUIRE(connection->execute("PRAGMA user_version = -1").has_value());
    CHECK(migrate_metadata(*connection).error().code == ErrorCode::corrupt);
}
