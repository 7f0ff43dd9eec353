// The real districts of Marseille, where the shared data folder is present.
#include <doctest/doctest.h>

#include <cmath>
#include <cstdlib>
#include <fstream>
#include <iostream>
#include <map>
#include <sstream>

#include "base/random.h"
#include "city/place/district_index.h"

using namespace vigie;

namespace {

std::string shared_file(const std::string& name) {
    const char* shared = std::getenv("VIGIE_SHARED");
    const std::string folder = shared != nullptr ? shared : VIGIE_SOURCE_DIR "/../shared";
    return folder + "/data/marseille/" + name;
}

std::string read_all(const std::string& path) {
    const std::ifstream file(path, std::ios::binary);
    std::ostringstream text;
    text << file.rdbuf();
    return file ? text.str() : std::string();
}

std::string text_after(std::string_view feature, std::string_view key) {
    const std::size_t at = feature.find(key);
    const std::size_t first = feature.find('"', at + key.size()) + 1;
    return std::string(feature.substr(first, feature.find('"', first) - first));
}

/// Innermost lists of pairs of one feature: enough JSON for this one file. Two brackets closed in a
/// row end a ring.
std::vector<Ring> rings_of(const std::string& feature) {
    std::vector<Ring> rings;
    bool ring_ended = true;
    int depth = 0;
    for (std::size_t i = feature.find('[', feature.find("\"coordinates\"")); i < feature.size();
         ++i) {
        const char c = feature[i];
        if (c == '[') {
            ++depth;
        } else if (c == ']') {
            ring_ended = ring_ended || feature[i - 1] == ']';
            if (--depth == 0) {
                break;
            }
        } else if (c != ',') {
            char* end = nullptr;
            const double lon = std::strtod(feature.data() + i, &end);
            const double lat = std::strtod(end + 1, &end);
            if (ring_ended) {
                rings.emplace_back();
                ring_ended = false;
            }
            rings.back().push_back({lon, lat});
            i = static_cast<std::size_t>(end - feature.data()) - 1;
        }
    }
    for (Ring& ring : rings) {
        ring.pop_back();  // GeoJSON repeats the first point
    }
    return rings;
}

std::map<std::string, std::vector<Ring>> features_of(const std::string& text) {
    std::map<std::string, std::vector<Ring>> features;
    constexpr std::string_view mark = "\"Feature\"";
    for (std::size_t at = text.find(mark); at != std::string::npos;) {
        const std::size_t next = text.find(mark, at + 1);
        const std::string feature = text.substr(at, next == std::string::npos ? next : next - at);
        features[text_after(feature, "\"code_qua\":")] = rings_of(feature);
        at = next;
    }
    return features;
}

}  // namespace

TEST_CASE("the 111 districts of Marseille hold their label and share no point") {
    const std::string text = read_all(shared_file("marseille_quartiers.geojson"));
    const std::string labels_text = read_all(shared_file("marseille_quartiers_labels.geojson"));
    if (text.empty() || labels_text.empty()) {
        std::cout << "SKIP: ../shared/data/marseille/marseille_quartiers.geojson not found\n";
        return;
    }
    std::vector<District> districts;
    double total_km2 = 0.0;
    for (const auto& [code, rings] : features_of(text)) {
        District made;
        made.id = DistrictId{static_cast<std::uint16_t>(districts.size())};
        made.code = code;
        made.rings = rings;
        made.area_km2 = area_km2(rings);
        CHECK(made.area_km2 > 0.05);
        total_km2 += made.area_km2;
        districts.push_back(made);
    }
    REQUIRE(districts.size() == 111);
    CHECK(std::fabs(total_km2 / 240.6 - 1.0) <
          0.02);  // the commune's official area; the outlines are simplified
    const DistrictIndex index(districts);

    std::size_t labels = 0;
    constexpr std::string_view mark = "\"Feature\"";
    for (std::size_t at = labels_text.find(mark); at != std::string::npos;
         at = labels_text.find(mark, at + 1)) {
        const std::string feature = labels_text.substr(at, 500);
        const std::size_t bracket = feature.find('[', feature.find("\"coordinates\""));
        char* end = nullptr;
        const double lon = std::strtod(feature.data() + bracket + 1, &end);
        const double lat = std::strtod(end + 1, &end);
        const DistrictId found = index.find({lon, lat});
        REQUIRE(found != no_district);
        CHECK(districts[found.raw()].code == text_after(feature, "\"code_qua\":"));
        ++labels;
    }
    CHECK(labels == 111);

    std::vector<DistrictIndex> alone;
    for (const District& one : districts) {
        alone.emplace_back(std::span(&one, 1));
    }
    Random random(99);
    int inside = 0;
    for (int i = 0; i < 20'000; ++i) {
        const LonLat p{5.22 + 0.32 * random.uniform(), 43.16 + 0.24 * random.uniform()};
        int holders = 0;
        for (const DistrictIndex& one : alone) {
            holders += one.find(p) != no_district ? 1 : 0;
        }
        REQUIRE(holders <= 1);
        REQUIRE((index.find(p) != no_district) == (holders == 1));
        inside += holders;
    }
    CHECK(inside > 6000);
}
