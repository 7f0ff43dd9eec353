#include <doctest/doctest.h>

#include <filesystem>
#include <set>

#include "intake/import.h"
#include "intake/manifest.h"
#include "intake/record_parser.h"
#include "scratch_folder.h"

using namespace vigie;
using namespace vigie::intake;

namespace {

std::string refusal(const std::string& toml) {
    const ScratchFolder folder("taxonomy_refusal");
    const auto taxonomy = load_taxonomy(folder.write("essai.toml", toml));
    REQUIRE_FALSE(taxonomy.has_value());
    return taxonomy.error().message;
}

}  // namespace

TEST_CASE("the shipped taxonomy has French and English labels and holds what every manifest maps to") {
    const auto taxonomy = load_taxonomy(VIGIE_SOURCE_DIR "/config/taxonomy/city.toml");
    REQUIRE(taxonomy.has_value());
    CHECK(taxonomy->categories.size() >= 35);
    CHECK(taxonomy->find(unmapped_category_key).has_value());
    std::set<std::string> themes;
    for (const Theme& theme : taxonomy->themes) {
        themes.insert(theme.key);
    }
    for (std::size_t i = 0; i < taxonomy->categories.size(); ++i) {
        CHECK(taxonomy->categories[i].id.raw() == i);
        CHECK(themes.contains(taxonomy->categories[i].theme));
        CHECK_FALSE(taxonomy->categories[i].label_fr.empty());
    }
    for (const auto& entry : std::filesystem::directory_iterator(VIGIE_SOURCE_DIR "/config/sources")) {
        const auto manifest = load_manifest(entry.path().string());
        REQUIRE(manifest.has_value());
        const Status status = check_categories(*manifest, *taxonomy);
        if (!status) {
            FAIL_CHECK(status.error().message);
        }
    }
}

TEST_CASE("a taxonomy that makes no sense is refused") {
    const std::string head = "name = \"E\"\nthemes = [{ key = \"t\", fr = \"T\" }]\n";
    const std::string unmapped = "{ key = \"unmapped\", theme = \"t\", fr = \"N\" }";
    CHECK(refusal("name = \"E\"\n").find("themes") != std::string::npos);
    CHECK(refusal(head + "categories = []\n").find("« unmapped » manque") != std::string::npos);
    CHECK(refusal(head + "categories = [" + unmapped + ", " + unmapped + "]\n").find("deux fois") != std::string::npos);
    CHECK(refusal(head + "categories = [{ key = \"a\", theme = \"tt\", fr = \"A\" }]\n").find("n'est pas un thème") != std::string::npos);
    CHECK(refusal(head + "categories = [{ key = \"É\", theme = \"t\", fr = \"A\" }]\n").find("minuscules") != std::string::npos);
    CHECK(refusal(head + "categories = [{ key = \"a\", theme = \"t\", fr = \"A\", severty = 1 }]\n").find("vouliez-vous dire « severity »") != std::string::npos);
}
