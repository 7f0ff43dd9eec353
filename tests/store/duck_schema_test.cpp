#include <doctest/doctest.h>

#include "store/duck_database.h"
#include "store/duck_store_in_folder.h"
#include "store/scratch_folder.h"
#include "store/synthetic_events.h"

using namespace vigie;
using namespace vigie::test;

namespace {

void run_sql(const ScratchFolder& folder, const std::string& sql) {
    auto database =
        DuckDatabase::open({.path = folder / "events.duckdb", .temp_directory = folder / "tmp", .memory_bytes = 64U << 20, .threads = 1})
            .value();
    REQUIRE(database->lend().value().run(sql).has_value());
}

std::uint64_t nights_in(const DuckStoreOptions& options) {
    EventFilter filter;
    filter.daylight = Daylight::night;
    const auto table = open_duck_event_store(options).value()->aggregate(filter, {}).value();
    return table.counts.empty() ? 0 : table.counts.front();
}

}  // namespace

TEST_CASE("tables of a newer format are refused") {
    const ScratchFolder folder;
    REQUIRE(duck_opener(true)(folder.path()).has_value());
    run_sql(folder, "UPDATE settings SET version = 2");
    const auto store = duck_opener(true)(folder.path());
    REQUIRE_FALSE(store.has_value());
    CHECK(store.error().code == ErrorCode::conflict);
}

TEST_CASE("a city that moves has its nights computed again") {
    const ScratchFolder folder;
    const ScratchFolder fresh_folder;
    const auto events = synthetic_events(31, 3'000);
    auto far = duck_options(folder.path(), true);
    far.zone = "America/Chicago";
    far.lon_deg = -87.6;
    far.lat_deg = 41.9;
    REQUIRE(open_duck_event_store(far).value()->append(events, {1, 1}).has_value());
    REQUIRE(duck_opener(true)(fresh_folder.path()).value()->append(events, {1, 1}).has_value());
    const auto before = nights_in(far);
    const auto moved = nights_in(duck_options(folder.path(), true));
    CHECK(moved == nights_in(duck_options(fresh_folder.path(), true)));
    CHECK(moved != before);
    CHECK(nights_in(far) == before);
}
