#include "city/place/district_index.h"

#include <doctest/doctest.h>

#include <cmath>
#include <cstdlib>
#include <fstream>
#include <iostream>
#include <sstream>

#include "base/random.h"

using namespace vigie;

namespace {

District district(std::uint16_t id, std::vector<Ring> rings) {
    District made;
    made.id = DistrictId{id};
    made.rings = std::move(rings);
    return made;
}

Ring square(double west, double south, double side) {
    return {{west, south}, {west + side, south}, {west + side, south + side}, {west, south + side}};
}

/// A partition of [0, n) x [0, n) into quadrilaterals with shaken corners; the sides stay straight.
std::vector<District> shaken_quilt(int n, std::uint64_t seed) {
    Random random(seed);
    std::vector<LonLat> corners;
    for (int row = 0; row <= n; ++row) {
        for (int column = 0; column <= n; ++column) {
            const bool inner_column = column > 0 && column < n;
            const bool inner_row = row > 0 && row < n;
            corners.push_back({column + (inner_column ? 0.6 * (random.uniform() - 0.5) : 0.0),
                               row + (inner_row ? 0.6 * (random.uniform() - 0.5) : 0.0)});
        }
    }
    std::vector<District> quilt;
    const auto corner = [&](int column, int row) {
        return corners[static_cast<std::size_t>(row * (n + 1) + column)];
    };
    for (int row = 0; row < n; ++row) {
        for (int column = 0; column < n; ++column) {
            Ring ring{corner(column, row), corner(column + 1, row), corner(column + 1, row + 1),
                      corner(column, row + 1)};
            if (random.uniform() < 0.5) {
                ring = Ring(ring.rbegin(), ring.rend());  // either direction of turn must do
            }
            quilt.push_back(district(static_cast<std::uint16_t>(row * n + column), {ring}));
        }
    }
    return quilt;
}

int holders(const std::vector<District>& districts, LonLat p) {
    int count = 0;
    for (const District& one : districts) {
        count += DistrictIndex(std::span(&one, 1)).find(p) == one.id ? 1 : 0;
    }
    return count;
}

}  // namespace

TEST_CASE("districts drawn in letters are found letter by letter") {
    const std::vector<std::string> drawing = {
        "AAAB.",
        "A.AB.",
        "AAABB",
        "CCCCB",
    };
    std::vector<District> districts;
    for (char letter = 'A'; letter <= 'C'; ++letter) {
        std::vector<Ring> rings;
        for (std::size_t row = 0; row < drawing.size(); ++row) {
            for (std::size_t column = 0; column < drawing[row].size(); ++column) {
                if (drawing[row][column] == letter) {
                    rings.push_back(
                        square(static_cast<double>(column), 3.0 - static_cast<double>(row), 1.0));
                }
            }
        }
        districts.push_back(district(static_cast<std::uint16_t>(letter - 'A'), rings));
    }
    const DistrictIndex index(districts);
    for (std::size_t row = 0; row < drawing.size(); ++row) {
        for (std::size_t column = 0; column < drawing[row].size(); ++column) {
            const char letter = drawing[row][column];
            const DistrictId expected =
                letter == '.' ? no_district : DistrictId{static_cast<std::uint16_t>(letter - 'A')};
            const LonLat middle{static_cast<double>(column) + 0.5, 3.5 - static_cast<double>(row)};
            CHECK(index.find(middle) == expected);
            // The west and south sides belong to the cell, the others to the neighbour.
            CHECK(index.find({static_cast<double>(column), 3.0 - static_cast<double>(row)}) ==
                  expected);
        }
    }
    CHECK(index.find({5.0, 1.0}) == no_district);
    CHECK(index.find({-0.001, 1.0}) == no_district);
    CHECK(index.find({NAN, 1.0}) == no_district);
}

