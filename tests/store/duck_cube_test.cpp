#include <doctest/doctest.h>
#include <signal.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

#include <atomic>
#include <new>

#include "store/duck_store_in_folder.h"
#include "store/scratch_folder.h"
#include "store/synthetic_events.h"

using namespace vigie;
using namespace vigie::test;

namespace {

constexpr std::size_t block_size = 300;

std::span<const Event> block_of(std::span<const Event> events, std::size_t block) {
    return events.subspan(block * block_size, block_size);
}

/// Appends from the block `first` on, counting what was acknowledged where the parent sees it, until it is killed.
[[noreturn]] void append_until_killed(const std::string& folder, std::span<const Event> events, std::atomic<std::size_t>& acknowledged) {
    auto store = duck_opener(false)(folder);
    while (store && acknowledged < events.size() / block_size) {
        if (!(*store)->append(block_of(events, acknowledged), {7, acknowledged})) {
            _exit(1);
        }
        ++acknowledged;
    }
    _exit(2);  // all done before the kill
}

}  // namespace

TEST_CASE("killed at any moment, a store holds the acknowledged blocks, at most one more, and its cube equals its rows") {
    const ScratchFolder folder;
    const auto events = synthetic_events(61, block_size * 4'000);
    void* page = mmap(nullptr, 4096, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    REQUIRE(page != MAP_FAILED);
    auto& acknowledged = *new (page) std::atomic<std::size_t>(0);
    Random random(62);
    for (int round = 0; round < 8; ++round) {
        const pid_t child = fork();
        if (child == 0) {
            append_until_killed(folder.path(), events, acknowledged);
        }
        usleep(static_cast<useconds_t>(20'000 + random.below(200'000)));
        kill(child, SIGKILL);
        int status = 0;
        waitpid(child, &status, 0);
        REQUIRE(WIFSIGNALED(status));
        auto store = duck_opener(false)(folder.path()).value();
        const auto kept = store->stats()->events / block_size;
        CHECK(store->stats()->events % block_size == 0);
        CHECK(kept >= acknowledged);
        CHECK(kept <= acknowledged + 1);
        acknowledged = kept;
        const GroupBy group{{Dimension::cell, Dimension::week, Dimension::category}, 500};
        CHECK(*store->aggregate({}, group) == naive_aggregate(std::span(events).first(kept * block_size), {}, group));
        if (kept > 0) {
            CHECK(store->append(block_of(events, kept - 1), {7, kept - 1})->already_there);
        }
    }
    munmap(page, 4096);
}
