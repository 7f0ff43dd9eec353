#include "store/fact_cube_file.h"

#include <doctest/doctest.h>
#include <unistd.h>

#include "store/cube_samples.h"
#include "store/file_bytes.h"
#include "store/scratch_folder.h"

using namespace vigie;
using namespace vigie::test;

namespace {

struct Written {
    ScratchFolder folder;
    std::string path = folder / "facts.cube";
    KindNumbers kinds;
    std::vector<CubeEntry> entries = entries_of(synthetic_events(71, 4'000), kinds);
    Written() {
        const std::vector<std::shared_ptr<const CubeRun>> runs = {make_run(std::span(entries).first(2'500)),
                                                                  make_run(std::span(entries).subspan(2'500))};
        REQUIRE(write_cube_file(path, runs, {}, kinds.kinds, {12, 345}).has_value());
    }
    [[nodiscard]] std::string bytes() const { return file_bytes(path); }
    void overwrite(const std::string& bytes) const { overwrite_file(path, bytes); }
    /// True when opening or a segment's check finds the damage.
    [[nodiscard]] bool damage_is_found() const {
        const auto file = open_cube_file(path);
        if (!file) {
            return file.error().code == ErrorCode::corrupt;
        }
        for (std::size_t i = 0; i < file->run->segments.size(); ++i) {
            if (!file->run->segment_is_whole(i)) {
                return true;
            }
        }
        return false;
    }
};

}  // namespace

TEST_CASE("a cube's file gives back its facts, kinds and stamp") {
    const Written written;
    const auto file = open_cube_file(written.path).value();
    CHECK(file.stamp == CubeStamp{12, 345});
    CHECK(file.kinds == written.kinds.kinds);
    CHECK(facts_in(*file.run) == facts_in(written.entries));
    CHECK_FALSE(written.damage_is_found());
}

TEST_CASE("an absent cube is not found") {
    const ScratchFolder folder;
    CHECK(open_cube_file(folder / "facts.cube").error().code == ErrorCode::not_found);
}

TEST_CASE("a changed byte anywhere in the file is found before it is counted") {
    const Written written;
    const auto whole = written.bytes();
    Random random(72);
    int padding = 0;
    for (int i = 0; i < 300; ++i) {
        auto bytes = whole;
        const auto at = random.below(bytes.size());
        bytes[at] = static_cast<char>(bytes[at] ^ (1 << random.below(8)));
        written.overwrite(bytes);
        padding += written.damage_is_found() ? 0 : 1;
    }
    CHECK(padding <= 2);  // at most twice 4 bytes of padding mean nothing
    written.overwrite(whole);
    CHECK_FALSE(written.damage_is_found());
}

TEST_CASE("a file cut anywhere, or longer than it says, is found") {
    const Written written;
    const auto whole = written.bytes();
    Random random(73);
    for (int i = 0; i < 60; ++i) {
        written.overwrite(whole.substr(0, i == 0 ? 0 : random.below(whole.size())));
        CHECK(written.damage_is_found());
    }
    written.overwrite(whole + std::string(8, '\0'));
    CHECK(written.damage_is_found());
}

TEST_CASE("a file that can not be written leaves the old one") {
    const Written written;
    const auto whole = written.bytes();
    const std::vector<std::shared_ptr<const CubeRun>> runs = {make_run(written.entries)};
    CHECK(write_cube_file(written.folder / "absent/facts.cube", runs, {}, {}, {}).error().code == ErrorCode::unavailable);
    auto damaged = std::make_shared<CubeRun>(*runs.front());
    damaged->segment_is_whole = [](std::size_t) { return false; };
    const std::vector<std::shared_ptr<const CubeRun>> bad = {damaged};
    CHECK(write_cube_file(written.path, bad, {}, {}, {}).error().code == ErrorCode::corrupt);
    CHECK(written.bytes() == whole);
    CHECK(access((written.path + ".new").c_str(), F_OK) != 0);
}
