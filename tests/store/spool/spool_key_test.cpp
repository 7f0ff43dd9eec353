#include "store/spool/spool_key.h"

#include <doctest/doctest.h>
#include <sys/stat.h>

#include <filesystem>

#include "store/file_bytes.h"
#include "store/scratch_folder.h"
#include "store/spool/spool_samples.h"

using namespace vigie;
namespace fs = std::filesystem;

namespace {

bool same(const SpoolKey& a, const SpoolKey& b) { return std::equal(a.bytes().begin(), a.bytes().end(), b.bytes().begin()); }

ErrorCode code_of(const std::string& path, const std::string& data) {
    const auto loaded = load_spool_key(path, data);
    REQUIRE_FALSE(loaded.has_value());
    CHECK(loaded.error().message.find(path) != std::string::npos);
    return loaded.error().code;
}

}  // namespace

TEST_CASE("a key that was made is loaded, readable by its owner alone, and never replaced") {
    const test::ScratchFolder folder;
    const std::string path = folder / "key";
    const auto made = make_spool_key(path, folder / "data");
    REQUIRE(made.has_value());
    const auto loaded = load_spool_key(path, folder / "data");
    REQUIRE(loaded.has_value());
    CHECK(same(*made, *loaded));
    CHECK(made->id() == loaded->id());
    CHECK((fs::status(path).permissions() & fs::perms::all) == (fs::perms::owner_read | fs::perms::owner_write));
    CHECK(test::file_bytes(path).size() == 18 + 65 + 17);
    const auto again = make_spool_key(path, folder / "data");
    REQUIRE_FALSE(again.has_value());
    CHECK(again.error().code == ErrorCode::conflict);
    CHECK(same(*load_spool_key(path, folder / "data"), *made));
}

TEST_CASE("a key within the data folder is refused, by whatever path it is named") {
    const test::ScratchFolder folder;
    fs::create_directories(folder / "data/deeper");
    fs::create_directories(folder / "database");
    for (const char* name : {"data/key", "data/deeper/key", "other/../data/key", "database/../data/./key"}) {
        const auto made = make_spool_key(folder / name, folder / "data");
        REQUIRE_FALSE(made.has_value());
        CHECK(made.error().code == ErrorCode::denied);
        CHECK(code_of(folder / name, folder / "data") == ErrorCode::denied);
    }
    fs::create_directory_symlink(folder / "data", folder / "link");
    CHECK(code_of(folder / "link/key", folder / "data") == ErrorCode::denied);
    CHECK(make_spool_key(folder / "database/key", folder / "data").has_value());
    CHECK(make_spool_key(folder / "data.key", folder / "data").has_value());
}

TEST_CASE("a missing, shared, damaged or foreign key file is refused, each with its reason") {
    const test::ScratchFolder folder;
    const std::string path = folder / "key";
    CHECK(code_of(path, folder / "data") == ErrorCode::not_found);
    REQUIRE(make_spool_key(path, folder / "data").has_value());
    for (const mode_t mode : {0640U, 0604U, 0660U, 0601U}) {
        REQUIRE(::chmod(path.c_str(), mode) == 0);
        CHECK(code_of(path, folder / "data") == ErrorCode::denied);
    }
    REQUIRE(::chmod(path.c_str(), 0600) == 0);
    const std::string bytes = test::file_bytes(path);
    for (std::size_t i = 0; i < bytes.size(); ++i) {
        std::string changed = bytes;
        changed[i] = changed[i] == '3' ? '4' : '3';
        test::overwrite_file(path, changed);
        CHECK(code_of(path, folder / "data") == ErrorCode::corrupt);
    }
    for (const std::string& text : {std::string(), bytes + "\n", bytes.substr(1), bytes.substr(0, bytes.size() - 1), std::string(5000, 'a')}) {
        test::overwrite_file(path, text);
        CHECK(code_of(path, folder / "data") == ErrorCode::corrupt);
    }
    fs::remove(path);
    fs::create_directory(path);
    CHECK(load_spool_key(path, folder / "data").error().code != ErrorCode::corrupt);
}

TEST_CASE("keys differ, their ids tell them apart, and a fixed key has a fixed id") {
    const SpoolKey one = SpoolKey::random();
    const SpoolKey two = SpoolKey::random();
    CHECK_FALSE(same(one, two));
    CHECK(one.id() != two.id());
    CHECK(same(one, one.copy()));
    CHECK(test::fixed_key(7).id() == test::fixed_key(7).id());
    CHECK(test::fixed_key(7).id() != test::fixed_key(8).id());
}
