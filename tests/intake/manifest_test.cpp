#include "intake/manifest.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <filesystem>
#include <string>

using namespace vigie;
using namespace vigie::intake;

namespace {

const std::string good = R"(key = "essai"
label = "Essai"
attribution = "Ville"
licence = "LO 2.0"
owner = "Service"
purposes = ["tranquillite_publique"]

[time]
column = "t"
format = "YYYY-MM-DDTHH:mm"

[place]
lon = "lon"
lat = "lat"

[category]
column = "type"
[category.map]
"VOL*" = "theft"
"VOL A*" = "robbery"
"BRUIT" = "noise_venue"

[origin]
fixed = "patrol"
)";

std::string with(std::string text, const std::string& from, const std::string& to) {
    const auto at = text.find(from);
    REQUIRE(at != std::string::npos);
    return text.replace(at, from.size(), to);
}

std::string refusal(const std::string& toml) {
    const auto manifest = parse_manifest(toml, "essai.toml");
    REQUIRE_FALSE(manifest.has_value());
    CHECK(manifest.error().code == ErrorCode::invalid_input);
    return manifest.error().message;
}

bool contains(const std::string& text, std::string_view part) {
    INFO(text);
    CHECK(text.find(part) != std::string::npos);
    return text.find(part) != std::string::npos;
}

}  // namespace

TEST_CASE("a manifest says what each column is") {
    const auto manifest = parse_manifest(good, "essai.toml");
    REQUIRE(manifest.has_value());
    CHECK(manifest->key == "essai");
    CHECK(manifest->time.precision == TimePrecision::minute);
    CHECK(manifest->time.zone == SourceZone::city);
    CHECK(manifest->origin.fixed == Origin::patrol);
    CHECK(manifest->columns() == std::vector<std::string>{"t", "lon", "lat", "type"});
    REQUIRE(manifest->category.map.prefixes.size() == 2);
    CHECK(manifest->category.map.prefixes[0].first == "VOL A");
    CHECK(manifest->category.map.exact.size() == 1);
    CHECK(manifest->toml == good);
}

TEST_CASE("an unknown key is refused with its line and the nearest key") {
    const std::string message = refusal(with(good, "format = ", "formt = \"x\"\nformat = "));
    contains(message, "essai.toml, ligne 10");
    contains(message, "« time.formt »");
    contains(message, "vouliez-vous dire « format »");
    contains(refusal("sourc = 1\n" + good), "clé inconnue « sourc »");
    contains(refusal(with(good, "[origin]", "[orgin]")), "origin");
}

TEST_CASE("a column that speaks of a person is refused in every role") {
    for (const char* change : {"lon = \"adresse\"", "lon = \"telephone\""}) {
        contains(refusal(with(good, "lon = \"lon\"", change)), "parle d'une personne");
    }
    contains(refusal(with(good, "column = \"type\"", "column = \"description\"")), "parle d'une personne");
    contains(refusal(with(good, "column = \"type\"", "columns = [\"type\", \"nom\"]")), "« nom »");
    contains(refusal(with(good, "column = \"t\"", "column = \"date_naissance\"")), "naissance");
    contains(refusal(with(good, "fixed = \"patrol\"", "column = \"agent\"")), "agent");
    contains(refusal(good + "[id]\ncolumn = \"plaque\"\n"), "plaque");
    contains(refusal(good + "[severity]\ncolumn = \"commentaire\"\n"), "commentaire");
}

TEST_CASE("what is missing or contradictory is named") {
    contains(refusal(with(good, "key = \"essai\"", "")), "« key » manque");
    contains(refusal(with(good, "key = \"essai\"", "key = \"Essai 1\"")), "minuscules");
    contains(refusal(with(good, "purposes = [\"tranquillite_publique\"]", "")), "purposes");
    contains(refusal(with(good, "lat = \"lat\"", "")), "vont ensemble");
    contains(refusal(with(good, "lon = \"lon\"\nlat = \"lat\"", "x = \"x\"\ny = \"y\"")), "epsg");
    contains(refusal(with(good, "lon = \"lon\"\nlat = \"lat\"", "")), "« place.lon » manque");
    contains(refusal(with(good, "fixed = \"patrol\"", "")), "origin.fixed");
    contains(refusal(with(good, "fixed = \"patrol\"", "fixed = \"patroll\"")), "vouliez-vous dire « patrol »");
    contains(refusal(with(good, "YYYY-MM-DDTHH:mm", "YYYY-MM")), "DD");
    contains(refusal(with(good, "YYYY-MM-DDTHH:mm", "YYYY-MM-DD")), "precision");
    contains(refusal(with(good, "[place]", "zone = \"Paris\"\n[place]")), "IANA");
    contains(refusal(with(good, "column = \"type\"", "column = \"type\"\nfixed = \"theft\"")), "pas les deux");
    contains(refusal("key = \n"), "TOML");
    contains(refusal(good + "[severity]\ncolumn = \"g\"\n[severity.map]\n\"haute\" = 9\n"), "0 (non dit) à 4");
}

TEST_CASE("date and hour may stand in two columns") {
    const auto manifest = parse_manifest(with(good, "column = \"t\"\nformat = \"YYYY-MM-DDTHH:mm\"",
                                              "date = \"jour\"\ndate_format = \"DD/MM/YYYY\"\nhour = \"heure\"\nhour_format = \"HH\"\nprecision = \"hour\""),
                                         "essai.toml");
    REQUIRE(manifest.has_value());
    CHECK(manifest->time.hour_column == "heure");
    CHECK(manifest->time.precision == TimePrecision::hour);
}

TEST_CASE("every manifest that is shipped can be read") {
    std::size_t count = 0;
    for (const auto& entry : std::filesystem::directory_iterator(VIGIE_SOURCE_DIR "/config/sources")) {
        const auto manifest = load_manifest(entry.path().string());
        INFO(entry.path().string());
        if (!manifest) {
            FAIL_CHECK(manifest.error().message);
        }
        ++count;
    }
    CHECK(count >= 15);
    CHECK(load_manifest("absent.toml").error().code == ErrorCode::not_found);
}
