// Daily counts whose truth is known, for measuring how often the word is right.
#pragma once

#include <cmath>
#include <cstdint>
#include <functional>
#include <numbers>
#include <vector>

#include "base/random.h"

namespace vigie::past {

/// What disturbs the days beside Poisson chance. All off: white noise.
struct Disturbance {
    double week_rhythm = 0.0;  ///< relative height of Friday and Saturday over the other days
    double dispersion =
        1.0;  ///< variance over mean of a day, by a gamma-mixed (negative binomial) Poisson
    double day_correlation =
        0.0;  ///< of a first-order integer autoregression, Poisson marginals (Al-Osh & Alzaid 1987)
    double log_wander =
        0.0;  ///< standard deviation of a log level that is an AR(1) of log_wander_memory a day
    double log_wander_memory = 0.3;
    double season = 0.0;  ///< relative amplitude of a yearly wave
    int season_start_day = 0;
};

/// Gamma with mean 1 and the given shape. Source: Marsaglia & Tsang 2000,
/// doi:10.1145/358407.358414.
inline double gamma_of_mean_one(Random& random, double shape) {
    const double boosted = shape < 1.0 ? shape + 1.0 : shape;
    const double d = boosted - 1.0 / 3.0;
    const double c = 1.0 / std::sqrt(9.0 * d);
    for (;;) {
        const double x = random.normal();
        const double v = std::pow(1.0 + c * x, 3);
        if (v > 0.0 && std::log(random.uniform()) < 0.5 * x * x + d - d * v + d * std::log(v)) {
            const double boost = shape < 1.0 ? std::pow(random.uniform(), 1.0 / shape) : 1.0;
            return d * v * boost / shape;
        }
    }
}

inline std::uint64_t thinned(Random& random, std::uint64_t count, double keep) {
    std::uint64_t kept = 0;
    for (std::uint64_t i = 0; i < count; ++i) {
        kept += random.uniform() < keep ? 1U : 0U;
    }
    return kept;
}

/// `days` counts around `mean` times level(position in 0..1).
inline std::vector<std::uint64_t> simulate_days(Random& random, int days, double mean,
                                                const Disturbance& noise,
                                                const std::function<double(double)>& level = {}) {
    std::vector<std::uint64_t> counts;
    const double memory = noise.log_wander_memory;
    double wander = noise.log_wander * random.normal();
    std::uint64_t before = random.poisson(mean);
    for (int day = 0; day < days; ++day) {
        const double position = (day + 0.5) / days;
        double rate = mean * (level ? level(position) : 1.0);
        rate *= (1.0 + (day % 7 >= 4 && day % 7 <= 5 ? noise.week_rhythm : 0.0)) /
                (1.0 + noise.week_rhythm * 2.0 / 7.0);
        rate *= 1.0 + noise.season * std::sin(2.0 * std::numbers::pi *
                                              (day + noise.season_start_day) / 365.25);
        rate *= std::exp(wander - 0.5 * noise.log_wander * noise.log_wander);
        wander =
            memory * wander + std::sqrt(1.0 - memory * memory) * noise.log_wander * random.normal();
        if (noise.dispersion > 1.0) {
            rate *= gamma_of_mean_one(random, rate / (noise.dispersion - 1.0));
        }
        std::uint64_t count = random.poisson(rate * (1.0 - noise.day_correlation));
        if (noise.day_correlation > 0.0) {
            count += thinned(random, before, noise.day_correlation);
        }
        before = count;
        counts.push_back(count);
    }
    return counts;
}

}  // namespace vigie::past
