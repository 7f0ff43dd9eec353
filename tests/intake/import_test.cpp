#include "intake/import.h"

#include <doctest/doctest.h>
#include <fmt/format.h>

#include <algorithm>
#include <atomic>
#include <set>
#include <thread>

#include "base/random.h"
#include "intake/import_lock.h"
#include "scratch_observatory.h"

using namespace vigie;
using namespace vigie::intake;

namespace {

const std::string header = "t,type,lat,lon\n";

/// Rows of the example manifest, all different (every row has its own minute) unless `distinct` is smaller.
std::string rows(int count, int distinct, int first = 0) {
    std::string text;
    for (int i = first; i < first + count; ++i) {
        const int k = i % distinct;
        text += fmt::format("2025-{:02}-{:02}T{:02}:{:02},{},43.{:05},5.{:05}\n", k / (28 * 1440) % 12 + 1, k / 1440 % 28 + 1, k / 60 % 24, k % 60,
                            k % 3 == 0 ? "VOL" : k % 3 == 1 ? "BRUIT" : "FEU", 28'000 + k % 1'900, 36'000 + k % 3'900);
    }
    return text;
}

}  // namespace

TEST_CASE("a file is stored once, whatever happens to it afterwards") {
    ScratchObservatory city("import_once");
    const std::string file = city.files().write("a.csv", header + rows(5'000, 5'000));
    const ImportOutcome first = city.import(example_manifest(), {file});
    CHECK(first.read == 5'000);
    CHECK(first.stored == 5'000);
    const ImportOutcome second = city.import(example_manifest(), {file});
    CHECK(second.stored == 0);
    CHECK(second.duplicates == 5'000);
    // A file that overlaps it: only what is new is stored.
    const std::string overlap = city.files().write("b.csv", header + rows(5'000, 100'000, 3'000));
    const ImportOutcome third = city.import(example_manifest(), {overlap});
    CHECK(third.stored == 3'000);
    CHECK(third.duplicates == 2'000);
    CHECK(city.events().size() == 8'000);
}

TEST_CASE("true repeats inside one file are kept, and not stored again by the next") {
    ScratchObservatory city("import_repeats");
    const std::string thrice = city.files().write("a.csv", header + rows(300, 100));
    CHECK(city.import(example_manifest(), {thrice}).stored == 300);
    CHECK(city.import(example_manifest(), {thrice}).duplicates == 300);
    // Four of each now: the fourth is new.
    const std::string four = city.files().write("b.csv", header + rows(400, 100));
    const ImportOutcome outcome = city.import(example_manifest(), {four});
    CHECK(outcome.stored == 100);
    CHECK(outcome.duplicates == 300);
    const std::vector<Event> events = city.events();
    std::set<std::uint64_t> ids;
    for (const Event& event : events) {
        ids.insert(event.id.raw());
    }
    CHECK(events.size() == 400);
    CHECK(ids.size() == 400);
    // Thousands of one and the same record take no quadratic time.
    const std::string same = city.files().write("c.csv", header + rows(20'000, 1));
    CHECK(city.import(example_manifest(), {same}).stored == 20'000 - 4);
}

TEST_CASE("two files of one command may repeat one another") {
    ScratchObservatory city("import_two");
    const std::string a = city.files().write("a.csv", header + rows(1'000, 1'000));
    const std::string b = city.files().write("b.csv", header + rows(1'000, 2'000, 500));
    const ImportOutcome outcome = city.import(example_manifest(), {a, b});
    CHECK(outcome.read == 2'000);
    CHECK(outcome.stored == 1'500);
    CHECK(outcome.duplicates == 500);
}

TEST_CASE("with an external id the id alone decides") {
    ScratchObservatory city("import_ids");
    const std::string manifest = example_manifest("iso", "[id]\ncolumn = \"id\"\n");
    const std::string text = "id,t,type,lat,lon\nA1,2025-07-14T10:00,VOL,43.29,5.37\nA2,2025-07-14T10:00,VOL,43.29,5.37\nA1,2025-07-14T11:00,FEU,43.29,5.38\n,2025-07-14T10:00,VOL,43.29,5.37\n";
    const std::string file = city.files().write("a.csv", text);
    const ImportOutcome outcome = city.import(manifest, {file});
    CHECK(outcome.stored == 2);
    CHECK(outcome.quarantined == 2);
    const auto refused = city.quarantine();
    REQUIRE(refused.size() == 2);
    CHECK(refused[0].reason == "repeated_id");
    CHECK(refused[0].line == 4);
    CHECK(refused[1].reason == "missing_id");
    CHECK(refused[1].line == 5);
    CHECK(city.import(manifest, {file}).stored == 0);
    // A source that rewrites its records may say so: the second is then a duplicate.
    const ImportOutcome lenient = city.import(manifest + "repeats = \"duplicate\"\n", {file});
    CHECK(lenient.duplicates == 3);
    CHECK(lenient.quarantined == 1);
}

TEST_CASE("a file that can not be used is an error, and what was stored before stays") {
    ScratchObservatory city("import_errors");
    const std::string good = city.files().write("a.csv", header + rows(100, 100));
    const auto absent = city.try_import(example_manifest(), {good, city.files().path("absent.csv")});
    REQUIRE_FALSE(absent.has_value());
    CHECK(city.events().size() == 100);
    const std::string other = city.files().write("b.csv", "date;genre\n1;2\n");
    const auto missing = city.try_import(example_manifest(), {other});
    REQUIRE_FALSE(missing.has_value());
    CHECK(missing.error().code == ErrorCode::invalid_input);
    CHECK(missing.error().message.find("b.csv : la colonne « t »") != std::string::npos);
    CHECK_FALSE(city.try_import(example_manifest(), {city.files().write("c.csv", "")}).has_value());
    CHECK_FALSE(city.try_import("key = 1", {good}).has_value());
    CHECK_FALSE(city.try_import(city.files().path("absent.toml"), {good}).has_value());
    CHECK(city.import(example_manifest(), {good}).duplicates == 100);
}

TEST_CASE("a file that ends too early keeps what was read, and the whole file finishes the job") {
    ScratchObservatory city("import_short");
    // A .gz that is cut in two: written by hand as one stored block, so that no compressor is needed.
    const std::string text = header + rows(600, 600);
    std::string gz("\x1f\x8b\x08\x00\x00\x00\x00\x00\x00\xff", 10);
    const auto length = static_cast<unsigned>(text.size());
    gz += '\x01';
    gz += static_cast<char>(length & 0xffU);
    gz += static_cast<char>(length >> 8U);
    gz += static_cast<char>(~length & 0xffU);
    gz += static_cast<char>((~length >> 8U) & 0xffU);
    gz += text;
    const std::string file = city.files().write("a.csv.gz", gz.substr(0, gz.size() / 2));
    const auto outcome = city.try_import(example_manifest(), {file});
    REQUIRE_FALSE(outcome.has_value());
    CHECK(outcome.error().message.find("a.csv.gz") != std::string::npos);
    const std::size_t kept = city.events().size();
    CHECK(kept < 600);
    const auto imports = city.folder().metadata().imports(10);
    REQUIRE((imports.has_value() && !imports->empty()));
    CHECK(imports->at(0).state == "failed");
    const ImportOutcome whole = city.import(example_manifest(), {city.files().write("a.csv", text)});
    CHECK(whole.stored + kept == 600);
}

TEST_CASE("a second import at the same time is refused") {
    ScratchObservatory city("import_twice");
    const std::string file = city.files().write("a.csv", header + rows(100, 100));
    const auto held = ImportLock::take(city.folder().identity_index_path() + ".import");
    REQUIRE(held.has_value());
    const auto refused = city.try_import(example_manifest(), {file});
    REQUIRE_FALSE(refused.has_value());
    CHECK(refused.error().code == ErrorCode::conflict);
    CHECK(refused.error().message.find("un autre import est en cours") != std::string::npos);
}

TEST_CASE("an import that is cancelled leaves a whole store, and a second run finishes") {
    ScratchObservatory city("import_cancel");
    const std::string file = city.files().write("a.csv", header + rows(60'000, 300'000));
    std::atomic<bool> cancel{true};
    city.cancel = &cancel;
    const auto stopped = city.try_import(example_manifest(), {file});
    REQUIRE_FALSE(stopped.has_value());
    CHECK(stopped.error().code == ErrorCode::unavailable);
    const std::size_t kept = city.events().size();
    CHECK(kept > 0);
    CHECK(kept < 60'000);
    const auto imports = city.folder().metadata().imports(1);
    CHECK(imports->at(0).state == "cancelled");
    CHECK(imports->at(0).stored == kept);
    cancel = false;
    const ImportOutcome rest = city.import(example_manifest(), {file});
    CHECK(rest.duplicates == kept);
    CHECK(city.events().size() == 60'000);
}

TEST_CASE("progress is told, and ends at the whole file") {
    ScratchObservatory city("import_progress");
    std::vector<ImportProgress> told;
    city.on_progress = [&](const ImportProgress& progress) { told.push_back(progress); };
    const std::string file = city.files().write("a.csv", header + rows(30'000, 300'000));
    city.import(example_manifest(), {file});
    REQUIRE_FALSE(told.empty());
    CHECK(told.back().bytes_read == told.back().bytes_total);
    CHECK(told.back().read == 30'000);
    CHECK(told.back().file_name == "a.csv");
    for (std::size_t i = 1; i < told.size(); ++i) {
        CHECK(told[i].read >= told[i - 1].read);
    }
}

TEST_CASE("an import leaves its record, with the source and what the file was") {
    ScratchObservatory city("import_record");
    const std::string file = city.files().write("a.csv", header + rows(10, 10) + "x,VOL,43.29,5.37\n");
    city.import(example_manifest(), {file});
    const auto imports = city.folder().metadata().imports(10);
    REQUIRE(imports->size() == 1);
    const ImportRecord& record = imports->at(0);
    CHECK(record.file_name == "a.csv");
    CHECK(record.state == "done");
    CHECK(record.read == 11);
    CHECK(record.stored == 10);
    CHECK(record.quarantined == 1);
    CHECK(record.file_hash.size() == 64);
    CHECK(record.ended.has_value());
    const auto sources = city.folder().metadata().sources();
    REQUIRE(sources->size() == 1);
    CHECK(sources->at(0).attribution == "Ville d'essai");
    CHECK(sources->at(0).manifest == example_manifest());
}

TEST_CASE("invented facts mark an empty folder, and are kept out of one that holds real facts") {
    const std::string synthetic = "synthetic = true\n" + example_manifest();
    ScratchObservatory fresh("import_synthetic");
    const std::string file = fresh.files().write("a.csv", header + rows(10, 10));
    CHECK_FALSE(fresh.import(synthetic, {file}).warnings.empty());
    CHECK(fresh.folder().metadata().city()->value().synthetic);
    CHECK(fresh.events()[0].flags == flag_synthetic);
    ScratchObservatory real("import_real");
    real.import(example_manifest(), {real.files().write("a.csv", header + rows(10, 10))});
    const auto refused = real.try_import(synthetic, {file});
    REQUIRE_FALSE(refused.has_value());
    CHECK(refused.error().code == ErrorCode::conflict);
    CHECK_FALSE(real.folder().metadata().city()->value().synthetic);
}
