#include "intake/door/door.h"

#include <doctest/doctest.h>
#include <fmt/format.h>

#include <algorithm>

#include "../scratch_observatory.h"
#include "base/random.h"
#include "intake/door/feed.h"
#include "intake/door/text_judges.h"
#include "store/spool/spool_key.h"

using namespace vigie;
using namespace vigie::intake;

namespace {

const std::string terms = R"toml([id]
column = "id"
[contract]
clause = "Convention 2026-14, article 3"
legal_basis = "RGPD, article 6(1)(e)"
starts = "2025-01-01"
ends = "2026-06-30"
retention_months = 36
uses = ["analysis"]
[contract.access]
analyst = "cells"
[live]
format = "json"
[fields.id]
required = true
length = 40
[fields.t]
[fields.lon]
type = "number"
[fields.lat]
type = "number"
[fields.type]
[fields.db]
type = "number"
min = 0
max = 140
[fields.evidence]
use = "drop"
[fields.sub_label]
use = "empty"
)toml";

std::string record(const std::string& id, int minute = 0, const std::string& more = {}) {
    return fmt::format(R"({{"id":"{}","t":"2026-01-01T10:{:02}","type":"VOL","lon":5.37,"lat":43.29{}}})", id, minute % 60, more);
}

/// An observatory with a feed, its inbox and its door.
class Doorstep {
  public:
    explicit Doorstep(const std::string& name, const std::string& manifest = example_manifest("YYYY-MM-DDTHH:mm", terms),
                      const Taxonomy& taxonomy = example_taxonomy())
        : city_(name, example_city(), taxonomy) {
        SourceRecord source;
        source.key = "essai";
        source.manifest = manifest;
        source.registered = test_now;
        source_ = city_.folder().metadata().register_source(source)->id;
        open();
    }

    void open() {
        door_.reset();
        sealed_.reset();
        receipts_.reset();
        spool_.reset();
        auto spool = Spool::open(city_.files().path("spool"), key_, SpoolLimits{});
        REQUIRE(spool.has_value());
        spool_ = *std::move(spool);
        receipts_ = *ReceiptLog::open(city_.files().path("receipts"));
        auto sealed = SealedStore::open(city_.files().path("sealed"), key_, 64U << 20);
        REQUIRE(sealed.has_value());
        sealed_ = *std::move(sealed);
        auto door = Door::open(parts(), VIGIE_SOURCE_DIR "/config");
        REQUIRE(door.has_value());
        door_ = *std::move(door);
    }

    std::uint64_t send(std::string body, const std::string& format = "json", const std::string& source = "essai", Instant received = test_now) {
        const auto number = spool_->put_and_wait({source, "http", received, format, "", std::move(body)}, SpoolClass::ordinary);
        REQUIRE(number.has_value());
        return *number;
    }
    MessageReceipt drained(std::uint64_t number) {
        drain();
        const auto receipt = *receipts_->find(number);
        REQUIRE(receipt.has_value());
        return *receipt;
    }
    MessageReceipt give(std::string body, const std::string& format = "json", const std::string& source = "essai", Instant received = test_now) {
        return drained(send(std::move(body), format, source, received));
    }
    void drain() {
        for (;;) {
            const auto outcome = door_->drain(test_now + std::chrono::hours{11}, std::chrono::milliseconds{0});
            REQUIRE_MESSAGE(outcome.has_value(), outcome.error().message);
            if (outcome->messages == 0) {
                return;
            }
        }
    }
    DoorParts parts() { return {city_.folder(), *spool_, *receipts_, *sealed_}; }
    std::uint64_t replay() {
        const auto sources = *metadata().sources();
        const auto replayed = replay_sealed(parts(), sources.at(source_.raw()));
        REQUIRE_MESSAGE(replayed.has_value(), replayed.error().message);
        drain();
        return *replayed;
    }
    ScratchObservatory& city() { return city_; }
    Metadata& metadata() { return city_.folder().metadata(); }
    Door& door() { return *door_; }
    [[nodiscard]] SourceId source() const { return source_; }

  private:
    ScratchObservatory city_;
    SpoolKey key_ = SpoolKey::random();
    SourceId source_;
    std::unique_ptr<Spool> spool_;
    std::unique_ptr<ReceiptLog> receipts_;
    std::unique_ptr<SealedStore> sealed_;
    std::unique_ptr<Door> door_;
};

}  // namespace

