// A full disk: on a real small file system where the test may mount one (root), else skipped with a word.
#include <doctest/doctest.h>
#include <fmt/format.h>
#include <sys/mount.h>

#include <filesystem>

#include "support/fact_files.h"
#include "support/process.h"

namespace {

using namespace vigie::tests;

constexpr std::uint64_t rows = 200'000;
/// What is left for the import: far less than its rows need.
constexpr std::uintmax_t room_bytes = 2U << 20;

/// A tmpfs of some megabytes, unmounted at the end.
class SmallDisk {
  public:
    explicit SmallDisk(int megabytes)
        : mounted_(mount("tmpfs", folder_.path().c_str(), "tmpfs", 0, fmt::format("size={}m", megabytes).c_str()) == 0) {}
    ~SmallDisk() {
        if (mounted_) {
            umount2(folder_.path().c_str(), MNT_DETACH);
        }
    }
    SmallDisk(const SmallDisk&) = delete;
    SmallDisk& operator=(const SmallDisk&) = delete;
    [[nodiscard]] bool is_mounted() const { return mounted_; }
    [[nodiscard]] std::string path(const std::string& name) const { return folder_.path(name); }

  private:
    TemporaryFolder folder_;
    bool mounted_;
};

void leave_little_room(const SmallDisk& disk) {
    const auto available = std::filesystem::space(disk.path("")).available;
    write_text(disk.path("ballast"), std::string(available > room_bytes ? available - room_bytes : 0, 'x'));
}

}  // namespace

TEST_CASE("an import onto a full disk says so, keeps the store whole, and finishes once there is room") {
    const SmallDisk disk(64);
    if (!disk.is_mounted()) {
        MESSAGE("SKIP: mounting a small tmpfs needs root");
        return;
    }
    const TemporaryFolder outside;
    write_text(outside.path("facts.csv"), facts_csv(rows, 3));
    const auto data = disk.path("data");
    make_observatory(data);
    leave_little_room(disk);
    const std::vector<std::string> import{"import", "--data", data, "--source", facts_manifest(), outside.path("facts.csv"), "--json"};
    const auto starved = run_vigie(import);
    CHECK(starved.exit_code == 1);
    CHECK(starved.signal_number == 0);
    CHECK(starved.err.find("vigie: ") != std::string::npos);
    MESSAGE(starved.err);
    std::filesystem::remove(disk.path("ballast"));
    const auto finished = run_vigie(import);
    REQUIRE_MESSAGE(finished.exit_code == 0, finished.err);
    const auto again = run_vigie(import);
    CHECK(number_in(again.out, "stored") == 0);
    const auto stats = run_vigie({"query", "--data", data, "stats", "--json"});
    CHECK(number_in(stats.out, "events") == rows - rows / 1000);
}
