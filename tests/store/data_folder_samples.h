// A data folder with something in it, for the tests of folder, backup and migration.
#pragma once

#include <doctest/doctest.h>

#include <algorithm>
#include <vector>

#include "store/data_folder.h"
#include "store/reference_samples.h"

namespace vigie::test {

inline const Instant noon{std::chrono::seconds{1'790'000'000}};

inline DataFolder open_folder(const std::string& path) {
    auto folder = DataFolder::open(path, StoreLimits{.memory_bytes = 128ULL << 20, .threads = 1});
    REQUIRE_MESSAGE(folder.has_value(), folder.error().message);
    return std::move(*folder);
}

/// One an hour, in one category and place after the other; `first` tells blocks apart.
inline std::vector<Event> some_events(std::uint64_t count, std::uint64_t first = 0) {
    std::vector<Event> events;
    for (std::uint64_t i = first; i < first + count; ++i) {
        Event event;
        const auto hour = static_cast<std::int32_t>(i);
        event.id = EventId{i * 0x9e3779b97f4a7c15ULL};
        event.at = Instant{std::chrono::hours{400'000 + hour}};
        event.local_hour = LocalHour{400'000 + hour + 1};
        event.point = PointM{890'000 + hour % 50 * 100, 6'240'000 + hour % 30 * 100};
        event.source = SourceId{0};
        event.category = CategoryId{static_cast<std::uint16_t>(i % 2)};
        event.origin = Origin::resident;
        events.push_back(event);
    }
    return events;
}

/// Facts, a city, a taxonomy, a source and a journal entry.
inline void fill(DataFolder& folder) {
    REQUIRE(folder.metadata().save_city(sample_city(), noon).has_value());
    REQUIRE(folder.metadata().save_taxonomy(sample_taxonomy(), noon).has_value());
    SourceRecord source;
    source.key = "essai";
    REQUIRE(folder.metadata().register_source(source).has_value());
    governance::JournalEntry entry;
    entry.account = "local";
    entry.action = "query";
    REQUIRE(folder.metadata().record(entry).has_value());
    REQUIRE(folder.events().append(some_events(1000), BlockId{1, 1}).has_value());
    REQUIRE(folder.events().append(some_events(1000, 1000), BlockId{1, 2}).has_value());
}

inline std::vector<Event> all_events(DataFolder& folder) {
    std::vector<Event> events;
    REQUIRE(folder.events()
                .scan({},
                      [&](std::span<const Event> block) {
                          events.insert(events.end(), block.begin(), block.end());
                          return true;
                      })
                .has_value());
    return events;
}

inline void check_same(DataFolder& a, DataFolder& b) {
    CHECK(all_events(a) == all_events(b));
    const GroupBy by_day{{Dimension::category, Dimension::day}, finest_cell_m};
    CHECK(*a.events().aggregate({}, by_day) == *b.events().aggregate({}, by_day));
    check_same(**a.metadata().city(), **b.metadata().city());
    check_same(**a.metadata().taxonomy(), **b.metadata().taxonomy());
    CHECK(a.metadata().sources()->size() == b.metadata().sources()->size());
    CHECK(a.metadata().read(0, 100)->size() == b.metadata().read(0, 100)->size());
}

}  // namespace vigie::test
