// Where: a WGS 84 position, a point in the city's metric projection, and the square cells laid on it.
//
// Cells are squares of the city's own projection (Marseille: Lambert-93), aligned on multiples of their
// size, so a cell of 200 m is exactly four cells of 100 m. The finest cell kept anywhere is 100 m: a fact
// is never shown at a dwelling.
#pragma once

#include <compare>
#include <cstdint>

#include "base/strong.h"

namespace vigie {

/// WGS 84 degrees.
struct LonLat {
    double lon_deg = 0.0;
    double lat_deg = 0.0;
    friend bool operator==(const LonLat&, const LonLat&) = default;
};

/// Metres in the city's projection, rounded down. Valid range: +-20,000 km.
struct PointM {
    std::int32_t x_m = 0;
    std::int32_t y_m = 0;
    friend auto operator<=>(const PointM&, const PointM&) = default;
};

/// Half-open box [min, max) in metres of the city's projection.
struct BoxM {
    PointM min;
    PointM max;
    friend bool operator==(const BoxM&, const BoxM&) = default;
};

/// Half-open box in degrees. `west` < `east`: no city of ours crosses the antimeridian.
struct BoxDeg {
    double west = 0.0;
    double south = 0.0;
    double east = 0.0;
    double north = 0.0;
    [[nodiscard]] bool contains(LonLat p) const {
        return p.lon_deg >= west && p.lon_deg < east && p.lat_deg >= south && p.lat_deg < north;
    }
};

/// Side of the finest cell, in metres. Every larger cell size is a multiple of it.
inline constexpr std::int32_t finest_cell_m = 100;
/// Side of the coarsest cell a screen may ask for, in metres.
inline constexpr std::int32_t coarsest_cell_m = 10'000;

/// A cell of some stated size: column and row, floor(x / size) and floor(y / size).
struct Cell {
    std::int32_t column = 0;
    std::int32_t row = 0;
    friend auto operator<=>(const Cell&, const Cell&) = default;
};

/// The cell of `size_m` metres that holds `p`. size_m > 0.
[[nodiscard]] constexpr Cell cell_of(PointM p, std::int32_t size_m) {
    const auto floor_div = [](std::int32_t a, std::int32_t b) {
        const std::int32_t q = a / b;
        return (a % b != 0 && a < 0) ? q - 1 : q;
    };
    return Cell{floor_div(p.x_m, size_m), floor_div(p.y_m, size_m)};
}

/// A cell in one integer, for keys: column in the high half, row in the low half. Order is by column, then row.
[[nodiscard]] constexpr std::int64_t pack(Cell cell) {
    return (static_cast<std::int64_t>(cell.column) << 32) |
           static_cast<std::int64_t>(static_cast<std::uint32_t>(cell.row));
}
[[nodiscard]] constexpr Cell unpack_cell(std::int64_t key) {
    return Cell{static_cast<std::int32_t>(key >> 32),
                static_cast<std::int32_t>(static_cast<std::uint32_t>(key))};
}
/// The key of facts that have no position.
inline constexpr std::int64_t no_cell_key = INT64_MIN;

/// A district, or the commune a fact is known to be in, as an index into `City::districts`.
using DistrictId = Strong<std::uint16_t, struct DistrictTag>;
/// The fact lies in no known district (or the city has none).
inline constexpr DistrictId no_district{0xffff};

}  // namespace vigie
