#include "store/spool/spool.h"

#include <doctest/doctest.h>

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