TEST_CASE("records of a message are judged one by one, and repeats are stored once") {
    Doorstep doorstep("door_records");
    const MessageReceipt first = doorstep.give(record("a") + "\n" + record("b", 1) + "\n" + record("c", 2, R"(,"db":500)") + "\n{broken\n");
    CHECK(first.verdict == Verdict::taken);
    CHECK(first.read == 4);
    CHECK(first.stored == 2);
    CHECK(first.quarantined == 2);
    const MessageReceipt again = doorstep.give("[" + record("b", 1) + "," + record("d", 3) + "," + record("d", 3) + "]");
    CHECK(again.stored == 1);
    CHECK(again.duplicates == 2);
    CHECK(doorstep.city().events().size() == 3);
    const auto refused = *doorstep.metadata().refusals_of_message(1);
    REQUIRE(refused.size() == 2);
    CHECK(refused[0].record == 3);
    CHECK(refused[0].reason == "out_of_bounds");
    CHECK(refused[1].reason == "not_an_object");
    const auto imports = *doorstep.metadata().imports(5);
    REQUIRE(imports.size() == 1);
    CHECK(imports[0].read == 7);
    CHECK(imports[0].stored == 3);
    CHECK(imports[0].duplicates == 2);
    CHECK(imports[0].quarantined == 2);
}

TEST_CASE("CSV, GeoJSON and compressed messages go the same way") {
    Doorstep doorstep("door_formats");
    CHECK(doorstep.give("id;t;type;lon;lat\nk1;2026-01-01T10:00;VOL;5,37;43,29\nk2;2026-01-01T10:01;FEU;5,37;43,29\n", "csv").stored == 2);
    CHECK(doorstep.give("lat;lon;type;t;id\n43.29;5.37;VOL;2026-01-01T10:00;k1\n", "csv").duplicates == 1);
    CHECK(doorstep.give("id;t;type;lon\nk9;2026-01-01T10:00;VOL;5,37\n", "csv").verdict == Verdict::unreadable);
    CHECK(doorstep.give("id;t;type;lon;lat\nk9;2026-01-01T10:00;VOL;9;9\n", "csv").quarantined == 1);
}

TEST_CASE("what was refused waits sealed, and is judged again by the corrected manifest") {
    Doorstep doorstep("door_replay");
    // One record out of bounds, one column that the contract lacks, and one message that came while the feed was blocked.
    CHECK(doorstep.give("[" + record("a") + "," + record("b", 1, R"(,"db":500)") + "]").quarantined == 1);
    CHECK(doorstep.give(record("c", 2, R"(,"colour":"red")")).verdict == Verdict::schema);
    CHECK(doorstep.give(record("d")).verdict == Verdict::blocked);
    CHECK(doorstep.give(record("e", 3, R"(,"face_id":"x")")).verdict == Verdict::blocked);
    CHECK(doorstep.metadata().sealed_refusals(doorstep.source(), 10)->size() == 4);

    std::string wider = terms;
    wider.replace(wider.find("max = 140"), 9, "max = 999");
    SourceRecord source = doorstep.metadata().sources()->at(0);
    source.manifest = example_manifest("YYYY-MM-DDTHH:mm", wider + "[fields.colour]\nuse = \"drop\"\n");
    REQUIRE(doorstep.metadata().register_source(source));
    REQUIRE(doorstep.metadata().save_feed({doorstep.source(), FeedState::open, "", test_now, std::nullopt}));
    doorstep.door().reload_soon();
    CHECK(doorstep.replay() == 4);
    CHECK(doorstep.city().events().size() == 4);  // a, b, c, d; e speaks of a person
    CHECK(doorstep.metadata().sealed_refusals(doorstep.source(), 10)->empty());
    CHECK(doorstep.replay() == 0);
    doorstep.open();
    doorstep.drain();
    CHECK(doorstep.city().events().size() == 4);
}

