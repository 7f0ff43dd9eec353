#include "intake/record_parser.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <chrono>
#include <map>

#include "example_city.h"

using namespace vigie;
using namespace vigie::intake;
using namespace std::chrono;

namespace {

/// A parser with everything that it looks at, and batches made of texts.
struct Bench {
    explicit Bench(const std::string& toml, std::vector<std::string> file_columns = {"t", "lon", "lat", "type"})
        : manifest(*parse_manifest(toml, "essai.toml")), columns(std::move(file_columns)) {}

    Result<RecordParser> open() {
        return RecordParser::open(ParserContext{manifest, city, taxonomy, SourceId{7}, sys_days{2026y / January / 1}}, columns, "CSV, « , », utf-8");
    }

    RecordBatch batch(const std::vector<std::vector<std::string_view>>& rows) const {
        RecordBatch made;
        made.columns = columns.size();
        for (const auto& row : rows) {
            REQUIRE(row.size() == columns.size());
            made.values.insert(made.values.end(), row.begin(), row.end());
            made.lines.push_back(made.lines.size() + 2);
            made.defects.push_back(Defect::none);
        }
        return made;
    }

    ParsedBatch parse(const std::vector<std::vector<std::string_view>>& rows) {
        RecordParser parser = std::move(*open());
        ParsedBatch parsed;
        parser.parse(batch(rows), parsed);
        warnings = parser.warnings();
        CHECK(parsed.events.size() + parsed.refusals.size() == parsed.read);
        return parsed;
    }

    City city = example_city();
    Taxonomy taxonomy = example_taxonomy();
    Manifest manifest;
    std::vector<std::string> columns;
    std::vector<std::string> warnings;
};

}  // namespace

TEST_CASE("a record becomes a fact, field by field") {
    Bench bench(example_manifest());
    const ParsedBatch parsed = bench.parse({{"2025-07-14T23:05", "5.37100", "43.29100", "BRUIT DE MOTEUR"}});
    REQUIRE(parsed.events.size() == 1);
    const Event& event = parsed.events[0];
    CHECK(event.at == Instant{sys_days{2025y / July / 14} + 21h + 5min});
    CHECK(hour_of_day(event.local_hour) == 23);
    CHECK(event.lon_e7 == 53'710'000);
    CHECK(event.lat_e7 == 432'910'000);
    CHECK(event.source == SourceId{7});
    CHECK(event.category == CategoryId{1});
    CHECK(event.district == DistrictId{0});
    CHECK(event.origin == Origin::resident);
    CHECK(event.severity == Severity{2});  // the category's usual one
    CHECK(event.time_precision == TimePrecision::minute);
    CHECK(event.place_precision == PlacePrecision::point);
    CHECK(event.flags == 0);
    CHECK(parsed.lines == std::vector<std::uint64_t>{2});
    CHECK(bench.warnings.empty());
}

TEST_CASE("columns may stand in any order among others, and values have blanks around them") {
    Bench bench(example_manifest("DD/MM/YYYY HH:mm", "[severity]\ncolumn = \"g\"\n[severity.map]\n\"grave\" = 4\n[id]\ncolumn = \"n\"\n"),
                {"x", "lat", "n", "g", "type", "lon", "t"});
    const ParsedBatch parsed = bench.parse({{"secret", " 43,291", "A1 ", "grave", " VOL ", "5,371 ", " 14/07/2025 23:05"},
                                            {"secret", "43,291", "A2", "inconnue", "VOL", "5,371", "14/07/2025 23:05"}});
    REQUIRE(parsed.events.size() == 2);
    CHECK(parsed.events[0].severity == Severity{4});
    CHECK(parsed.events[1].severity == Severity{0});
    CHECK(parsed.events[0].id == IdentityHasher("essai").external("A1"));
    REQUIRE(bench.warnings.size() == 1);
    CHECK(bench.warnings[0].find("gravité") != std::string::npos);
}

