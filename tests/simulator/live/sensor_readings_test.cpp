#include "simulator/live/sensor_readings.h"

#include <doctest/doctest.h>

#include <map>

#include "simulator/simulate.h"

using namespace vigie;
using namespace vigie::simulator;

TEST_CASE(
    "camera kinds are the eight of the decree and counts, and levels are ordinary but for a few") {
    const City city = plain_city();
    const auto world = make_world(city, LocalDay{20'454}, 30, 5);
    REQUIRE(world.has_value());
    const SensorReadings sensors(*world);
    REQUIRE(sensors.camera_count() > 0);
    REQUIRE(sensors.meter_count() > 0);
    Random random(2);
    std::map<std::string, int> kinds;
    int loud = 0;
    const Instant noon(std::chrono::milliseconds{1'766'314'800'000});
    for (std::uint64_t i = 0; i < 20'000; ++i) {
        const LiveMessage event = sensors.camera_event({i, noon, "-"}, random);
        ++kinds[event.name.substr(event.name.rfind('/') + 1)];
        CHECK(event.bytes.find("face_id") == std::string::npos);
        loud += sensors.level({i, noon, "-"}, random).records.front().category.empty() ? 0 : 1;
    }
    CHECK(kinds.size() == video_event_kinds().size() + 1);
    for (const std::string_view kind : video_event_kinds()) {
        CHECK(kinds[std::string(kind)] > 5);
    }
    CHECK(kinds[std::string(count_kind)] > 18'000);
    CHECK(loud > 150);
    CHECK(loud < 350);
}
