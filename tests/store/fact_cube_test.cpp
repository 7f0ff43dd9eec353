#include "store/fact_cube.h"

#include <doctest/doctest.h>
#include <sys/stat.h>
#include <unistd.h>

#include "store/duck_store_in_folder.h"
#include "store/file_bytes.h"
#include "store/scratch_folder.h"
#include "store/synthetic_events.h"

using namespace vigie;
using namespace vigie::test;

namespace {

const GroupBy fine{{Dimension::cell, Dimension::day, Dimension::category}, 200};

std::vector<CubeFact> facts_of(std::span<const Event> events) {
    std::vector<CubeFact> facts;
    std::ranges::transform(events, std::back_inserter(facts), cube_fact);
    return facts;
}

std::uint64_t file_size(const std::string& path) {
    struct stat about {};
    return stat(path.c_str(), &about) == 0 ? static_cast<std::uint64_t>(about.st_size) : 0;
}

/// A store with a saved cube of `events`, closed.
std::string saved_cube(const ScratchFolder& folder, std::span<const Event> events) {
    auto store = duck_opener(false)(folder.path()).value();
    for (std::size_t block = 0; block < 5; ++block) {
        REQUIRE(store->append(events.subspan(block * events.size() / 5, events.size() / 5), {1, block}).has_value());
    }
    return folder / "derived/facts.cube";
}

void check_answers(const ScratchFolder& folder, std::span<const Event> events) {
    auto store = duck_opener(false)(folder.path()).value();
    for (int i = 0; i < 2; ++i) {
        const bool same = *store->aggregate({}, fine) == naive_aggregate(events, {}, fine);
        CHECK(same);
    }
}

}  // namespace

TEST_CASE("what is added is seen when published, and what is discarded is not") {
    const ScratchFolder folder;
    auto nights = NightTable::open("", {}).value();
    FactCube cube(folder / "facts.cube", *nights, 1);
    const auto events = synthetic_events(101, 900);
    const auto facts = facts_of(events);
    cube.add(std::span(facts).first(300));
    CHECK((*cube.answer({}, {}))->rows() == 0);
    cube.publish({1, 11});
    cube.add(std::span(facts).subspan(300, 300));
    cube.discard();
    CHECK((*cube.answer({}, {}))->counts.front() == 300);
    cube.add(std::span(facts).subspan(300));
    cube.publish({2, 22});
    CHECK(**cube.answer({}, fine) == naive_aggregate(events, {}, fine));
    CHECK(cube.stamp() == CubeStamp{2, 22});
    REQUIRE(cube.save().has_value());
    FactCube again(folder / "facts.cube", *nights, 1);
    CHECK(again.stamp() == CubeStamp{2, 22});
    CHECK(**again.answer({}, fine) == naive_aggregate(events, {}, fine));
}

TEST_CASE("with more kinds than its dictionary holds, the rows answer") {
    const ScratchFolder folder;
    EventShape varied;
    varied.sources = 400;
    varied.categories = 400;
    const auto events = synthetic_events(102, 110'000, varied);
    const auto few = std::span(events).first(10'000);
    {
        auto nights = NightTable::open("", {}).value();
        FactCube cube(folder / "facts.cube", *nights, 1);
        cube.add(facts_of(few));
        cube.publish({1, 1});
        CHECK(cube.answer({}, {})->has_value());
        cube.add(facts_of(events));
        cube.publish({2, 2});
        CHECK_FALSE(cube.answer({}, {})->has_value());
    }
    auto store = duck_opener(false)(folder.path()).value();
    REQUIRE(store->append(events, {1, 1}).has_value());
    const GroupBy group{{Dimension::source, Dimension::week}};
    CHECK(*store->aggregate({}, group) == naive_aggregate(events, {}, group));
}

TEST_CASE("an erase rewrites the file: nothing of what went stays in it") {
    const ScratchFolder folder;
    const auto events = synthetic_events(103, 5'000);
    const auto path = saved_cube(folder, events);
    const auto before = file_size(path);
    EventFilter west;
    west.box = BoxM{{-20'000, -20'000}, {500, 20'000}};
    {
        auto store = duck_opener(false)(folder.path()).value();
        CHECK(*store->erase(west) > 1'000);
        CHECK(file_size(path) < before);
    }
    auto kept = events;
    std::erase_if(kept, [&](const Event& e) { return passes(west, e); });
    check_answers(folder, kept);
    const auto file = open_cube_file(path).value();
    CHECK(std::ranges::none_of(file.run->places, [](std::uint64_t place) {
        return unpack_place(place).placed && unpack_place(place).cell.column < 5;
    }));
}

TEST_CASE("a cube that is absent, damaged, cut or of another store is made again") {
    const ScratchFolder folder;
    const auto events = synthetic_events(104, 20'000);
    const auto path = saved_cube(folder, events);
    const auto whole = file_bytes(path);
    const auto overwrite = [&](const std::string& bytes) { overwrite_file(path, bytes); };

    check_answers(folder, events);
    REQUIRE(unlink(path.c_str()) == 0);
    check_answers(folder, events);
    CHECK(file_size(path) == whole.size());  // the same facts make the same file

    auto damaged = whole;
    damaged[1'000] = static_cast<char>(damaged[1'000] ^ 4);  // among the facts, so found by the first question only
    overwrite(damaged);
    check_answers(folder, events);
    overwrite(whole.substr(0, whole.size() / 2));
    check_answers(folder, events);

    const ScratchFolder other;
    const auto others = synthetic_events(105, 20'000);
    saved_cube(other, others);
    overwrite(whole);
    overwrite_file(other / "derived/facts.cube", whole);
    check_answers(other, others);
    check_answers(folder, events);
}

TEST_CASE("a cube older than the rows is brought up to date, and one from before an erase is made again") {
    const ScratchFolder folder;
    const auto events = synthetic_events(106, 10'000);
    const auto path = saved_cube(folder, std::span(events).first(5'000));
    const auto old = file_bytes(path);
    const auto put_back = [&] { overwrite_file(path, old); };
    REQUIRE(duck_opener(false)(folder.path()).value()->append(std::span(events).subspan(5'000), {2, 2}).has_value());
    put_back();
    check_answers(folder, events);
    EventFilter some;
    some.sources = {SourceId{1}};
    REQUIRE(duck_opener(false)(folder.path()).value()->erase(some).value() > 0);
    put_back();
    auto kept = events;
    std::erase_if(kept, [&](const Event& e) { return passes(some, e); });
    check_answers(folder, kept);
}
