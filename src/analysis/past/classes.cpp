#include "analysis/past/classes.h"

#include <algorithm>
#include <array>
#include <cmath>

namespace vigie::past {
namespace {

constexpr double decade = 10.0;

/// 1, 2 or 5 times a power of ten, as the decimal literal would be: 0.2, not 0.2000000001.
double round_number(int digit, int power) {
    const double scale = std::pow(decade, std::abs(power));
    return power < 0 ? digit / scale : digit * scale;
}

/// The nearest round number on a logarithmic scale.
double nearest_round(double value) {
    const int power = static_cast<int>(std::floor(std::log10(value)));
    double best = round_number(1, power);
    for (const double candidate :
         {round_number(2, power), round_number(5, power), round_number(1, power + 1)}) {
        if (std::fabs(std::log(candidate / value)) < std::fabs(std::log(best / value))) {
            best = candidate;
        }
    }
    return best;
}

/// The smallest round number that is not below `value`.
double round_up(double value) {
    const int power = static_cast<int>(std::floor(std::log10(value))) - 1;
    for (int p = power;; ++p) {
        for (const int digit : {1, 2, 5}) {
            if (round_number(digit, p) >= value * (1.0 - 1e-12)) {
                return round_number(digit, p);
            }
        }
    }
}

/// Linear interpolation between order statistics. Source: Hyndman & Fan 1996, definition 7,
/// doi:10.2307/2684934.
double quantile(std::span<const double> sorted, double p) {
    const double at = p * static_cast<double>(sorted.size() - 1);
    const auto below = static_cast<std::size_t>(at);
    const std::size_t above = std::min(below + 1, sorted.size() - 1);
    return sorted[below] + (at - static_cast<double>(below)) * (sorted[above] - sorted[below]);
}

std::vector<double> even_breaks(double low, double high, int classes) {
    const double step = round_up((high - low) / classes);
    std::vector<double> breaks;
    const double first = std::floor(low / step) + 1.0;
    for (double k = first;
         k * step <= high && breaks.size() + 1 < static_cast<std::size_t>(classes); ++k) {
        // A step below one is a fraction 1/n with n round: dividing keeps 0.3 the decimal 0.3.
        breaks.push_back(step < 1.0 ? k / std::round(1.0 / step) : k * step);
    }
    return breaks;
}

std::vector<double> quantile_breaks(std::span<const double> sorted, int classes) {
    std::vector<double> breaks;
    for (int k = 1; k < classes; ++k) {
        const double at = nearest_round(quantile(sorted, static_cast<double>(k) / classes));
        const bool inside = at > sorted.front() && at <= sorted.back();
        if (inside && (breaks.empty() || at > breaks.back())) {
            breaks.push_back(at);
        }
    }
    return breaks;
}

/// Quantiles leave the long tail of city counts in one class. While colours are left, the next round number is
/// a break too, as long as one value in a hundred reaches it.
void part_the_tail(std::span<const double> sorted, int classes, std::vector<double>& breaks) {
    constexpr double tail = 0.99;
    const double far = quantile(sorted, tail);
    while (!breaks.empty() && breaks.size() + 1 < static_cast<std::size_t>(classes)) {
        const double next = round_up(breaks.back() * 1.5);
        if (next > far) {
            return;
        }
        breaks.push_back(next);
    }
}

}  // namespace

std::vector<double> class_breaks(std::span<const double> values, int classes_max) {
    std::vector<double> sorted;
    std::ranges::copy_if(values, std::back_inserter(sorted),
                         [](double v) { return std::isfinite(v) && v > 0.0; });
    const int classes = std::clamp(classes_max, 1, classes_max_of_map);
    if (sorted.empty() || classes == 1) {
        return {};
    }
    std::ranges::sort(sorted);
    if (!(sorted.back() > sorted.front() * (1.0 + 1e-9))) {
        return {};
    }
    if (sorted.back() < decade * sorted.front()) {
        return even_breaks(sorted.front(), sorted.back(), classes);
    }
    std::vector<double> breaks = quantile_breaks(sorted, classes);
    part_the_tail(sorted, classes, breaks);
    return breaks;
}

std::vector<double> change_class_breaks(std::span<const double> values, int classes_max) {
    constexpr double smallest = 0.01;
    constexpr double largest = 0.5;
    std::vector<double> sizes;
    for (const double v : values) {
        if (std::isfinite(v) && v != 0.0) {
            sizes.push_back(std::clamp(std::fabs(v), smallest, largest));
        }
    }
    const int sides = (std::clamp(classes_max, 1, classes_max_of_map) - 1) / 2;
    if (sizes.empty() || sides == 0) {
        return {};
    }
    std::ranges::sort(sizes);
    std::vector<double> magnitudes;
    for (int k = 1; k <= sides; ++k) {
        const double at = nearest_round(quantile(sizes, static_cast<double>(k) / (sides + 1)));
        if (magnitudes.empty() || at > magnitudes.back()) {
            magnitudes.push_back(at);
        }
    }
    std::vector<double> breaks;
    for (auto it = magnitudes.rbegin(); it != magnitudes.rend(); ++it) {
        breaks.push_back(-*it);
    }
    breaks.insert(breaks.end(), magnitudes.begin(), magnitudes.end());
    return breaks;
}

}  // namespace vigie::past
