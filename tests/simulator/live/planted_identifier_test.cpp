#include "simulator/live/planted_identifier.h"

#include <doctest/doctest.h>

#include <set>

using namespace vigie;
using namespace vigie::simulator;

TEST_CASE(
    "what is searched for is long, stands in the text or with its street, and hardly ever "
    "repeats") {
    Random random(3);
    std::set<std::string> searched;
    std::size_t searchable = 0;
    for (int i = 0; i < 10'000; ++i) {
        const auto kind = static_cast<IdentifierKind>(random.below(identifier_kind_count));
        const auto style = static_cast<WritingStyle>(random.below(3));
        const PlantedIdentifier made =
            invent_identifier(kind, {style, Called::either, "rue Curiol"}, random);
        REQUIRE_FALSE(made.text.empty());
        if (made.searched.empty()) {
            CHECK(kind == IdentifierKind::full_name);  // the common ones
            continue;
        }
        CHECK(made.searched.size() >= 8);
        ++searchable;
        searched.insert(made.searched);
        if (kind == IdentifierKind::house_number) {
            CHECK(made.searched == made.text + " rue Curiol");
        } else {
            CHECK(made.text.find(made.searched) != std::string::npos);
        }
    }
    CHECK(searchable > 9'000);
    // House numbers repeat by nature: there are 1,000 of them in a street.
    CHECK(searched.size() > searchable * 4 / 5);
}

TEST_CASE("formal writers put family names in capitals") {
    Random random(4);
    for (int i = 0; i < 50; ++i) {
        const auto made =
            invent_identifier(IdentifierKind::full_name, {WritingStyle::formal}, random);
        if (!made.searched.empty()) {
            CHECK(made.searched.find_first_of("abcdefghijklmnopqrstuvwxyz") == std::string::npos);
        }
    }
}
