// The box of all rings is cut in rows and columns. A cell that no edge touches answers at once: it
// lies whole in one district or in none. A cell that edges touch asks the crossings test for the
// few districts those edges belong to, over the edges of the cell's row only.
//
// Every edge is kept lower end first, whichever ring it came from, and both neighbours of a shared
// border compute its crossing from the same numbers: a point near the border is on one side for
// both, so it lies in exactly one of them, to the last bit.
#include "city/place/district_index.h"

#include <algorithm>
#include <cmath>
#include <numbers>
#include <vector>

namespace vigie {
namespace {

constexpr double metres_per_degree = 111'195.0;  // of latitude, mean sphere
constexpr double radians_per_degree = std::numbers::pi / 180.0;
constexpr std::size_t side_min = 8;
constexpr std::size_t side_max = 512;  // 262,144 cells: 2 MB, more would not fit the cache

/// Upwards: low.lat <= high.lat.
struct Edge {
    LonLat low;
    LonLat high;
    std::uint16_t district = 0;
};

bool spans(const Edge& edge, double lat_deg) {
    return edge.low.lat_deg <= lat_deg && lat_deg < edge.high.lat_deg;
}

double lon_at(const Edge& edge, double lat_deg) {
    const double share = (lat_deg - edge.low.lat_deg) / (edge.high.lat_deg - edge.low.lat_deg);
    return edge.low.lon_deg + share * (edge.high.lon_deg - edge.low.lon_deg);
}

std::vector<Edge> edges_of(std::span<const District> districts) {
    std::vector<Edge> edges;
    for (const District& district : districts) {
        for (const Ring& ring : district.rings) {
            for (std::size_t i = 0; i < ring.size(); ++i) {
                LonLat a = ring[i];
                LonLat b = ring[i + 1 == ring.size() ? 0 : i + 1];
                if (b.lat_deg < a.lat_deg) {
                    std::swap(a, b);
                }
                edges.push_back(Edge{a, b, district.id.raw()});
            }
        }
    }
    return edges;
}

/// Metres around a point: good enough within a few kilometres of it.
struct Local {
    LonLat origin;
    double metres_per_lon_degree = 0.0;

    explicit Local(LonLat p)
        : origin(p),
          metres_per_lon_degree(metres_per_degree * std::cos(p.lat_deg * radians_per_degree)) {}

    [[nodiscard]] double distance_m(const Edge& edge) const {
        const double ax = (edge.low.lon_deg - origin.lon_deg) * metres_per_lon_degree;
        const double ay = (edge.low.lat_deg - origin.lat_deg) * metres_per_degree;
        const double dx = (edge.high.lon_deg - edge.low.lon_deg) * metres_per_lon_degree;
        const double dy = (edge.high.lat_deg - edge.low.lat_deg) * metres_per_degree;
        const double length2 = dx * dx + dy * dy;
        const double along =
            length2 > 0.0 ? std::clamp(-(ax * dx + ay * dy) / length2, 0.0, 1.0) : 0.0;
        return std::hypot(ax + along * dx, ay + along * dy);
    }
};

/// Lists of small numbers, one list a cell, in two arrays.
struct Lists {
    std::vector<std::uint32_t> start;  // one more than there are lists
    std::vector<std::uint32_t> values;

    [[nodiscard]] std::span<const std::uint32_t> of(std::size_t list) const {
        return std::span(values).subspan(start[list], start[list + 1] - start[list]);
    }
};

Lists pack_lists(const std::vector<std::vector<std::uint32_t>>& lists) {
    Lists packed;
    packed.start.reserve(lists.size() + 1);
    packed.start.push_back(0);
    for (const auto& list : lists) {
        packed.values.insert(packed.values.end(), list.begin(), list.end());
        packed.start.push_back(static_cast<std::uint32_t>(packed.values.size()));
    }
    return packed;
}

}  // namespace

struct DistrictIndex::Grid {
    BoxDeg box;
    std::size_t side = side_min;
    double rows_per_degree = 0.0;
    double columns_per_degree = 0.0;
    std::vector<Edge> edges;  // ordered by district
    Lists row_edges;          // by row: edges whose latitudes touch it, ordered by district
    Lists cell_edges;         // by cell: edges that touch it, ordered by district
    std::vector<std::uint16_t>
        whole;  // by cell: lowest district that holds all of it, or no_district

