#include "store/data_folder.h"

#include <doctest/doctest.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <csignal>
#include <filesystem>
#include <fstream>
#include <functional>

#include "store/data_folder_samples.h"
#include "store/reference_samples.h"
#include "store/scratch_folder.h"

using namespace vigie;

namespace {

unsigned mode_of(const std::string& path) {
    struct stat status {};
    REQUIRE(::stat(path.c_str(), &status) == 0);
    return status.st_mode & 0777U;
}

/// The exit status of `work` run in another process.
int in_other_process(const std::function<int()>& work) {
    const pid_t child = ::fork();
    REQUIRE(child >= 0);
    if (child == 0) {
        ::_exit(work());
    }
    int status = 0;
    REQUIRE(::waitpid(child, &status, 0) == child);
    return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

}  // namespace

TEST_CASE("a new folder is private, empty of facts, and remembers") {
    const test::ScratchFolder scratch;
    const std::string path = scratch / "above/data";
    REQUIRE(DataFolder::create(path).has_value());
    {
        DataFolder folder = test::open_folder(path);
        CHECK(folder.directory() == path);
        CHECK(folder.socket_path() == path + "/vigie.sock");
        CHECK(folder.identity_index_path() == path + "/derived/identity.index");
        CHECK(folder.events().stats()->events == 0);
        REQUIRE(folder.metadata().save_city(test::sample_city(), test::noon).has_value());
        REQUIRE(folder.events().append(test::some_events(100), BlockId{1, 1}).has_value());
    }
    DataFolder folder = test::open_folder(path);
    CHECK(folder.events().stats()->events == 100);
    CHECK((*folder.metadata().city())->name == "Essai-sur-Mer");
    // The city gives the rule for day and night, so a question about nights is answered.
    EventFilter nights;
    nights.daylight = Daylight::night;
    CHECK(folder.events().aggregate(nights, GroupBy{}).has_value());
    CHECK(mode_of(path) == 0700U);
    CHECK(mode_of(path + "/derived") == 0700U);
    for (const char* name : {"VERSION", "lock", "events.duckdb", "metadata.sqlite"}) {
        CHECK_MESSAGE(mode_of(path + "/" + name) == 0600U, name);
    }
}

TEST_CASE("a folder that holds anything is not taken") {
    const test::ScratchFolder scratch;
    CHECK(DataFolder::create(scratch.path()).has_value());  // it was empty
    const auto again = DataFolder::create(scratch.path());
    REQUIRE_FALSE(again.has_value());
    CHECK(again.error().code == ErrorCode::conflict);
    std::ofstream(scratch / "file") << "x";
    CHECK(DataFolder::create(scratch / "file").error().code == ErrorCode::conflict);
    CHECK_FALSE(DataFolder::create(scratch / "file/below").has_value());
}

TEST_CASE("a second process is refused and told who holds the folder") {
    const test::ScratchFolder scratch;
    const std::string path = scratch / "data";
    REQUIRE(DataFolder::create(path).has_value());
    const std::string holder = "processus " + std::to_string(::getpid());
    {
        const DataFolder folder = test::open_folder(path);
        const int verdict = in_other_process([&] {
            const auto second = DataFolder::open(path + "/../data/", {});
            if (second || second.error().code != ErrorCode::conflict) {
                return 1;
            }
            return second.error().message.find(holder) == std::string::npos ? 2 : 0;
        });
        CHECK(verdict == 0);
        CHECK(DataFolder::open(path, {}).error().code == ErrorCode::conflict);  // nor this process, twice
    }
    test::open_folder(path);
}

TEST_CASE("kill -9 of the holder frees the folder") {
    const test::ScratchFolder scratch;
    const std::string path = scratch / "data";
    REQUIRE(DataFolder::create(path).has_value());
    int ready[2];
    REQUIRE(::pipe(ready) == 0);
    const pid_t holder = ::fork();
    REQUIRE(holder >= 0);
    if (holder == 0) {
        const auto folder = DataFolder::open(path, {});
        const char sign = folder ? 'y' : 'n';
        static_cast<void>(::write(ready[1], &sign, 1) == 1);
        ::pause();
        ::_exit(0);
    }
    char sign = 0;
    REQUIRE(::read(ready[0], &sign, 1) == 1);
    REQUIRE(sign == 'y');
    const auto refused = DataFolder::open(path, {});
    REQUIRE_FALSE(refused.has_value());
    CHECK(refused.error().message.find("processus " + std::to_string(holder)) != std::string::npos);
    REQUIRE(::kill(holder, SIGKILL) == 0);
    REQUIRE(::waitpid(holder, nullptr, 0) == holder);
    test::open_folder(path);
    ::close(ready[0]);
    ::close(ready[1]);
}

TEST_CASE("what is not a data folder is refused and left as it is") {
    const test::ScratchFolder scratch;
    CHECK(DataFolder::open(scratch / "absent", {}).error().code == ErrorCode::not_found);
    CHECK(DataFolder::open(scratch.path(), {}).error().code == ErrorCode::not_found);
    CHECK(std::filesystem::is_empty(scratch.path()));
    for (const char* text : {"", "1", "one\n", "-1\n", "1\n\n", "1 \n", "99999999999999\n"}) {
        std::ofstream(scratch / "VERSION") << text;
        CHECK_MESSAGE(DataFolder::open(scratch.path(), {}).error().code == ErrorCode::corrupt, text);
    }
}

TEST_CASE("a damaged store says which file") {
    const test::ScratchFolder scratch;
    const std::string path = scratch / "data";
    REQUIRE(DataFolder::create(path).has_value());
    test::open_folder(path);
    std::filesystem::remove(path + "/metadata.sqlite-wal");
    std::ofstream(path + "/metadata.sqlite") << std::string(5000, 'x');
    const auto opened = DataFolder::open(path, {});
    REQUIRE_FALSE(opened.has_value());
    CHECK(opened.error().code == ErrorCode::corrupt);
    CHECK(opened.error().message.find("metadata.sqlite") != std::string::npos);
}

TEST_CASE("a folder that can not be written is a clear error") {
    const test::ScratchFolder scratch;
    const std::string path = scratch / "data";
    REQUIRE(DataFolder::create(path).has_value());
    { test::open_folder(path); }
    constexpr uid_t nobody = 65534;  // root may write anywhere, so the test steps down
    const bool root = ::geteuid() == 0;
    if (root) {
        REQUIRE(::chmod(scratch.path().c_str(), 0755) == 0);
        for (const auto& entry : std::filesystem::recursive_directory_iterator(path)) {
            REQUIRE(::chown(entry.path().c_str(), nobody, nobody) == 0);
        }
        REQUIRE(::chown(path.c_str(), nobody, nobody) == 0);
    }
    for (const auto& entry : std::filesystem::recursive_directory_iterator(path)) {
        REQUIRE(::chmod(entry.path().c_str(), entry.is_directory() ? 0500 : 0400) == 0);
    }
    REQUIRE(::chmod(path.c_str(), 0500) == 0);
    const int verdict = in_other_process([&] {
        if (root && ::setuid(nobody) != 0) {
            return 9;
        }
        const auto opened = DataFolder::open(path, {});
        if (opened || opened.error().code != ErrorCode::unavailable) {
            return 1;
        }
        if (opened.error().message.find("n'en a pas le droit") == std::string::npos) {
            return 2;
        }
        return DataFolder::create(path + "/below").error().code == ErrorCode::unavailable ? 0 : 3;
    });
    CHECK(verdict == 0);
    REQUIRE(::chmod(path.c_str(), 0700) == 0);
    REQUIRE(::chmod((path + "/derived").c_str(), 0700) == 0);
}
