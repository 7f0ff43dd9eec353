#include "store/event_store_conformance.h"

#include <doctest/doctest.h>

#include <vector>

#include "store/naive_answers.h"
#include "store/random_questions.h"
#include "store/scratch_folder.h"
#include "store/synthetic_events.h"

namespace vigie::test {
namespace {

std::unique_ptr<EventStore> opened(const OpenStore& open, const ScratchFolder& folder) {
    auto store = open(folder.path());
    INFO((store ? "" : store.error().message));
    REQUIRE(store.has_value());
    return std::move(*store);
}

std::vector<Event> scanned(EventStore& store, const EventFilter& filter) {
    std::vector<Event> events;
    const auto status = store.scan(filter, [&](std::span<const Event> block) {
        events.insert(events.end(), block.begin(), block.end());
        return true;
    });
    REQUIRE(status.has_value());
    return events;
}

void check_same(EventStore& store, std::span<const Event> events, const EventFilter& filter, const GroupBy& group) {
    const auto table = store.aggregate(filter, group);
    INFO((table ? "" : table.error().message));
    REQUIRE(table.has_value());
    const bool same = *table == naive_aggregate(events, filter, group);
    CHECK(same);
}

ErrorCode refusal(EventStore& store, const EventFilter& filter, const GroupBy& group) {
    const auto table = store.aggregate(filter, group);
    REQUIRE_FALSE(table.has_value());
    return table.error().code;
}

}  // namespace

void appends_are_idempotent_and_kept(const OpenStore& open) {
    const ScratchFolder folder;
    const auto events = synthetic_events(1, 5'000);
    const std::span all(events);
    std::uint64_t version = 0;
    {
        auto store = opened(open, folder);
        const auto first = store->append(all.first(3'000), {1, 1});
        REQUIRE(first.has_value());
        CHECK(first->stored == 3'000);
        CHECK_FALSE(first->already_there);
        version = store->stats()->version;
        const auto again = store->append(all.first(3'000), {1, 1});
        CHECK(again->stored == 0);
        CHECK(again->already_there);
        CHECK(store->stats()->version == version);
        CHECK(store->append(all.subspan(3'000), {1, 2})->stored == 2'000);
        CHECK(store->append({}, {1, 3})->stored == 0);
        CHECK(store->stats()->version > version);
        version = store->stats()->version;
    }
    auto store = opened(open, folder);
    CHECK(store->append(all.subspan(3'000), {1, 2})->already_there);
    CHECK(store->append({}, {1, 3})->already_there);
    const auto stats = *store->stats();
    CHECK(stats.events == events.size());
    CHECK(stats.version == version);
    CHECK(stats.bytes > 0);
    const auto [low, high] = std::ranges::minmax_element(events, {}, &Event::local_hour);
    REQUIRE(stats.span.has_value());
    CHECK(*stats.span == HourRange{low->local_hour, LocalHour{high->local_hour.raw() + 1}});
    CHECK(scanned(*store, {}) == naive_scan(events, {}));
    check_same(*store, events, {}, {{Dimension::district, Dimension::day}});
    std::vector<EventId> ids;
    REQUIRE(store->scan_ids([&](std::span<const EventId> block) { ids.insert(ids.end(), block.begin(), block.end()); }).has_value());
    std::vector<EventId> expected;
    std::ranges::transform(events, std::back_inserter(expected), &Event::id);
    std::ranges::sort(ids);
    std::ranges::sort(expected);
    CHECK(ids == expected);
}

void bad_blocks_are_refused_whole(const OpenStore& open) {
    const ScratchFolder folder;
    auto store = opened(open, folder);
    auto events = synthetic_events(2, 10);
    const auto refused = [&](std::span<const Event> block) {
        const auto result = store->append(block, {2, 2});
        return !result && result.error().code == ErrorCode::invalid_input;
    };
    CHECK(refused(std::vector<Event>(block_events_max + 1, events.front())));
    events.back().local_hour = last_local_hour;
    CHECK(refused(events));
    events.back().local_hour = first_local_hour;
    events.back().origin = static_cast<Origin>(9);
    CHECK(refused(events));
    events.back().origin = Origin::sensor;
    CHECK(store->stats()->events == 0);
    CHECK(store->append(events, {2, 2})->stored == events.size());
}

void scans_are_ordered_and_stop(const OpenStore& open) {
    const ScratchFolder folder;
    auto store = opened(open, folder);
    auto events = synthetic_events(3, 6'000);
    for (std::size_t i = 0; i < 500; ++i) {
        events[i].at = events[i + 500].at;  // ties in time are broken by id
    }
    REQUIRE(store->append(std::span(events).first(2'000), {3, 1}).has_value());
    REQUIRE(store->append(std::span(events).subspan(2'000), {3, 2}).has_value());
    CHECK(scanned(*store, {}) == naive_scan(events, {}));
    EventFilter filter;
    filter.categories = {CategoryId{2}, CategoryId{5}};
    filter.placed_only = true;
    CHECK(scanned(*store, filter) == naive_scan(events, filter));
    int calls = 0;
    REQUIRE(store->scan({}, [&](std::span<const Event>) { return ++calls < 2; }).has_value());
    CHECK(calls == 2);
    CHECK(store->stats()->events == events.size());
}

void each_filter_keeps_what_it_says(const OpenStore& open) {
    const ScratchFolder folder;
    auto store = opened(open, folder);
    const auto events = synthetic_events(4, 8'000);
    REQUIRE(store->append(events, {4, 1}).has_value());
    const auto check = [&](auto change) {
        EventFilter filter;
        change(filter);
        check_same(*store, events, filter, {});
        check_same(*store, events, filter, {{Dimension::cell, Dimension::category}, 200});
        CHECK(scanned(*store, filter) == naive_scan(events, filter));
    };
    check([](EventFilter&) {});
    check([](EventFilter& f) { f.hours = {LocalHour{420'100}, LocalHour{420'900}}; });
    check([](EventFilter& f) { f.hours = {LocalHour{420'100}, LocalHour{420'100}}; });
    check([](EventFilter& f) { f.hours = {LocalHour{430'000}, LocalHour{420'000}}; });
    check([](EventFilter& f) { f.hours = {LocalHour{INT32_MIN}, LocalHour{INT32_MAX}}; });
    check([](EventFilter& f) { f.sources = {SourceId{1}, SourceId{3}, SourceId{3}}; });
    check([](EventFilter& f) { f.sources = {SourceId{777}}; });
    check([](EventFilter& f) { f.categories = {CategoryId{0}}; });
    check([](EventFilter& f) { f.origins = {Origin::resident, Origin::sensor}; });
    check([](EventFilter& f) { f.districts = {no_district, DistrictId{2}}; });
    check([](EventFilter& f) { f.weekdays = 0b1100000; });
    check([](EventFilter& f) { f.weekdays = 0; });
    check([](EventFilter& f) { f.hours_of_day = 0b111; });
    check([](EventFilter& f) { f.hours_of_day = 0; });
    check([](EventFilter& f) { f.daylight = Daylight::night; });
    check([](EventFilter& f) { f.daylight = Daylight::day; });
    check([](EventFilter& f) { f.box = BoxM{{-1'000, -500}, {200, 0}}; });
    check([](EventFilter& f) { f.box = BoxM{{0, 0}, {0, 500}}; });
    check([](EventFilter& f) { f.placed_only = true; });
}

void each_dimension_counts_what_it_says(const OpenStore& open) {
    const ScratchFolder folder;
    auto store = opened(open, folder);
    auto events = synthetic_events(5, 1'500);
    EventShape before_1970;
    before_1970.first_hour = -24 * 400 - 5;
    before_1970.hours = 24 * 380;
    const auto older = synthetic_events(6, 1'500, before_1970);
    REQUIRE(store->append(events, {5, 1}).has_value());
    REQUIRE(store->append(older, {5, 2}).has_value());
    events.insert(events.end(), older.begin(), older.end());
    for (int d = 0; d < 12; ++d) {
        for (const std::int32_t cell_m : {100, 200, 700, 10'000}) {
            check_same(*store, events, {}, {{static_cast<Dimension>(d)}, cell_m});
        }
        for (int other = 0; other < 12; ++other) {
            if (other != d) {
                check_same(*store, events, {}, {{static_cast<Dimension>(d), static_cast<Dimension>(other)}, 500});
            }
        }
    }
}

void day_facts_stay_out_of_hours(const OpenStore& open) {
    const ScratchFolder folder;
    auto store = opened(open, folder);
    auto events = synthetic_events(7, 3);
    for (auto& e : events) {
        e.local_hour = LocalHour{24 * 17'000 + 10};
        e.time_precision = TimePrecision::hour;
    }
    events[2].local_hour = LocalHour{24 * 17'000};
    events[2].time_precision = TimePrecision::day;
    REQUIRE(store->append(events, {7, 1}).has_value());
    const auto total = [&](const EventFilter& filter, std::vector<Dimension> dimensions) {
        std::uint64_t sum = 0;
        const auto table = *store->aggregate(filter, {std::move(dimensions)});
        for (const auto count : table.counts) {
            sum += count;
        }
        return sum;
    };
    EventFilter mornings;
    mornings.hours_of_day = 0xfff;
    EventFilter weekdays;
    weekdays.weekdays = 0x7f;
    CHECK(total({}, {}) == 3);
    CHECK(total(weekdays, {Dimension::day}) == 3);
    CHECK(total({}, {Dimension::hour}) == 2);
    CHECK(total({}, {Dimension::hour_of_week}) == 2);
    CHECK(total({}, {Dimension::hour, Dimension::time_precision}) == 3);
    CHECK(total({}, {Dimension::time_precision, Dimension::hour_of_week}) == 3);
    CHECK(total(mornings, {Dimension::hour, Dimension::time_precision}) == 2);
    CHECK(total(mornings, {}) == 2);
    CHECK(scanned(*store, mornings).size() == 2);
}

void bad_questions_are_refused(const OpenStore& open) {
    const ScratchFolder folder;
    auto store = opened(open, folder);
    using enum Dimension;
    CHECK(refusal(*store, {}, {{cell, day, source, origin}}) == ErrorCode::invalid_input);
    CHECK(refusal(*store, {}, {{day, day}}) == ErrorCode::invalid_input);
    for (const std::int32_t cell_m : {0, -100, 50, 150, 10'100}) {
        CHECK(refusal(*store, {}, {{cell}, cell_m}) == ErrorCode::invalid_input);
        CHECK_FALSE(store->top_cells({}, cell_m, 3).has_value());
    }
    EventFilter off_grid;
    off_grid.box = BoxM{{0, 0}, {150, 100}};
    CHECK(refusal(*store, off_grid, {}) == ErrorCode::invalid_input);
    off_grid.box = BoxM{{300, 0}, {100, 100}};
    CHECK(refusal(*store, off_grid, {}) == ErrorCode::invalid_input);
    CHECK_FALSE(store->erase(off_grid).has_value());
    CHECK_FALSE(store->scan(off_grid, [](std::span<const Event>) { return true; }).has_value());
}

void top_cells_break_ties_by_column_then_row(const OpenStore& open) {
    const ScratchFolder folder;
    auto store = opened(open, folder);
    auto events = synthetic_events(8, 8);
    const PointM places[] = {{250, 50}, {250, 50}, {-50, 150}, {-50, -150}, {-50, 150}, {-50, -150}, {550, 50}, {0, 0}};
    for (std::size_t i = 0; i < events.size(); ++i) {
        events[i].point = places[i];
        events[i].place_precision = i == 7 ? PlacePrecision::none : PlacePrecision::point;
    }
    REQUIRE(store->append(events, {8, 1}).has_value());
    const auto top = *store->top_cells({}, 100, 10);
    REQUIRE(top.size() == 4);
    const Cell expected[] = {{-1, -2}, {-1, 1}, {2, 0}, {5, 0}};
    for (std::size_t i = 0; i < 4; ++i) {
        CHECK(top[i].cell == expected[i]);
        CHECK(top[i].count == (i < 3 ? 2 : 1));
    }
    CHECK(store->top_cells({}, 100, 2)->size() == 2);
    CHECK(store->top_cells({}, 100, 0)->empty());
}

void erased_facts_are_gone(const OpenStore& open) {
    const ScratchFolder folder;
    auto events = synthetic_events(9, 6'000);
    const auto forget = [&events](const EventFilter& filter) {
        return std::erase_if(events, [&](const Event& e) { return passes(filter, e); });
    };
    EventFilter filter;
    filter.districts = {DistrictId{1}};
    filter.hours_of_day = 0x00ff00;
    std::uint64_t version = 0;
    {
        auto store = opened(open, folder);
        REQUIRE(store->append(std::span(events).first(4'000), {9, 1}).has_value());
        REQUIRE(store->append(std::span(events).subspan(4'000), {9, 2}).has_value());
        version = store->stats()->version;
        CHECK(*store->erase(filter) == forget(filter));
        CHECK(store->stats()->version > version);
        CHECK(*store->erase(filter) == 0);
        check_same(*store, events, {}, {{Dimension::cell, Dimension::day}});
        const LocalHour cut{events[100].local_hour.raw()};
        EventFilter before;
        before.hours.end = cut;
        CHECK(*store->drop_before(cut) == forget(before));
        CHECK(store->stats()->events == events.size());
        CHECK(store->stats()->span->begin >= cut);
        const auto more = synthetic_events(10, 500);
        REQUIRE(store->append(more, {9, 3}).has_value());
        events.insert(events.end(), more.begin(), more.end());
        check_same(*store, events, {}, {{Dimension::source, Dimension::hour}});
    }
    auto store = opened(open, folder);
    check_same(*store, events, {}, {{Dimension::cell, Dimension::district, Dimension::category}});
    CHECK(scanned(*store, {}) == naive_scan(events, {}));
    CHECK(*store->erase({}) == events.size());
    CHECK_FALSE(store->stats()->span.has_value());
    CHECK(store->aggregate({}, {{Dimension::cell}})->rows() == 0);
}

void an_empty_store_answers(const OpenStore& open) {
    const ScratchFolder folder;
    for (int round = 0; round < 2; ++round) {
        auto store = opened(open, folder);
        CHECK(store->stats()->events == 0);
        CHECK_FALSE(store->stats()->span.has_value());
        CHECK(store->aggregate({}, {})->rows() == 0);
        CHECK(store->aggregate({}, {{Dimension::cell, Dimension::hour}})->rows() == 0);
        CHECK(store->top_cells({}, 200, 5)->empty());
        CHECK(scanned(*store, {}).empty());
        CHECK(*store->erase({}) == 0);
        CHECK(*store->drop_before(last_local_hour) == 0);
    }
}

void random_questions_agree_with_the_naive_loop(const OpenStore& open, std::uint64_t seed) {
    const ScratchFolder folder;
    Random random(seed);
    std::vector<Event> events;
    auto store = opened(open, folder);
    for (std::uint64_t block = 0; block < 6; ++block) {
        const auto more = synthetic_events(seed * 10 + block, 1 + random.below(900));
        REQUIRE(store->append(more, {seed, block}).has_value());
        events.insert(events.end(), more.begin(), more.end());
        if (block == 3) {
            store.reset();
            store = opened(open, folder);
        }
        for (int question = 0; question < 25; ++question) {
            const auto filter = random_filter(random, {});
            const auto group = random_group(random);
            INFO("seed ", seed, " block ", block, " question ", question);
            check_same(*store, events, filter, group);
        }
    }
}

}  // namespace vigie::test
