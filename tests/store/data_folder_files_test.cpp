#include "store/data_folder_files.h"

#include <doctest/doctest.h>
#include <sys/stat.h>

#include <filesystem>
#include <fstream>

#include "store/scratch_folder.h"

using namespace vigie;
namespace fs = std::filesystem;

TEST_CASE("hashes are BLAKE2b-256") {
    // RFC 7693 has no vector of 256 bits; these are b2sum -l 256 of nothing and of "abc".
    CHECK(files::blake2b_of("") == "0e5751c026e543b2e8ab2eb06099daa1d1e5df47778f7787faab45cdf12fe3a8");
    CHECK(files::blake2b_of("abc") == "bddd813c634239723171ef3fee98579b94964e3bb1cb3e427262c8c068d52319");
}

TEST_CASE("a copy has the bytes and the hash of what it copies, and overwrites nothing") {
    const test::ScratchFolder folder;
    const std::string text(3'000'000, 'x');  // more than one buffer
    std::ofstream(folder / "a") << text;
    const auto copied = files::copy(folder / "a", folder / "b");
    REQUIRE(copied.has_value());
    CHECK(copied->bytes == text.size());
    CHECK(copied->blake2b == files::blake2b_of(text));
    CHECK(*files::digest(folder / "b") == *copied);
    CHECK(*files::size(folder / "b") == text.size());
    CHECK(files::copy(folder / "a", folder / "b").error().code == ErrorCode::unavailable);
    CHECK(files::copy(folder / "absent", folder / "c").error().code == ErrorCode::not_found);
    CHECK_FALSE(files::exists(folder / "c"));
}

TEST_CASE("a small file is replaced whole, and one too long is not read") {
    const test::ScratchFolder folder;
    REQUIRE(files::write_small(folder.path(), "v", "1\n").has_value());
    REQUIRE(files::write_small(folder.path(), "v", "22\n").has_value());
    CHECK(*files::read_small(folder / "v") == "22\n");
    CHECK(*files::file_names(folder.path()) == std::vector<std::string>{"v"});
    std::ofstream(folder / "long") << std::string((1 << 20) + 1, 'x');
    CHECK(files::read_small(folder / "long").error().code == ErrorCode::corrupt);
    CHECK(files::read_small(folder / "absent").error().code == ErrorCode::not_found);
    CHECK(files::write_small(folder / "absent", "v", "x").error().code == ErrorCode::not_found);
}

TEST_CASE("paths lose their detours but not their links") {
    CHECK(files::normalised("/a/b/../c/") == "/a/c");
    CHECK(files::normalised("/a//./b") == "/a/b");
    CHECK(files::normalised("/") == "/");
    CHECK(files::normalised("data/") == fs::current_path().string() + "/data");
    CHECK(files::join("/a", "b") == "/a/b");
}

TEST_CASE("an empty folder is taken, a full one and a file are not") {
    const test::ScratchFolder folder;
    REQUIRE(::chmod(folder.path().c_str(), 0755) == 0);
    CHECK(files::make_empty_directory(folder.path()).has_value());
    struct stat status {};
    REQUIRE(::stat(folder.path().c_str(), &status) == 0);
    CHECK((status.st_mode & 0777U) == 0700U);
    CHECK(files::make_empty_directory(folder / "x/y/z").has_value());
    CHECK(files::make_empty_directory(folder / "x").error().code == ErrorCode::conflict);
    CHECK(files::make_directory(folder / "x").error().code == ErrorCode::conflict);
    std::ofstream(folder / "file") << "x";
    CHECK(files::make_empty_directory(folder / "file").error().code == ErrorCode::conflict);
    CHECK(*files::free_bytes(folder.path()) > 0);
    files::remove_all(folder / "x");
    CHECK_FALSE(files::exists(folder / "x"));
}

TEST_CASE("a lock is held by one, and free again when let go") {
    const test::ScratchFolder folder;
    {
        auto lock = files::Lock::take(folder.path(), "lock");
        REQUIRE(lock.has_value());
        const files::Lock moved = std::move(*lock);
        CHECK(files::Lock::take(folder.path(), "lock").error().code == ErrorCode::conflict);
    }
    CHECK(files::Lock::take(folder.path(), "lock").has_value());
    CHECK(files::Lock::take(folder / "absent", "lock").error().code == ErrorCode::not_found);
}
