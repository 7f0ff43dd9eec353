#include "intake/contract/contract.h"

#include <doctest/doctest.h>

#include "../example_city.h"
#include "intake/contract/field_schema.h"
#include "intake/contract/record_guard.h"
#include "intake/defect_text.h"
#include "intake/manifest.h"

using namespace vigie;
using namespace vigie::intake;

namespace {

const std::string agreed = R"toml(
[id]
column = "id"
[contract]
clause = "Convention 7"
legal_basis = "RGPD, article 6(1)(e)"
starts = "2026-01-01"
ends = "2026-12-31"
retention_months = 36
uses = ["analysis", "preparation"]
[contract.access]
analyst = "cells"
planner = "districts"
[live]
format = "csv"
class = "urgent"
topics = ["vigie/v1/+/+/measure/laeq"]
folder = "essai"
every_minutes = 15
per_day_max = 5000
[fields]
id = { required = true }
t = {}
lon = { type = "number" }
lat = { type = "number" }
type = { values = ["VOL", "FEU"] }
level = { type = "number", min = 0, max = 140 }
count = { type = "integer", min = 1 }
open = { type = "boolean" }
texte = { use = "classify" }
box = { use = "drop" }
sub_label = { use = "empty" }
)toml";

Result<Manifest> read(const std::string& terms) { return parse_manifest(example_manifest("YYYY-MM-DDTHH:mm", terms), "essai.toml"); }

/// The manifest with one line changed.
Result<Manifest> changed(const std::string& from, const std::string& to) {
    std::string terms = agreed;
    const auto at = terms.find(from);
    REQUIRE(at != std::string::npos);
    return read(terms.replace(at, from.size(), to));
}

std::string fault_of(const FieldSchema& schema, std::string_view field, std::string_view value) {
    const auto fault = check_field(schema.rules()[*schema.find(field)], value, '.');
    return fault ? fault->reason : "";
}

}  // namespace

TEST_CASE("a contract is read from its manifest") {
    const auto manifest = read(agreed);
    REQUIRE_MESSAGE(manifest.has_value(), manifest.error().message);
    const ContractTables& terms = manifest->terms;
    CHECK(terms.contract->clause == "Convention 7");
    CHECK(terms.contract->ends == day_from_text("2026-12-31"));
    CHECK(terms.contract->purposes.size() == 2);
    CHECK(governance::detail_for(*terms.contract, governance::Role::planner) == governance::Detail::districts);
    CHECK(terms.live->format == LiveFormat::csv);
    CHECK(terms.live->feed_class == FeedClass::urgent);
    CHECK(terms.live->every_minutes == 15);
    CHECK(terms.fields.rules().size() == 11);
    CHECK_FALSE(read("")->terms.contract);
}

TEST_CASE("a contract that is not whole is refused, and where") {
    for (const auto& [from, to, word] : std::initializer_list<std::tuple<const char*, const char*, const char*>>{
             {"clause = \"Convention 7\"\n", "", "clause"},
             {"ends = \"2026-12-31\"", "ends = \"2025-12-31\"", "ends"},
             {"ends = \"2026-12-31\"", "ends = \"2026-02-30\"", "ends"},
             {"ends = \"2026-12-31\"\n", "", "ends"},
             {"retention_months = 36", "retention_months = 0", "retention_months"},
             {"\"preparation\"]", "\"surveillance\"]", "uses"},
             {"analyst = \"cells\"", "analyst = \"points\"", "access"},
             {"analyst = \"cells\"", "everybody = \"cells\"", "access"},
             {"class = \"urgent\"", "class = \"secret\"", "class"},
             {"folder = \"essai\"", "folder = \"../x\"", "folder"},
             {"lat = { type = \"number\" }\n", "", "lat"},
             {"min = 0, max = 140", "min = 9, max = 1", "max"},
             {"id = { required = true }", "id = { required = true, secret = 1 }", "secret"},
             {"texte = { use = \"classify\" }", "texte = { use = \"read\" }", "personne"},
             {"sub_label = { use = \"empty\" }", "plaque = { use = \"drop\" }", "personne"},
             {"[id]\ncolumn = \"id\"\n", "", "id"}}) {
        CAPTURE(from);
        const auto manifest = changed(from, to);
        REQUIRE_FALSE(manifest.has_value());
        CHECK(manifest.error().code == ErrorCode::invalid_input);
        CHECK_MESSAGE(manifest.error().message.find(word) != std::string::npos, manifest.error().message);
    }
}

