#include "store/metadata.h"

#include <doctest/doctest.h>

#include "store/reference_samples.h"
#include "store/scratch_folder.h"

using namespace vigie;

namespace {

const Instant noon{std::chrono::seconds{1'790'000'000}};

std::unique_ptr<Metadata> open_metadata(const std::string& path) {
    auto metadata = Metadata::open(path);
    REQUIRE_MESSAGE(metadata.has_value(), metadata.error().message);
    return std::move(*metadata);
}

}  // namespace

TEST_CASE("the latest city and taxonomy are in force, after reopening too") {
    const test::ScratchFolder folder;
    City city = test::sample_city();
    {
        const auto metadata = open_metadata(folder / "m");
        CHECK(metadata->city()->has_value() == false);
        CHECK(metadata->taxonomy()->has_value() == false);
        REQUIRE(metadata->save_city(test::sample_city(), noon).has_value());
        city.name = "Autre";
        REQUIRE(metadata->save_city(city, noon).has_value());
        REQUIRE(metadata->save_taxonomy(test::sample_taxonomy(), noon).has_value());
    }
    const auto metadata = open_metadata(folder / "m");
    test::check_same(**metadata->city(), city);
    test::check_same(**metadata->taxonomy(), test::sample_taxonomy());
}

TEST_CASE("a category never disappears and never changes its number") {
    const test::ScratchFolder folder;
    const auto metadata = open_metadata(folder / "m");
    Taxonomy taxonomy = test::sample_taxonomy();
    REQUIRE(metadata->save_taxonomy(taxonomy, noon).has_value());

    Taxonomy shorter = taxonomy;
    shorter.categories.pop_back();
    auto status = metadata->save_taxonomy(shorter, noon);
    REQUIRE_FALSE(status.has_value());
    CHECK(status.error().code == ErrorCode::conflict);
    CHECK(status.error().message.find("music") != std::string::npos);

    Taxonomy swapped = taxonomy;
    std::swap(swapped.categories[0].key, swapped.categories[1].key);
    status = metadata->save_taxonomy(swapped, noon);
    REQUIRE_FALSE(status.has_value());
    CHECK(status.error().code == ErrorCode::conflict);

    Taxonomy longer = taxonomy;
    longer.categories[1].label_fr = "Musique forte";
    longer.categories.push_back({CategoryId{2}, "works", "noise", "Chantier", "Works", Severity{1}});
    REQUIRE(metadata->save_taxonomy(longer, noon).has_value());
    test::check_same(**metadata->taxonomy(), longer);
}
