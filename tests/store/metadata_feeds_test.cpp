#include <doctest/doctest.h>

#include "store/metadata.h"
#include "store/scratch_folder.h"

using namespace vigie;
using namespace std::chrono_literals;

namespace {

const Instant noon{1'790'000'000s};
const LocalDay today{20'717};

struct Kept {
    Kept() : metadata(*Metadata::open(scratch / "metadata.sqlite")) {
        SourceRecord record;
        record.key = "logbook";
        source = metadata->register_source(record)->id;
    }
    [[nodiscard]] LiveOutcome outcome(std::uint64_t through) const {
        LiveOutcome live;
        live.through = through;
        live.now = noon;
        return live;
    }
    void reopen() {
        metadata.reset();
        metadata = std::move(*Metadata::open(scratch / "metadata.sqlite"));
    }
    test::ScratchFolder scratch;
    std::unique_ptr<Metadata> metadata;
    SourceId source;
};

}  // namespace

TEST_CASE("what a feed brings in a day is one line among the imports") {
    Kept kept;
    LiveOutcome live = kept.outcome(7);
    live.counts = {{kept.source, today, 10, 6, 2, 1, 1}};
    live.refusals = {{kept.source, today, 7, 3, "bad_time", "colonne « heure »", 42}};
    live.heard = {{kept.source, noon}};
    REQUIRE(kept.metadata->record_live(live));
    live.through = 8;
    live.refusals.clear();
    live.counts = {{kept.source, today, 5, 5, 0, 0, 0}};
    REQUIRE(kept.metadata->record_live(live));
    kept.reopen();

    CHECK(*kept.metadata->live_cursor() == 8);
    const auto imports = *kept.metadata->imports(10);
    REQUIRE(imports.size() == 1);
    CHECK(imports[0].read == 15);
    CHECK(imports[0].stored == 11);
    CHECK(imports[0].passed_over == 1);
    CHECK(imports[0].live_day == today);
    CHECK(imports[0].state == "running");  // a restart does not end a day
    const auto refused = *kept.metadata->refusals_of_message(7);
    REQUIRE(refused.size() == 1);
    CHECK(refused[0].record == 3);
    CHECK(refused[0].reason == "bad_time");
    CHECK(refused[0].day == today);
    CHECK(kept.metadata->refusals_of_message(0)->empty());
    CHECK(kept.metadata->quarantine_counts()->at(0).count == 1);

    live.through = 9;
    live.counts = {{kept.source, LocalDay{today.raw() + 1}, 1, 1, 0, 0, 0}};
    REQUIRE(kept.metadata->record_live(live));
    const auto both = *kept.metadata->imports(10);
    REQUIRE(both.size() == 2);
    CHECK(both[0].state == "running");
    CHECK(both[1].state == "done");
}

TEST_CASE("a blocked feed opens one task, and remembers when it was last heard") {
    Kept kept;
    LiveOutcome live = kept.outcome(1);
    live.heard = {{kept.source, noon}};
    live.blocked = {{kept.source, FeedState::blocked, "champ nouveau", noon, std::nullopt}};
    Task task;
    task.kind = "schema_change";
    task.source = kept.source;
    task.opened = noon;
    task.detail = "un champ nouveau";
    live.tasks = {task};
    REQUIRE(kept.metadata->record_live(live));
    REQUIRE(kept.metadata->record_live(live));
    const auto feeds = *kept.metadata->feeds();
    REQUIRE(feeds.size() == 1);
    CHECK(feeds[0].state == FeedState::blocked);
    CHECK(feeds[0].last_message == noon);
    auto tasks = *kept.metadata->tasks(10);
    REQUIRE(tasks.size() == 1);

    CHECK(kept.metadata->close_task(99, noon, "dpo", "vu").error().code == ErrorCode::not_found);
    REQUIRE(kept.metadata->close_task(tasks[0].id, noon, "dpo", "refusé"));
    CHECK(kept.metadata->close_task(tasks[0].id, noon, "dpo", "refusé").error().code == ErrorCode::conflict);
    REQUIRE(kept.metadata->record_live(live));  // a later change is a new task
    tasks = *kept.metadata->tasks(10);
    REQUIRE(tasks.size() == 2);
    CHECK_FALSE(tasks[0].closed);
    CHECK(tasks[1].decision == "refusé");
}

TEST_CASE("sealed refusals are listed until they are replayed") {
    Kept kept;
    LiveOutcome live = kept.outcome(3);
    live.refusals = {{kept.source, today, 2, 1, "a", "", 11}, {kept.source, today, 3, 0, "b", "", 12}, {kept.source, today, 3, 4, "c", "", 0}};
    REQUIRE(kept.metadata->record_live(live));
    REQUIRE(kept.metadata->sealed_refusals(kept.source, 10)->size() == 2);
    REQUIRE(kept.metadata->forget_sealed({11}));
    const auto left = *kept.metadata->sealed_refusals(kept.source, 10);
    REQUIRE(left.size() == 1);
    CHECK(left[0].sealed == 12);
    CHECK(kept.metadata->refusals_of_message(2)->size() == 1);
}

TEST_CASE("tokens and manifests keep their history") {
    Kept kept;
    FeedToken token;
    token.hash.fill(7);
    token.source_key = "logbook";
    token.label = "logiciel de la police";
    token.created = noon;
    REQUIRE(kept.metadata->save_token(token));
    token.revoked = noon + 1h;
    REQUIRE(kept.metadata->save_token(token));
    const auto tokens = *kept.metadata->tokens();
    REQUIRE(tokens.size() == 1);
    CHECK(tokens[0].hash == token.hash);
    CHECK(tokens[0].revoked == token.revoked);

    ManifestVersion manifest;
    manifest.source_key = "logbook";
    manifest.saved = noon;
    manifest.account = "local";
    manifest.toml = "key = 1";
    const auto first = *kept.metadata->add_manifest(manifest);
    manifest.toml = "key = 2";
    CHECK(*kept.metadata->add_manifest(manifest) > first);
    manifest.source_key = "other";
    REQUIRE(kept.metadata->add_manifest(manifest));
    const auto versions = *kept.metadata->manifests("logbook", 10);
    REQUIRE(versions.size() == 2);
    CHECK(versions[0].toml == "key = 2");
}
