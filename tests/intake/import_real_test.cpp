// Real files of ../shared/data, through the shipped cities, taxonomy and manifests. The counts they must give are
// computed here by another path: a naive cut of each line at its commas, and the calendar month as text.
#include <doctest/doctest.h>
#include <lzma.h>

#include <cstdlib>
#include <fstream>
#include <iostream>
#include <map>
#include <sstream>

#include "scratch_observatory.h"
#include "store/event_store.h"

using namespace vigie;
using namespace vigie::intake;

namespace {

std::string shared_folder() {
    const char* set = std::getenv("VIGIE_SHARED");  // NOLINT(concurrency-mt-unsafe): read before any thread starts
    return set != nullptr ? set : VIGIE_SOURCE_DIR "/../shared";
}

std::string whole(const std::string& path) {
    std::ostringstream bytes;
    bytes << std::ifstream(path, std::ios::binary).rdbuf();
    return bytes.str();
}

/// The whole file, decompressed in one go by liblzma's simplest call.
std::string decompressed(const std::string& path) {
    const std::string packed = whole(path);
    std::string text(64U << 20, '\0');
    std::uint64_t memory_limit = UINT64_MAX;
    std::size_t in = 0;
    std::size_t out = 0;
    const lzma_ret code = lzma_stream_buffer_decode(&memory_limit, 0, nullptr, reinterpret_cast<const std::uint8_t*>(packed.data()), &in, packed.size(),
                                                    reinterpret_cast<std::uint8_t*>(text.data()), &out, text.size());
    REQUIRE(code == LZMA_OK);
    text.resize(out);
    return text;
}

using Counts = std::map<std::pair<std::string, std::string>, std::uint64_t>;  // (month "2016-01", category key) -> facts

/// Cuts at commas; right for files without quoted commas in the columns before `column`.
std::vector<std::string> cut(const std::string& line) {
    std::vector<std::string> fields;
    std::stringstream stream(line);
    std::string field;
    while (std::getline(stream, field, ',')) {
        fields.push_back(field);
    }
    return fields;
}

struct RealFile {
    const char* city;
    const char* source;
    const char* file;
    std::uint64_t rows;
    std::size_t category_column;
    std::map<std::string, std::string> category;  ///< their word to our key; a key "" is for any other word
};

Counts naive_counts(const RealFile& real, const std::string& text) {
    Counts counts;
    std::stringstream stream(text);
    std::string line;
    std::getline(stream, line);
    while (std::getline(stream, line)) {
        const std::vector<std::string> fields = cut(line);
        const std::string word = real.category_column < fields.size() ? fields[real.category_column] : "";
        const auto at = real.category.find(word);
        ++counts[{fields.at(0).substr(0, 7), at == real.category.end() ? real.category.at("") : at->second}];
    }
    return counts;
}

std::string month_text(std::int64_t month) {
    const std::int64_t year = 1970 + month / 12;
    const std::int64_t number = month % 12 + 1;
    return std::to_string(year) + (number < 10 ? "-0" : "-") + std::to_string(number);
}

Counts stored_counts(ScratchObservatory& observatory, const Taxonomy& taxonomy) {
    GroupBy group;
    group.dimensions = {Dimension::month, Dimension::category};
    const auto table = observatory.folder().events().aggregate({}, group);
    REQUIRE(table.has_value());
    Counts counts;
    for (std::size_t row = 0; row < table->rows(); ++row) {
        counts[{month_text(table->key(row, 0)), taxonomy.categories[static_cast<std::size_t>(table->key(row, 1))].key}] += table->counts[row];
    }
    return counts;
}

struct Imported {
    ImportOutcome outcome;
    Taxonomy taxonomy;
    std::unique_ptr<ScratchObservatory> observatory;
};

/// The observatory with the file in it, or nothing when the file is not there.
std::optional<Imported> import_real(const RealFile& real) {
    const std::string path = shared_folder() + "/data/incidents/" + real.file;
    if (!std::ifstream(path)) {
        std::cout << "SKIP: ../shared/data/incidents/" << real.file << " not found\n";
        return std::nullopt;
    }
    std::vector<std::string> warnings;
    auto city = load_city(std::string(VIGIE_SOURCE_DIR "/config/cities/") + real.city, warnings);
    auto taxonomy = load_taxonomy(VIGIE_SOURCE_DIR "/config/taxonomy/city.toml");
    REQUIRE((city.has_value() && taxonomy.has_value()));
    if (city->key == "france" && city->districts.empty()) {
        // Run from a worktree, the communes lie where the environment says.
        std::string text = whole(VIGIE_SOURCE_DIR "/config/cities/france.toml");
        const std::string relative = "../../../shared";
        text.replace(text.find(relative), relative.size(), shared_folder());
        const ScratchFolder scratch("france_city");
        city = load_city(scratch.write("france.toml", text), warnings);
        REQUIRE(city.has_value());
    }
    Imported imported{{}, *taxonomy, std::make_unique<ScratchObservatory>(std::string("real_") + real.source, *city, *taxonomy)};
    imported.outcome = imported.observatory->import(std::string(VIGIE_SOURCE_DIR "/config/sources/") + real.source, {path});
    return imported;
}

}  // namespace

