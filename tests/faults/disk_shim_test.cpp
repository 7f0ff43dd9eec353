// The disk shim itself: it fails what it is told to fail, and its shadow holds what was fsynced and nothing else.
#include <doctest/doctest.h>

#include <filesystem>
#include <map>
#include <string>
#include <vector>

#include "support/disk_shim.h"
#include "support/power_cut.h"
#include "support/process.h"

namespace {

using namespace vigie::tests;
namespace fs = std::filesystem;

struct Probe {
    TemporaryFolder folder;
    std::map<std::string, std::string> environment;

    Probe() {
        fs::create_directory(disk());
        environment["VIGIE_SHIM_PREFIX"] = disk();
        environment["VIGIE_SHIM_CONTROL"] = folder.path("control");
    }
    void keep_shadow() { environment["VIGIE_SHIM_SHADOW"] = folder.path("shadow"); }
    [[nodiscard]] std::string disk() const { return folder.path("disk"); }
    /// Steps with '@' for the folder.
    std::string run(const std::vector<std::string>& steps) const {
        std::vector<std::string> arguments;
        fs::remove(folder.path("control"));
        for (std::string step : steps) {
            for (std::size_t at = step.find('@'); at != std::string::npos; at = step.find('@')) {
                step.replace(at, 1, disk() + "/");
            }
            arguments.push_back(step);
        }
        return end_of(start_under_shim("disk_probe", arguments, environment, folder.path("out")), -1, folder.path("out")).out;
    }
    /// What a power cut leaves: relative path -> bytes; folders end with '/'.
    [[nodiscard]] std::map<std::string, std::string> after_cut() const {
        std::map<std::string, std::string> files;
        for (const auto& entry : fs::recursive_directory_iterator(folder.path("shadow/tree"))) {
            const std::string name = fs::relative(entry.path(), folder.path("shadow/tree")).string();
            files[entry.is_directory() ? name + "/" : name] = entry.is_directory() ? "" : read_text(entry.path().string());
        }
        return files;
    }
};

using Files = std::map<std::string, std::string>;

}  // namespace

TEST_CASE("the shim fails the n-th call of a kind, as told, and lets all else pass") {
    if (!no_shim_here().empty()) {
        MESSAGE("SKIP: " << no_shim_here());
        return;
    }
    const Probe probe;
    CHECK(probe.run({"write,@a,one", "read,@a"}) == "ok one ok \n");
    CHECK(probe.run({"rule,write_EIO_2_2", "write,@a,1", "write,@a,2", "write,@a,3", "read,@a", "counts"}) == "ok EIO ok one13 ok 3/1 \n");
    CHECK(probe.run({"rule,pwrite_ENOSPC_1_0", "write,@b,x", "put,@b,0,y", "rule,", "put,@b,0,z", "read,@b"}) == "ok ENOSPC ok z ok \n");
    CHECK(probe.run({"rule,write_short_1_1", "write,@c,abcdef", "read,@c"}) == "ok abc ok \n");
    CHECK(probe.run({"rule,write_short_1_1", "vector,@d,abcd,efgh", "read,@d"}) == "ok ab ok \n");
    CHECK(probe.run({"rule,fsync+fdatasync_EIO_2_0_2", "fsync,@a", "fsync,@a", "fdatasync,@a", "fdatasync,@a"}) == "ok EIO ok EIO \n");
    CHECK(probe.run({"rule,any_EIO_1_0", "read,@a", "rename,@a,@b", "unlink,@a", "mkdir,@x", "allocate,@a,10"}) == "EIO EIO EIO EIO EIO \n");
    CHECK(probe.run({"rule,any_EIO_1_0", "write," + probe.folder.path("outside") + ",x"}) == "ok \n");
    CHECK(probe.run({"rule,rename+truncate_EROFS_1_0", "rename,@a,@b", "truncate,@a,1", "read,@a"}) == "EROFS EROFS one13 ok \n");
    CHECK(probe.run({"rule,allocate_ENOSPC_1_1", "allocate,@e,100", "allocate,@e,100"}) == "ENOSPC ok \n");
}

