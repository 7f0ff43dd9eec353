#include "base/random.h"

#include <bit>
#include <cmath>

#include "base/assert.h"
#include "base/log_gamma.h"

namespace vigie {

Random::Random(std::uint64_t seed) : state_{} {
    for (auto& word : state_) {
        word = mix64(seed);
        seed += 0x9e3779b97f4a7c15ULL;
    }
}

std::uint64_t Random::next() {
    const std::uint64_t result = std::rotl(state_[0] + state_[3], 23) + state_[0];
    const std::uint64_t shifted = state_[1] << 17;
    state_[2] ^= state_[0];
    state_[3] ^= state_[1];
    state_[1] ^= state_[2];
    state_[0] ^= state_[3];
    state_[2] ^= shifted;
    state_[3] = std::rotl(state_[3], 45);
    return result;
}

double Random::uniform() { return static_cast<double>(next() >> 11) * 0x1.0p-53; }

std::uint64_t Random::below(std::uint64_t bound) {
    VIGIE_ASSERT(bound > 0);
    __extension__ using Wide = unsigned __int128;
    return static_cast<std::uint64_t>((static_cast<Wide>(next()) * bound) >> 64);
}

double Random::normal() {
    for (;;) {
        const double u = 2.0 * uniform() - 1.0;
        const double v = 2.0 * uniform() - 1.0;
        const double s = u * u + v * v;
        if (s > 0.0 && s < 1.0) {
            return u * std::sqrt(-2.0 * std::log(s) / s);
        }
    }
}

double Random::exponential(double mean) { return -mean * std::log1p(-uniform()); }

namespace {

std::uint64_t poisson_by_inversion(Random& random, double mean) {
    const double limit = std::exp(-mean);
    double product = random.uniform();
    std::uint64_t count = 0;
    while (product > limit) {
        product *= random.uniform();
        ++count;
    }
    return count;
}

}  // namespace

std::uint64_t Random::poisson(double mean) {
    VIGIE_ASSERT(mean >= 0.0);
    if (mean < 10.0) {
        return poisson_by_inversion(*this, mean);
    }
    const double b = 0.931 + 2.53 * std::sqrt(mean);
    const double a = -0.059 + 0.02483 * b;
    const double inverse_alpha = 1.1239 + 1.1328 / (b - 3.4);
    const double v_r = 0.9277 - 3.6224 / (b - 2.0);
    for (;;) {
        const double u = uniform() - 0.5;
        const double v = uniform();
        const double us = 0.5 - std::fabs(u);
        const double k = std::floor((2.0 * a / us + b) * u + mean + 0.43);
        if (us >= 0.07 && v <= v_r) {
            return static_cast<std::uint64_t>(k);
        }
        if (k < 0.0 || (us < 0.013 && v > us)) {
            continue;
        }
        const double accept = std::log(v) + std::log(inverse_alpha) - std::log(a / (us * us) + b);
        if (accept <= -mean + k * std::log(mean) - log_gamma(k + 1.0)) {
            return static_cast<std::uint64_t>(k);
        }
    }
}

}  // namespace vigie
