#include "store/spool/spool.h"

#include <doctest/doctest.h>

#include <array>
#include <filesystem>
#include <future>
#include <thread>

#include "store/scratch_folder.h"
#include "store/spool/spool_samples.h"

using namespace vigie;
using test::message_of;
using test::open_spool;
using namespace std::chrono_literals;

TEST_CASE("what was put is read back in order, after a restart too, until it is released") {
    const test::ScratchFolder folder;
    {
        auto spool = open_spool(folder / "spool");
        for (int i = 1; i <= 5; ++i) {
            const auto number = spool->put_and_wait(message_of("body " + std::to_string(i), "mark"), SpoolClass::urgent);
            REQUIRE(number.has_value());
            CHECK(*number == static_cast<std::uint64_t>(i));
        }
        CHECK(spool->stats().messages_waiting == 5);
    }
    {
        auto spool = open_spool(folder / "spool");
        CHECK(spool->stats().last_error.empty());
        const auto all = spool->read(0, 1 << 20, 0ms);
        REQUIRE(all.has_value());
        REQUIRE(all->size() == 5);
        CHECK(all->at(2).number == 3);
        CHECK(all->at(2).spool_class == SpoolClass::urgent);
        CHECK(all->at(2).message.body == "body 3");
        CHECK(all->at(2).message.source == "logbook");
        CHECK(all->at(2).message.channel == "http");
        CHECK(all->at(2).message.format == "json");
        CHECK(all->at(2).message.mark == "mark");
        CHECK(all->at(2).message.received == Instant(1'700'000'000'123ms));
        CHECK(spool->read(5, 1 << 20, 0ms)->empty());
        CHECK(spool->read(3, 1 << 20, 0ms)->size() == 2);
        REQUIRE(spool->release(4).has_value());
        CHECK(spool->read(0, 1 << 20, 0ms)->size() == 1);
    }
    auto spool = open_spool(folder / "spool");
    CHECK(spool->released() == 4);
    REQUIRE(spool->release(5).has_value());
    CHECK(spool->stats().messages_waiting == 0);
    CHECK(*spool->put_and_wait(message_of("next"), SpoolClass::bulk) == 6);
    CHECK_FALSE(spool->release(7).has_value());
}

