// The four distributions our intervals need, and their inverses. Pure, exact to about 1e-10, no
// tables.
#pragma once

namespace vigie::past {

/// P(X <= x) for X gamma-distributed with the given shape > 0 and scale 1: the regularised
/// incomplete gamma function. Source: NIST Digital Library of Mathematical Functions, 8.11.4
/// (series) and 8.9.2 (continued fraction).
[[nodiscard]] double gamma_cdf(double shape, double x);
/// The x with gamma_cdf(shape, x) = p, for 0 < p < 1. Start: Wilson & Hilferty 1931,
/// doi:10.1073/pnas.17.12.684.
[[nodiscard]] double gamma_quantile(double shape, double p);

/// P(X <= x) for X beta-distributed, a and b > 0, 0 <= x <= 1. Source: DLMF 8.17.22 (continued
/// fraction).
[[nodiscard]] double beta_cdf(double a, double b, double x);
/// The x with beta_cdf(a, b, x) = p, for 0 < p < 1.
[[nodiscard]] double beta_quantile(double a, double b, double p);

/// The t with P(T <= t) = p for Student's T, degrees of freedom > 0 (need not be whole). Source:
/// DLMF 8.17 with x = v / (v + t^2).
[[nodiscard]] double student_quantile(double degrees_of_freedom, double p);

}  // namespace vigie::past