TEST_CASE("how a fact was known comes from a column, with what is not in the map left unknown") {
    Bench bench(example_manifest("iso", "[origin]\ncolumn = \"o\"\ndefault = \"unknown\"\n[origin.map]\n\"Patrouille\" = \"patrol\"\n\"Appel*\" = \"resident\"\n"),
                {"t", "lon", "lat", "type", "o"});
    const ParsedBatch parsed = bench.parse({{"2025-07-14", "5.371", "43.291", "VOL", "Patrouille"},
                                            {"2025-07-14", "5.371", "43.291", "VOL", "Appel d'un riverain"},
                                            {"2025-07-14", "5.371", "43.291", "VOL", "Autre"},
                                            {"2025-07-14", "5.371", "43.291", "VOL", ""}});
    REQUIRE(parsed.events.size() == 4);
    CHECK(parsed.events[0].origin == Origin::patrol);
    CHECK(parsed.events[1].origin == Origin::resident);
    CHECK(parsed.events[2].origin == Origin::unknown);
    CHECK(parsed.events[3].origin == Origin::unknown);
    // Neither origin nor severity is part of what a record is.
    CHECK(parsed.events[0].id == parsed.events[3].id);
}

TEST_CASE("a category nobody mapped is kept, flagged and listed") {
    Bench bench(example_manifest());
    const ParsedBatch parsed = bench.parse({{"2025-07-14T10:00", "5.371", "43.291", "NOUVEAU CODE"},
                                            {"2025-07-14T10:00", "5.371", "43.291", "NOUVEAU CODE"},
                                            {"2025-07-14T10:00", "5.371", "43.291", ""}});
    REQUIRE(parsed.events.size() == 3);
    for (const Event& event : parsed.events) {
        CHECK(event.category == CategoryId{3});
        CHECK(event.flags == flag_unmapped_category);
    }
    REQUIRE(bench.warnings.size() == 1);
    CHECK(bench.warnings[0].find("« NOUVEAU CODE » (2), valeur vide (1)") != std::string::npos);
}

TEST_CASE("what can not be used is refused with its line and reason, and never with its content") {
    Bench bench(example_manifest());
    const ParsedBatch parsed = bench.parse({{"14/07/2025 10:00", "5.371", "43.291", "VOL"},
                                            {"2025-07-14T10:00", "5.371", "43.291", "VOL"},
                                            {"", "5.371", "43.291", "VOL"},
                                            {"2025-02-30T10:00", "5.371", "43.291", "VOL"},
                                            {"2027-01-01T10:00", "5.371", "43.291", "VOL"},
                                            {"1900-01-01T10:00", "5.371", "43.291", "VOL"},
                                            {"2025-07-14T10:00", "", "", "VOL"},
                                            {"2025-07-14T10:00", "5.371", "", "VOL"},
                                            {"2025-07-14T10:00", "cinq", "43.291", "VOL"},
                                            {"2025-07-14T10:00", "43.291", "5.371", "VOL"},
                                            {"2025-07-14T10:00", "2.35", "48.85", "VOL"},
                                            {"2025-07-14T10:00", "535.371", "43.291", "VOL"}});
    CHECK(parsed.events.size() == 1);
    const std::vector<std::string> reasons{"bad_time",      "missing_time",   "bad_time",     "future_time",  "implausible_time", "missing_place",
                                           "bad_coordinate", "bad_coordinate", "outside_city", "outside_city", "bad_coordinate"};
    const std::vector<std::uint64_t> lines{2, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13};
    REQUIRE(parsed.refusals.size() == reasons.size());
    for (std::size_t i = 0; i < reasons.size(); ++i) {
        INFO(i);
        CHECK(parsed.refusals[i].reason == reasons[i]);
        CHECK(parsed.refusals[i].line == lines[i]);
        CHECK(parsed.refusals[i].detail.find("colonne") != std::string::npos);
        CHECK(parsed.refusals[i].detail.find("cinq") == std::string::npos);
    }
    CHECK(parsed.refusals[8].detail.find("échangées") != std::string::npos);
    CHECK(parsed.refusals[9].detail.find("échangées") == std::string::npos);
}

TEST_CASE("every defect of a reader is a reason") {
    Bench bench(example_manifest());
    RecordBatch batch;
    batch.columns = 4;
    batch.values.resize(8 * 4);
    for (int i = 0; i < 7; ++i) {
        batch.lines.push_back(static_cast<std::uint64_t>(10 + i));
        batch.defects.push_back(static_cast<Defect>(i + 1));
    }
    RecordParser parser = std::move(*bench.open());
    ParsedBatch parsed;
    parser.parse(batch, parsed);
    REQUIRE(parsed.refusals.size() == 7);
    std::map<std::string, int> reasons;
    for (const Refusal& refusal : parsed.refusals) {
        ++reasons[refusal.reason];
        CHECK_FALSE(refusal.detail.empty());
    }
    CHECK(reasons.size() == 7);
}

