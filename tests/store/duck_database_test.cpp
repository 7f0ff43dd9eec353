#include "store/duck_database.h"

#include <doctest/doctest.h>
#include <sys/wait.h>
#include <unistd.h>

#include <fstream>

#include "store/scratch_folder.h"

using namespace vigie;

namespace {

Result<std::unique_ptr<DuckDatabase>> open_in(const test::ScratchFolder& folder) {
    return DuckDatabase::open(
        {.path = folder / "a.duckdb", .temp_directory = folder / "tmp", .memory_bytes = 64U << 20, .threads = 1});
}

}  // namespace

TEST_CASE("statements give numbers or an error of ours") {
    const test::ScratchFolder folder;
    auto database = open_in(folder).value();
    auto connection = database->lend().value();
    CHECK(connection.numbers("SELECT 40::BIGINT, -2::BIGINT").value() == std::vector<std::int64_t>{40, -2});
    CHECK(connection.numbers("SELECT 1::BIGINT WHERE 1 = 0").value().empty());
    CHECK(connection.run("SELECT * FROM absent").error().code == ErrorCode::internal);
    CHECK(connection.numbers("SELECT nonsense(").error().code == ErrorCode::internal);
    auto second = database->lend().value();
    CHECK(second.run("CREATE TABLE t(a BIGINT)").has_value());
    CHECK(connection.numbers("SELECT count(*)::BIGINT FROM t").value().front() == 0);
}

TEST_CASE("a file that is no database is corrupt, and one that another process holds is a conflict") {
    const test::ScratchFolder folder;
    std::ofstream(folder / "a.duckdb") << std::string(20'000, 'x');
    auto broken = open_in(folder);
    REQUIRE_FALSE(broken.has_value());
    CHECK(broken.error().code == ErrorCode::corrupt);
    unlink((folder / "a.duckdb").c_str());

    auto database = open_in(folder).value();
    const pid_t child = fork();
    if (child == 0) {
        const auto other = open_in(folder);
        _exit(!other && other.error().code == ErrorCode::conflict ? 0 : 1);
    }
    int status = 1;
    waitpid(child, &status, 0);
    CHECK(status == 0);
}
