// The inbox on a disk that fails and on one that loses its power: nothing acknowledged is lost, nothing is served wrong, and it resumes alone.
#include <doctest/doctest.h>

#include <cstdlib>
#include <filesystem>

#include "base/random.h"
#include "support/disk_shim.h"
#include "support/process.h"

namespace {

using namespace vigie::tests;
namespace fs = std::filesystem;

/// More with VIGIE_FAULT_RUNS, for the closing run of an important change.
int runs_of(int by_default) {
    const char* const asked = std::getenv("VIGIE_FAULT_RUNS");  // NOLINT(concurrency-mt-unsafe)
    return asked == nullptr ? by_default : std::atoi(asked);
}

void sweep_all(const std::string& what) {
    if (!no_shim_here().empty()) {
        MESSAGE("SKIP: " << no_shim_here());
        return;
    }
    const TemporaryFolder folder;
    fs::create_directory(folder.path("disk"));
    const std::map<std::string, std::string> environment{{"VIGIE_SHIM_PREFIX", folder.path("disk")}, {"VIGIE_SHIM_CONTROL", folder.path("control")}};
    int sessions = 0;
    for (const std::string kind : {"write", "sync", "open", "rename", "unlink", "truncate", "read", "mkdir"}) {
        for (const std::string fault : {"EIO", "ENOSPC", "short"}) {
            if (fault == "short" && kind != "write" && kind != "read") {
                continue;
            }
            for (const std::string extent : {"once", "forever"}) {
                const int process = start_under_shim("spool_session", {what, folder.path("disk"), kind, fault, extent}, environment, folder.path("out"));
                const auto run = end_of(process, -1, folder.path("out"));
                CHECK_MESSAGE((run.exit_code == 0 && run.out.starts_with("sound")), kind << " " << fault << " " << extent << ": " << run.out);
                sessions += run.out.starts_with("sound: ") ? std::atoi(run.out.c_str() + 7) : 0;
            }
        }
    }
    MESSAGE(what << ": " << sessions << " sessions, each with its fault");
    CHECK(sessions > 300);
}

/// Runs, cuts the power, checks what the disk holds, and goes on from there.
void cut_power(int cuts, const std::map<std::string, std::string>& more, std::uint64_t seed) {
    const TemporaryFolder folder;
    const std::string disk = folder.path("disk");
    fs::create_directory(disk);
    vigie::Random random(seed);
    for (int i = 0; i < cuts; ++i) {
        std::map<std::string, std::string> environment{{"VIGIE_SHIM_PREFIX", disk}, {"VIGIE_SHIM_SHADOW", folder.path("shadow")}};
        environment.insert(more.begin(), more.end());
        if (environment.contains("VIGIE_SHIM_KEEP")) {
            environment["VIGIE_SHIM_KEEP"] = std::to_string(random.below(1U << 30)) + " 30";
        }
        fs::remove_all(folder.path("shadow"));
        const auto run_seed = std::to_string(seed * 1000 + static_cast<std::uint64_t>(i));
        const int process = start_under_shim("spool_session", {"run", disk + "/spool", folder.path("ledger"), run_seed}, environment, folder.path("out"));
        const auto killed = end_of(process, static_cast<int>(20 + random.below(150)), folder.path("out"));
        REQUIRE_MESSAGE(killed.signal_number == 9, killed.out);
        if (fs::exists(folder.path("shadow/ready"))) {  // else it was killed before it began
            fs::remove_all(disk);
            fs::copy(folder.path("shadow/tree"), disk, fs::copy_options::recursive);
        }
        const int checking = start_under_shim("spool_session", {"check", disk + "/spool", folder.path("ledger")}, {}, folder.path("out"));
        const auto checked = end_of(checking, -1, folder.path("out"));
        REQUIRE_MESSAGE(checked.exit_code == 0, "cut " << i << ", seed " << run_seed << ": " << checked.out);
        if (i + 1 == cuts) {
            MESSAGE(cuts << " power cuts: " << checked.out);
        }
    }
}

}  // namespace

TEST_CASE("whichever call to the disk fails, once or from then on, the inbox neither lies nor loses, and resumes") { sweep_all("sweep"); }

TEST_CASE("whichever call to the disk fails, sealed records are kept, destroyed and expired as was said") { sweep_all("sealed"); }

TEST_CASE("a power cut at any moment loses nothing that the inbox acknowledged") {
    if (!no_shim_here().empty()) {
        MESSAGE("SKIP: " << no_shim_here());
        return;
    }
    cut_power(runs_of(12), {}, 1);
    cut_power(runs_of(12), {{"VIGIE_SHIM_JOURNAL", "1"}}, 2);
    cut_power(runs_of(12), {{"VIGIE_SHIM_KEEP", "1 30"}}, 3);
}