    explicit Grid(std::span<const District> districts) : edges(edges_of(districts)) {
        if (edges.empty()) {
            return;
        }
        measure();
        list_edges();
        fill_whole_cells();
    }

    void measure() {
        box = BoxDeg{HUGE_VAL, HUGE_VAL, -HUGE_VAL, -HUGE_VAL};
        for (const Edge& edge : edges) {
            box.west = std::min({box.west, edge.low.lon_deg, edge.high.lon_deg});
            box.east = std::max({box.east, edge.low.lon_deg, edge.high.lon_deg});
            box.south = std::min(box.south, edge.low.lat_deg);
            box.north = std::max(box.north, edge.high.lat_deg);
        }
        // About four cells an edge.
        const auto wanted =
            static_cast<std::size_t>(2.0 * std::sqrt(static_cast<double>(edges.size())));
        side = std::clamp(wanted, side_min, side_max);
        const auto per_degree = [this](double extent) {
            return extent > 0.0 ? static_cast<double>(side) / extent : 0.0;
        };
        rows_per_degree = per_degree(box.north - box.south);
        columns_per_degree = per_degree(box.east - box.west);
    }

    // What is no number falls in the first row or column, where nothing holds it.
    [[nodiscard]] std::size_t clamp_to_side(double position) const {
        return position > 0.0
                   ? static_cast<std::size_t>(std::min(position, static_cast<double>(side - 1)))
                   : 0;
    }
    // Both are monotone in their argument, so an edge's rows always cover the rows of its points.
    [[nodiscard]] std::size_t row_of(double lat_deg) const {
        return clamp_to_side((lat_deg - box.south) * rows_per_degree);
    }
    [[nodiscard]] std::size_t column_of(double lon_deg) const {
        return clamp_to_side((lon_deg - box.west) * columns_per_degree);
    }

    void list_edges() {
        std::vector<std::vector<std::uint32_t>> by_row(side);
        std::vector<std::vector<std::uint32_t>> by_cell(side * side);
        for (std::uint32_t i = 0; i < edges.size(); ++i) {
            const Edge& edge = edges[i];
            const std::size_t last_row = row_of(edge.high.lat_deg);
            for (std::size_t row = row_of(edge.low.lat_deg); row <= last_row; ++row) {
                by_row[row].push_back(i);
                const auto [first, last] = columns_in_row(edge, row);
                for (std::size_t column = first; column <= last; ++column) {
                    by_cell[row * side + column].push_back(i);
                }
            }
        }
        row_edges = pack_lists(by_row);
        cell_edges = pack_lists(by_cell);
    }

    /// The columns an edge touches inside a row, with a margin far above rounding and far below a
    /// cell.
    [[nodiscard]] std::pair<std::size_t, std::size_t> columns_in_row(const Edge& edge,
                                                                     std::size_t row) const {
        double a = edge.low.lon_deg;
        double b = edge.high.lon_deg;
        if (edge.high.lat_deg > edge.low.lat_deg && rows_per_degree > 0.0) {
            const double floor_lat = box.south + static_cast<double>(row) / rows_per_degree;
            const double ceiling_lat = box.south + static_cast<double>(row + 1) / rows_per_degree;
            a = lon_at(edge, std::clamp(floor_lat, edge.low.lat_deg, edge.high.lat_deg));
            b = lon_at(edge, std::clamp(ceiling_lat, edge.low.lat_deg, edge.high.lat_deg));
        }
        const double margin = 1e-6 * (box.east - box.west);
        return {column_of(std::min(a, b) - margin), column_of(std::max(a, b) + margin)};
    }

    void fill_whole_cells() {
        whole.assign(side * side, no_district.raw());
        for (std::size_t cell = 0; cell < side * side; ++cell) {
            const std::size_t column = cell % side;
            const std::size_t row = cell / side;
            const LonLat centre{
                box.west + (static_cast<double>(column) + 0.5) / or_one(columns_per_degree),
                box.south + (static_cast<double>(row) + 0.5) / or_one(rows_per_degree)};
            whole[cell] = lowest_whole(cell, centre);
        }
    }
    static double or_one(double per_degree) { return per_degree > 0.0 ? per_degree : 1.0; }