TEST_CASE("after a power cut the shadow holds what was fsynced, by name if its folder was, and nothing else") {
    if (!no_shim_here().empty()) {
        MESSAGE("SKIP: " << no_shim_here());
        return;
    }
    Probe probe;
    probe.keep_shadow();
    write_text(probe.disk() + "/old", "old");
    fs::create_directory(probe.disk() + "/folder");
    write_text(probe.disk() + "/folder/inner", "inner");
    const Files start{{"old", "old"}, {"folder/", ""}, {"folder/inner", "inner"}};
    const auto with = [&](const Files& more) {
        Files all = start;
        for (const auto& [name, bytes] : more) {
            all[name] = bytes;
        }
        return all;
    };
    const auto cut = [&](std::vector<std::string> steps) {
        const fs::path disk = probe.disk();
        fs::remove_all(disk);
        fs::create_directory(disk);
        write_text(disk / "old", "old");
        fs::create_directory(disk / "folder");
        write_text(disk / "folder/inner", "inner");
        steps.emplace_back("kill");
        static_cast<void>(probe.run(steps));
        return probe.after_cut();
    };
    CHECK(cut({}) == start);
    CHECK(cut({"write,@old,+"}) == start);
    CHECK(cut({"write,@old,+", "fsync,@old"}) == with({{"old", "old+"}}));
    CHECK(cut({"write,@old,+", "fdatasync,@old", "write,@old,!"}) == with({{"old", "old+"}}));
    CHECK(cut({"osync,@old,+", "write,@old,!"}) == with({{"old", "old+"}}));
    CHECK(cut({"vector,@old,12,34", "put,@old,0,OL", "fsync,@old"}) == with({{"old", "OLd1234"}}));
    CHECK(cut({"put,@old,5,x", "fsync,@old"}) == with({{"old", std::string("old\0\0x", 6)}}));
    CHECK(cut({"truncate,@old,1"}) == start);
    CHECK(cut({"truncate,@old,1", "truncate,@old,3", "fsync,@old"}) == with({{"old", std::string("o\0\0", 3)}}));
    CHECK(cut({"map,@old,1,LD"}) == with({{"old", "oLD"}}));
    CHECK(cut({"write,@new,x"}) == start);
    CHECK(cut({"write,@new,x", "fsync,@new"}) == start);
    CHECK(cut({"write,@new,x", "fsync,@new", "fsyncdir,@"}) == with({{"new", "x"}}));
    CHECK(cut({"write,@new,x", "fsyncdir,@"}) == with({{"new", ""}}));
    CHECK(cut({"fsyncdir,@", "write,@new,x", "fsyncdir,@", "fsync,@new", "write,@new,y"}) == with({{"new", "x"}}));
    CHECK(cut({"stdio,@new,text", "fsync,@new", "fsyncdir,@"}) == with({{"new", "text"}}));
    CHECK(cut({"rename,@old,@other"}) == start);
    CHECK(cut({"rename,@old,@other", "fsyncdir,@"}) == Files{{"other", "old"}, {"folder/", ""}, {"folder/inner", "inner"}});
    CHECK(cut({"write,@draft,new", "fsync,@draft", "rename,@draft,@old", "fsyncdir,@"}) == with({{"old", "new"}}));
    CHECK(cut({"write,@draft,new", "fsync,@draft", "rename,@draft,@old"}) == start);
    CHECK(cut({"write,@draft,new", "rename,@draft,@old", "fsyncdir,@"}) == with({{"old", ""}}));
    CHECK(cut({"unlink,@old"}) == start);
    CHECK(cut({"unlink,@old", "fsyncdir,@"}) == Files{{"folder/", ""}, {"folder/inner", "inner"}});
    CHECK(cut({"unlink,@old", "write,@old,again", "fsync,@old"}) == start);
    CHECK(cut({"unlink,@old", "write,@old,again", "fsync,@old", "fsyncdir,@"}) == with({{"old", "again"}}));
    CHECK(cut({"mkdir,@made", "write,@made/x,1", "fsync,@made/x", "fsyncdir,@made"}) == start);
    CHECK(cut({"mkdir,@made", "write,@made/x,1", "fsync,@made/x", "fsyncdir,@made", "fsyncdir,@"}) == with({{"made/", ""}, {"made/x", "1"}}));
    CHECK(cut({"rename,@folder,@moved", "fsyncdir,@"}) == Files{{"old", "old"}, {"moved/", ""}, {"moved/inner", "inner"}});
    // What an fsync that failed was to write is not written by the next one: the kernel holds it for clean.
    CHECK(cut({"write,@old,+", "rule,fsync_EIO_1_1", "fsync,@old", "fsync,@old"}) == with({{"old", std::string("old\0", 4)}}));
    probe.environment["VIGIE_SHIM_JOURNAL"] = "1";
    CHECK(cut({"write,@new,x", "fsync,@new"}) == with({{"new", "x"}}));
    CHECK(cut({"rename,@old,@other", "write,@new,x", "fsync,@new"}) == Files{{"other", "old"}, {"new", "x"}, {"folder/", ""}, {"folder/inner", "inner"}});
    CHECK(cut({"rename,@old,@other"}) == start);
    probe.environment["VIGIE_SHIM_KEEP"] = "1 100";
    CHECK(cut({"write,@old,+", "write,@new,x"}) == with({{"old", "old+"}, {"new", "x"}}));
}

TEST_CASE("SQLite and DuckDB lose nothing that they committed when the power goes, and what does not ask the disk does") {
    if (!no_shim_here().empty()) {
        MESSAGE("SKIP: " << no_shim_here());
        return;
    }
    // As ext4 and XFS do, an fsync of a new file keeps its name: DuckDB relies on it for its write-ahead log.
    const std::map<std::string, std::string> journal{{"VIGIE_SHIM_JOURNAL", "1"}};
    for (const std::string engine : {"sqlite", "duckdb"}) {
        for (const std::string keep : {"", "77 30"}) {
            PowerCut power(journal);
            if (!keep.empty()) {
                power.set("VIGIE_SHIM_KEEP", keep);
            }
            const std::vector<std::string> files{power.disk() + "/kept.db", power.beside("ledger")};
            for (int cut = 0; cut < 6; ++cut) {
                REQUIRE_MESSAGE(power.run("engine_session", {engine, "run", files[0], files[1]}, 150 + 60 * cut), engine << ": " << power.output());
                const int checking = start_under_shim("engine_session", {engine, "check", files[0], files[1]}, {}, power.beside("output"));
                const auto checked = end_of(checking, -1, power.beside("output"));
                CHECK_MESSAGE(checked.exit_code == 0, engine << keep << ", cut " << cut << ": " << checked.out);
                if (cut == 5) {
                    MESSAGE(engine << ": " << checked.out);
                }
            }
        }
    }
    // The shim bites: without fsync SQLite loses what it committed.
    PowerCut power(journal);
    const std::vector<std::string> files{power.disk() + "/kept.db", power.beside("ledger")};
    REQUIRE(power.run("engine_session", {"sqlite-off", "run", files[0], files[1]}, 500));
    const int checking = start_under_shim("engine_session", {"sqlite-off", "check", files[0], files[1]}, {}, power.beside("output"));
    CHECK(end_of(checking, -1, power.beside("output")).exit_code == 1);
}
