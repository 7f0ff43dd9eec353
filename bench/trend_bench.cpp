// How often the word of a trend is right: false alarms on series without a change, power on planted
// changes, coverage of the interval, and time per call. The reference beside it: the naive z-test
// of the two halves' sums as Poisson counts.
#include <chrono>
#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <numeric>

#include "../tests/analysis/past/simulated_days.h"
#include "analysis/past/trend.h"

using namespace vigie;
using namespace vigie::past;

namespace {

struct Scene {
    const char* name;
    int days;
    double mean;
    Disturbance noise;
    std::function<double(double)> level;
    double truth = 0.0;  ///< second half against first
};

struct Rates {
    int said = 0, rising = 0, falling = 0, covered = 0, naive = 0;
    double change = 0.0;
};

bool naive_alarm(const std::vector<std::uint64_t>& counts) {
    const auto half =
        static_cast<std::ptrdiff_t>(counts.size() / 2);  // an odd day in the middle is left out
    const auto first = static_cast<double>(
        std::accumulate(counts.begin(), counts.begin() + half, std::uint64_t{0}));
    const auto second =
        static_cast<double>(std::accumulate(counts.end() - half, counts.end(), std::uint64_t{0}));
    return std::fabs(second - first) > 1.96 * std::sqrt(second + first);
}

void measure(const Scene& scene, int runs, std::uint64_t seed) {
    Random random(seed);
    Rates rates;
    for (int run = 0; run < runs; ++run) {
        const auto counts = simulate_days(random, scene.days, scene.mean, scene.noise, scene.level);
        const Trend trend = trend_of(counts, 0);
        rates.naive += naive_alarm(counts) ? 1 : 0;
        if (trend.word == TrendWord::insufficient) {
            continue;
        }
        ++rates.said;
        rates.rising += trend.word == TrendWord::rising ? 1 : 0;
        rates.falling += trend.word == TrendWord::falling ? 1 : 0;
        rates.covered += trend.low <= scene.truth && scene.truth <= trend.high ? 1 : 0;
        rates.change += trend.change;
    }
    const double n = std::max(1, rates.said) / 100.0;
    std::printf("%-44s %5d %6.1f | %6.2f %6.2f %6.2f | %6.2f %+7.1f %+7.1f | %6.2f\n", scene.name,
                scene.days, scene.mean, (rates.said - rates.rising - rates.falling) / n,
                rates.rising / n, rates.falling / n, rates.covered / n, 100.0 * scene.truth,
                rates.change / n, rates.naive * 100.0 / runs);
}

double step_at(double at, double position) {
    return position < at ? 1.0 : 1.25;
}

}  // namespace

int main(int argc, char** argv) {
    const int runs = argc > 1 ? std::atoi(argv[1]) : 4000;
    std::printf("%d series a line, in per cent\n%-44s %5s %6s | %6s %6s %6s | %6s %7s %7s | %6s\n",
                runs, "scene", "days", "mean", "stable", "rising", "fall", "cover", "truth",
                "found", "naive");
    std::vector<Scene> scenes;
    for (const int days : {56, 91, 182, 365, 730, 1095, 1826}) {
        for (const double mean : {0.3, 2.0, 10.0, 200.0}) {
            scenes.push_back({"white noise", days, mean, {}, {}});
        }
    }
    for (const int days : {91, 365, 730}) {
        for (const double mean : {2.0, 10.0, 200.0}) {
            Disturbance noise;
            noise.week_rhythm = 0.6;
            scenes.push_back({"weekly rhythm +60 %", days, mean, noise, {}});
            noise = {};
            noise.dispersion = 3.0;
            scenes.push_back({"overdispersed, variance = 3 mean", days, mean, noise, {}});
            noise = {};
            noise.day_correlation = 0.3;
            scenes.push_back({"daily correlation 0.3 (integer AR)", days, mean, noise, {}});
            noise = {};
            noise.log_wander = 0.2;
            scenes.push_back(
                {"daily correlation 0.3 of the log level, 20 %", days, mean, noise, {}});
            noise.log_wander_memory = 0.9;
            scenes.push_back({"log level wanders 20 %, memory 10 days", days, mean, noise, {}});
            noise.log_wander_memory = 0.97;
            scenes.push_back({"log level wanders 20 %, memory 33 days", days, mean, noise, {}});
        }
    }
    for (const int days : {365, 548, 730, 913, 1095, 1278}) {
        Disturbance noise;
        noise.season = 0.3;
        noise.season_start_day = 60;
        scenes.push_back({"season +-30 %", days, 10.0, noise, {}});
    }
    const auto planted = [&](const char* name, double mean, const Disturbance& noise, auto level,
                             double truth) {
        scenes.push_back({name, 730, mean, noise, level, truth});
    };
    for (const double mean : {2.0, 10.0, 200.0}) {
        planted(
            "+25 % in the middle", mean, {}, [](double x) { return step_at(0.5, x); }, 0.25);
    }
    planted(
        "-20 % in the middle", 10.0, {}, [](double x) { return x < 0.5 ? 1.0 : 0.8; }, -0.2);
    planted(
        "+25 % after a quarter", 10.0, {}, [](double x) { return step_at(0.25, x); },
        1.25 / 1.125 - 1.0);
    planted(
        "+25 % after three quarters", 10.0, {}, [](double x) { return step_at(0.75, x); }, 0.125);
    planted(
        "drift from 1 to 1.25", 10.0, {}, [](double x) { return 1.0 + 0.25 * x; },
        1.1875 / 1.0625 - 1.0);
    Disturbance hard;
    hard.week_rhythm = 0.6;
    hard.dispersion = 2.0;
    hard.log_wander = 0.1;
    hard.season = 0.3;
    planted(
        "+25 % in the middle, all disturbances", 10.0, hard,
        [](double x) { return step_at(0.5, x); }, 0.25);
    planted(
        "+25 % after a quarter, all", 10.0, hard, [](double x) { return step_at(0.25, x); },
        1.25 / 1.125 - 1.0);
    planted(
        "+25 % after three quarters, all", 10.0, hard, [](double x) { return step_at(0.75, x); },
        0.125);
    planted(
        "drift from 1 to 1.25, all", 10.0, hard, [](double x) { return 1.0 + 0.25 * x; },
        1.1875 / 1.0625 - 1.0);
    std::uint64_t seed = 1;
    for (const Scene& scene : scenes) {
        measure(scene, runs, seed++);
    }

    for (const int days : {365, 730, 3653, 20'000}) {
        Random random(9);
        const auto counts = simulate_days(random, days, 10.0, {});
        const auto start = std::chrono::steady_clock::now();
        double sink = 0.0;
        constexpr int calls = 200;
        for (int i = 0; i < calls; ++i) {
            sink += trend_of(counts, 0).change;
        }
        const std::chrono::duration<double, std::micro> took =
            std::chrono::steady_clock::now() - start;
        std::printf("%6d days: %8.1f us a call%s\n", days, took.count() / calls,
                    sink > 1e9 ? "!" : "");
    }
    return 0;
}