TEST_CASE("a value is held to its field") {
    const FieldSchema schema = read(agreed)->terms.fields;
    CHECK(fault_of(schema, "id", "") == "missing_field");
    CHECK(fault_of(schema, "id", std::string(257, 'x')) == "too_long_field");
    CHECK(fault_of(schema, "level", "12.5").empty());
    CHECK(fault_of(schema, "level", "").empty());
    CHECK(fault_of(schema, "level", "loud") == "bad_field");
    CHECK(fault_of(schema, "level", "141") == "out_of_bounds");
    CHECK(fault_of(schema, "count", "1.5") == "bad_field");
    CHECK(fault_of(schema, "count", "0") == "out_of_bounds");
    CHECK(fault_of(schema, "open", "yes") == "bad_field");
    CHECK(fault_of(schema, "open", "true").empty());
    CHECK(fault_of(schema, "type", "VOL").empty());
    CHECK(fault_of(schema, "type", "AUTRE") == "not_in_list");
    CHECK(fault_of(schema, "texte", std::string(10'000, 'x')).empty());
    CHECK(fault_of(schema, "box", std::string(100'000, 'x')).empty());
    CHECK(fault_of(schema, "sub_label", "").empty());
    CHECK(fault_of(schema, "sub_label", "false").empty());
    CHECK(fault_of(schema, "sub_label", "x") == "identity_field");
    CHECK(schema.find("box.left.top") == schema.find("box"));
    CHECK_FALSE(schema.find("type.sub"));
    CHECK_FALSE(schema.find("nothing"));
}

TEST_CASE("columns are held to the contract, the gravest fault first") {
    const ContractTables terms = read(agreed)->terms;
    const std::vector<std::string> all{"id", "t", "lon", "lat", "type", "geometry.lon", "box.x"};
    CHECK_FALSE(check_shape(terms.fields, all));
    const auto with = [&](std::vector<std::string> more) {
        more.insert(more.end(), all.begin(), all.end());
        return *check_shape(terms.fields, more);
    };
    CHECK(with({"colour", "nom"}).kind == ShapeFault::Kind::person);
    CHECK(with({"colour", "nom"}).names == std::vector<std::string>{"nom"});
    CHECK(with({"colour"}).kind == ShapeFault::Kind::strange);
    CHECK(check_shape(terms.fields, {"t"})->kind == ShapeFault::Kind::missing);
    const auto guard = RecordGuard::open(terms, {"id", "colour"});
    REQUIRE_FALSE(guard);
    CHECK(guard.error().code == ErrorCode::denied);
    CHECK(guard.error().message.find("Convention 7") != std::string::npos);
}

TEST_CASE("records of a kind that is no fact are passed over") {
    const auto manifest = changed("[fields]", "[pass_over]\ntype = [\"FEU\"]\n[fields]");
    REQUIRE_MESSAGE(manifest.has_value(), manifest.error().message);
    const auto guard = RecordGuard::open(manifest->terms, {"id", "type"});
    REQUIRE(guard);
    RecordBatch batch;
    batch.columns = 2;
    batch.values = {"a", "FEU", "b", " VOL", "c", " FEU "};
    batch.lines = {1, 2, 3};
    batch.defects.assign(3, Defect::none);
    CHECK(guard->is_passed_over(batch, 0, '.'));
    CHECK_FALSE(guard->is_passed_over(batch, 1, '.'));
    CHECK(guard->is_passed_over(batch, 2, '.'));
    CHECK_FALSE(RecordGuard::open(manifest->terms, {"id"}));
    CHECK_FALSE(changed("[fields]", "[pass_over]\ntype = \"FEU\"\n[fields]"));
}

TEST_CASE("the contracts that ship are whole") {
    for (const char* name : {"camera", "fire", "logbook", "noise", "tickets", "tows"}) {
        const auto manifest = load_manifest(std::string(VIGIE_SOURCE_DIR "/config/live/marseille_") + name + ".toml");
        REQUIRE_MESSAGE(manifest.has_value(), manifest.error().message);
        CHECK(manifest->terms.live);
        CHECK(manifest->terms.contract);
    }
}

TEST_CASE("a name that a sender chose is shown only when it looks like a column's") {
    CHECK(describe({ShapeFault::Kind::strange, {"couleur"}}).find("« couleur »") != std::string::npos);
    const std::string hidden = describe({ShapeFault::Kind::strange, {"0612345678", "12 rue de Rome", "é", "couleur"}});
    CHECK(hidden.find("0612") == std::string::npos);
    CHECK(hidden.find("Rome") == std::string::npos);
    CHECK(hidden.find("3 autre(s)") != std::string::npos);
}

TEST_CASE("days are written year, month, day") {
    CHECK(day_from_text("1970-01-02") == LocalDay{1});
    for (const char* text : {"", "2026-13-01", "2026-02-29", "26-01-01", "2026/01/01", "2026-1-1", "2026-01-01 ", "+026-01-01"}) {
        CAPTURE(text);
        CHECK_FALSE(day_from_text(text));
    }
}

TEST_CASE("every defect of a record has a name and a sentence") {
    for (const Defect defect : {Defect::too_few_fields, Defect::too_many_fields, Defect::unclosed_quote, Defect::stray_quote, Defect::bad_encoding,
                                Defect::too_long, Defect::not_an_object}) {
        CHECK(std::string(reason_of(defect)).size() > 5);
        CHECK(detail_of(defect, 3).size() > 10);
    }
}
