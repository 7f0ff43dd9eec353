// A small city and taxonomy, with every field set to something that would be missed.
#pragma once

#include <doctest/doctest.h>
#include <xxhash.h>

#include <cstring>
#include <vector>

#include "city/city.h"
#include "city/event/taxonomy.h"

namespace vigie::test {

inline City sample_city() {
    City city;
    city.key = "essai";
    city.name = "Essai-sur-Mer";
    city.zone = "Europe/Paris";
    city.epsg = 2154;
    city.box = BoxDeg{5.2, 43.1, 5.6, 43.5};
    city.centre = LonLat{5.37, 43.296};
    city.districts_are_a_partition = true;
    city.synthetic = true;
    city.attributions = {"© les contributeurs", ""};
    const Ring square{{5.3, 43.2}, {5.4, 43.2}, {5.4, 43.3}, {5.3, 43.3}};
    city.districts.resize(2);
    city.districts[0] = District{DistrictId{0}, "1301", "Le Port", "1er", {square, square}, {5.35, 43.25}, 12.5, 1234U};
    city.districts[1] = District{DistrictId{1}, "1302", "La Gare", "", {}, {5.45, 43.35}, 0.0, std::nullopt};
    city.outlines.push_back(OutlineLayer{"outline", "IGN", {{"c", "contour", {square}}, {"d", "", {}}}});
    return city;
}

inline Taxonomy sample_taxonomy() {
    Taxonomy taxonomy;
    taxonomy.name = "essai";
    taxonomy.themes = {{"noise", "Bruit", "Noise"}, {"other", "Autre", "Other"}};
    taxonomy.categories = {{CategoryId{0}, "unmapped", "other", "Non classé", "Unmapped", Severity{0}},
                           {CategoryId{1}, "music", "noise", "Musique", "Music", Severity{2}}};
    return taxonomy;
}

inline void check_same(const std::vector<Ring>& a, const std::vector<Ring>& b) { CHECK(a == b); }

inline void check_same(const City& a, const City& b) {
    CHECK(a.key == b.key);
    CHECK(a.name == b.name);
    CHECK(a.zone == b.zone);
    CHECK(a.epsg == b.epsg);
    CHECK(a.box.west == b.box.west);
    CHECK(a.box.south == b.box.south);
    CHECK(a.box.east == b.box.east);
    CHECK(a.box.north == b.box.north);
    CHECK(a.centre == b.centre);
    CHECK(a.districts_are_a_partition == b.districts_are_a_partition);
    CHECK(a.synthetic == b.synthetic);
    CHECK(a.attributions == b.attributions);
    REQUIRE(a.districts.size() == b.districts.size());
    for (std::size_t i = 0; i < a.districts.size(); ++i) {
        const District& x = a.districts[i];
        const District& y = b.districts[i];
        CHECK(x.id == y.id);
        CHECK(x.code == y.code);
        CHECK(x.name == y.name);
        CHECK(x.parent == y.parent);
        check_same(x.rings, y.rings);
        CHECK(x.label == y.label);
        CHECK(x.area_km2 == y.area_km2);
        CHECK(x.residents == y.residents);
    }
    REQUIRE(a.outlines.size() == b.outlines.size());
    for (std::size_t i = 0; i < a.outlines.size(); ++i) {
        CHECK(a.outlines[i].key == b.outlines[i].key);
        CHECK(a.outlines[i].attribution == b.outlines[i].attribution);
        REQUIRE(a.outlines[i].shapes.size() == b.outlines[i].shapes.size());
        for (std::size_t j = 0; j < a.outlines[i].shapes.size(); ++j) {
            CHECK(a.outlines[i].shapes[j].code == b.outlines[i].shapes[j].code);
            CHECK(a.outlines[i].shapes[j].name == b.outlines[i].shapes[j].name);
            check_same(a.outlines[i].shapes[j].rings, b.outlines[i].shapes[j].rings);
        }
    }
}

inline void check_same(const Taxonomy& a, const Taxonomy& b) {
    CHECK(a.name == b.name);
    REQUIRE(a.themes.size() == b.themes.size());
    for (std::size_t i = 0; i < a.themes.size(); ++i) {
        CHECK(a.themes[i].key == b.themes[i].key);
        CHECK(a.themes[i].label_fr == b.themes[i].label_fr);
        CHECK(a.themes[i].label_en == b.themes[i].label_en);
    }
    REQUIRE(a.categories.size() == b.categories.size());
    for (std::size_t i = 0; i < a.categories.size(); ++i) {
        CHECK(a.categories[i].id == b.categories[i].id);
        CHECK(a.categories[i].key == b.categories[i].key);
        CHECK(a.categories[i].theme == b.categories[i].theme);
        CHECK(a.categories[i].label_fr == b.categories[i].label_fr);
        CHECK(a.categories[i].label_en == b.categories[i].label_en);
        CHECK(a.categories[i].usual_severity == b.categories[i].usual_severity);
    }
}

/// Puts the right checksum at the end of bytes that were changed.
inline void seal(std::vector<std::uint8_t>& bytes) {
    const std::uint64_t sum = XXH3_64bits(bytes.data(), bytes.size() - 8);
    std::memcpy(bytes.data() + bytes.size() - 8, &sum, 8);
}

}  // namespace vigie::test
