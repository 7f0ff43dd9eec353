#include "store/sqlite_statement.h"

#include <doctest/doctest.h>

#include "store/scratch_folder.h"

using namespace vigie;

TEST_CASE("values go in and come back") {
    const test::ScratchFolder folder;
    auto connection = sqlite::Connection::open(folder / "m");
    REQUIRE(connection.has_value());
    REQUIRE(connection->execute("CREATE TABLE t(a, b, c, d, e)").has_value());
    const std::vector<std::uint8_t> bytes{0, 255, 0};
    auto insert = connection->prepare("INSERT INTO t VALUES (?, ?, ?, ?, ?)");
    REQUIRE(insert->bind(~std::uint64_t{0}).bind(std::int64_t{-5}).bind("a\0b").bind_null().bind(std::span(bytes)).run().has_value());
    REQUIRE(insert->bind(1).bind(true).bind(std::string_view{}).bind("é").bind(std::span<const std::uint8_t>{}).run().has_value());
    auto select = connection->prepare("SELECT * FROM t ORDER BY rowid");
    REQUIRE(*select->step());
    CHECK(select->unsigned_integer(0) == ~std::uint64_t{0});
    CHECK(select->integer(1) == -5);
    CHECK(select->text(2) == "a");
    CHECK(select->is_null(3));
    CHECK(std::vector(select->blob(4).begin(), select->blob(4).end()) == bytes);
    REQUIRE(*select->step());
    CHECK(select->integer(1) == 1);
    CHECK_FALSE(select->is_null(2));
    CHECK(select->text(2).empty());
    CHECK(select->text(3) == "é");
    CHECK(select->blob(4).empty());
    CHECK_FALSE(*select->step());
}

TEST_CASE("a transaction that is not committed leaves nothing") {
    const test::ScratchFolder folder;
    auto connection = sqlite::Connection::open(folder / "m");
    REQUIRE(connection->execute("CREATE TABLE t(a)").has_value());
    {
        const auto transaction = sqlite::Transaction::begin(*connection);
        REQUIRE(transaction.has_value());
        REQUIRE(connection->execute("INSERT INTO t VALUES (1)").has_value());
    }
    CHECK(*connection->integer("SELECT count(*) FROM t") == 0);
    auto transaction = sqlite::Transaction::begin(*connection);
    REQUIRE(connection->execute("INSERT INTO t VALUES (1)").has_value());
    REQUIRE(transaction->commit().has_value());
    CHECK(*connection->integer("SELECT count(*) FROM t") == 1);
}

TEST_CASE("errors tell a full disk, a wrong file, a constraint and wrong SQL apart") {
    const test::ScratchFolder folder;
    auto connection = sqlite::Connection::open(folder / "m");
    REQUIRE(connection->execute("CREATE TABLE t(a UNIQUE); PRAGMA max_page_count = 4").has_value());
    REQUIRE(connection->execute("INSERT INTO t VALUES (1)").has_value());
    CHECK(connection->execute("INSERT INTO t VALUES (1)").error().code == ErrorCode::conflict);
    const auto full = connection->execute("INSERT INTO t VALUES (zeroblob(100000))");
    CHECK(full.error().code == ErrorCode::unavailable);
    CHECK(full.error().message.find("disque plein") != std::string::npos);
    CHECK(full.error().message.find(folder.path()) == std::string::npos);
    CHECK(connection->execute("SELEC 1").error().code == ErrorCode::internal);
    CHECK(connection->integer("SELECT a FROM t WHERE a = 2").error().code == ErrorCode::not_found);
    CHECK(connection->prepare("SELECT ?")->bind(1).bind(2).step().error().code == ErrorCode::internal);
    CHECK(sqlite::Connection::open(folder.path()).error().code == ErrorCode::unavailable);
}