TEST_CASE("a place known by code is the centre of its area, or is known and not placed") {
    const std::string by_code = "key = \"essai\"\nlabel = \"E\"\nattribution = \"V\"\nlicence = \"L\"\nowner = \"S\"\npurposes = [\"p\"]\n"
                                "[time]\ncolumn = \"t\"\nformat = \"iso\"\nprecision = \"day\"\n[place]\ncode = \"c\"\n[category]\nfixed = \"fire\"\n[origin]\nfixed = \"unknown\"\n";
    const auto changed = [&](const std::string& more) {
        std::string toml = by_code;
        return toml.replace(toml.find("code = \"c\"\n"), 11, "code = \"c\"\n" + more);
    };
    Bench strict(by_code, {"t", "c"});
    const ParsedBatch refused = strict.parse({{"2025-07-14", "Q2"}, {"2025-07-14", "Q3"}, {"2025-07-14", "Q9"}, {"2025-07-14", ""}});
    REQUIRE(refused.events.size() == 2);
    CHECK(refused.events[0].place_precision == PlacePrecision::area_centroid);
    CHECK(refused.events[0].district == DistrictId{1});
    CHECK(refused.events[0].lat_e7 == 432'900'000);
    CHECK(refused.events[1].place_precision == PlacePrecision::area_only);
    CHECK(std::string(refused.refusals[0].reason) == "unknown_code");
    CHECK(std::string(refused.refusals[1].reason) == "missing_place");
    Bench keeping(changed("unknown_code = \"keep\"\nmissing = \"keep\"\n"), {"t", "c"});
    const ParsedBatch kept = keeping.parse({{"2025-07-14", "Q9"}, {"2025-07-14", ""}, {"2025-07-14", "Q8"}});
    REQUIRE(kept.events.size() == 3);
    CHECK(kept.events[0].place_precision == PlacePrecision::area_only);
    CHECK(kept.events[0].district == no_district);
    CHECK(kept.events[1].place_precision == PlacePrecision::none);
    CHECK(kept.events[0].id != kept.events[2].id);
    REQUIRE(keeping.warnings.size() == 1);
    CHECK(keeping.warnings[0].find("2 fait(s)") != std::string::npos);
}

TEST_CASE("a column that the file lacks is said with what was found") {
    Bench bench(example_manifest(), {"T", "lon", "lat", "typ"});
    const auto parser = bench.open();
    REQUIRE_FALSE(parser.has_value());
    CHECK(parser.error().code == ErrorCode::invalid_input);
    CHECK(parser.error().message.find("« t » (time dans essai.toml) est introuvable") != std::string::npos);
    CHECK(parser.error().message.find("« T », « lon », « lat », « typ »") != std::string::npos);
    Bench twice(example_manifest(), {"t", "lon", "lat", "type", "t"});
    CHECK(twice.open().error().message.find("figure deux fois") != std::string::npos);
    // A file without a header line: its first record must not be repeated in a message.
    Bench headless(example_manifest(), {"2025-07-14T10:00", "5.371", "43.291", "SECRET"});
    const std::string message = headless.open().error().message;
    CHECK(message.find("SECRET") == std::string::npos);
    CHECK(message.find("ne porte pas de noms de colonnes") != std::string::npos);
}

TEST_CASE("a category that the taxonomy lacks is refused before anything is read") {
    std::string toml = example_manifest();
    toml.replace(toml.find("\"theft\""), 7, "\"thefts\"");
    Bench bench(toml);
    CHECK(bench.open().error().message.find("vouliez-vous dire « theft »") != std::string::npos);
}

TEST_CASE("a synthetic source marks every fact") {
    Bench bench("synthetic = true\n" + example_manifest());
    CHECK(bench.parse({{"2025-07-14T10:00", "5.371", "43.291", "VOL"}}).events[0].flags == flag_synthetic);
}
