#include <doctest/doctest.h>

#include "store/duck_store_in_folder.h"
#include "store/scratch_folder.h"
#include "store/synthetic_events.h"

using namespace vigie;
using namespace vigie::test;

TEST_CASE("daylight is refused where the zone is not known") {
    const ScratchFolder folder;
    auto options = duck_options(folder.path(), true);
    options.zone.clear();
    auto store = open_duck_event_store(options).value();
    EventFilter filter;
    filter.daylight = Daylight::night;
    CHECK(store->aggregate(filter, {}).error().code == ErrorCode::invalid_input);
    CHECK(store->top_cells(filter, 100, 3).error().code == ErrorCode::invalid_input);
    CHECK(store->erase(filter).error().code == ErrorCode::invalid_input);
}
