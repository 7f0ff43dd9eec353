#include "analysis/past/special_functions.h"

#include <algorithm>
#include <cmath>

#include "base/assert.h"
#include "base/log_gamma.h"

namespace vigie::past {
namespace {

constexpr double tiny = 1e-300;  // keeps Lentz's method away from a division by zero
constexpr double precision = 1e-15;
constexpr int terms_max = 100'000;  // enough for shapes up to 1e9: terms grow as the square root

/// x^shape e^-x / Gamma(shape + 1) without overflow.
double gamma_front(double shape, double x) {
    return std::exp(shape * std::log(x) - x - log_gamma(shape + 1.0));
}

double gamma_series(double shape, double x) {
    double term = 1.0;
    double sum = 1.0;
    for (int n = 1; n < terms_max && term > sum * precision; ++n) {
        term *= x / (shape + n);
        sum += term;
    }
    return gamma_front(shape, x) * sum;
}

/// 1 - gamma_cdf by a continued fraction, with Lentz's method.
double gamma_tail(double shape, double x) {
    double b = x + 1.0 - shape;
    double c = 1.0 / tiny;
    double d = 1.0 / b;
    double fraction = d;
    for (int n = 1; n < terms_max; ++n) {
        const double a = -n * (n - shape);
        b += 2.0;
        d = a * d + b;
        d = 1.0 / (std::fabs(d) < tiny ? tiny : d);
        c = b + a / c;
        c = std::fabs(c) < tiny ? tiny : c;
        const double step = c * d;
        fraction *= step;
        if (std::fabs(step - 1.0) < precision) {
            break;
        }
    }
    return gamma_front(shape, x) * shape * fraction;
}

struct Bracket {
    double low, high;
};

/// Newton's method kept inside a bracket; falls back to halving. cdf and density of one
/// distribution, low < answer < high.
template <class Cdf, class Density>
double invert(double p, double start, Bracket bracket, const Cdf& cdf, const Density& density) {
    auto [low, high] = bracket;
    const double end = high;
    double x = start;
    for (int n = 0; n < 200; ++n) {
        const double error = cdf(x) - p;
        (error > 0.0 ? high : low) = x;
        double next = x - error / density(x);
        if (!(next > low && next < high)) {
            next = 0.5 * (low + high);
        }
        // Newton squares the error: after a step of 1e-8 what is left is far below what a double holds of an interval.
        // Beside the upper end it is the distance to it that must be right.
        if (std::fabs(next - x) <= 1e-8 * std::min(x, end - x)) {
            return next;
        }
        x = next;
    }
    return x;
}

/// Two-sided start for quantiles: a normal deviate good to 5e-4. Source: Abramowitz & Stegun
/// 1964, 26.2.23.
double rough_normal_quantile(double p) {
    const double t = std::sqrt(-2.0 * std::log(std::min(p, 1.0 - p)));
    const double z = t - (2.515517 + t * (0.802853 + t * 0.010328)) /
                             (1.0 + t * (1.432788 + t * (0.189269 + t * 0.001308)));
    return p < 0.5 ? -z : z;
}

double beta_fraction(double a, double b, double x) {
    double c = 1.0;
    double d = 1.0 - (a + b) * x / (a + 1.0);
    d = 1.0 / (std::fabs(d) < tiny ? tiny : d);
    double fraction = d;
    for (int m = 1; m < terms_max; ++m) {
        double step = 1.0;
        for (const double numerator :
             {m * (b - m) * x / ((a + 2.0 * m - 1.0) * (a + 2.0 * m)),
              -(a + m) * (a + b + m) * x / ((a + 2.0 * m) * (a + 2.0 * m + 1.0))}) {
            d = 1.0 + numerator * d;
            d = 1.0 / (std::fabs(d) < tiny ? tiny : d);
            c = 1.0 + numerator / c;
            c = std::fabs(c) < tiny ? tiny : c;
            step = c * d;
            fraction *= step;
        }
        if (std::fabs(step - 1.0) < precision) {
            break;
        }
    }
    return fraction;
}

/// x^a (1 - x)^b / B(a, b); `log_b` is log B(a, b).
double beta_front(double a, double b, double x, double log_b) {
    return std::exp(a * std::log(x) + b * std::log1p(-x) - log_b);
}

double log_beta(double a, double b) {
    return log_gamma(a) + log_gamma(b) - log_gamma(a + b);
}

double beta_cdf_with(double a, double b, double x, double log_b) {
    if (x <= 0.0 || x >= 1.0) {
        return x <= 0.0 ? 0.0 : 1.0;
    }
    const double front = beta_front(a, b, x, log_b);
    const bool left = x < (a + 1.0) / (a + b + 2.0);  // where the fraction converges fast
    return left ? front * beta_fraction(a, b, x) / a
                : 1.0 - front * beta_fraction(b, a, 1.0 - x) / b;
}

}  // namespace

double gamma_cdf(double shape, double x) {
    if (x <= 0.0) {
        return 0.0;
    }
    return x < shape + 1.0 ? gamma_series(shape, x) : 1.0 - gamma_tail(shape, x);
}

double gamma_quantile(double shape, double p) {
    VIGIE_ASSERT(p > 0.0 && p < 1.0);
    const double z = rough_normal_quantile(p);
    const double cube = 1.0 - 1.0 / (9.0 * shape) + z / (3.0 * std::sqrt(shape));
    double start = shape * cube * cube * cube;
    if (!(start > 1e-3 * shape)) {  // far in the left tail only the first term of the series counts
        start = std::exp((std::log(p) + log_gamma(shape + 1.0)) / shape);
    }
    const double high = shape + 50.0 * std::sqrt(shape) + 800.0;
    return invert(
        p, start, {0.0, high}, [&](double x) { return gamma_cdf(shape, x); },
        [&](double x) { return gamma_front(shape, x) * shape / x; });
}

double beta_cdf(double a, double b, double x) {
    return beta_cdf_with(a, b, x, log_beta(a, b));
}

double beta_quantile(double a, double b, double p) {
    VIGIE_ASSERT(p > 0.0 && p < 1.0);
    const double log_b = log_beta(a, b);
    double start = a / (a + b);
    if (a >= 1.0 && b >= 1.0) {  // Abramowitz & Stegun 1964, 26.5.22
        const double z = -rough_normal_quantile(p);
        const double lambda = (z * z - 3.0) / 6.0;
        const double h = 2.0 / (1.0 / (2.0 * a - 1.0) + 1.0 / (2.0 * b - 1.0));
        const double w = z * std::sqrt(std::max(h + lambda, 0.0)) / h -
                         (1.0 / (2.0 * b - 1.0) - 1.0 / (2.0 * a - 1.0)) *
                             (lambda + 5.0 / 6.0 - 2.0 / (3.0 * h));
        start = a / (a + b * std::exp(2.0 * w));
    }
    return invert(
        p, std::clamp(start, 1e-12, 1.0 - 1e-12), {0.0, 1.0},
        [&](double x) { return beta_cdf_with(a, b, x, log_b); },
        [&](double x) { return beta_front(a, b, x, log_b) / (x * (1.0 - x)); });
}

double student_quantile(double degrees_of_freedom, double p) {
    VIGIE_ASSERT(p > 0.0 && p < 1.0);
    if (p == 0.5) {
        return 0.0;
    }
    const double tail = 2.0 * std::min(p, 1.0 - p);
    const double x = beta_quantile(0.5 * degrees_of_freedom, 0.5, tail);
    const double t = std::sqrt(degrees_of_freedom * (1.0 - x) / x);
    return p < 0.5 ? -t : t;
}

}  // namespace vigie::past
