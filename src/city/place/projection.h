// Between degrees and metres. The only file that knows PROJ.
#pragma once

#include <memory>
#include <span>
#include <vector>

#include "base/result.h"
#include "city/place/lon_lat.h"

namespace vigie {

/// A projection and back. Not for use by two threads at once: copy-open one per thread.
class Projection {
  public:
    /// From `epsg` to WGS 84 and back, always in (x east, y north) and (lon, lat) order whatever the authority says.
    /// Errors: not_found for an unknown code, invalid_input for one without a known transformation.
    [[nodiscard]] static Result<Projection> open(int epsg);
    Projection(Projection&&) noexcept;
    Projection& operator=(Projection&&) noexcept;
    ~Projection();

    /// Metres (or the projection's own unit, e.g. feet) of a position. Errors: invalid_input outside the projection's domain.
    struct Planar {
        double x = 0.0;
        double y = 0.0;
    };
    [[nodiscard]] Result<Planar> forward(LonLat p) const;
    [[nodiscard]] Result<LonLat> inverse(Planar p) const;
    /// Many at once: in place, (x = lon, y = lat) to planar. A point that can not be projected becomes (HUGE_VAL, HUGE_VAL).
    void forward_all(std::span<Planar> points) const;
    void inverse_all(std::span<Planar> points) const;

  private:
    struct Handle;
    explicit Projection(std::unique_ptr<Handle> handle);
    std::unique_ptr<Handle> handle_;
};

/// A polynomial that turns metres into degrees over a box, so that a browser can draw cells without a projection library.
/// With u = (x - x0) / scale and v = (y - y0) / scale, lon = sum c[k] u^i v^j over i + j <= degree, k counting
/// (0,0) (1,0) (0,1) (2,0) (1,1) (0,2) ...
struct GridPolynomial {
    double x0 = 0.0;
    double y0 = 0.0;
    double scale = 1.0;
    int degree = 1;
    std::vector<double> lon;
    std::vector<double> lat;
    double max_error_m = 0.0;  ///< largest error seen on a check grid that was not fitted
};

/// Fits the lowest degree in 1..9 whose error is below `wanted_error_m`, or degree 9 with its error stated.
[[nodiscard]] Result<GridPolynomial> fit_grid_polynomial(const Projection& projection, BoxDeg box, double wanted_error_m);

}  // namespace vigie
