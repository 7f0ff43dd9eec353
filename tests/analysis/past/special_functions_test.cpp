#include "analysis/past/special_functions.h"

#include <doctest/doctest.h>

#include <cmath>
#include <initializer_list>

using namespace vigie::past;

namespace {

bool close(double found, double expected, double relative) {
    return std::fabs(found - expected) <= relative * std::fabs(expected);
}

}  // namespace

TEST_CASE("quantiles of chi-squared are those of the printed tables") {
    // Abramowitz & Stegun 1964, table 26.8: chi-squared with v degrees is twice a gamma of shape v
    // / 2.
    struct Row {
        double degrees, p, chi2;
    };
    for (const Row& row :
         {Row{1, 0.95, 3.84146}, Row{1, 0.975, 5.02389}, Row{2, 0.025, 0.0506356},
          Row{2, 0.975, 7.37776}, Row{10, 0.025, 3.24697}, Row{10, 0.975, 20.4831},
          Row{30, 0.005, 13.7867}, Row{100, 0.975, 129.561}, Row{100, 0.025, 74.2219}}) {
        CHECK(close(2.0 * gamma_quantile(row.degrees / 2, row.p), row.chi2, 5e-6));
    }
}

TEST_CASE("quantiles of Student's t are those of the printed tables") {
    // Abramowitz & Stegun 1964, table 26.10.
    struct Row {
        double degrees, p, t;
    };
    for (const Row& row : {Row{1, 0.975, 12.706}, Row{2, 0.975, 4.303}, Row{5, 0.95, 2.015},
                           Row{10, 0.975, 2.228}, Row{30, 0.995, 2.750}, Row{120, 0.975, 1.980}}) {
        CHECK(close(student_quantile(row.degrees, row.p), row.t, 3e-4));
        CHECK(student_quantile(row.degrees, 1.0 - row.p) ==
              doctest::Approx(-student_quantile(row.degrees, row.p)));
    }
    CHECK(student_quantile(7.5, 0.5) == 0.0);
    CHECK(close(student_quantile(1e7, 0.975), 1.959964, 1e-6));
}

TEST_CASE("the binomial sum and the beta distribution agree") {
    // P(Binomial(n, x) >= k) = beta_cdf(k, n - k + 1, x).
    for (const int n : {1, 5, 12}) {
        for (int k = 1; k <= n; ++k) {
            for (const double x : {0.03, 0.4, 0.77}) {
                double sum = 0.0;
                for (int i = k; i <= n; ++i) {
                    sum += std::exp(std::lgamma(n + 1.0) - std::lgamma(i + 1.0) -
                                    std::lgamma(n - i + 1.0)) *
                           std::pow(x, i) * std::pow(1.0 - x, n - i);
                }
                CHECK(close(beta_cdf(k, n - k + 1.0, x), sum, 1e-12));
            }
        }
    }
}

TEST_CASE("quantiles invert their distributions over the whole range we use") {
    for (const double shape : {0.1, 0.5, 1.0, 3.0, 30.0, 1e3, 1e5, 1e7}) {
        for (const double p : {0.001, 0.025, 0.5, 0.975, 0.999}) {
            CHECK(close(gamma_cdf(shape, gamma_quantile(shape, p)), p, 1e-7));
        }
    }
    for (const double a : {0.5, 1.0, 7.0, 400.0, 1e6}) {
        for (const double b : {0.5, 1.0, 11.0, 3e5}) {
            for (const double p : {0.025, 0.5, 0.975}) {
                CHECK_MESSAGE(close(beta_cdf(a, b, beta_quantile(a, b, p)), p, 1e-7),
                              a << ' ' << b << ' ' << p);
            }
        }
    }
}
