#include <doctest/doctest.h>

#include <filesystem>

#include "city/place/district_index.h"
#include "intake/import.h"
#include "scratch_folder.h"

using namespace vigie;
using namespace vigie::intake;

namespace {

const std::string small_city = R"(key = "essai"
name = "Essai"
zone = "Europe/Paris"
epsg = 2154
box = { west = 5.2, south = 43.1, east = 5.6, north = 43.4 }
centre = { lon = 5.37, lat = 43.3 }
)";

std::string refusal(const std::string& toml) {
    const ScratchFolder folder("city_refusal");
    std::vector<std::string> warnings;
    const auto city = load_city(folder.write("essai.toml", toml), warnings);
    REQUIRE_FALSE(city.has_value());
    return city.error().message;
}

std::string with(std::string text, const std::string& from, const std::string& to) {
    const auto at = text.find(from);
    REQUIRE(at != std::string::npos);
    return text.replace(at, from.size(), to);
}

bool contains(const std::string& text, std::string_view part) {
    INFO(text);
    CHECK(text.find(part) != std::string::npos);
    return text.find(part) != std::string::npos;
}

}  // namespace

TEST_CASE("Marseille has its districts, each with its name, its arrondissement and a point inside it") {
    std::vector<std::string> warnings;
    const auto city = load_city(VIGIE_SOURCE_DIR "/config/cities/marseille.toml", warnings);
    REQUIRE(city.has_value());
    CHECK(warnings.empty());
    CHECK(city->epsg == 2154);
    REQUIRE(city->districts.size() == 111);
    CHECK(city->districts_are_a_partition);
    CHECK_FALSE(city->synthetic);
    CHECK(city->districts[0].name == "Belsunce");
    CHECK(city->districts[0].parent == "1er arrondissement");
    REQUIRE(city->outlines.size() == 2);
    CHECK(city->outlines[0].shapes.size() == 16);
    CHECK(city->outlines[1].shapes.size() == 1);
    const DistrictIndex index(city->districts);
    double area = 0.0;
    for (const District& district : city->districts) {
        INFO(district.name);
        CHECK(index.find(district.label) == district.id);
        CHECK(city->box.contains(district.label));
        area += district.area_km2;
    }
    CHECK(area == doctest::Approx(240.6).epsilon(0.03));  // INSEE: 240.62 km2; the outlines are simplified
}

TEST_CASE("every city that is shipped can be read; the synthetic one says so") {
    std::size_t count = 0;
    for (const auto& entry : std::filesystem::directory_iterator(VIGIE_SOURCE_DIR "/config/cities")) {
        std::vector<std::string> warnings;
        const auto city = load_city(entry.path().string(), warnings);
        INFO(entry.path().string());
        if (!city) {
            FAIL_CHECK(city.error().message);
            continue;
        }
        CHECK(city->synthetic == (city->key == "marseille_synthetic"));
        ++count;
    }
    CHECK(count >= 7);
}

TEST_CASE("a city without outlines has a box and no districts; an optional file may be absent") {
    const ScratchFolder folder("city_plain");
    std::vector<std::string> warnings;
    const auto plain = load_city(folder.write("essai.toml", small_city), warnings);
    REQUIRE(plain.has_value());
    CHECK(plain->districts.empty());
    CHECK_FALSE(plain->districts_are_a_partition);
    const std::string districts = "[districts]\nfile = \"d.geojson\"\ncode = \"c\"\n";
    const auto optional = load_city(folder.write("essai2.toml", small_city + districts + "optional = true\n"), warnings);
    REQUIRE(optional.has_value());
    REQUIRE(warnings.size() == 1);
    CHECK(warnings[0].find("« d.geojson » est absent") != std::string::npos);
    CHECK_FALSE(load_city(folder.write("essai3.toml", small_city + districts), warnings).has_value());
}

TEST_CASE("districts without labels get a point inside; residents come from a file") {
    const ScratchFolder folder("city_districts");
    folder.write("d.geojson", R"({"type":"FeatureCollection","features":[
      {"type":"Feature","properties":{"c":"A","n":"Nord"},"geometry":{"type":"Polygon","coordinates":[[[5.3,43.3],[5.4,43.3],[5.4,43.35],[5.3,43.35],[5.3,43.3]]]}},
      {"type":"Feature","properties":{"c":"B","n":"Sud"},"geometry":{"type":"Polygon","coordinates":[[[5.3,43.2],[5.4,43.2],[5.4,43.3],[5.3,43.3],[5.3,43.2]]]}}]})");
    std::vector<std::string> warnings;
    auto city = load_city(folder.write("essai.toml", small_city + "[districts]\nfile = \"d.geojson\"\ncode = \"c\"\nname = \"n\"\nparent_name = \"Tout\"\n"), warnings);
    REQUIRE(city.has_value());
    CHECK(city->districts[1].label.lat_deg == doctest::Approx(43.25));
    CHECK(city->districts[1].parent == "Tout");
    CHECK(city->districts[0].area_km2 == doctest::Approx(45.0).epsilon(0.02));
    const auto given = load_population(folder.write("p.csv", "code,residents\nA,1200\nZ,5\n"), *city);
    REQUIRE(given.has_value());
    CHECK(*given == 1);
    CHECK(city->districts[0].residents == 1200);
    CHECK_FALSE(city->districts[1].residents.has_value());
    contains(load_population(folder.write("q.csv", "code,residents\nA,beaucoup\n"), *city).error().message, "ligne 2");
    contains(load_population(folder.write("q.csv", "code,residents\nA,1\nA,2\n"), *city).error().message, "ligne 3");
    contains(load_population(folder.write("q.csv", "code;habitants\nA;1\n"), *city).error().message, "residents");
    CHECK(city->districts[0].residents == 1200);
    contains(refusal(small_city + "[districts]\nfile = \"d.geojson\"\ncode = \"c\"\nnam = \"n\"\n"), "vouliez-vous dire « name »");
}

TEST_CASE("a city that makes no sense is refused with its line") {
    contains(refusal(with(small_city, "epsg = 2154", "epsg = 4326")), "epsg");
    contains(refusal(with(small_city, "epsg = 2154", "epsg = 2913")), "mètres");
    contains(refusal(with(small_city, "epsg = 2154", "")), "« epsg » manque");
    contains(refusal(with(small_city, "Europe/Paris", "Europe/Pariss")), "fuseau IANA");
    contains(refusal(with(small_city, "west = 5.2", "west = 5.7")), "box");
    contains(refusal(with(small_city, "lon = 5.37", "lon = 7.37")), "centre");
    contains(refusal(with(small_city, "zone", "zonne")), "« zone » manque");
    contains(refusal(small_city + "color = 1\n"), "clé inconnue « color »");
}
