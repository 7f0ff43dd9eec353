#include "intake/value_lookup.h"

#include <doctest/doctest.h>

#include <string>

using namespace vigie::intake;

TEST_CASE("an exact word wins over a prefix, and the longest prefix over a shorter one") {
    ValueMap map;
    map.exact = {{"EMS: FALL", "1"}};
    map.prefixes = {{"EMS: BURN", "2"}, {"EMS: ", "3"}};  // longest first, as the manifest gives them
    ValueLookup lookup(map, [](const std::string& digit) { return static_cast<std::uint16_t>(digit[0] - '0'); });
    for (int pass = 0; pass < 2; ++pass) {  // the second time from memory
        CHECK(lookup.find("EMS: FALL") == 1);
        CHECK(lookup.find("EMS: FALL VICTIM") == 3);
        CHECK(lookup.find("EMS: BURN VICTIM") == 2);
        CHECK_FALSE(lookup.find("Fire: X").has_value());
        CHECK_FALSE(lookup.find("").has_value());
    }
}

TEST_CASE("words beyond what is remembered are still found") {
    ValueMap map;
    map.prefixes = {{"a", "1"}};
    ValueLookup lookup(map, [](const std::string&) { return std::uint16_t{1}; });
    for (int i = 0; i < 10'000; ++i) {
        REQUIRE(lookup.find("a" + std::to_string(i)) == 1);
        REQUIRE_FALSE(lookup.find("b" + std::to_string(i)).has_value());
    }
}

TEST_CASE("unknown words are listed, most frequent first, and what is no code is not shown") {
    UnknownWords words;
    words.add("RARE");
    words.add("FRÉQUENT");
    words.add("FRÉQUENT");
    words.add("");
    words.add("M. Untel habite au 12 rue de la Paix depuis longtemps");
    words.add("0612345678");
    words.add("x@example.org");
    const std::string text = words.describe();
    CHECK(words.total() == 7);
    CHECK(text.find("« FRÉQUENT » (2)") < text.find("« RARE » (1)"));
    CHECK(text.find("valeur vide (1)") != std::string::npos);
    CHECK(text.find("Untel") == std::string::npos);
    CHECK(text.find("0612") == std::string::npos);
    CHECK(text.find("example") == std::string::npos);
    CHECK(text.find("3 valeur(s) non montrée(s)") != std::string::npos);
}

TEST_CASE("endless unknown words are a free text, and none is shown") {
    UnknownWords words;
    for (int i = 0; i < 5'000; ++i) {
        words.add("mot " + std::to_string(i));
    }
    CHECK(words.total() == 5'000);
    CHECK(words.describe().find("texte libre") != std::string::npos);
    CHECK(words.describe().find("mot") == std::string::npos);
}
