#include "analysis/past/classes.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>

#include "base/random.h"

using namespace vigie;
using namespace vigie::past;

namespace {

bool is_one_two_five(double value) {
    const double power = std::pow(10.0, std::floor(std::log10(value) + 1e-9));
    const double digit = value / power;
    return std::fabs(digit - 1.0) < 1e-9 || std::fabs(digit - 2.0) < 1e-9 ||
           std::fabs(digit - 5.0) < 1e-9;
}

std::vector<double> skewed_values(std::uint64_t seed, std::size_t count) {
    Random random(seed);
    std::vector<double> values;
    for (std::size_t i = 0; i < count; ++i) {
        values.push_back(std::exp(1.5 * random.normal() + 2.0));
    }
    return values;
}

}  // namespace

TEST_CASE(
    "breaks of skewed counts are 1, 2 or 5 times a power of ten, rising, at most six, and inside "
    "the values") {
    for (std::uint64_t seed = 1; seed < 40; ++seed) {
        const auto values = skewed_values(seed, 30 + 20 * seed);
        const auto breaks = class_breaks(values, 99);
        CHECK(breaks.size() >= 3);
        CHECK(breaks.size() <= 6);
        CHECK(std::ranges::is_sorted(breaks));
        CHECK(std::ranges::adjacent_find(breaks) == breaks.end());
        CHECK(std::ranges::all_of(breaks, is_one_two_five));
        CHECK(breaks.front() > *std::ranges::min_element(values));
        CHECK(breaks.back() <= *std::ranges::max_element(values));
    }
}

TEST_CASE("known breaks") {
    std::vector<double> values;
    for (int i = 1; i <= 1000; ++i) {
        values.push_back(i);
    }
    CHECK(class_breaks(values, 4) == std::vector<double>{200, 500, 1000});
    CHECK(class_breaks(std::vector<double>{41, 44, 52, 58, 60}, 5) ==
          std::vector<double>{45, 50, 55, 60});
    CHECK(class_breaks(std::vector<double>{0.31, 0.42, 0.58}, 4) == std::vector<double>{0.4, 0.5});
    CHECK(class_breaks(std::vector<double>{7, 7, 7}, 7).empty());
    CHECK(class_breaks(std::vector<double>{0, -3, NAN, INFINITY}, 7).empty());
    CHECK(class_breaks({}, 7).empty());
    CHECK(class_breaks(values, 1).empty());
}

TEST_CASE("a long tail is parted while colours are left") {
    std::vector<double> values;
    for (int i = 0; i < 1000; ++i) {
        values.push_back(5.0 * std::pow(1000.0, i / 999.0 * i / 999.0));  // most near 5, a tail up to 5,000
    }
    const auto breaks = class_breaks(values, 7);
    CHECK(breaks.size() == 6);
    const double above = static_cast<double>(std::ranges::count_if(values, [&](double v) { return v >= breaks.back(); }));
    CHECK(above >= 10.0);
    CHECK(above <= 150.0);
}

TEST_CASE("a tiny change of the values moves at most one break, by one step") {
    int moved = 0;
    for (std::uint64_t seed = 1; seed <= 200; ++seed) {
        auto values = skewed_values(seed, 400);
        const auto before = class_breaks(values, 7);
        Random random(seed + 1000);
        for (double& v : values) {
            v *= 1.0 + 0.002 * (random.uniform() - 0.5);
        }
        moved += class_breaks(values, 7) == before ? 0 : 1;
    }
    CHECK(moved <= 6);
}

TEST_CASE("breaks of changes are symmetric, round and never beyond a half") {
    Random random(3);
    for (const double spread : {0.02, 0.2, 1.5}) {
        std::vector<double> changes;
        for (int i = 0; i < 500; ++i) {
            changes.push_back(std::exp(spread * random.normal()) - 1.0);
        }
        const auto breaks = change_class_breaks(changes, 7);
        CHECK(breaks.size() % 2 == 0);
        CHECK(breaks.size() >= 2);
        CHECK(breaks.size() <= 6);
        CHECK(std::ranges::is_sorted(breaks));
        for (std::size_t i = 0; i < breaks.size(); ++i) {
            CHECK(breaks[i] == -breaks[breaks.size() - 1 - i]);
            CHECK(is_one_two_five(std::fabs(breaks[i])));
            CHECK(std::fabs(breaks[i]) <= 0.5);
        }
    }
    CHECK(change_class_breaks(std::vector<double>{0.0, NAN}, 7).empty());
    CHECK(change_class_breaks(std::vector<double>{0.1, -0.2}, 2).empty());
}
