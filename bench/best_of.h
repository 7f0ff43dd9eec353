// The time of a piece of work on a shared machine: the best of a few, which the others' noise reaches least.
#pragma once

#include <algorithm>
#include <chrono>

namespace vigie::bench {

inline constexpr int repeats = 3;

/// Seconds of the fastest of `repeats` runs.
template <class Work>
double best_seconds(const Work& work) {
    double best = 1e9;
    for (int i = 0; i < repeats; ++i) {
        const auto begin = std::chrono::steady_clock::now();
        work();
        best = std::min(best, std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count());
    }
    return best;
}

}  // namespace vigie::bench
