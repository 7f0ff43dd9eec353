#include "base/random.h"

#include <doctest/doctest.h>

#include <cmath>
#include <initializer_list>

TEST_CASE("the same seed gives the same numbers") {
    vigie::Random a(7);
    vigie::Random b(7);
    for (int i = 0; i < 100; ++i) {
        CHECK(a.next() == b.next());
    }
    CHECK(vigie::Random(8).next() != vigie::Random(7).next());
}

TEST_CASE("Poisson draws have their mean and variance") {
    for (const double mean : {0.3, 4.0, 25.0, 400.0}) {
        vigie::Random random(11);
        constexpr int draws = 40'000;
        double sum = 0.0;
        double squares = 0.0;
        for (int i = 0; i < draws; ++i) {
            const auto k = static_cast<double>(random.poisson(mean));
            sum += k;
            squares += k * k;
        }
        const double average = sum / draws;
        const double variance = squares / draws - average * average;
        // Six standard errors: a seed is fixed, so this either holds for ever or the generator is wrong.
        CHECK(std::fabs(average - mean) < 6.0 * std::sqrt(mean / draws));
        CHECK(std::fabs(variance / mean - 1.0) < 6.0 * std::sqrt((2.0 + 1.0 / mean) / draws));
    }
}
