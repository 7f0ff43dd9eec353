#include "intake/record_columns.h"

#include <doctest/doctest.h>

#include "example_city.h"

using namespace vigie;
using namespace vigie::intake;

TEST_CASE("columns are found wherever they stand") {
    const Manifest manifest = *parse_manifest(example_manifest("iso", "[severity]\ncolumn = \"g\"\n[id]\ncolumn = \"n\"\n"), "essai.toml");
    const auto found = find_columns(manifest, {"n", "autre", "lat", "type", "g", "lon", "t"}, "CSV");
    REQUIRE(found.has_value());
    CHECK(found->time == 6);
    CHECK(found->hour == no_column);
    CHECK(found->x == 5);
    CHECK(found->y == 2);
    CHECK(found->category == std::vector<std::size_t>{3});
    CHECK(found->severity == 4);
    CHECK(found->id == 0);
    CHECK(found->origin == no_column);
}

TEST_CASE("a missing column is said with the nearest name; column names are compared exactly") {
    const Manifest manifest = *parse_manifest(example_manifest("iso", "[severity]\ncolumn = \"gravite\"\n"), "essai.toml");
    const auto found = find_columns(manifest, {"t", "lon", "lat", "type", "gravites"}, "CSV, « ; »");
    REQUIRE_FALSE(found.has_value());
    CHECK(found.error().message.find("« gravite » (severity dans essai.toml)") != std::string::npos);
    CHECK(found.error().message.find("vouliez-vous dire « gravites »") != std::string::npos);
    CHECK(found.error().message.find("CSV, « ; »") != std::string::npos);
    CHECK_FALSE(find_columns(manifest, {"T", "lon", "lat", "type", "gravite"}, "CSV").has_value());
}
