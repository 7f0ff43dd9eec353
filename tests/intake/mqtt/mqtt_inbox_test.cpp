#include "intake/mqtt/mqtt_inbox.h"

#include <doctest/doctest.h>

#include <thread>

using namespace vigie::intake;
using Verdicts = MqttInbox::Verdicts;

TEST_CASE("the first verdict counts, and a function that goes uncalled says no") {
    const auto inbox = std::make_shared<MqttInbox>();
    int calls = 0;
    inbox->open([&] { ++calls; });
    {
        const auto kept = verdict_of(inbox, 1);
        const auto copy = kept;
        kept(true);
        copy(false);
    }
    { const auto gone = verdict_of(inbox, 2); }
    CHECK(calls == 1);  // one call for a turn
    CHECK(inbox->take() == Verdicts{{1, true}, {2, false}});
    const auto late = verdict_of(inbox, 3);
    inbox->close();
    late(true);
    CHECK(calls == 1);
    CHECK(inbox->take().empty());
}

TEST_CASE("verdicts of several threads all arrive") {
    const auto inbox = std::make_shared<MqttInbox>();
    inbox->open([] {});
    std::vector<std::thread> threads;
    for (std::uint64_t first = 0; first < 4; ++first) {
        threads.emplace_back([&inbox, first] {
            for (std::uint64_t ticket = first; ticket < 4000; ticket += 4) {
                verdict_of(inbox, ticket)(true);
            }
        });
    }
    for (auto& thread : threads) {
        thread.join();
    }
    CHECK(inbox->take().size() == 4000);
}
