// Random sessions against a model, and many threads at once: what is acknowledged is there, in order, once.
#include <doctest/doctest.h>

#include <atomic>
#include <mutex>
#include <set>
#include <thread>

#include "base/random.h"
#include "store/spool/spool_samples.h"

using namespace vigie;
using namespace std::chrono_literals;

namespace {

std::string random_body(Random& random) {
    const auto size = random.below(20) == 0 ? 1000 + random.below(3000) : random.below(200);
    std::string body(size, '\0');
    for (char& c : body) {
        c = static_cast<char>(random.next());
    }
    return body;
}

}  // namespace

TEST_CASE("random puts, reads, releases and reopenings agree with a model") {
    for (std::uint64_t seed = 1; seed <= 12; ++seed) {
        CAPTURE(seed);
        const test::MemoryFolder folder;
        Random random(seed);
        SpoolLimits limits = test::small_limits();
        limits.segment_bytes = 300 + random.below(8000);
        auto spool = test::open_spool(folder / "spool", limits);
        std::map<std::uint64_t, std::string> model;
        std::uint64_t last = 0;
        for (int step = 0; step < 400; ++step) {
            const auto choice = random.below(100);
            if (choice < 55) {
                const std::string body = random_body(random);
                const auto number = spool->put_and_wait(test::message_of(body), static_cast<SpoolClass>(random.below(3)));
                if (number) {
                    REQUIRE(*number == ++last);
                    model[last] = body;
                } else {
                    REQUIRE(number.error().code == ErrorCode::unavailable);
                }
            } else if (choice < 75) {
                const std::uint64_t after = random.below(last + 2);
                const std::size_t bytes_max = random.below(5000);
                const auto some = spool->read(after, bytes_max, 0ms);
                REQUIRE(some.has_value());
                auto due = model.upper_bound(after);
                REQUIRE(some->empty() == (due == model.end()));
                std::size_t bytes = 0;
                for (const SpooledMessage& message : *some) {
                    REQUIRE(due != model.end());
                    REQUIRE(message.number == due->first);
                    REQUIRE(message.message.body == due->second);
                    bytes += message.message.body.size();
                    ++due;
                }
                REQUIRE((some->size() <= 1 || bytes <= bytes_max));
            } else if (choice < 90 && last > 0) {
                const std::uint64_t through = random.below(last + 1);
                REQUIRE(spool->release(through).has_value());
                model.erase(model.begin(), model.upper_bound(through));
            } else {
                spool.reset();
                spool = test::open_spool(folder / "spool", limits);
            }
            const auto stats = spool->stats();
            REQUIRE(stats.last_number == last);
            REQUIRE(stats.messages_waiting == last - spool->released());
            REQUIRE(stats.last_error.empty());
        }
        REQUIRE(test::read_all(*spool, 700) == model);
    }
}

TEST_CASE("many threads put, one reads and releases, and every acknowledged message is read once, in order") {
    const test::MemoryFolder folder;
    SpoolLimits limits = test::small_limits();
    limits.disk_bytes = 1U << 20;
    limits.segment_bytes = 20'000;
    auto spool = test::open_spool(folder / "spool", limits);
    constexpr int threads = 6;
    constexpr int each = 400;
    std::mutex mutex;
    std::map<std::uint64_t, std::string> acknowledged;
    std::atomic<int> running = threads;
    std::vector<std::thread> putters;
    for (int t = 0; t < threads; ++t) {
        putters.emplace_back([&, t] {
            for (int i = 0; i < each; ++i) {
                const std::string body = std::to_string(t) + ":" + std::to_string(i);
                for (;;) {
                    const auto number = spool->put_and_wait(test::message_of(body), SpoolClass::urgent);
                    if (number) {
                        const std::lock_guard held(mutex);
                        acknowledged[*number] = body;
                        break;
                    }
                    std::this_thread::yield();
                }
                static_cast<void>(spool->stats());
            }
            --running;
            spool->wake();
        });
    }
    std::map<std::uint64_t, std::string> read;
    std::uint64_t after = 0;
    while (running > 0 || spool->stats().last_number > after) {
        const auto some = spool->read(after, 2000, 50ms);
        REQUIRE(some.has_value());
        for (const SpooledMessage& message : *some) {
            REQUIRE(message.number == after + 1);
            after = message.number;
            read[message.number] = message.message.body;
        }
        REQUIRE(spool->release(after).has_value());
    }
    for (std::thread& putter : putters) {
        putter.join();
    }
    CHECK(read == acknowledged);
    CHECK(read.size() == threads * each);
    CHECK(spool->stats().last_error.empty());
}
