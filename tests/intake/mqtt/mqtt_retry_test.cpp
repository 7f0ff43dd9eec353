#include "intake/mqtt/mqtt_retry.h"

#include <doctest/doctest.h>

using namespace vigie;
using namespace vigie::intake;

TEST_CASE("pauses double up to the longest, a random half taken off, the same for the same seed") {
    MqttOptions options;
    options.retry_min = std::chrono::milliseconds(100);
    options.retry_max = std::chrono::milliseconds(1000);
    Random random(7);
    Random same(7);
    bool differ = false;
    for (int round = 0; round < 200; ++round) {
        for (unsigned failures = 0; failures < 40; ++failures) {
            const auto whole = std::min(options.retry_max, options.retry_min * (1 << std::min(failures, 10U)));
            const auto pause = retry_pause(options, failures, random);
            CHECK(pause <= whole);
            CHECK(pause >= whole / 2);
            CHECK(pause == retry_pause(options, failures, same));
            differ = differ || pause != whole;
        }
    }
    CHECK(differ);
    CHECK(retry_pause(options, 4'000'000'000U, random) <= options.retry_max);
}
