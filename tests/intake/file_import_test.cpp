#include "intake/file_import.h"

#include <doctest/doctest.h>
#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "scratch_observatory.h"

using namespace vigie;
using namespace vigie::intake;

TEST_CASE("a file of several groups and blocks is stored once, its repeats across groups kept") {
    ScratchObservatory city("file_import_blocks");
    // The first and the last stretch of the file are alike: repeats that meet in different groups.
    constexpr int group = static_cast<int>(import_group_events);
    constexpr int count = group + 100'000;
    std::string text = "t,type,lat,lon\n";
    text.reserve(count * 40UL);
    for (int i = 0; i < count; ++i) {
        const int k = i < group ? i : i - group;
        fmt::format_to(std::back_inserter(text), "2025-{:02}-{:02}T{:02}:{:02},VOL,43.2{:04},5.37\n", k / 40'320 % 12 + 1, k / 1'440 % 28 + 1, k / 60 % 24, k % 60, k / 483'840);
    }
    const std::string file = city.files().write("a.csv", text);
    const ImportOutcome first = city.import(example_manifest(), {file});
    CHECK(first.stored == count);
    const ImportOutcome again = city.import(example_manifest(), {file});
    CHECK(again.stored == 0);
    CHECK(again.duplicates == count);
    const auto stats = city.folder().events().stats();
    CHECK(stats->events == count);
    std::set<std::uint64_t> ids;
    const Status scanned = city.folder().events().scan_ids([&](std::span<const EventId> some) {
        for (const EventId id : some) {
            ids.insert(id.raw());
        }
    });
    REQUIRE(scanned.has_value());
    CHECK(ids.size() == count);
}

TEST_CASE("the same file imported after its facts were erased is stored again") {
    ScratchObservatory city("file_import_erased");
    const std::string file = city.files().write("a.csv", "t,type,lat,lon\n2025-07-14T10:00,VOL,43.29,5.37\n2025-07-14T10:01,VOL,43.29,5.37\n");
    CHECK(city.import(example_manifest(), {file}).stored == 2);
    REQUIRE(city.folder().events().erase({}).has_value());
    // The index of identities is older than the store now: it is rebuilt, and blocks of the same facts have other names.
    CHECK(city.import(example_manifest(), {file}).stored == 2);
}

TEST_CASE("the order of a file's lines does not change what is stored") {
    const std::vector<std::string> lines{"2025-07-14T10:00,VOL,43.29,5.37\n", "2025-07-14T10:00,VOL,43.29,5.37\n", "2025-07-14T10:00,FEU,43.29,5.37\n",
                                         "2025-07-14T10:00,VOL,43.29,5.37\n", "2025-07-14T11:00,VOL,43.29,5.37\n"};
    std::vector<std::string> turned(lines.rbegin(), lines.rend());
    std::vector<std::vector<Event>> stored;
    for (const auto& order : {lines, turned}) {
        ScratchObservatory city("file_import_order");
        std::string text = "t,type,lat,lon\n";
        for (const std::string& line : order) {
            text += line;
        }
        CHECK(city.import(example_manifest(), {city.files().write("a.csv", text)}).stored == 5);
        stored.push_back(city.events());
    }
    CHECK(stored[0] == stored[1]);
}
