#include "intake/sources/geometry_file.h"

#include <doctest/doctest.h>

#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <set>

using namespace vigie;
using namespace vigie::intake;

namespace {

std::string error_of(std::string_view text) {
    const auto shapes = read_shapes_of_text(text, "essai");
    return shapes ? "" : shapes.error().message;
}

bool contains(const std::string& text, std::string_view part) {
    return text.find(part) != std::string::npos;
}

std::string marseille(const std::string& name) {
    const char* shared =
        std::getenv("VIGIE_SHARED");  // NOLINT(concurrency-mt-unsafe): tests are one thread
    const std::string folder = shared != nullptr ? shared : VIGIE_SOURCE_DIR "/../shared";
    return folder + "/data/marseille/" + name;
}

}  // namespace

TEST_CASE("a collection of features gives outlines with their properties") {
    const auto shapes = read_shapes_of_text(R"({"type":"FeatureCollection","features":[
        {"type":"Feature","properties":{"nom":"L'Estaque","n":1.50,"x":null,"b":true,"o":{"a":[1]}},
         "geometry":{"type":"Polygon","coordinates":[[[5,43],[6,43],[6,44],[5,43]],[[5.1,43.1],[5.2,43.1],[5.2,43.2],[5.1,43.1]]]}},
        {"type":"Feature","properties":null,
         "geometry":{"type":"MultiPolygon","coordinates":[[[[1,2],[3,4],[5,7]]],[[[1,2,9],[3,4,9],[5,6,9],[1,2,9]]]]}},
        {"type":"Feature","properties":{},"geometry":{"type":"Point","coordinates":[5.5,43.5]}}]})",
                                            "essai");
    REQUIRE(shapes);
    REQUIRE(shapes->size() == 3);
    const Shape& first = (*shapes)[0];
    CHECK(first.property("nom") == "L'Estaque");
    CHECK(first.property("x").empty());
    CHECK(first.property("b") == "true");
    CHECK(first.property("o") == R"({"a":[1]})");
    CHECK(first.property("absent").empty());
    CHECK(first.properties.size() == 5);
    REQUIRE(first.rings.size() == 2);
    CHECK(first.rings[0] == Ring{{5, 43}, {6, 43}, {6, 44}});
    CHECK((*shapes)[1].rings.size() == 2);
    CHECK((*shapes)[1].rings[0].size() == 3);
    CHECK((*shapes)[2].points == std::vector<LonLat>{{5.5, 43.5}});
}

TEST_CASE("a bare geometry and a collection of geometries are outlines too") {
    const auto bare = read_shapes_of_text(
        R"({"type":"Polygon","coordinates":[[[5,43],[6,43],[6,44]]]})", "essai");
    REQUIRE(bare);
    CHECK(bare->size() == 1);
    const auto many = read_shapes_of_text(
        R"({"type":"GeometryCollection","geometries":[{"type":"Polygon","coordinates":[[[5,43],[6,43],[6,44]]]},
            {"type":"Polygon","coordinates":[[[5,43],[6,43],[6,44]]]}]})",
        "essai");
    REQUIRE(many);
    CHECK(many->size() == 2);
}

TEST_CASE("what is no outline is refused in words, with its number") {
    CHECK(contains(error_of(""), "JSON"));
    CHECK(contains(error_of("{\"type\":"), "JSON"));
    CHECK(contains(error_of("[]"), "objet GeoJSON"));
    CHECK(contains(error_of(R"({"type":"Topology"})"), "coordinates"));
    CHECK(contains(error_of(R"({"type":"FeatureCollection","features":[1]})"), "élément 1"));
    CHECK(contains(error_of(R"({"type":"LineString","coordinates":[[1,2],[3,4]]})"), "inattendue"));
    CHECK(contains(error_of(R"({"type":"Polygon","coordinates":[[[1,2],[3,4],[1,2]]]})"),
                   "trois points"));
    CHECK(contains(error_of(R"({"type":"Polygon","coordinates":[[[892000,6247000],[3,4],[5,6]]]})"),
                   "WGS 84"));
    CHECK(contains(error_of(R"({"type":"Polygon","coordinates":[[["5",2],[3,4],[5,6]]]})"),
                   "deux nombres"));
    CHECK(contains(error_of(R"({"type":"Polygon","coordinates":[[5,2],[3,4],[5,6]]})"),
                   "profondeur"));
    std::string nested = R"({"type":"Polygon","coordinates":[[[5,43],[6,43],[6,44]]]})";
    for (int i = 0; i < 20; ++i) {
        nested = R"({"type":"GeometryCollection","geometries":[)" + nested + "]}";
    }
    CHECK(contains(error_of(nested), "imbriquée"));
}

TEST_CASE("the outlines of Marseille are all there") {
    if (!std::filesystem::exists(marseille("marseille_quartiers.geojson"))) {
        std::puts("SKIP: ../shared/data/marseille not found");
        return;
    }
    const auto quartiers = read_shapes(marseille("marseille_quartiers.geojson"));
    REQUIRE(quartiers);
    CHECK(quartiers->size() == 111);
    std::set<std::string_view> codes;
    for (const Shape& shape : *quartiers) {
        codes.insert(shape.property("code_qua"));
        CHECK_FALSE(shape.rings.empty());
    }
    CHECK(codes.size() == 111);
    CHECK(read_shapes(marseille("marseille_arrondissements.geojson"))->size() == 16);
    CHECK(read_shapes(marseille("marseille_commune.geojson"))->size() == 1);
    CHECK(read_shapes(marseille("bdr_communes.geojson"))->size() == 119);
    const auto labels = read_shapes(marseille("marseille_quartiers_labels.geojson"));
    REQUIRE(labels);
    CHECK(labels->size() == 111);
    CHECK(labels->front().points.size() == 1);
    CHECK_FALSE(read_shapes(marseille("marseille.topojson")));
}