TEST_CASE("a field that speaks of a person has the whole message refused, and the feed goes on") {
    Doorstep doorstep("door_identity");
    for (const std::string more : {R"(,"face_id":"x")", R"(,"evidence":{"track_id":3})", R"(,"sub_label":"x")"}) {
        const MessageReceipt receipt = doorstep.give("[" + record("ok") + "," + record("bad", 1, more) + "]");
        CAPTURE(more);
        CHECK(receipt.verdict == Verdict::identity);
        CHECK(receipt.stored == 0);
        CHECK(receipt.quarantined == 1);
    }
    CHECK(doorstep.city().events().empty());
    CHECK(doorstep.metadata().quarantine_counts()->at(0).reason == "identity_field");
    CHECK(doorstep.metadata().quarantine_counts()->at(0).count == 3);
    const auto refusals = *doorstep.metadata().refusals_of_message(1);
    REQUIRE(refusals.size() == 1);
    CHECK(refusals[0].detail.find("Convention 2026-14, article 3") != std::string::npos);
    CHECK(doorstep.give(record("ok")).stored == 1);
}

TEST_CASE("a field that the contract does not have blocks the feed until somebody decides") {
    Doorstep doorstep("door_schema");
    const MessageReceipt first = doorstep.give("id;t;type;lon;lat;couleur\nk1;2026-01-01T10:00;VOL;5,37;43,29;bleu\n", "csv");
    CHECK(first.verdict == Verdict::schema);
    CHECK(doorstep.give(record("ok")).verdict == Verdict::blocked);
    CHECK(doorstep.city().events().empty());
    doorstep.open();  // a restart does not unblock
    CHECK(doorstep.give(record("ok2")).verdict == Verdict::blocked);
    const auto tasks = *doorstep.metadata().tasks(10);
    REQUIRE(tasks.size() == 1);
    CHECK(tasks[0].detail.find("couleur") != std::string::npos);
    CHECK(tasks[0].detail.find("bleu") == std::string::npos);

    REQUIRE(doorstep.metadata().save_feed({doorstep.source(), FeedState::open, "", test_now, std::nullopt}));
    doorstep.door().reload_soon();
    CHECK(doorstep.give(record("ok3")).stored == 1);
}

TEST_CASE("a new column nom is a person's, and blocks nothing of what is agreed") {
    Doorstep doorstep("door_nom");
    const MessageReceipt receipt = doorstep.give("id;t;type;lon;lat;nom\nk1;2026-01-01T10:00;VOL;5,37;43,29;x\n", "csv");
    CHECK(receipt.verdict == Verdict::identity);
    CHECK(doorstep.city().events().empty());
    CHECK(doorstep.metadata().tasks(10)->empty());
    CHECK(doorstep.give(record("ok")).stored == 1);
}

TEST_CASE("a feed closes by itself when its contract ends") {
    Doorstep doorstep("door_end");
    const Instant last = std::chrono::sys_days{std::chrono::year{2026} / 6 / 30} + std::chrono::hours{21};  // 23 h in Paris
    CHECK(doorstep.give(record("a"), "json", "essai", last).stored == 1);
    const std::uint64_t late = doorstep.send(record("b"), "json", "essai", last + std::chrono::hours{1});
    CHECK(doorstep.drained(late).verdict == Verdict::closed);
    CHECK(doorstep.metadata().refusals_of_message(late)->at(0).detail.find("30/06/2026") != std::string::npos);
    const Instant early = std::chrono::sys_days{std::chrono::year{2024} / 12 / 31};
    CHECK(doorstep.give(record("c"), "json", "essai", early).verdict == Verdict::closed);
    CHECK(doorstep.city().events().size() == 1);
}

TEST_CASE("a measure is a fact from a level on") {
    Doorstep doorstep("door_value", example_manifest("YYYY-MM-DDTHH:mm", terms + "[value]\ncolumn = \"db\"\nunit = \"dB(A)\"\nfact_from = 75\n"));
    const MessageReceipt receipt = doorstep.give("[" + record("a", 0, R"(,"db":74.9)") + "," + record("b", 0, R"(,"db":75)") + "," + record("c") + "]");
    CHECK(receipt.passed_over == 1);
    CHECK(receipt.stored == 1);
    CHECK(receipt.quarantined == 1);
}

TEST_CASE("importing a file of a live source through another manifest leaves the feed its contract") {
    Doorstep doorstep("door_import");
    const std::string file = doorstep.city().files().write("a.csv", "t,type,lat,lon\n2025-07-14T10:00,VOL,43.29,5.37\n");
    CHECK(doorstep.city().import(example_manifest(), {file}).stored == 1);
    doorstep.door().reload_soon();
    CHECK(doorstep.give(record("a")).stored == 1);
}