    /// The lowest district that holds `p` and has no edge in its cell.
    [[nodiscard]] std::uint16_t lowest_whole(std::size_t cell, LonLat p) const {
        const auto row = row_edges.of(cell / side);
        const auto touching = cell_edges.of(cell);
        for (std::size_t i = 0; i < row.size();) {
            const std::uint16_t district = edges[row[i]].district;
            const bool inside = run_holds(row, i, p);
            const bool touches =
                std::any_of(touching.begin(), touching.end(),
                            [&](std::uint32_t e) { return edges[e].district == district; });
            if (inside && !touches) {
                return district;
            }
        }
        return no_district.raw();
    }

    /// Crossings to the east of `p` over the run of one district's edges that starts at `i`; moves
    /// `i` past it.
    [[nodiscard]] bool run_holds(std::span<const std::uint32_t> row, std::size_t& i,
                                 LonLat p) const {
        const std::uint16_t district = edges[row[i]].district;
        bool inside = false;
        for (; i < row.size() && edges[row[i]].district == district; ++i) {
            const Edge& edge = edges[row[i]];
            if (spans(edge, p.lat_deg) && p.lon_deg < lon_at(edge, p.lat_deg)) {
                inside = !inside;
            }
        }
        return inside;
    }

    [[nodiscard]] bool holds(std::uint16_t district, std::size_t row_number, LonLat p) const {
        const auto row = row_edges.of(row_number);
        const auto first = std::lower_bound(
            row.begin(), row.end(), district,
            [this](std::uint32_t e, std::uint16_t d) { return edges[e].district < d; });
        auto i = static_cast<std::size_t>(first - row.begin());
        return i < row.size() && edges[row[i]].district == district && run_holds(row, i, p);
    }

    [[nodiscard]] std::uint16_t find(LonLat p) const {
        const bool in_box = p.lon_deg >= box.west && p.lon_deg <= box.east &&
                            p.lat_deg >= box.south && p.lat_deg <= box.north;
        if (edges.empty() || !in_box) {
            return no_district.raw();
        }
        const std::size_t row = row_of(p.lat_deg);
        const std::size_t cell = row * side + column_of(p.lon_deg);
        const std::uint16_t certain = whole[cell];
        std::uint32_t asked = no_district.raw() + 1U;
        for (const std::uint32_t e : cell_edges.of(cell)) {
            const std::uint16_t district = edges[e].district;
            if (district > certain) {
                break;
            }
            if (district != asked && holds(district, row, p)) {
                return district;
            }
            asked = district;
        }
        return certain;
    }

    [[nodiscard]] std::uint16_t nearest(LonLat p, double reach_m) const {
        const Local local(p);
        const double reach_lat = reach_m / metres_per_degree;
        const double reach_lon = reach_m / std::max(1.0, local.metres_per_lon_degree);
        std::uint16_t best = no_district.raw();
        double best_m = reach_m;
        if (p.lon_deg + reach_lon < box.west || p.lon_deg - reach_lon > box.east ||
            p.lat_deg + reach_lat < box.south || p.lat_deg - reach_lat > box.north) {
            return best;
        }
        const std::size_t last_row = row_of(p.lat_deg + reach_lat);
        const std::size_t last_column = column_of(p.lon_deg + reach_lon);
        for (std::size_t row = row_of(p.lat_deg - reach_lat); row <= last_row; ++row) {
            for (std::size_t column = column_of(p.lon_deg - reach_lon); column <= last_column;
                 ++column) {
                for (const std::uint32_t e : cell_edges.of(row * side + column)) {
                    const double distance_m = local.distance_m(edges[e]);
                    if (distance_m < best_m || (distance_m <= best_m && edges[e].district < best)) {
                        best_m = distance_m;
                        best = edges[e].district;
                    }
                }
            }
        }
        return best;
    }
};

DistrictIndex::DistrictIndex(std::span<const District> districts)
    : grid_(std::make_unique<const Grid>(districts)) {}
DistrictIndex::~DistrictIndex() = default;
DistrictIndex::DistrictIndex(DistrictIndex&&) noexcept = default;
DistrictIndex& DistrictIndex::operator=(DistrictIndex&&) noexcept = default;

DistrictId DistrictIndex::find(LonLat p) const {
    return DistrictId{grid_->find(p)};
}

DistrictId DistrictIndex::find_near(LonLat p, double reach_m) const {
    const std::uint16_t found = grid_->find(p);
    const bool searchable = found == no_district.raw() && !grid_->edges.empty() && reach_m >= 0.0;
    return DistrictId{searchable ? grid_->nearest(p, reach_m) : found};
}

}  // namespace vigie
