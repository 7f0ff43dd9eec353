// Seeded random numbers, the same on every machine: the standard's distributions are not specified bit
// for bit, so the few we need are here. The seed is always an argument; nothing reads a random device.
#pragma once

#include <cstdint>

namespace vigie {

/// xoshiro256++ seeded through splitmix64. Not for secrets.
/// Source: Blackman & Vigna 2021, "Scrambled linear pseudorandom number generators", doi:10.1145/3460772.
class Random {
  public:
    explicit Random(std::uint64_t seed);

    [[nodiscard]] std::uint64_t next();
    /// Uniform in [0, 1), 53 bits.
    [[nodiscard]] double uniform();
    /// Uniform in [0, bound); bound > 0. Source: Lemire 2019, doi:10.1145/3230636 (without rejection: bias < bound / 2^64).
    [[nodiscard]] std::uint64_t below(std::uint64_t bound);
    /// Standard normal, by the polar method. Source: Marsaglia & Bray 1964, doi:10.1137/1006063.
    [[nodiscard]] double normal();
    /// Poisson with mean >= 0: inversion below 10, transformed rejection above.
    /// Source: Hoermann 1993, "The transformed rejection method for generating Poisson random variables", algorithm PTRS.
    [[nodiscard]] std::uint64_t poisson(double mean);
    /// Exponential with the given mean.
    [[nodiscard]] double exponential(double mean);

  private:
    std::uint64_t state_[4];
};

/// One step of splitmix64: a good 64-bit mix of `value`. Source: Steele, Lea & Flood 2014, doi:10.1145/2714064.2660195.
[[nodiscard]] constexpr std::uint64_t mix64(std::uint64_t value) {
    value += 0x9e3779b97f4a7c15ULL;
    value = (value ^ (value >> 30)) * 0xbf58476d1ce4e5b9ULL;
    value = (value ^ (value >> 27)) * 0x94d049bb133111ebULL;
    return value ^ (value >> 31);
}

}  // namespace vigie