TEST_CASE("what nobody knows, or can read, is a verdict") {
    Doorstep doorstep("door_unknown");
    CHECK(doorstep.give(record("a"), "json", "nobody").verdict == Verdict::unknown);
    CHECK(doorstep.give("not json").verdict == Verdict::unreadable);
    CHECK(doorstep.give(std::string("\x1f\x8b\x08\x00rubbish", 11)).verdict == Verdict::unreadable);
    CHECK(doorstep.give(record("a")).stored == 1);
}

TEST_CASE("messages drained before a crash and not released are not counted again") {
    Doorstep doorstep("door_crash");
    doorstep.give(record("a"));
    // As if the crash had come between the outcome and the release: the inbox still has what the metadata says is done.
    const std::uint64_t number = doorstep.send(record("b"));
    LiveOutcome outcome;
    outcome.through = number;
    outcome.now = test_now;
    REQUIRE(doorstep.metadata().record_live(outcome));
    doorstep.open();
    doorstep.drain();
    CHECK(doorstep.city().events().size() == 1);
    CHECK(doorstep.give(record("c")).stored == 1);
}

TEST_CASE("a text without a category is read for one, and goes no further") {
    std::string manifest = example_manifest("YYYY-MM-DDTHH:mm", terms + "[fields.texte]\nuse = \"classify\"\n[text]\ncolumn = \"texte\"\nmodel = \"logbook_fr.model\"\n");
    Taxonomy taxonomy = example_taxonomy();
    for (const char* key : {"noise_neighbourhood", "to_classify"}) {
        taxonomy.categories.push_back(Category{CategoryId{static_cast<std::uint16_t>(taxonomy.categories.size())}, key, "t", key, key, Severity{1}});
    }
    Doorstep doorstep("door_text", manifest, taxonomy);
    const auto with_text = [](const std::string& id, const std::string& text) {
        return R"({"id":")" + id + R"(","t":"2026-01-01T10:00","type":"","lon":5.37,"lat":43.29,"texte":")" + text + R"("})";
    };
    doorstep.give(with_text("a", "Tapage nocturne, musique forte au deuxième étage, voisins excédés") + "\n" + with_text("b", "xyz") + "\n" + record("c"));
    std::map<std::string, int> found;
    for (const Event& event : doorstep.city().events()) {
        ++found[taxonomy.categories[event.category.raw()].key];
        CHECK(((event.flags & flag_from_text) != 0) == (event.category.raw() >= 4));
    }
    CHECK(found["noise_neighbourhood"] == 1);
    CHECK(found["to_classify"] == 1);
    CHECK(found["theft"] == 1);
}

TEST_CASE("any order, repetition and cutting of a day's records gives the same facts") {
    std::vector<std::string> day;
    for (int i = 0; i < 300; ++i) {
        day.push_back(record(fmt::format("r{}", i), i));
    }
    std::vector<Event> expected;
    for (std::uint64_t seed = 0; seed < 4; ++seed) {
        Doorstep doorstep(fmt::format("door_order_{}", seed));
        Random random(seed);
        std::vector<std::string> sent = day;
        if (seed > 0) {
            for (int i = 0; i < 120; ++i) {
                sent.push_back(day[random.below(day.size())]);
            }
            for (std::size_t i = sent.size(); i > 1; --i) {
                std::swap(sent[i - 1], sent[random.below(i)]);
            }
        }
        for (std::size_t i = 0; i < sent.size();) {
            std::string body;
            for (const std::size_t end = std::min(sent.size(), i + 1 + random.below(40)); i < end; ++i) {
                body += sent[i] + "\n";
            }
            doorstep.send(body);
            if (random.below(3) == 0) {
                doorstep.drain();
            }
        }
        doorstep.drain();
        std::vector<Event> events = doorstep.city().events();
        std::sort(events.begin(), events.end(), [](const Event& a, const Event& b) { return a.id < b.id; });
        if (seed == 0) {
            expected = events;
            CHECK(expected.size() == 300);
        }
        CHECK(events == expected);
    }
}