TEST_CASE("real file: Chicago, to the row, by month and category") {
    const RealFile chicago{"chicago.toml", "chicago.toml", "chicago_2016_2017.csv.xz", 321'877, 1,
                           {{"THEFT", "theft"}, {"BATTERY", "assault"}, {"ASSAULT", "threats"}, {"CRIMINAL DAMAGE", "vandalism"}}};
    auto imported = import_real(chicago);
    if (!imported) {
        return;
    }
    CHECK(imported->outcome.read == chicago.rows);
    CHECK(imported->outcome.stored == chicago.rows);
    CHECK(imported->outcome.quarantined == 0);
    const Counts expected = naive_counts(chicago, decompressed(shared_folder() + "/data/incidents/" + chicago.file));
    CHECK(expected.size() == 24 * 4);
    CHECK(stored_counts(*imported->observatory, imported->taxonomy) == expected);
    const ImportOutcome again = imported->observatory->import(VIGIE_SOURCE_DIR "/config/sources/chicago.toml",
                                                              {shared_folder() + "/data/incidents/" + chicago.file});
    CHECK(again.stored == 0);
    CHECK(again.duplicates == chicago.rows);
}

TEST_CASE("real file: burglaries of Portland, known by day only, stay out of hour charts") {
    const RealFile portland{"portland.toml", "portland_burglary.toml", "portland_burglary_2012_2017_02.csv.xz", 5'096, 1, {{"burglary", "burglary"}}};
    auto imported = import_real(portland);
    if (!imported) {
        return;
    }
    CHECK(imported->outcome.stored == portland.rows);
    CHECK(stored_counts(*imported->observatory, imported->taxonomy) ==
          naive_counts(portland, decompressed(shared_folder() + "/data/incidents/" + portland.file)));
    GroupBy by_hour;
    by_hour.dimensions = {Dimension::hour_of_week};
    const auto hours = imported->observatory->folder().events().aggregate({}, by_hour);
    REQUIRE(hours.has_value());
    CHECK(hours->rows() == 0);
}

TEST_CASE("real file: fires of France, placed at their commune in Bouches-du-Rhône, known and not placed elsewhere") {
    const RealFile fires{"france.toml", "france_bdiff.toml", "france_bdiff_fires_1973_2024.csv.xz", 140'247, 99, {{"", "fire_vegetation"}}};
    auto imported = import_real(fires);
    if (!imported) {
        return;
    }
    CHECK(imported->outcome.read == fires.rows);
    CHECK(imported->outcome.stored == fires.rows);
    CHECK(stored_counts(*imported->observatory, imported->taxonomy) ==
          naive_counts(fires, decompressed(shared_folder() + "/data/incidents/" + fires.file)));
    GroupBy by_place;
    by_place.dimensions = {Dimension::place_precision};
    const auto places = imported->observatory->folder().events().aggregate({}, by_place);
    REQUIRE(places.has_value());
    REQUIRE(places->rows() == 2);
    CHECK(places->key(0, 0) == static_cast<std::int64_t>(PlacePrecision::area_centroid));
    CHECK(places->counts[0] == 11'860);  // département 13
    CHECK(places->counts[1] == fires.rows - 11'860);
}
