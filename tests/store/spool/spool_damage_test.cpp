// Any bit, any truncation, any missing file: noticed, reported with the exact numbers that are lost, and never served.
#include <doctest/doctest.h>
#include <unistd.h>

#include <algorithm>
#include <filesystem>
#include <set>

#include "base/random.h"
#include "store/file_bytes.h"
#include "store/spool/spool_samples.h"

using namespace vigie;
using namespace std::chrono_literals;
namespace fs = std::filesystem;

namespace {

using Bodies = std::map<std::uint64_t, std::string>;

std::vector<std::string> segment_files(const std::string& directory) {
    std::vector<std::string> names;
    for (const auto& entry : fs::directory_iterator(directory)) {
        if (entry.path().extension() == ".segment") {
            names.push_back(entry.path().string());
        }
    }
    std::ranges::sort(names);
    return names;
}

/// A spool of some segments, some frames each, closed cleanly.
Bodies make_spool(const std::string& directory, std::uint64_t messages, std::uint64_t released) {
    auto spool = test::open_spool(directory, test::small_limits());
    Bodies bodies;
    for (std::uint64_t i = 1; i <= messages; ++i) {
        const std::string body = "message " + std::to_string(i * i);
        REQUIRE(*spool->put_and_wait(test::message_of(body, "m" + std::to_string(i)), SpoolClass::ordinary) == i);
        bodies[i] = body;
    }
    REQUIRE(spool->release(released).has_value());
    bodies.erase(bodies.begin(), bodies.upper_bound(released));
    return bodies;
}

struct Seen {
    Bodies bodies;
    SpoolStats stats;
};

Seen look(const std::string& directory) {
    auto spool = test::open_spool(directory, test::small_limits());
    Seen seen;
    seen.bodies = test::read_all(*spool);
    seen.stats = spool->stats();
    return seen;
}

/// What is read is what was written; what is not read is reported, and nothing else is.
bool is_accounted_for(const Seen& seen, const Bodies& bodies) {
    std::set<std::uint64_t> lost;
    for (const SpoolLoss& loss : seen.stats.losses) {
        for (std::uint64_t n = loss.first; n <= loss.last; ++n) {
            lost.insert(n);
        }
    }
    std::size_t missing = 0;
    for (const auto& [number, body] : bodies) {
        const auto found = seen.bodies.find(number);
        if (found == seen.bodies.end()) {
            ++missing;
            if (!lost.contains(number)) {
                return false;
            }
        } else if (found->second != body || lost.contains(number)) {
            return false;
        }
    }
    return missing == lost.size() && seen.bodies.size() + missing == bodies.size();
}

}  // namespace

TEST_CASE("every flipped bit of every file of a spool is noticed, its loss exact, and nothing wrong is served") {
    const test::MemoryFolder folder;
    const std::string intact = folder / "intact";
    const Bodies bodies = make_spool(intact, 7, 2);
    const auto segments = segment_files(intact);
    REQUIRE(segments.size() >= 3);
    std::vector<std::string> files = segments;
    files.push_back(intact + "/cursor");
    std::size_t flips = 0;
    std::size_t losing = 0;
    for (const std::string& file : files) {
        const std::string name = fs::path(file).filename().string();
        const std::string bytes = test::file_bytes(file);
        for (std::size_t bit = 0; bit < bytes.size() * 8; ++bit) {
            test::copy_folder(intact, folder / "damaged");
            std::string changed = bytes;
            changed[bit / 8] = static_cast<char>(changed[bit / 8] ^ (1 << (bit % 8)));
            test::overwrite_file(folder / ("damaged/" + name), changed);
            const Seen seen = look(folder / "damaged");
            ++flips;
            losing += seen.stats.losses.empty() ? 0U : 1U;
            const bool noticed = !seen.stats.last_error.empty();
            // A damaged cursor makes what was drained and is still there come once more.
            Bodies due = bodies;
            if (name == "cursor") {
                for (const auto& [number, body] : seen.bodies) {
                    due.try_emplace(number, body);
                }
            }
            if (!noticed || !is_accounted_for(seen, due)) {
                FAIL(name << ", bit " << bit << ": noticed " << noticed << ", " << seen.stats.last_error << ", " << seen.bodies.size() << " read");
            }
        }
    }
    MESSAGE(flips << " bits flipped, " << losing << " lost messages");
    CHECK(losing > flips / 2);
}

TEST_CASE("every truncation of every segment is noticed, its loss exact") {
    const test::MemoryFolder folder;
    const std::string intact = folder / "intact";
    const Bodies bodies = make_spool(intact, 7, 2);
    for (const std::string& file : segment_files(intact)) {
        const auto size = fs::file_size(file);
        for (std::uintmax_t length = 0; length < size; ++length) {
            test::copy_folder(intact, folder / "damaged");
            fs::resize_file(folder / ("damaged/" + fs::path(file).filename().string()), length);
            const Seen seen = look(folder / "damaged");
            if (seen.stats.losses.empty() || seen.stats.last_error.empty() || !is_accounted_for(seen, bodies)) {
                FAIL(file << " cut at " << length << ": " << seen.stats.last_error << ", " << seen.bodies.size() << " read");
            }
        }
    }
}

