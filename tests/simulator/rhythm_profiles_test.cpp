#include <doctest/doctest.h>

#include <numeric>

#include "simulator/kinds.h"

using namespace vigie::simulator;

TEST_CASE("every profile averages 1 and has no empty step") {
    const auto check = [](const auto& profile) {
        const double sum = std::accumulate(profile.begin(), profile.end(), 0.0);
        CHECK(sum / static_cast<double>(profile.size()) == doctest::Approx(1.0));
        for (const double weight : profile) {
            CHECK(weight > 0.0);
        }
    };
    for (std::size_t i = 0; i < hours_count; ++i) {
        check(hours_profile(static_cast<Hours>(i)));
    }
    for (std::size_t i = 0; i < week_count; ++i) {
        check(week_profile(static_cast<Week>(i)));
    }
    for (std::size_t i = 0; i < season_count; ++i) {
        check(season_profile(static_cast<Season>(i)));
    }
    CHECK(hours_profile(Hours::night)[23] > hours_profile(Hours::night)[12]);
    CHECK(week_profile(Week::working)[0] > week_profile(Week::working)[6]);
    CHECK(season_profile(Season::summer)[6] > season_profile(Season::summer)[0]);
}
