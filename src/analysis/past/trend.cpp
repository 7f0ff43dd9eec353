#include "analysis/past/trend.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <numbers>
#include <numeric>
#include <optional>
#include <vector>

#include "analysis/past/special_functions.h"

namespace vigie::past {
namespace {

constexpr std::size_t week = 7;
constexpr int harmonics =
    2;  // yearly and half-yearly: a third buys nothing on real series and costs freedom
constexpr int terms_max = 2 + 2 * harmonics;
constexpr double year_days = 365.25;
constexpr double correlation_max =
    0.9;  // beyond, a year of weeks is five observations and says nothing

using Row = std::array<double, terms_max>;

/// Seven days: their sum, and where their middle lies.
struct Block {
    double count = 0.0;
    double day = 0.0;     ///< from the middle of the period
    bool second = false;  ///< in the second half
};

/// Log-linear fit: effect of the second half, its variance were the blocks Poisson, and the fitted
/// means.
struct Fit {
    double effect = 0.0;
    double variance = 0.0;
    int terms = 2;
    std::vector<double> means;
};

std::vector<Block> blocks_of(std::span<const std::uint64_t> counts) {
    const std::size_t per_half = counts.size() / (2 * week);
    const double middle = 0.5 * static_cast<double>(counts.size());
    std::vector<Block> blocks;
    for (std::size_t i = 0; i < 2 * per_half; ++i) {
        const bool second = i >= per_half;
        const std::size_t first = second ? counts.size() - (2 * per_half - i) * week : i * week;
        const auto days = counts.subspan(first, week);
        const auto sum = std::accumulate(days.begin(), days.end(), std::uint64_t{0});
        blocks.push_back(
            {static_cast<double>(sum), static_cast<double>(first) + 0.5 * week - middle, second});
    }
    return blocks;
}

/// Without season the fit is the ratio of the halves. Half a fact is added where a half has none
/// (Haldane 1956, doi:10.1111/j.1469-1809.1955.tb01285.x), since a ratio to nothing is no number.
Fit fit_halves(std::span<const Block> blocks) {
    double first = 0.0;
    double second = 0.0;
    for (const Block& block : blocks) {
        (block.second ? second : first) += block.count;
    }
    const double extra = first == 0.0 || second == 0.0 ? 0.5 : 0.0;
    first += extra;
    second += extra;
    Fit fit;
    fit.effect = std::log(second / first);
    fit.variance = 1.0 / first + 1.0 / second;
    const double per_half = 0.5 * static_cast<double>(blocks.size());
    for (const Block& block : blocks) {
        fit.means.push_back((block.second ? second : first) / per_half);
    }
    return fit;
}

Row row_of(const Block& block) {
    Row row{1.0, block.second ? 0.5 : -0.5};
    std::size_t term = 2;
    for (int k = 1; k <= harmonics; ++k) {
        const double angle = 2.0 * std::numbers::pi * k * block.day / year_days;
        row[term++] = std::cos(angle);
        row[term++] = std::sin(angle);
    }
    return row;
}

/// Lower triangle of a symmetric matrix; solves by Cholesky. False when it is not positive
/// definite.
bool solve(std::array<Row, terms_max> matrix, Row& vector) {
    for (std::size_t i = 0; i < terms_max; ++i) {
        for (std::size_t j = 0; j <= i; ++j) {
            double sum = matrix[i][j];
            for (std::size_t k = 0; k < j; ++k) {
                sum -= matrix[i][k] * matrix[j][k];
            }
            if (i == j && !(sum > 1e-12)) {
                return false;
            }
            matrix[i][j] = i == j ? std::sqrt(sum) : sum / matrix[j][j];
        }
    }
    for (std::size_t i = 0; i < terms_max; ++i) {
        for (std::size_t k = 0; k < i; ++k) {
            vector[i] -= matrix[i][k] * vector[k];
        }
        vector[i] /= matrix[i][i];
    }
    for (std::size_t i = terms_max; i-- > 0;) {
        for (std::size_t k = i + 1; k < terms_max; ++k) {
            vector[i] -= matrix[k][i] * vector[k];
        }
        vector[i] /= matrix[i][i];
    }
    return true;
}

/// One step of Fisher scoring. Gives the information matrix at `coefficients` and the score.
struct Scoring {
    std::array<Row, terms_max> information{};
    Row score{};
};

Scoring score_at(std::span<const Block> blocks, std::span<const Row> rows, const Row& coefficients,
                 std::vector<double>& means) {
    Scoring scoring;
    for (std::size_t t = 0; t < blocks.size(); ++t) {
        const double mean =
            std::exp(std::inner_product(rows[t].begin(), rows[t].end(), coefficients.begin(), 0.0));
        means[t] = mean;
        for (std::size_t i = 0; i < terms_max; ++i) {
            scoring.score[i] += rows[t][i] * (blocks[t].count - mean);
            for (std::size_t j = 0; j <= i; ++j) {
                scoring.information[i][j] += rows[t][i] * rows[t][j] * mean;
            }
        }
    }
    return scoring;
}

/// With yearly harmonics, by Fisher scoring from the fit of the halves. None when it does not
/// settle (almost no facts in a season).
std::optional<Fit> fit_season(std::span<const Block> blocks, const Fit& halves) {
    std::vector<Row> rows;
    for (const Block& block : blocks) {
        rows.push_back(row_of(block));
    }
    Row coefficients{0.5 * (std::log(halves.means.front()) + std::log(halves.means.back())),
                     halves.effect};
    Fit fit;
    fit.terms = terms_max;
    fit.means.resize(blocks.size());
    for (int step = 0; step < 40; ++step) {
        const Scoring scoring = score_at(blocks, rows, coefficients, fit.means);
        Row move = scoring.score;
        if (!solve(scoring.information, move)) {
            return std::nullopt;
        }
        const double largest =
            std::fabs(*std::ranges::max_element(move, {}, [](double v) { return std::fabs(v); }));
        const double damping =
            largest > 1.0 ? 1.0 / largest : 1.0;  // exp() of a wild first step overflows
        for (std::size_t i = 0; i < terms_max; ++i) {
            coefficients[i] += damping * move[i];
        }
        if (largest < 1e-9) {
            Row unit{};
            unit[1] = 1.0;
            if (!solve(scoring.information, unit)) {
                return std::nullopt;
            }
            fit.effect = coefficients[1];
            fit.variance = unit[1];
            return fit;
        }
    }
    return std::nullopt;
}

/// What the Poisson variance is multiplied by, and the degrees of freedom it is known with.
struct Spread {
    double factor = 1.0;
    double freedom = 1.0;
};

Spread spread_of(std::span<const Block> blocks, const Fit& fit) {
    double squares = 0.0;
    double products = 0.0;
    double before = 0.0;
    for (std::size_t t = 0; t < blocks.size(); ++t) {
        const double residual = (blocks[t].count - fit.means[t]) / std::sqrt(fit.means[t]);
        squares += residual * residual;
        products += t == 0 ? 0.0 : residual * before;
        before = residual;
    }
    const auto n = static_cast<double>(blocks.size());
    const double dispersion = std::max(1.0, squares / (n - fit.terms));
    const double raw = squares > 0.0 ? products / squares : 0.0;
    // Every fitted term takes about 1/n off the correlation of what is left, and estimation itself
    // 3 r / n.
    const double correlation = std::clamp(raw + (fit.terms + 3.0 * raw) / n, 0.0, correlation_max);
    const double inflation = (1.0 + correlation) / (1.0 - correlation);
    return Spread{dispersion * inflation, std::max(1.0, n / inflation - fit.terms)};
}

}  // namespace

Trend trend_of(std::span<const std::uint64_t> counts, int /*first_weekday*/) {
    Trend trend;
    trend.days = counts.size();
    const auto total = std::accumulate(counts.begin(), counts.end(), std::uint64_t{0});
    if (!counts.empty()) {
        trend.mean_per_day = static_cast<double>(total) / static_cast<double>(counts.size());
    }
    if (counts.size() < trend_days_min || total < trend_count_min) {
        return trend;
    }
    const std::vector<Block> blocks = blocks_of(counts);
    Fit fit = fit_halves(blocks);
    if (counts.size() >= trend_season_days_min) {
        if (auto seasonal = fit_season(blocks, fit)) {
            fit = std::move(*seasonal);
            trend.season_removed = true;
        }
    }
    const Spread spread = spread_of(blocks, fit);
    const double reach =
        student_quantile(spread.freedom, 0.975) * std::sqrt(fit.variance * spread.factor);
    trend.change = std::expm1(fit.effect);
    trend.low = std::expm1(fit.effect - reach);
    trend.high = std::expm1(fit.effect + reach);
    trend.word = trend.low > 0.0    ? TrendWord::rising
                 : trend.high < 0.0 ? TrendWord::falling
                                    : TrendWord::stable;
    return trend;
}

std::string_view trend_method_fr(const Trend& trend) {
    if (trend.word == TrendWord::insufficient) {
        return "Effectif trop faible : il faut au moins 56 jours et 50 faits pour dire une "
               "tendance.";
    }
    if (trend.season_removed) {
        return "Seconde moitié de la période comparée à la première, par semaines (régression de "
               "Poisson avec "
               "surdispersion et autocorrélation, saison retirée par deux harmoniques annuelles). "
               "« Stable » : "
               "l'intervalle à 95 % contient zéro.";
    }
    return "Seconde moitié de la période comparée à la première, par semaines (régression de "
           "Poisson avec "
           "surdispersion et autocorrélation). « Stable » : l'intervalle à 95 % contient zéro. "
           "Période de moins de deux "
           "ans : l'effet de la saison n'est pas retiré.";
}

}  // namespace vigie::past
