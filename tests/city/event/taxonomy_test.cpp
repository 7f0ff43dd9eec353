#include "city/event/taxonomy.h"

#include <doctest/doctest.h>

TEST_CASE("a category is found by its key and by nothing else") {
    vigie::Taxonomy taxonomy;
    taxonomy.categories.push_back({vigie::CategoryId{0}, "unmapped", "other", "", "", {}});
    taxonomy.categories.push_back({vigie::CategoryId{1}, "noise", "quiet", "Bruit", "Noise", {}});
    CHECK(taxonomy.find("noise") == vigie::CategoryId{1});
    CHECK(taxonomy.find(vigie::unmapped_category_key) == vigie::CategoryId{0});
    CHECK_FALSE(taxonomy.find("Bruit").has_value());
    CHECK_FALSE(taxonomy.find("").has_value());
}
