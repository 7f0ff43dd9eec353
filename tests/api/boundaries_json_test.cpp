#include "api/boundaries_json.h"

#include <doctest/doctest.h>

#include <boost/json.hpp>

using namespace vigie;
using namespace vigie::api;

namespace {

Ring square(double west, double south, double side) {
    return {{west, south}, {west + side, south}, {west + side, south + side}, {west, south + side}};
}

double turn(const boost::json::array& ring) {
    double area = 0.0;
    for (std::size_t i = 0; i + 1 < ring.size(); ++i) {
        const auto at = [&](std::size_t j, std::size_t k) {
            return ring[j].as_array()[k].to_number<double>();
        };
        area += at(i, 0) * at(i + 1, 1) - at(i + 1, 0) * at(i, 1);
    }
    return area;
}

}  // namespace

TEST_CASE(
    "rings become polygons: outer ones anticlockwise, holes clockwise, an island in a hole its own "
    "polygon") {
    OutlineLayer layer;
    layer.key = "essai";
    layer.shapes.push_back(
        {"1", "Île", {square(0, 0, 10), square(2, 2, 6), square(4, 4, 1), square(20, 0, 1)}});
    const auto document = boost::json::parse(outline_geojson(layer));
    const auto& feature = document.at("features").as_array().at(0);
    CHECK(feature.at("properties").at("name").as_string() == "Île");
    const auto& polygons = feature.at("geometry").at("coordinates").as_array();
    REQUIRE(polygons.size() == 3);
    CHECK(polygons[0].as_array().size() == 2);
    CHECK(polygons[1].as_array().size() == 1);
    CHECK(polygons[2].as_array().size() == 1);
    for (const auto& polygon : polygons) {
        for (std::size_t i = 0; i < polygon.as_array().size(); ++i) {
            const auto& ring = polygon.as_array()[i].as_array();
            CHECK(ring.front() == ring.back());
            CHECK(ring.size() == 5);
            CHECK((turn(ring) > 0) == (i == 0));
        }
    }
}

TEST_CASE("districts carry their number, code and name; those without rings are left out") {
    City city;
    city.districts.resize(2);
    city.districts[0].id = DistrictId{0};
    city.districts[1].id = DistrictId{1};
    city.districts[1].code = "13201";
    city.districts[1].name = "1er";
    city.districts[1].rings = {square(5, 43, 0.1)};
    const auto document = boost::json::parse(districts_geojson(city));
    const auto& features = document.at("features").as_array();
    REQUIRE(features.size() == 1);
    CHECK(features[0].at("id").as_int64() == 1);
    CHECK(features[0].at("properties").at("code").as_string() == "13201");
}
