#include "store/identity_table_file.h"

#include <doctest/doctest.h>
#include <sys/stat.h>

#include <filesystem>

#include "store/scratch_folder.h"

using namespace vigie;

TEST_CASE("header and slots come back from the disk") {
    const test::ScratchFolder folder;
    const std::string path = folder / "t";
    IdentityTableHeader header;
    header.capacity_log2 = 16;
    header.count = 3;
    header.store_version = ~std::uint64_t{0};
    header.generation = 255;
    header.dirty = false;
    {
        auto file = IdentityTableFile::create(path + ".new", 100);
        REQUIRE(file.has_value());
        CHECK(file->slots()[0] == 0);
        file->slots()[99] = 42;
        REQUIRE(file->write_header(header).has_value());
        REQUIRE(file->sync().has_value());
        REQUIRE(file->rename_to(path).has_value());
        file->release();
        CHECK(file->slots()[99] == 42);
    }
    CHECK_FALSE(std::filesystem::exists(path + ".new"));
    const auto read = read_identity_header(path);
    REQUIRE(read.has_value());
    CHECK(read->capacity_log2 == 16);
    CHECK(read->count == 3);
    CHECK(read->store_version == ~std::uint64_t{0});
    CHECK(read->generation == 255);
    CHECK_FALSE(read->dirty);
    auto again = IdentityTableFile::map(path, 100);
    REQUIRE(again.has_value());
    CHECK(again->slots()[99] == 42);
    struct stat status {};
    REQUIRE(::stat(path.c_str(), &status) == 0);
    CHECK((status.st_mode & 0777U) == 0600U);
    CHECK(status.st_size == 4096 + 800);
}

TEST_CASE("a table of another size, an absent one and one without a header are told apart") {
    const test::ScratchFolder folder;
    REQUIRE(IdentityTableFile::create(folder / "t", 100).has_value());
    CHECK(IdentityTableFile::map(folder / "t", 101).error().code == ErrorCode::corrupt);
    CHECK(IdentityTableFile::map(folder / "absent", 100).error().code == ErrorCode::unavailable);
    CHECK(read_identity_header(folder / "t").error().code == ErrorCode::corrupt);  // never written
    CHECK(read_identity_header(folder / "absent").error().code == ErrorCode::not_found);
}

TEST_CASE("a table larger than the disk is refused before anything is mapped") {
    const test::ScratchFolder folder;
    const auto file = IdentityTableFile::create(folder / "t", std::uint64_t{1} << 50);
    REQUIRE_FALSE(file.has_value());
    CHECK(file.error().code == ErrorCode::unavailable);
    CHECK_FALSE(std::filesystem::exists(folder / "t"));
}