TEST_CASE("the inbox is shed by class, exactly at its shares, and tells how often") {
    const test::MemoryFolder folder;
    SpoolLimits limits = test::small_limits();
    limits.disk_bytes = 100'000;
    limits.pending_bytes = 1U << 20;
    auto spool = open_spool(folder / "spool", limits);
    const std::array<std::uint64_t, 3> share{70'000, 85'000, 100'000};
    const std::string body(937, 'x');
    const std::uint64_t cost = 937 + 18 + 15 + 56;  // the body, its numbers, its words, a frame of its own
    std::array<std::uint64_t, 3> refused{};
    std::uint64_t number = 0;
    for (int i = 0; i < 300; ++i) {
        const auto spool_class = static_cast<SpoolClass>(i % 3);
        const auto which = static_cast<std::size_t>(i % 3);
        const bool fits = spool->stats().disk_bytes + cost + 128 <= share[which];
        const auto put = spool->put_and_wait(message_of(body), spool_class);
        REQUIRE(put.has_value() == fits);
        if (put) {
            CHECK(*put == ++number);
        } else {
            CHECK(put.error().code == ErrorCode::unavailable);
            ++refused[which];
        }
        REQUIRE(spool->stats().disk_bytes <= limits.disk_bytes);
    }
    CHECK(spool->stats().shed == refused);
    CHECK(refused[0] > refused[1]);
    CHECK(refused[1] > refused[2]);
    CHECK(refused[2] > 0);
    REQUIRE(spool->release(number).has_value());
    CHECK(spool->put_and_wait(message_of(body), SpoolClass::bulk).has_value());
}

TEST_CASE("what waits for the disk is bounded, and what is too long is refused") {
    const test::MemoryFolder folder;
    SpoolLimits limits = test::small_limits();
    auto spool = open_spool(folder / "spool", limits);
    CHECK(spool->put_and_wait(message_of(std::string(limits.message_bytes + 1, 'x')), SpoolClass::urgent).error().code == ErrorCode::invalid_input);
    CHECK(spool->put_and_wait(message_of("x", std::string(256, 'm')), SpoolClass::urgent).error().code == ErrorCode::invalid_input);
    // From inside a `done` the writer can not take anything: what is put there waits.
    std::promise<std::array<int, 3>> accepted;
    REQUIRE(spool->put(message_of("first"), SpoolClass::urgent, [&](const Result<std::uint64_t>&) {
        std::array<int, 3> counts{};
        for (const std::size_t which : {0U, 1U, 2U}) {
            while (spool->put(message_of(std::string(1000, 'x')), static_cast<SpoolClass>(which), {})) {
                ++counts[which];
            }
        }
        accepted.set_value(counts);
    }).has_value());
    const auto counts = accepted.get_future().get();
    const std::uint64_t cost = 1000 + 18 + 15 + 56;
    CHECK(counts[0] == static_cast<int>(limits.pending_bytes * 70 / 100 / cost));
    CHECK(counts[0] + counts[1] == static_cast<int>(limits.pending_bytes * 85 / 100 / cost));
    CHECK(counts[0] + counts[1] + counts[2] == static_cast<int>(limits.pending_bytes / cost));
    spool.reset();
    CHECK(open_spool(folder / "spool", limits)->stats().last_number == static_cast<std::uint64_t>(1 + counts[0] + counts[1] + counts[2]));
}

TEST_CASE("another key opens nothing and changes nothing, and two processes do not share an inbox") {
    const test::MemoryFolder folder;
    {
        auto spool = open_spool(folder / "spool");
        REQUIRE(spool->put_and_wait(message_of("kept"), SpoolClass::bulk).has_value());
        const auto second = Spool::open(folder / "spool", test::fixed_key(), {});
        REQUIRE_FALSE(second.has_value());
        CHECK(second.error().code == ErrorCode::conflict);
    }
    for (const bool with_cursor : {true, false}) {
        if (!with_cursor) {
            std::filesystem::remove(folder / "spool/cursor");
        }
        const auto wrong = Spool::open(folder / "spool", test::fixed_key(8), {});
        REQUIRE_FALSE(wrong.has_value());
        CHECK(wrong.error().code == ErrorCode::denied);
        CHECK(wrong.error().message.find("cl") != std::string::npos);
    }
    CHECK(test::read_all(*open_spool(folder / "spool")).at(1) == "kept");
}

TEST_CASE("numbers are never given twice, whatever is emptied, reopened or lost") {
    const test::MemoryFolder folder;
    std::uint64_t last = 0;
    for (int i = 0; i < 30; ++i) {
        auto spool = open_spool(folder / "spool", test::small_limits());
        for (int n = 0; n <= i % 4; ++n) {
            const auto number = spool->put_and_wait(message_of("x"), SpoolClass::ordinary);
            REQUIRE(number.has_value());
            REQUIRE(*number == last + 1);
            last = *number;
        }
        REQUIRE(spool->release(last).has_value());
        spool.reset();
        if (i % 3 == 0) {
            std::filesystem::remove(folder / "spool/cursor");
        }
    }
}

TEST_CASE("what is drained is destroyed when nothing comes, the last segment included") {
    const test::MemoryFolder folder;
    auto spool = open_spool(folder / "spool");
    REQUIRE(spool->put_and_wait(message_of("to be forgotten"), SpoolClass::ordinary).has_value());
    const std::string first = folder / "spool/00000000000000000001.segment";
    CHECK(std::filesystem::file_size(first) > 128);
    REQUIRE(spool->release(1).has_value());
    for (int i = 0; i < 100 && std::filesystem::exists(first); ++i) {
        std::this_thread::sleep_for(50ms);
    }
    CHECK_FALSE(std::filesystem::exists(first));
    CHECK(spool->stats().disk_bytes == 128);
    CHECK(*spool->put_and_wait(message_of("next"), SpoolClass::ordinary) == 2);
    CHECK(spool->stats().last_error.empty());
}

TEST_CASE("a read that waits is ended by a message, by wake, or by time") {
    const test::MemoryFolder folder;
    auto spool = open_spool(folder / "spool");
    CHECK(spool->read(0, 1000, 10ms)->empty());
    std::thread putter([&] {
        std::this_thread::sleep_for(20ms);
        CHECK(spool->put_and_wait(message_of("came"), SpoolClass::ordinary).has_value());
    });
    CHECK(spool->read(0, 1000, 10s)->size() == 1);
    putter.join();
    std::thread waker([&] {
        std::this_thread::sleep_for(20ms);
        spool->wake();
    });
    CHECK(spool->read(1, 1000, 10s)->empty());
    waker.join();
    spool->wake();
    CHECK(spool->read(0, 1000, 10s)->empty());
    CHECK(spool->read(0, 1000, 10s)->size() == 1);
}

TEST_CASE("limits that do not fit together are refused") {
    const test::MemoryFolder folder;
    SpoolLimits limits;
    limits.pending_bytes = limits.message_bytes;
    CHECK(Spool::open(folder / "spool", test::fixed_key(), limits).error().code == ErrorCode::invalid_input);
    limits = SpoolLimits();
    limits.disk_bytes = 2 * limits.message_bytes;
    CHECK(Spool::open(folder / "spool", test::fixed_key(), limits).error().code == ErrorCode::invalid_input);
}
