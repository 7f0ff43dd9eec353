#include "simulator/levels.h"

#include <cmath>

namespace vigie::simulator {
namespace {

constexpr double base_spread = 0.45;  // standard deviations of logs
constexpr double kind_spread = 0.35;
constexpr double other_flavours = 0.06;  // pull of a hotspot on kinds that are not its own
constexpr double beach_in_summer = 4.0;
constexpr double beach_in_winter = 0.25;

double draw_of(Setting setting, const Quarter& quarter) {
    const double people = quarter.residents + 150.0;
    switch (setting) {
        case Setting::homes:
            return people;
        case Setting::centre:
            return people * (0.25 + 3.5 * quarter.centrality);
        case Setting::roads:
            return std::pow(people, 0.7) * std::pow(quarter.area_km2 + 0.05, 0.3) *
                   (0.6 + quarter.centrality);
        case Setting::wild:
            return quarter.area_km2 * (1.05 - quarter.centrality);
        case Setting::masts:
            return people;  // not used: such facts are drawn at the masts
    }
    return people;
}

std::vector<double> running(std::vector<double> weights) {
    double sum = 0.0;
    for (double& weight : weights) {
        sum += weight;
        weight = sum;
    }
    return weights;
}

}  // namespace

Levels::Levels(const Ground& ground, std::uint64_t seed) {
    Random random(seed);
    for (std::size_t d = 0; d < ground.quarters().size(); ++d) {
        base_.push_back(std::exp(base_spread * random.normal()));
    }
    for (const Kind& kind : kinds()) {
        std::vector<double> weights;
        for (std::size_t d = 0; d < ground.quarters().size(); ++d) {
            const Quarter& quarter = ground.quarters()[d];
            const double taste = std::exp(kind_spread * random.normal());
            weights.push_back(
                quarter.streets.empty() ? 0.0 : base_[d] * taste * draw_of(kind.setting, quarter));
        }
        districts_.push_back(running(std::move(weights)));
        for (const bool summer : {false, true}) {
            std::vector<double> pulls;
            for (const Hotspot& hotspot : ground.hotspots()) {
                const double own = (hotspot.flavour & kind.flavours) != 0 ? 1.0 : other_flavours;
                const double season = hotspot.flavour != beach ? 1.0
                                      : summer                 ? beach_in_summer
                                                               : beach_in_winter;
                pulls.push_back(hotspot.weight * own * season);
            }
            hotspots_.push_back(running(std::move(pulls)));
        }
    }
}

Spot Levels::draw_place(const Ground& ground, std::size_t kind, bool summer, Random& random) const {
    if (kinds()[kind].setting == Setting::masts && !ground.masts().empty()) {
        return ground.masts()[random.below(ground.masts().size())];
    }
    if (random.uniform() < kinds()[kind].hotspot_share && !ground.hotspots().empty()) {
        const auto& sums = hotspots_[2 * kind + (summer ? 1 : 0)];
        return ground.draw_in_hotspot(ground.hotspots()[draw_index(sums, random)], random);
    }
    return ground.draw_in_quarter(draw_index(districts_[kind], random), random);
}

double Levels::share_of(std::size_t kind, std::size_t district) const {
    const auto& sums = districts_[kind];
    const double before = district == 0 ? 0.0 : sums[district - 1];
    return (sums[district] - before) / sums.back();
}

}  // namespace vigie::simulator
