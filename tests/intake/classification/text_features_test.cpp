#include "intake/classification/text_features.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <string>

using namespace vigie::intake;

TEST_CASE("case, accents, figures and marks do not count") {
    CHECK(features_of("Véhicule volé, à 15h30") == features_of("vehicule VOLE a"));
    CHECK(features_of("").empty());
    CHECK(features_of("12 34 !").empty());
}

TEST_CASE("forms of one word are one stem") {
    CHECK(features_of("dégradations") == features_of("dégradation"));
}

TEST_CASE("placeholders are no words and no pair reaches over them") {
    CHECK(features_of("[nom] frappe [nom]") == features_of("frappe"));
    CHECK(features_of("chien [nom] mord").size() == 2);
    CHECK(features_of("chien mord").size() == 3);  // and the pair
}

TEST_CASE("a long text is read up to the bound") {
    std::string text;
    for (int i = 0; i < 5'000; ++i) {
        text +=
            std::string(1, static_cast<char>('a' + i % 26)) + static_cast<char>('a' + i / 26 % 26) + static_cast<char>('a' + i / 676) + ' ';
    }
    CHECK(features_of(text).size() <= features_of_a_text_max + 1);
}
