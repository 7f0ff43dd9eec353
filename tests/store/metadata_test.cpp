#include "store/metadata.h"

#include <doctest/doctest.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <csignal>
#include <thread>

#include "store/reference_samples.h"
#include "store/scratch_folder.h"
#include "store/sqlite_statement.h"

using namespace vigie;
using namespace std::chrono_literals;
using governance::JournalEntry;

namespace {

const Instant noon{1'790'000'000s};

std::unique_ptr<Metadata> open_metadata(const std::string& path) {
    auto metadata = Metadata::open(path);
    REQUIRE_MESSAGE(metadata.has_value(), metadata.error().message);
    return std::move(*metadata);
}

SourceRecord source_named(const std::string& key) {
    SourceRecord source;
    source.key = key;
    source.label = "Libellé de " + key;
    source.registered = noon;
    return source;
}

ImportRecord begun_import(Metadata& metadata, SourceId source, const std::string& file_name) {
    ImportRecord import;
    import.source = source;
    import.file_name = file_name;
    import.started = noon;
    import.state = "running";
    const auto id = metadata.begin_import(import);
    REQUIRE(id.has_value());
    import.id = *id;
    return import;
}

std::vector<QuarantineRecord> refusals(const ImportRecord& import, std::size_t count) {
    std::vector<QuarantineRecord> records;
    for (std::size_t i = 0; i < count; ++i) {
        records.push_back({import.id, import.source, import.file_name, count - i, "bad_time", "colonne date"});
    }
    return records;
}

JournalEntry entry(const std::string& filters, std::uint64_t rows) {
    return JournalEntry{noon, "agent", governance::Role::analyst, governance::Purpose::control, "past.view", filters, rows};
}

}  // namespace

TEST_CASE("the database is private to its owner and in WAL") {
    const test::ScratchFolder folder;
    const auto metadata = open_metadata(folder / "metadata.sqlite");
    REQUIRE(metadata->save_setting("a", "b").has_value());
    for (const char* name : {"metadata.sqlite", "metadata.sqlite-wal"}) {
        struct stat status {};
        REQUIRE(::stat((folder / name).c_str(), &status) == 0);
        CHECK((status.st_mode & 0777U) == 0600U);
    }
}

TEST_CASE("settings are kept, replaced and absent") {
    const test::ScratchFolder folder;
    const auto metadata = open_metadata(folder / "m");
    CHECK(*metadata->setting("langue") == std::nullopt);
    REQUIRE(metadata->save_setting("langue", "fr").has_value());
    REQUIRE(metadata->save_setting("langue", "en").has_value());
    REQUIRE(metadata->save_setting("vide", "").has_value());
    CHECK(*metadata->setting("langue") == "en");
    CHECK(*metadata->setting("vide") == "");
}

TEST_CASE("a source keeps its number and its first date when it is met again") {
    const test::ScratchFolder folder;
    const auto metadata = open_metadata(folder / "m");
    CHECK(metadata->register_source(source_named("a"))->id == SourceId{0});
    CHECK(metadata->register_source(source_named("b"))->id == SourceId{1});
    SourceRecord again = source_named("a");
    again.label = "Nouveau";
    again.manifest = "key = \"a\"\n";
    again.registered = noon + 24h;
    const auto updated = metadata->register_source(again);
    REQUIRE(updated.has_value());
    CHECK(updated->id == SourceId{0});
    CHECK(updated->registered == noon);
    const auto sources = metadata->sources();
    REQUIRE(sources->size() == 2);
    CHECK(sources->at(0).label == "Nouveau");
    CHECK(sources->at(0).manifest == "key = \"a\"\n");
    CHECK(sources->at(1).key == "b");
    CHECK(metadata->register_source(SourceRecord{}).error().code == ErrorCode::invalid_input);
}

TEST_CASE("an import is followed from beginning to end") {
    const test::ScratchFolder folder;
    const auto metadata = open_metadata(folder / "m");
    const SourceId source = metadata->register_source(source_named("a"))->id;
    ImportRecord import = begun_import(*metadata, source, "faits.csv");
    import.read = 10;
    import.stored = 7;
    import.duplicates = 2;
    import.quarantined = 1;
    import.ended = noon + 3s;
    import.state = "done";
    import.file_hash = "00ff";
    REQUIRE(metadata->update_import(import).has_value());
    const ImportRecord second = begun_import(*metadata, source, "suite.csv");
    const auto imports = metadata->imports(10);
    REQUIRE(imports->size() == 2);
    CHECK(imports->at(0).id == second.id);
    CHECK_FALSE(imports->at(0).ended.has_value());
    const ImportRecord& kept = imports->at(1);
    CHECK(kept.source == source);
    CHECK(kept.file_name == "faits.csv");
    CHECK(kept.file_hash == "00ff");
    CHECK(kept.started == noon);
    CHECK(kept.ended == noon + 3s);
    CHECK(kept.read == 10);
    CHECK(kept.stored == 7);
    CHECK(kept.duplicates == 2);
    CHECK(kept.quarantined == 1);
    CHECK(kept.state == "done");
    CHECK(metadata->imports(1)->size() == 1);
    import.id = 99;
    CHECK(metadata->update_import(import).error().code == ErrorCode::not_found);
    import.id = second.id;
    import.state = "perhaps";
    CHECK_FALSE(metadata->update_import(import).has_value());
    ImportRecord orphan;
    orphan.source = SourceId{9};
    orphan.state = "running";
    CHECK(metadata->begin_import(orphan).error().code == ErrorCode::invalid_input);
}

TEST_CASE("an import that was running when the process died is failed at the next opening") {
    const test::ScratchFolder folder;
    {
        const auto metadata = open_metadata(folder / "m");
        begun_import(*metadata, metadata->register_source(source_named("a"))->id, "faits.csv");
    }
    const auto metadata = open_metadata(folder / "m");
    CHECK(metadata->imports(1)->at(0).state == "failed");
    CHECK(metadata->imports(1)->at(0).error.find("interrompu") != std::string::npos);
}

TEST_CASE("refused records are listed by import and line, and counted by reason") {
    const test::ScratchFolder folder;
    const auto metadata = open_metadata(folder / "m");
    const SourceId a = metadata->register_source(source_named("a"))->id;
    const SourceId b = metadata->register_source(source_named("b"))->id;
    const ImportRecord first = begun_import(*metadata, a, "a.csv");
    const ImportRecord second = begun_import(*metadata, b, "b.csv");
    REQUIRE(metadata->add_quarantine(refusals(second, 3)).has_value());
    REQUIRE(metadata->add_quarantine(refusals(first, 2)).has_value());
    REQUIRE(metadata->add_quarantine({{first.id, a, "a.csv", 1, "outside_city", "lon, lat"}}).has_value());
    const auto all = metadata->quarantine(std::nullopt, 0, 100);
    REQUIRE(all->size() == 6);
    for (std::size_t i = 1; i < all->size(); ++i) {
        const QuarantineRecord& before = all->at(i - 1);
        const QuarantineRecord& after = all->at(i);
        CHECK(std::pair(before.import_id, before.line) <= std::pair(after.import_id, after.line));
    }
    CHECK(metadata->quarantine(a, 0, 100)->size() == 3);
    CHECK(metadata->quarantine(b, 1, 1)->at(0).line == 2);
    CHECK(metadata->quarantine(b, 3, 10)->empty());
    const auto counts = metadata->quarantine_counts();
    REQUIRE(counts->size() == 3);
    CHECK(counts->at(0).source == a);
    CHECK(counts->at(0).reason == "bad_time");
    CHECK(counts->at(0).count == 2);
    CHECK(counts->at(1).reason == "outside_city");
    CHECK(counts->at(2).count == 3);
    // One transaction: a record of an unknown import takes the others of its call with it.
    CHECK_FALSE(metadata->add_quarantine({{first.id, a, "a.csv", 9, "bad_time", ""}, {77, a, "a.csv", 9, "bad_time", ""}})
                    .has_value());
    CHECK(metadata->quarantine(a, 0, 100)->size() == 3);
}

TEST_CASE("above the bound refused records are only counted") {
    const test::ScratchFolder folder;
    const auto metadata = open_metadata(folder / "m");
    const ImportRecord import = begun_import(*metadata, metadata->register_source(source_named("a"))->id, "a.csv");
    const auto half = refusals(import, 60'000);
    REQUIRE(metadata->add_quarantine(half).has_value());
    REQUIRE(metadata->add_quarantine(half).has_value());
    CHECK(metadata->quarantine_counts()->at(0).count == 120'000);
    CHECK(metadata->quarantine(std::nullopt, 0, 1'000'000)->size() == quarantine_rows_max);
}

TEST_CASE("importing a file again replaces what was refused of it") {
    const test::ScratchFolder folder;
    auto metadata = open_metadata(folder / "m");
    const SourceId source = metadata->register_source(source_named("a"))->id;
    const auto finish = [&](ImportRecord import, const char* hash, const char* state) {
        import.file_hash = hash;
        import.state = state;
        REQUIRE(metadata->update_import(import).has_value());
    };
    // Another file of the same source keeps its refusals throughout.
    const ImportRecord other = begun_import(*metadata, source, "autre.csv");
    REQUIRE(metadata->add_quarantine(refusals(other, 5)).has_value());
    finish(other, "beef", "done");
    // Cut short by a crash: no hash, never ended.
    REQUIRE(metadata->add_quarantine(refusals(begun_import(*metadata, source, "a.csv"), 1)).has_value());
    metadata.reset();
    metadata = open_metadata(folder / "m");
    for (int time = 0; time < 2; ++time) {
        const ImportRecord again = begun_import(*metadata, source, time == 0 ? "a.csv" : "renomme.csv");
        REQUIRE(metadata->add_quarantine(refusals(again, 2)).has_value());
        finish(again, "cafe", "done");
        CHECK(metadata->quarantine_counts()->at(0).count == 7);
        CHECK(metadata->quarantine(std::nullopt, 0, 100)->size() == 7);
    }
    // A failed run does not make what an earlier complete one said disappear.
    finish(begun_import(*metadata, source, "renomme.csv"), "", "failed");
    CHECK(metadata->quarantine_counts()->at(0).count == 7);
}

TEST_CASE("a copy made while in use is whole") {
    const test::ScratchFolder folder;
    const auto metadata = open_metadata(folder / "m");
    REQUIRE(metadata->save_city(test::sample_city(), noon).has_value());
    std::thread writer([&] {
        for (std::uint64_t i = 0; i < 50; ++i) {
            if (!metadata->record(entry("a=1", i)).has_value()) {
                return;
            }
        }
    });
    const auto status = metadata->backup(folder / "copy");
    writer.join();
    REQUIRE_MESSAGE(status.has_value(), status.error().message);
    const auto copy = open_metadata(folder / "copy");
    test::check_same(**copy->city(), test::sample_city());
    CHECK(metadata->read(0, 100)->size() == 50);
    CHECK(copy->read(0, 100)->size() <= 50);
}

TEST_CASE("a full disk is unavailable and leaves what was there") {
    const test::ScratchFolder folder;
    open_metadata(folder / "m");
    // In a process of its own, because a limit on file sizes can not be lifted again.
    const pid_t child = ::fork();
    REQUIRE(child >= 0);
    if (child == 0) {
        ::signal(SIGXFSZ, SIG_IGN);
        const rlimit limit{400'000, 400'000};
        ::setrlimit(RLIMIT_FSIZE, &limit);
        auto metadata = Metadata::open(folder / "m");
        int kept = 0;
        while (metadata && kept < 100) {
            const auto status = (*metadata)->save_setting("k" + std::to_string(kept), std::string(20'000, 'x'));
            if (!status) {
                ::_exit(status.error().code == ErrorCode::unavailable ? kept : 200);
            }
            ++kept;
        }
        ::_exit(201);
    }
    int status = 0;
    REQUIRE(::waitpid(child, &status, 0) == child);
    const int kept = WEXITSTATUS(status);
    CHECK(kept > 0);
    CHECK(kept < 100);
    const auto metadata = open_metadata(folder / "m");
    CHECK(metadata->setting("k" + std::to_string(kept - 1))->has_value());
    CHECK_FALSE(metadata->setting("k" + std::to_string(kept))->has_value());
}
