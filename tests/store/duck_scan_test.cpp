#include <doctest/doctest.h>

#include "store/duck_store_in_folder.h"
#include "store/scratch_folder.h"
#include "store/synthetic_events.h"

using namespace vigie;
using namespace vigie::test;

TEST_CASE("a scan may ask the store other things from within, and sees one moment of it") {
    const ScratchFolder folder;
    auto store = duck_opener(false)(folder.path()).value();
    const auto events = synthetic_events(51, 10'000);
    REQUIRE(store->append(std::span(events).first(9'000), {1, 1}).has_value());
    std::size_t seen = 0;
    const auto status = store->scan({}, [&](std::span<const Event> block) {
        if (seen == 0) {
            CHECK(store->append(std::span(events).subspan(9'000), {1, 2})->stored == 1'000);
            CHECK(store->aggregate({}, {})->counts.front() == 10'000);
        }
        seen += block.size();
        return true;
    });
    CHECK(status.has_value());
    CHECK(seen == 9'000);
}
