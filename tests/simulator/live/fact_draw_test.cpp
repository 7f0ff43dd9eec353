#include "simulator/live/fact_draw.h"

#include <doctest/doctest.h>

#include "simulator/simulate.h"

using namespace vigie;
using namespace vigie::simulator;
using namespace std::chrono_literals;

TEST_CASE("records are of the file, in a district, and drawn by the weights of their hour") {
    const City city = plain_city();
    const auto world = make_world(city, LocalDay{20'454}, 400, 5);
    REQUIRE(world.has_value());
    FactDraw draw(*world, SourceFile::logbook);
    const Instant night = world->calendar.start_of(LocalDay{20'270}) + 1h;
    const Instant noon = world->calendar.start_of(LocalDay{20'270}) + 14h;
    Random random(9);
    const auto share_of_noise = [&](Instant at) {
        int noise = 0;
        for (int i = 0; i < 2'000; ++i) {
            const Record record = draw.draw(at, random);
            CHECK(record.route->file == SourceFile::logbook);
            CHECK(record.district < city.districts.size());
            CHECK(record.at <= at);
            noise += record.route->codes[record.code] == "Tapage" ? 1 : 0;
        }
        return noise;
    };
    CHECK(share_of_noise(night) > 3 * share_of_noise(noon));
}

TEST_CASE("the hours of a year average to the usual rate, but for the weather") {
    const City city = plain_city();
    const auto world = make_world(city, LocalDay{20'454}, 400, 5);
    REQUIRE(world.has_value());
    for (const SourceFile file :
         {SourceFile::logbook, SourceFile::tickets, SourceFile::tows, SourceFile::fire}) {
        FactDraw draw(*world, file);
        double sum = 0.0;
        const Instant begin = world->calendar.start_of(LocalDay{20'454 - 370});
        for (int hour = 0; hour < 364 * 24; ++hour) {
            sum += draw.mean_per_hour(begin + std::chrono::hours(hour));
        }
        CHECK(sum / (364 * 24) == doctest::Approx(draw.usual_per_hour()).epsilon(0.12));
    }
}
