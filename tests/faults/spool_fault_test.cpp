// The inbox on a disk that fails and on one that loses its power: nothing acknowledged is lost, nothing is served wrong, and it resumes alone.
#include <doctest/doctest.h>

#include <cstdlib>
#include <filesystem>

#include "base/random.h"
#include "support/disk_shim.h"
#include "support/power_cut.h"
#include "support/process.h"

namespace {

using namespace vigie::tests;
namespace fs = std::filesystem;

/// More with VIGIE_FAULT_RUNS, for the closing run of an important change.
int runs_of(int by_default) {
    const char* const asked = std::getenv("VIGIE_FAULT_RUNS");  // NOLINT(concurrency-mt-unsafe)
    return asked == nullptr ? by_default : std::atoi(asked);
}

void sweep_all(const std::string& program) {
    if (!no_shim_here().empty()) {
        MESSAGE("SKIP: " << no_shim_here());
        return;
    }
    const TemporaryFolder folder;
    fs::create_directory(folder.path("disk"));
    const std::map<std::string, std::string> environment{{"VIGIE_SHIM_PREFIX", folder.path("disk")}, {"VIGIE_SHIM_CONTROL", folder.path("control")},
                                                         {"VIGIE_SHIM_QUICK", "1"}};
    int sessions = 0;
    for (const std::string kind : {"write", "sync", "open", "rename", "unlink", "truncate", "read", "mkdir"}) {
        for (const std::string fault : {"EIO", "ENOSPC", "short"}) {
            if (fault == "short" && kind != "write" && kind != "read") {
                continue;
            }
            for (const std::string extent : {"once", "forever"}) {
                const int process = start_under_shim(program, {"sweep", folder.path("disk"), kind, fault, extent}, environment, folder.path("out"));
                const auto run = end_of(process, -1, folder.path("out"));
                CHECK_MESSAGE((run.exit_code == 0 && run.out.starts_with("sound")), kind << " " << fault << " " << extent << ": " << run.out);
                sessions += run.out.starts_with("sound: ") ? std::atoi(run.out.c_str() + 7) : 0;
            }
        }
    }
    MESSAGE(program << ": " << sessions << " sessions, each with its fault");
    CHECK(sessions > 300);
}

/// Runs, cuts the power, checks what the disk holds, and goes on from there.
void cut_power(int cuts, const std::map<std::string, std::string>& settings, std::uint64_t seed) {
    PowerCut power(settings);
    int acknowledged = 0;
    vigie::Random random(seed);
    for (int i = 0; i < cuts; ++i) {
        if (settings.contains("VIGIE_SHIM_KEEP")) {
            power.set("VIGIE_SHIM_KEEP", std::to_string(random.below(1U << 30)) + " 30");
        }
        if (settings.contains("VIGIE_SHIM_CONTROL")) {  // now and then a call fails, too; rarely enough that the spool can be opened
            power.set("VIGIE_SHIM_CONTROL", power.beside("control"));
            write_text(power.beside("control"), "sync EIO 9 0 " + std::to_string(7 + random.below(20)) + "\nwrite short 5 0 " +
                                                    std::to_string(5 + random.below(20)) + "\nopen+rename+truncate EIO 80 0 97\n");
        }
        const std::string spool = power.disk() + "/spool";
        const std::string ledger = power.beside("ledger");
        const auto run_seed = std::to_string(seed * 1000 + static_cast<std::uint64_t>(i));
        const auto moment = static_cast<int>(20 + random.below(settings.contains("VIGIE_SHIM_CONTROL") ? 500 : 150));
        REQUIRE_MESSAGE(power.run("spool_session", {"run", spool, ledger, run_seed}, moment), power.output());
        const int checking = start_under_shim("spool_session", {"check", spool, ledger}, {}, power.beside("output"));
        const auto checked = end_of(checking, -1, power.beside("output"));
        REQUIRE_MESSAGE(checked.exit_code == 0, "cut " << i << ", seed " << run_seed << ": " << checked.out);
        acknowledged = std::atoi(checked.out.c_str() + std::string("sound: ").size());
        if (i + 1 == cuts) {
            MESSAGE(cuts << " power cuts: " << checked.out);
        }
    }
    CHECK(acknowledged > cuts);  // else nothing was tested
}

}  // namespace

TEST_CASE("whichever call to the disk fails, once or from then on, the inbox neither lies nor loses, and resumes") { sweep_all("spool_session"); }

TEST_CASE("whichever call to the disk fails, sealed records are kept, destroyed and expired as was said") { sweep_all("sealed_session"); }

TEST_CASE("a power cut at any moment loses nothing that the inbox acknowledged") {
    if (!no_shim_here().empty()) {
        MESSAGE("SKIP: " << no_shim_here());
        return;
    }
    cut_power(runs_of(12), {}, 1);
    cut_power(runs_of(12), {{"VIGIE_SHIM_JOURNAL", "1"}}, 2);
    cut_power(runs_of(12), {{"VIGIE_SHIM_KEEP", "1 30"}}, 3);
    cut_power(runs_of(12), {{"VIGIE_SHIM_KEEP", "1 30"}, {"VIGIE_SHIM_CONTROL", ""}}, 4);
}
