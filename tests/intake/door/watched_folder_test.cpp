#include "intake/door/watched_folder.h"

#include <doctest/doctest.h>

#include <filesystem>
#include <fstream>

#include "../scratch_folder.h"

using namespace vigie;
using namespace vigie::intake;

namespace {

const Instant noon{std::chrono::seconds{1'790'000'000}};

struct Drop {
    explicit Drop(const std::string& name) : files(name) {
        std::filesystem::create_directories(files.path("drop/tickets"));
        auto opened = Spool::open(files.path("spool"), SpoolKey::random(), SpoolLimits{});
        REQUIRE(opened.has_value());
        spool = *std::move(opened);
    }
    void write(const std::string& name, const std::string& text) const { std::ofstream(files.path("drop/tickets/" + name)) << text; }
    std::uint64_t look() {
        faults.clear();
        const auto taken = folder.look({{"tickets", "tickets", "csv", SpoolClass::ordinary}}, *spool, noon, faults);
        REQUIRE(taken.has_value());
        return *taken;
    }
    [[nodiscard]] bool has(const std::string& name) const { return std::filesystem::exists(files.path("drop/tickets/" + name)); }
    std::vector<SpooledMessage> kept() { return *spool->read(0, 1U << 20, std::chrono::milliseconds{0}); }

    ScratchFolder files;
    std::unique_ptr<Spool> spool;
    WatchedFolder folder{files.path("drop"), 1'000};
    std::vector<std::string> faults;
};

}  // namespace

TEST_CASE("a file that keeps still is put into the inbox and removed") {
    Drop drop("watched_take");
    drop.write("b.csv", "2");
    drop.write("a.csv", "1");
    CHECK(drop.look() == 0);
    CHECK(drop.look() == 2);
    const auto kept = drop.kept();
    REQUIRE(kept.size() == 2);
    CHECK(kept[0].message.body == "1");
    CHECK(kept[0].message.source == "tickets");
    CHECK(kept[0].message.channel == "folder");
    CHECK(kept[1].message.body == "2");
    CHECK_FALSE(drop.has("a.csv"));
    CHECK(drop.look() == 0);
}

TEST_CASE("a file that is being written waits") {
    Drop drop("watched_wait");
    drop.write("a.csv", "1");
    drop.write(".hidden", "x");
    drop.write("a.csv.tmp", "x");
    drop.write("a.csv.part", "x");
    CHECK(drop.look() == 0);
    drop.write("a.csv", "12");
    CHECK(drop.look() == 0);
    CHECK(drop.look() == 1);
    CHECK(drop.kept().size() == 1);
    CHECK(drop.has(".hidden"));
    CHECK(drop.has("a.csv.tmp"));
}

TEST_CASE("what the inbox can not take is set aside and said, and the others go in") {
    Drop drop("watched_large");
    drop.write("large.csv", std::string(1'001, 'x'));
    drop.write("empty.csv", "");
    drop.write("good.csv", "1");
    std::filesystem::create_symlink("/etc/passwd", drop.files.path("drop/tickets/link.csv"));
    CHECK(drop.look() == 0);
    CHECK(drop.look() == 1);
    CHECK(drop.faults.size() == 2);
    CHECK(drop.has("refuses/large.csv"));
    CHECK(drop.has("refuses/empty.csv"));
    CHECK(drop.kept().size() == 1);
    CHECK(drop.look() == 0);
    CHECK(drop.faults.empty());
}

TEST_CASE("a folder that is not there is no fault") {
    Drop drop("watched_absent");
    std::filesystem::remove_all(drop.files.path("drop"));
    CHECK(drop.look() == 0);
    CHECK(drop.faults.empty());
}
