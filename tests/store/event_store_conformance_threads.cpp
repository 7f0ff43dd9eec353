// The part of the suite that needs several threads.
#include <doctest/doctest.h>

#include <atomic>
#include <thread>
#include <vector>

#include "store/event_store_conformance.h"
#include "store/naive_answers.h"
#include "store/scratch_folder.h"
#include "store/synthetic_events.h"

namespace vigie::test {
namespace {

constexpr std::size_t block_size = 500;

std::uint64_t total_of(EventStore& store, const GroupBy& group) {
    std::uint64_t sum = 0;
    const auto table = store.aggregate({}, group).value();
    for (const auto count : table.counts) {
        sum += count;
    }
    return sum;
}

}  // namespace

void readers_see_whole_blocks_while_appends_go_on(const OpenStore& open) {
    const ScratchFolder folder;
    auto store = open(folder.path()).value();
    std::atomic<bool> writing = true;
    std::atomic<int> torn = 0;
    std::vector<std::thread> readers;
    for (int r = 0; r < 2; ++r) {
        readers.emplace_back([&, r] {
            std::uint64_t last = 0;
            while (writing) {
                const auto total = total_of(*store, r == 0 ? GroupBy{} : GroupBy{{Dimension::district, Dimension::week}});
                if (total % block_size != 0 || total < last) {
                    ++torn;
                }
                last = total;
            }
        });
    }
    const auto events = synthetic_events(11, block_size * 30);
    for (std::size_t block = 0; block < 30; ++block) {
        CHECK(store->append(std::span(events).subspan(block * block_size, block_size), {11, block}).has_value());
    }
    writing = false;
    for (auto& reader : readers) {
        reader.join();
    }
    CHECK(torn == 0);
    CHECK(total_of(*store, {}) == events.size());
}

void a_backup_taken_while_appending_is_one_moment(const OpenStore& open, const OpenBackup& open_backup) {
    const ScratchFolder folder;
    const ScratchFolder copies;
    auto store = open(folder.path()).value();
    const auto events = synthetic_events(12, block_size * 40);
    std::atomic<std::size_t> blocks = 0;
    std::thread writer([&] {
        for (; blocks < 40; ++blocks) {
            if (!store->append(std::span(events).subspan(blocks * block_size, block_size), {12, blocks})) {
                return;
            }
        }
    });
    while (blocks < 10) {
        std::this_thread::yield();
    }
    const std::size_t before = blocks;
    const auto saved = store->backup(copies / "copy");
    const std::size_t after = blocks;
    writer.join();
    REQUIRE(saved.has_value());
    CHECK_FALSE(store->backup(copies / "copy").has_value());
    CHECK(blocks == 40);
    auto copy = open_backup(copies / "copy").value();
    const auto kept = copy->stats()->events / block_size;
    CHECK(kept >= before);
    CHECK(kept <= after + 1);
    const std::span whole(events.data(), kept * block_size);
    CHECK(*copy->aggregate({}, {{Dimension::cell, Dimension::day}}) == naive_aggregate(whole, {}, {{Dimension::cell, Dimension::day}}));
    CHECK(copy->append(whole.first(block_size), {12, 0})->already_there);
    CHECK(copy->append(std::span(events).first(1), {12, 99})->stored == 1);
}

void run_conformance(const OpenStore& open, const OpenBackup& open_backup) {
    appends_are_idempotent_and_kept(open);
    bad_blocks_are_refused_whole(open);
    scans_are_ordered_and_stop(open);
    each_filter_keeps_what_it_says(open);
    each_dimension_counts_what_it_says(open);
    day_facts_stay_out_of_hours(open);
    bad_questions_are_refused(open);
    top_cells_break_ties_by_column_then_row(open);
    erased_facts_are_gone(open);
    an_empty_store_answers(open);
    for (std::uint64_t seed = 21; seed < 24; ++seed) {
        random_questions_agree_with_the_naive_loop(open, seed);
    }
    readers_see_whole_blocks_while_appends_go_on(open);
    a_backup_taken_while_appending_is_one_moment(open, open_backup);
}

}  // namespace vigie::test
