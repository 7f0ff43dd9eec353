// The shapes of the day, of the week and of the year. Written as plain weights, scaled to
// average 1.
#include <numeric>

#include "simulator/kinds.h"

namespace vigie::simulator {
namespace {

template <std::size_t Count>
constexpr std::array<double, Count> averaging_one(std::array<double, Count> weights) {
    const double sum = std::accumulate(weights.begin(), weights.end(), 0.0);
    for (double& weight : weights) {
        weight *= static_cast<double>(Count) / sum;
    }
    return weights;
}

// Order of the enumerators of Hours.
constexpr std::array<std::array<double, 24>, hours_count> hours_weights{{
    averaging_one<24>({1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1}),
    averaging_one<24>(
        {9, 8, 6, 4, 2, 1.2, .6, .5, .6, .7, .8, .9, 1, 1, 1, 1.1, 1.3, 1.6, 2, 2.8, 4, 6, 8, 9}),
    averaging_one<24>({3,   2,   1.5, .8,  .5, .4, .5, .8,  1.2, 1.6, 2, 2.4,
                       2.6, 2.7, 3,   3.4, 4,  5,  6,  6.5, 6.5, 6,   5, 4}),
    averaging_one<24>(
        {.3, .2, .2, .2, .2, .4, 1, 2.5, 5, 7, 8, 8, 6, 6, 7, 7, 7, 6.5, 5, 3, 1.6, 1, .7, .5}),
    averaging_one<24>(
        {.2, .2, .2, .2, .2, .3, .8, 2, 6, 9, 9.5, 8.5, 4, 5, 8, 8.5, 7, 4, 2, 1, .6, .4, .3, .2}),
    averaging_one<24>(
        {.4, .3, .3, .4, .8, 2, 5, 8, 9, 9, 8, 7, 5, 4, 3.5, 3.5, 3.5, 3.5, 3, 2, 1.5, 1, .8, .6}),
    averaging_one<24>({1.4, 1, .8,  .6, .6,  .9, 2,   5,   7.5, 5,   4,   4.2,
                       5,   5, 4.6, 5,  6.5, 8,  7.5, 5.5, 3.6, 2.8, 2.4, 2}),
    averaging_one<24>({5,   5.5, 6, 6, 5, 3.5, 2.5, 2.5, 2.5, 2.5, 2.5, 2.5,
                       2.5, 2.5, 3, 3, 3, 3.2, 3.5, 3.8, 4,   4.2, 4.4, 4.6}),
    averaging_one<24>(
        {1, .6, .4, .3, .2, .2, .3, .6, 1, 2, 3.5, 5, 5.5, 6, 7, 8, 8.5, 8.5, 8, 7, 5.5, 4, 3, 2}),
}};

// Order of the enumerators of Week: Monday first.
constexpr std::array<std::array<double, 7>, week_count> week_weights{{
    averaging_one<7>({1, 1, 1, 1, 1, 1, 1}),
    averaging_one<7>({.65, .65, .7, .85, 1.5, 1.75, .9}),
    averaging_one<7>({1.15, 1.2, 1.2, 1.2, 1.15, .75, .35}),
    averaging_one<7>({.9, .9, 1, .95, 1.05, 1.5, .7}),
    averaging_one<7>({.8, .75, .8, .85, 1, 1.25, 1.55}),
}};

// Order of the enumerators of Season: January first.
constexpr std::array<std::array<double, 12>, season_count> season_weights{{
    averaging_one<12>({1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1}),
    averaging_one<12>({.72, .72, .85, .95, 1.1, 1.3, 1.4, 1.3, 1.15, .98, .8, .73}),
    averaging_one<12>({.25, .3, .45, .5, .7, 1.6, 2.6, 2.5, 1.4, .6, .35, .25}),
    averaging_one<12>({1.25, 1.2, 1.1, 1, .9, .8, .75, .75, .9, 1.05, 1.2, 1.25}),
    averaging_one<12>({1.05, 1, 1.1, 1, 1.05, 1.05, .8, .65, 1.1, 1.15, 1.1, .95}),
    averaging_one<12>({1.6, .6, .6, .6, .7, 1.1, 2.6, .9, .6, .7, .7, 1.9}),
}};

}  // namespace

const std::array<double, 24>& hours_profile(Hours hours) {
    return hours_weights[static_cast<std::size_t>(hours)];
}
const std::array<double, 7>& week_profile(Week week) {
    return week_weights[static_cast<std::size_t>(week)];
}
const std::array<double, 12>& season_profile(Season season) {
    return season_weights[static_cast<std::size_t>(season)];
}

}  // namespace vigie::simulator