TEST_CASE("a hole is not in its district, and an island in it is") {
    const std::vector<District> districts{
        district(0, {square(0, 0, 10), square(2, 2, 6), square(4, 4, 2)}),
        district(1, {square(2, 2, 6), square(4, 4, 2)}),
    };
    const DistrictIndex index(districts);
    CHECK(index.find({1, 1}) == DistrictId{0});
    CHECK(index.find({3, 3}) == DistrictId{1});
    CHECK(index.find({5, 5}) == DistrictId{0});
    CHECK(index.find({11, 5}) == no_district);
}

TEST_CASE("where polygons overlap the lowest id wins") {
    const std::vector<District> districts{district(3, {square(0, 0, 2)}),
                                          district(7, {square(1, 0, 2)})};
    const DistrictIndex index(districts);
    CHECK(index.find({0.5, 1}) == DistrictId{3});
    CHECK(index.find({1.5, 1}) == DistrictId{3});
    CHECK(index.find({2.5, 1}) == DistrictId{7});
}

TEST_CASE("every point of a partition lies in exactly one district, corners and borders included") {
    constexpr int n = 7;
    const std::vector<District> quilt = shaken_quilt(n, 17);
    const DistrictIndex index(quilt);
    Random random(23);
    for (int i = 0; i < 3000; ++i) {
        LonLat p{n * random.uniform(), n * random.uniform()};
        if (i % 3 == 1) {  // a corner
            p = quilt[random.below(quilt.size())].rings[0][random.below(4)];
        } else if (i % 3 == 2) {  // on a side, as nearly as doubles can say
            const Ring& ring = quilt[random.below(quilt.size())].rings[0];
            const std::size_t side = random.below(4);
            const double share = random.uniform();
            p = {std::lerp(ring[side].lon_deg, ring[(side + 1) % 4].lon_deg, share),
                 std::lerp(ring[side].lat_deg, ring[(side + 1) % 4].lat_deg, share)};
        }
        const bool in_square = p.lon_deg >= 0 && p.lon_deg < n && p.lat_deg >= 0 && p.lat_deg < n;
        REQUIRE(holders(quilt, p) == (in_square ? 1 : 0));
        REQUIRE((index.find(p) != no_district) == in_square);
    }
}

TEST_CASE("the index finds what a district alone says") {
    const std::vector<District> quilt = shaken_quilt(12, 5);
    const DistrictIndex index(quilt);
    Random random(2);
    for (int i = 0; i < 2000; ++i) {
        const LonLat p{14.0 * random.uniform() - 1.0, 14.0 * random.uniform() - 1.0};
        const DistrictId found = index.find(p);
        if (found == no_district) {
            REQUIRE(holders(quilt, p) == 0);
        } else {
            REQUIRE(DistrictIndex(std::span(&quilt[found.raw()], 1)).find(p) == found);
        }
    }
}

TEST_CASE("a point in the sea near the shore belongs to the nearest district within reach") {
    const std::vector<District> districts{district(0, {square(5.0, 43.0, 0.1)}),
                                          district(1, {square(5.1, 43.0, 0.1)})};
    const DistrictIndex index(districts);
    // 0.001 degree of longitude at 43 degrees north is 81.3 m.
    CHECK(index.find_near({5.201, 43.05}, 85.0) == DistrictId{1});
    CHECK(index.find_near({5.201, 43.05}, 78.0) == no_district);
    CHECK(index.find_near({4.999, 43.05}, 85.0) == DistrictId{0});
    CHECK(index.find_near({5.05, 42.999}, 112.0) == DistrictId{0});
    CHECK(index.find_near({5.05, 42.999}, 110.0) == no_district);
    CHECK(index.find_near({5.1, 42.999}, 200.0) ==
          DistrictId{0});  // as near to both: the lowest id
    CHECK(index.find_near({5.05, 43.05}, 0.0) == DistrictId{0});
    CHECK(index.find_near({20.0, 43.05}, 1000.0) == no_district);
    CHECK(index.find_near({NAN, 43.05}, 1000.0) == no_district);
    CHECK(index.find_near({5.05, NAN}, HUGE_VAL) == no_district);
    CHECK(DistrictIndex({}).find_near({5.0, 43.0}, 1e6) == no_district);
    CHECK(DistrictIndex({}).find({5.0, 43.0}) == no_district);
}
