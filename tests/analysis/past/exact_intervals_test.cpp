#include "analysis/past/exact_intervals.h"

#include <doctest/doctest.h>

#include <cmath>
#include <initializer_list>

#include "base/random.h"

using namespace vigie;
using namespace vigie::past;

TEST_CASE("the interval of a count is the published one") {
    // Garwood's 95 % limits as tabled in Pearson & Hartley 1966, Biometrika Tables for
    // Statisticians I, table 40.
    struct Row {
        std::uint64_t count;
        double low, high;
    };
    for (const Row& row :
         {Row{0, 0.0, 3.69}, Row{1, 0.0253, 5.57}, Row{2, 0.242, 7.22}, Row{5, 1.62, 11.67},
          Row{10, 4.80, 18.39}, Row{20, 12.22, 30.89}, Row{50, 37.11, 65.92}}) {
        const Interval interval = poisson_interval(row.count);
        CHECK(std::fabs(interval.low - row.low) < 0.0051);
        CHECK(std::fabs(interval.high - row.high) < 0.0051);
    }
}

TEST_CASE("the interval of a count covers the truth at least 95 % of the time") {
    for (const double mean : {0.7, 4.0, 33.0}) {
        Random random(5);
        int covered = 0;
        constexpr int draws = 4000;
        for (int i = 0; i < draws; ++i) {
            const Interval interval = poisson_interval(random.poisson(mean));
            covered += interval.low <= mean && mean <= interval.high ? 1 : 0;
        }
        CHECK(covered >= 0.945 * draws);
    }
}

TEST_CASE("the interval of a change: known answers, and exchange of the periods") {
    // Equal counts of 10: Clopper-Pearson of 10 in 20 is 0.2720 .. 0.7280.
    const Interval equal = change_interval(10, 10);
    CHECK(equal.low == doctest::Approx(0.27196 / 0.72804 - 1.0).epsilon(1e-4));
    CHECK(equal.high == doctest::Approx(0.72804 / 0.27196 - 1.0).epsilon(1e-4));
    CHECK(change_interval(0, 12).low == -1.0);
    CHECK(change_interval(0, 12).high < 0.0);
    for (const auto& [n, m] :
         {std::pair{12U, 30U}, std::pair{500U, 410U}, std::pair{7U, 100'000U}}) {
        const Interval there = change_interval(n, m);
        const Interval back = change_interval(m, n);
        CHECK((1.0 + there.low) * (1.0 + back.high) == doctest::Approx(1.0));
        CHECK((1.0 + there.high) * (1.0 + back.low) == doctest::Approx(1.0));
    }
}

TEST_CASE("the interval of a change covers the truth at least 95 % of the time") {
    Random random(6);
    int covered = 0;
    int draws = 0;
    while (draws < 3000) {
        const std::uint64_t now = random.poisson(25.0);
        const std::uint64_t before = random.poisson(20.0);
        if (before == 0) {
            continue;
        }
        const Interval interval = change_interval(now, before);
        covered += interval.low <= 0.25 && 0.25 <= interval.high ? 1 : 0;
        ++draws;
    }
    CHECK(covered >= 0.945 * draws);
}
