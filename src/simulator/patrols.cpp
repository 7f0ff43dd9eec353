#include "simulator/patrols.h"

#include <algorithm>
#include <cmath>
#include <numeric>

namespace vigie::simulator {
namespace {

constexpr double presence_min = 0.3;  // every district sees a patrol
constexpr double presence_max = 3.0;
constexpr double kept = 0.7;     // of last week's presence
constexpr double fading = 0.75;  // of older records, a week
constexpr double prior_share =
    0.05;  // weight of population, so that a quiet week does not empty a district
constexpr double watched_at_first = 1.8;
constexpr double twin_at_first = 0.6;

}  // namespace

Patrols::Patrols(const World& world) : records_(world.ground.quarters().size(), 0.0) {
    double sum = 0.0;
    for (const Quarter& quarter : world.ground.quarters()) {
        usual_.push_back(quarter.residents + 1.0);
        sum += usual_.back();
    }
    for (double& share : usual_) {
        share /= sum;
    }
    presence_.assign(usual_.size(), 1.0);
    presence_[world.planted.watched_district] = watched_at_first;
    presence_[world.planted.twin_district] = twin_at_first;
}

double Patrols::chance_in(std::size_t district, double chance) const {
    return 1.0 - std::pow(1.0 - chance, presence_[district]);
}

void Patrols::move() {
    const double total = std::accumulate(records_.begin(), records_.end(), 0.0);
    for (std::size_t i = 0; i < presence_.size() && total > 0.0; ++i) {
        const double share = (1.0 - prior_share) * records_[i] / total + prior_share * usual_[i];
        const double wanted = std::sqrt(share / usual_[i]);
        presence_[i] =
            std::clamp(kept * presence_[i] + (1.0 - kept) * wanted, presence_min, presence_max);
        records_[i] *= fading;
    }
}

}  // namespace vigie::simulator
