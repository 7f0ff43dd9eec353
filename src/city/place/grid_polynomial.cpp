// The fit is a linear least-squares problem of at most 55 unknowns. Nodes are those of Chebyshev,
// denser near the borders, which keeps the error even over the box; the solution is by Householder
// reflections, because normal equations would square a condition number that degree 9 already makes
// large. Source: Golub & Van Loan 2013, "Matrix Computations", 4th ed., algorithms 5.1.1 and 5.2.1.
#include <array>
#include <cmath>
#include <numbers>
#include <numeric>

#include "base/assert.h"
#include "city/place/projection.h"

namespace vigie {
namespace {

constexpr int degree_max = 9;
constexpr int nodes_per_side = 24;
constexpr int checks_per_side = 33;   // odd and not the nodes: borders and centre are checked
constexpr int outline_per_side = 17;  // samples of the box that find its bounds in the plane
constexpr double metres_per_degree = 111'320.0;
constexpr double radians_per_degree = std::numbers::pi / 180.0;

using Planar = Projection::Planar;

struct Sample {
    double u = 0.0;
    double v = 0.0;
    LonLat position;
};

/// The square of the plane that holds the box.
struct Frame {
    double x0 = 0.0;
    double y0 = 0.0;
    double half_width = 0.0;
    double half_height = 0.0;
    [[nodiscard]] double scale() const { return std::fmax(half_width, half_height); }
};

Result<Frame> frame_of(const Projection& projection, BoxDeg box) {
    Planar low{HUGE_VAL, HUGE_VAL};
    Planar high{-HUGE_VAL, -HUGE_VAL};
    for (int i = 0; i < outline_per_side * outline_per_side; ++i) {
        const int column = i % outline_per_side;
        const int row = i / outline_per_side;
        const double across = static_cast<double>(column) / (outline_per_side - 1);
        const double up = static_cast<double>(row) / (outline_per_side - 1);
        const LonLat p{std::lerp(box.west, box.east, across), std::lerp(box.south, box.north, up)};
        const Planar planar = TRY(projection.forward(p));
        low = {std::fmin(low.x, planar.x), std::fmin(low.y, planar.y)};
        high = {std::fmax(high.x, planar.x), std::fmax(high.y, planar.y)};
    }
    return Frame{std::midpoint(low.x, high.x), std::midpoint(low.y, high.y), (high.x - low.x) / 2.0,
                 (high.y - low.y) / 2.0};
}

/// across, up: in -1..1 over the frame.
Result<Sample> sample_at(const Projection& projection, const Frame& frame, double across,
                         double up) {
    const double dx = across * frame.half_width;
    const double dy = up * frame.half_height;
    const LonLat position = TRY(projection.inverse(Planar{frame.x0 + dx, frame.y0 + dy}));
    return Sample{dx / frame.scale(), dy / frame.scale(), position};
}

template <class Node>
Result<std::vector<Sample>> sample_square(const Projection& projection, const Frame& frame,
                                          int per_side, Node node) {
    std::vector<Sample> samples;
    for (int row = 0; row < per_side; ++row) {
        for (int column = 0; column < per_side; ++column) {
            samples.push_back(TRY(sample_at(projection, frame, node(column), node(row))));
        }
    }
    return samples;
}

constexpr std::size_t terms_of(int degree) {
    return static_cast<std::size_t>((degree + 1) * (degree + 2) / 2);
}

/// u^i v^j in the order of GridPolynomial: total degree, then rising powers of v.
std::vector<double> monomials(double u, double v, int degree) {
    std::vector<double> terms;
    terms.reserve(terms_of(degree));
    for (int total = 0; total <= degree; ++total) {
        for (int j = 0; j <= total; ++j) {
            terms.push_back(std::pow(u, total - j) * std::pow(v, j));
        }
    }
    return terms;
}

/// Least squares with two right-hand sides, all held by columns.
struct System {
    std::vector<std::vector<double>> columns;  // terms x samples
    std::array<std::vector<double>, 2> right;  // lon, lat
};

double dot_from(const std::vector<double>& a, const std::vector<double>& b, std::size_t first) {
    double sum = 0.0;
    for (std::size_t i = first; i < a.size(); ++i) {
        sum += a[i] * b[i];
    }
    return sum;
}

void reflect(std::vector<double>& target, const std::vector<double>& mirror, std::size_t first,
             double beta) {
    const double amount = beta * dot_from(mirror, target, first);
    for (std::size_t i = first; i < target.size(); ++i) {
        target[i] -= amount * mirror[i];
    }
}

/// Turns the columns into an upper triangle and the right-hand sides with them.
void triangulate(System& system) {
    for (std::size_t k = 0; k < system.columns.size(); ++k) {
        std::vector<double> mirror = system.columns[k];
        const double norm = std::sqrt(dot_from(mirror, mirror, k));
        mirror[k] += std::copysign(norm, mirror[k]);
        const double beta = 2.0 / dot_from(mirror, mirror, k);
        for (std::size_t column = k; column < system.columns.size(); ++column) {
            reflect(system.columns[column], mirror, k, beta);
        }
        for (auto& side : system.right) {
            reflect(side, mirror, k, beta);
        }
    }
}

std::vector<double> back_substitute(const System& system, const std::vector<double>& side) {
    std::vector<double> solution(system.columns.size());
    for (std::size_t k = solution.size(); k-- > 0;) {
        double rest = side[k];
        for (std::size_t column = k + 1; column < solution.size(); ++column) {
            rest -= system.columns[column][k] * solution[column];
        }
        solution[k] = rest / system.columns[k][k];
    }
    return solution;
}

GridPolynomial fit_degree(const std::vector<Sample>& samples, const Frame& frame, int degree) {
    System system;
    system.columns.assign(terms_of(degree), {});
    for (const Sample& sample : samples) {
        const std::vector<double> terms = monomials(sample.u, sample.v, degree);
        for (std::size_t k = 0; k < terms.size(); ++k) {
            system.columns[k].push_back(terms[k]);
        }
        system.right[0].push_back(sample.position.lon_deg);
        system.right[1].push_back(sample.position.lat_deg);
    }
    triangulate(system);
    GridPolynomial polynomial{frame.x0, frame.y0, frame.scale(), degree, {}, {}, 0.0};
    polynomial.lon = back_substitute(system, system.right[0]);
    polynomial.lat = back_substitute(system, system.right[1]);
    return polynomial;
}

double largest_error_m(const GridPolynomial& polynomial, const std::vector<Sample>& checks) {
    double worst = 0.0;
    for (const Sample& check : checks) {
        const std::vector<double> terms = monomials(check.u, check.v, polynomial.degree);
        const double east_m = (dot_from(terms, polynomial.lon, 0) - check.position.lon_deg) *
                              metres_per_degree *
                              std::cos(check.position.lat_deg * radians_per_degree);
        const double north_m =
            (dot_from(terms, polynomial.lat, 0) - check.position.lat_deg) * metres_per_degree;
        worst = std::fmax(worst, std::hypot(east_m, north_m));
    }
    return worst;
}

}  // namespace

Result<GridPolynomial> fit_grid_polynomial(const Projection& projection, BoxDeg box,
                                           double wanted_error_m) {
    if (!(box.west < box.east) || !(box.south < box.north)) {
        return fail(ErrorCode::invalid_input, "boîte vide (attendu : ouest < est et sud < nord)");
    }
    const Frame frame = TRY(frame_of(projection, box));
    const auto samples = TRY(sample_square(projection, frame, nodes_per_side, [](int i) {
        return std::cos(std::numbers::pi * (2 * i + 1) / (2 * nodes_per_side));
    }));
    const auto checks = TRY(sample_square(projection, frame, checks_per_side, [](int i) {
        return 2.0 * i / (checks_per_side - 1) - 1.0;
    }));
    GridPolynomial polynomial;
    for (int degree = 1; degree <= degree_max; ++degree) {
        polynomial = fit_degree(samples, frame, degree);
        polynomial.max_error_m = largest_error_m(polynomial, checks);
        if (polynomial.max_error_m < wanted_error_m) {
            break;
        }
    }
    return polynomial;
}

}  // namespace vigie
