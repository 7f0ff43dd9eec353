#include "store/data_folder_migration.h"

#include <doctest/doctest.h>

#include <filesystem>
#include <fstream>

#include "store/data_folder_samples.h"
#include "store/scratch_folder.h"

using namespace vigie;
namespace fs = std::filesystem;

namespace {

void write_version(const std::string& folder, const char* text) { std::ofstream(folder + "/VERSION") << text; }

std::string version_of(const std::string& folder) {
    std::string text;
    std::ifstream(folder + "/VERSION") >> text;
    return text;
}

/// A folder as version 0 had it: no derived/.
void make_version_0(const std::string& path) {
    REQUIRE(DataFolder::create(path).has_value());
    {
        DataFolder folder = test::open_folder(path);
        test::fill(folder);
    }
    fs::remove_all(path + "/derived");
    write_version(path, "0\n");
}

}  // namespace

TEST_CASE("a newer folder is refused, with both numbers, and left as it is") {
    const test::ScratchFolder scratch;
    const std::string path = scratch / "data";
    REQUIRE(DataFolder::create(path).has_value());
    write_version(path, "7\n");
    const auto opened = DataFolder::open(path, {});
    REQUIRE_FALSE(opened.has_value());
    CHECK(opened.error().code == ErrorCode::conflict);
    CHECK(opened.error().message.find("format 7") != std::string::npos);
    CHECK(opened.error().message.find("format " + std::to_string(data_folder_version)) != std::string::npos);
    CHECK(version_of(path) == "7");
    CHECK_FALSE(fs::exists(path + "/metadata.sqlite"));
}

TEST_CASE("an older folder is copied beside, migrated, and holds what it held") {
    const test::ScratchFolder scratch;
    const std::string path = scratch / "data";
    make_version_0(path);
    {
        DataFolder folder = test::open_folder(path);
        CHECK(folder.events().stats()->events == 2000);
        CHECK(folder.metadata().read(0, 10)->size() == 1);
    }
    CHECK(version_of(path) == std::to_string(data_folder_version));
    CHECK(fs::is_directory(path + "/derived"));
    const std::string copy = path + ".backup-v0-1";
    REQUIRE(fs::is_directory(copy));
    CHECK(version_of(copy) == "0");
    CHECK_FALSE(fs::exists(copy + "/derived"));
    CHECK_FALSE(fs::exists(copy + "/lock"));
    // Opening again changes nothing and copies nothing.
    { test::open_folder(path); }
    CHECK_FALSE(fs::exists(path + ".backup-v0-2"));
    // The copy is a backup: restored, it is the old folder, and migrates in its turn.
    REQUIRE(DataFolder::restore(copy, scratch / "again").has_value());
    CHECK(version_of(scratch / "again") == "0");
    DataFolder again = test::open_folder(scratch / "again");
    DataFolder folder = test::open_folder(path);
    test::check_same(again, folder);
}

TEST_CASE("an earlier copy is never overwritten") {
    const test::ScratchFolder scratch;
    const std::string path = scratch / "data";
    make_version_0(path);
    fs::create_directory(path + ".backup-v0-1");
    { test::open_folder(path); }
    CHECK(fs::is_empty(path + ".backup-v0-1"));
    CHECK(fs::exists(path + ".backup-v0-2/MANIFEST"));
}

TEST_CASE("a folder that can not be copied is not migrated") {
    const test::ScratchFolder scratch;
    const std::string path = scratch / "data";
    make_version_0(path);
    for (int n = 1; n <= 1000; ++n) {
        fs::create_directory(path + ".backup-v0-" + std::to_string(n));
    }
    const auto opened = DataFolder::open(path, {});
    REQUIRE_FALSE(opened.has_value());
    CHECK(opened.error().code == ErrorCode::conflict);
    CHECK(version_of(path) == "0");
    CHECK_FALSE(fs::exists(path + "/derived"));
}

TEST_CASE("a migration cut short before its version was written runs again") {
    const test::ScratchFolder scratch;
    const std::string path = scratch / "data";
    make_version_0(path);
    fs::create_directory(path + "/derived");
    std::ofstream(path + "/VERSION.new") << "1";  // the draft of a crash
    { test::open_folder(path); }
    CHECK(version_of(path) == std::to_string(data_folder_version));
}