TEST_CASE("a missing segment is a loss of exactly its messages, and the numbering goes on") {
    const test::MemoryFolder folder;
    const std::string intact = folder / "intact";
    const Bodies bodies = make_spool(intact, 12, 0);
    for (const std::string& file : segment_files(intact)) {
        test::copy_folder(intact, folder / "damaged");
        fs::remove(folder / ("damaged/" + fs::path(file).filename().string()));
        const Seen seen = look(folder / "damaged");
        CHECK(seen.stats.losses.size() == 1);
        CHECK(is_accounted_for(seen, bodies));
        auto spool = test::open_spool(folder / "damaged", test::small_limits());
        CHECK(*spool->put_and_wait(test::message_of("next"), SpoolClass::bulk) == 13);
    }
}

TEST_CASE("frames that change places, are repeated or come from another spool are not taken for messages") {
    const test::MemoryFolder folder;
    const std::string intact = folder / "intact";
    const Bodies bodies = make_spool(intact, 9, 0);
    const auto segments = segment_files(intact);
    const std::string bytes = test::file_bytes(segments[0]);
    // All frames of this spool are alike in length: messages of one digit's square, marks of two letters.
    const std::size_t header = 128;
    const std::size_t second = bytes.find("VFRM", header + 1);
    REQUIRE(second != std::string::npos);
    const std::size_t length = second - header;
    REQUIRE(bytes.size() >= header + 2 * length);
    const auto with = [&](const std::string& changed) {
        test::copy_folder(intact, folder / "damaged");
        test::overwrite_file(folder / ("damaged/" + fs::path(segments[0]).filename().string()), changed);
        return look(folder / "damaged");
    };
    std::string swapped = bytes;
    std::copy_n(bytes.begin() + static_cast<std::ptrdiff_t>(header), length, swapped.begin() + static_cast<std::ptrdiff_t>(second));
    CHECK(is_accounted_for(with(swapped), bodies));
    CHECK_FALSE(with(swapped).stats.losses.empty());
    const std::string cut = bytes.substr(0, header) + bytes.substr(second);
    CHECK(is_accounted_for(with(cut), bodies));
    CHECK_FALSE(with(cut).stats.losses.empty());
    const std::string other = folder / "other";
    make_spool(other, 9, 0);
    const std::string foreign = bytes.substr(0, header) + test::file_bytes(segment_files(other)[0]).substr(header);
    CHECK(is_accounted_for(with(foreign), bodies));
    CHECK_FALSE(with(foreign).stats.losses.empty());
    // A whole segment of another spool, under the same master key, is authentic in itself: what tells it is only what it holds.
    const std::string grown = bytes + bytes.substr(header);
    CHECK(with(grown).bodies == bodies);
}

TEST_CASE("a torn tail that nobody was promised is cut off, and the numbers go on after what was whole") {
    const test::MemoryFolder folder;
    const std::string intact = folder / "intact";
    const Bodies bodies = make_spool(intact, 5, 0);
    // As a crash leaves it: the cursor is from before.
    fs::remove(intact + "/cursor");
    const std::string last = segment_files(intact).back();
    const std::string bytes = test::file_bytes(last);
    Random random(3);
    for (int i = 0; i < 200; ++i) {
        test::copy_folder(intact, folder / "damaged");
        std::string torn = bytes;
        for (std::uint64_t n = 1 + random.below(300); n > 0; --n) {
            torn += static_cast<char>(random.below(4) == 0 ? random.next() : 0);
        }
        test::overwrite_file(folder / ("damaged/" + fs::path(last).filename().string()), torn);
        auto spool = test::open_spool(folder / "damaged", test::small_limits());
        CHECK(spool->stats().torn_bytes == torn.size() - bytes.size());
        CHECK(spool->stats().losses.empty());
        CHECK(test::read_all(*spool) == bodies);
        REQUIRE(*spool->put_and_wait(test::message_of("after"), SpoolClass::ordinary) == 6);
    }
}

TEST_CASE("a damaged segment is kept aside when it is drained, what is lost passes for drained") {
    const test::MemoryFolder folder;
    const std::string directory = folder / "spool";
    make_spool(directory, 9, 0);
    const auto segments = segment_files(directory);
    std::string bytes = test::file_bytes(segments[1]);
    bytes[140] = static_cast<char>(bytes[140] ^ 1);
    test::overwrite_file(segments[1], bytes);
    auto spool = test::open_spool(directory, test::small_limits());
    test::read_all(*spool);
    REQUIRE(spool->stats().losses.size() == 1);
    const SpoolLoss loss = spool->stats().losses[0];
    REQUIRE(spool->release(loss.first - 1).has_value());
    CHECK(spool->released() == loss.last);
    REQUIRE(spool->release(9).has_value());
    CHECK(fs::exists(segments[1].substr(0, segments[1].rfind('.')) + ".damaged"));
    CHECK_FALSE(fs::exists(segments[0]));
    CHECK_FALSE(fs::exists(segments[1]));
}
