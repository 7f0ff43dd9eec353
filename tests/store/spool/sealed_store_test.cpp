#include "store/spool/sealed_store.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <filesystem>
#include <map>

#include "base/random.h"
#include "store/file_bytes.h"
#include "store/spool/sealed_pair.h"
#include "store/spool/spool_samples.h"

using namespace vigie;
using namespace std::chrono_literals;
namespace fs = std::filesystem;

namespace {

constexpr std::uint64_t plenty = 1ULL << 30;
const Instant day_one = Instant(std::chrono::sys_days(std::chrono::year(2026) / 11 / 20)) + 9h;

SealedRecord record_of(const std::string& bytes) { return {"logbook", "csv", day_one, bytes}; }

std::unique_ptr<SealedStore> open_store(const std::string& directory, std::uint64_t bytes_max = plenty) {
    auto opened = SealedStore::open(directory, test::fixed_key(), bytes_max);
    REQUIRE_MESSAGE(opened.has_value(), opened.error().message);
    return std::move(*opened);
}

std::vector<SealedId> put(SealedStore& store, const std::vector<std::string>& bodies, Instant now) {
    std::vector<SealedRecord> records;
    for (const std::string& body : bodies) {
        records.push_back(record_of(body));
    }
    auto ids = store.put(records, now);
    REQUIRE_MESSAGE(ids.has_value(), ids.error().message);
    return *ids;
}

std::vector<std::string> files_ending(const std::string& directory, const std::string& ending) {
    std::vector<std::string> paths;
    for (const auto& entry : fs::directory_iterator(directory)) {
        if (entry.path().extension() == ending) {
            paths.push_back(entry.path().string());
        }
    }
    return paths;
}

ErrorCode code_of(SealedStore& store, SealedId id) {
    const auto unsealed = store.unseal(id);
    REQUIRE_FALSE(unsealed.has_value());
    return unsealed.error().code;
}

}  // namespace

TEST_CASE("sealed records come back as they were, after a restart too, until they are destroyed") {
    const test::MemoryFolder folder;
    std::vector<SealedId> ids;
    {
        auto store = open_store(folder / "sealed");
        ids = put(*store, {"one", "", "three"}, day_one);
        const auto more = put(*store, {"four"}, day_one + 1h);
        ids.push_back(more[0]);
    }
    auto store = open_store(folder / "sealed");
    const auto three = store->unseal(ids[2]);
    REQUIRE(three.has_value());
    CHECK(three->bytes == "three");
    CHECK(three->source == "logbook");
    CHECK(three->format == "csv");
    CHECK(three->received == day_one);
    CHECK(store->unseal(ids[1])->bytes.empty());
    CHECK(store->unseal(ids[3])->bytes == "four");
    REQUIRE(store->destroy(std::vector{ids[2], ids[3], SealedId(12345)}).has_value());
    CHECK(code_of(*store, ids[2]) == ErrorCode::not_found);
    CHECK(store->unseal(ids[0])->bytes == "one");
    store.reset();
    store = open_store(folder / "sealed");
    CHECK(code_of(*store, ids[2]) == ErrorCode::not_found);
    CHECK(code_of(*store, ids[3]) == ErrorCode::not_found);
    CHECK(store->unseal(ids[0])->bytes == "one");
    CHECK(put(*store, {"five"}, day_one)[0] != ids[2]);
}

TEST_CASE("a destroyed record can not be opened, even with all files as they were but for its key") {
    const test::MemoryFolder folder;
    auto store = open_store(folder / "sealed");
    const auto ids = put(*store, {"secret of one", "secret of two"}, day_one);
    const std::string keys = files_ending(folder / "sealed", ".keys").at(0);
    const std::string before = test::file_bytes(keys);
    REQUIRE(store->destroy(std::vector{ids[0]}).has_value());
    const std::string after = test::file_bytes(keys);
    REQUIRE(before.size() == after.size());
    CHECK(before.substr(0, 128) == after.substr(0, 128));
    CHECK(after.substr(128, 96) == std::string(96, '\0'));
    CHECK(before.substr(224) == after.substr(224));
    CHECK(test::file_bytes(files_ending(folder / "sealed", ".records").at(0)).find("secret") == std::string::npos);
    CHECK(before.find("secret") == std::string::npos);
}

TEST_CASE("the files of a day are named by it, and no other name is taken for one") {
    using spool::parse_pair_name;
    CHECK(spool::text_of({20779, 0x0a3f}) == "20779-0a3f");
    CHECK(parse_pair_name("20779-0a3f") == spool::SealedPairName{20779, 0x0a3f});
    CHECK(parse_pair_name("00001-0000") == spool::SealedPairName{1, 0});
    for (const char* text : {"", "20779", "20779-", "20779-0A3F", "20779-a3f", "99999-0000", "020779-0a3f", "20779-0a3f ", "20779_0a3f", "-1-0000"}) {
        CHECK_FALSE(parse_pair_name(text).has_value());
    }
}

TEST_CASE("a day expires whole: its files go, the other days stay") {
    const test::MemoryFolder folder;
    auto store = open_store(folder / "sealed");
    const auto old_ids = put(*store, {"old"}, day_one);
    const auto new_ids = put(*store, {"new"}, day_one + 24h);
    CHECK(*store->expire(day_one) == 0);
    CHECK(*store->expire(day_one + 24h) == 1);
    CHECK(code_of(*store, old_ids[0]) == ErrorCode::not_found);
    CHECK(store->unseal(new_ids[0])->bytes == "new");
    CHECK(files_ending(folder / "sealed", ".keys").size() == 1);
    CHECK(files_ending(folder / "sealed", ".records").size() == 1);
    // A clock set back: a day that expired may come again, its numbers do not.
    CHECK(put(*store, {"again"}, day_one)[0] != old_ids[0]);
}

TEST_CASE("sealed records are bounded in bytes, and all or none of a call is taken") {
    const test::MemoryFolder folder;
    auto store = open_store(folder / "sealed", 2000);
    const auto first = store->put(std::vector{record_of(std::string(1000, 'x'))}, day_one);
    REQUIRE(first.has_value());
    const auto refused = store->put(std::vector{record_of("small"), record_of(std::string(1000, 'x'))}, day_one);
    REQUIRE_FALSE(refused.has_value());
    CHECK(refused.error().code == ErrorCode::unavailable);
    CHECK(put(*store, {"small"}, day_one).size() == 1);
    CHECK(store->stats().disk_bytes <= 2000);
    CHECK_FALSE(store->put(std::vector{SealedRecord{std::string(256, 's'), "csv", day_one, "x"}}, day_one).has_value());
}

TEST_CASE("another key opens nothing and changes nothing; two processes do not share a store") {
    const test::MemoryFolder folder;
    SealedId id;
    {
        auto store = open_store(folder / "sealed");
        id = put(*store, {"kept"}, day_one)[0];
        const auto second = SealedStore::open(folder / "sealed", test::fixed_key(), plenty);
        REQUIRE_FALSE(second.has_value());
        CHECK(second.error().code == ErrorCode::conflict);
    }
    const auto wrong = SealedStore::open(folder / "sealed", test::fixed_key(8), plenty);
    REQUIRE_FALSE(wrong.has_value());
    CHECK(wrong.error().code == ErrorCode::denied);
    CHECK(open_store(folder / "sealed")->unseal(id)->bytes == "kept");
}

TEST_CASE("every flipped bit of the files of sealed records is noticed or harmless, and never served") {
    const test::MemoryFolder folder;
    std::map<std::uint64_t, std::string> bodies;
    {
        auto store = open_store(folder / "intact");
        const std::vector<std::string> texts{"first record", "second", "third one"};
        const auto ids = put(*store, texts, day_one);
        for (std::size_t i = 0; i < ids.size(); ++i) {
            bodies[ids[i].raw()] = texts[i];
        }
    }
    std::vector<std::string> files = files_ending(folder / "intact", ".keys");
    files.push_back(files_ending(folder / "intact", ".records").at(0));
    for (const std::string& file : files) {
        const std::string bytes = test::file_bytes(file);
        for (std::size_t bit = 0; bit < bytes.size() * 8; ++bit) {
            test::copy_folder(folder / "intact", folder / "damaged");
            std::string changed = bytes;
            changed[bit / 8] = static_cast<char>(changed[bit / 8] ^ (1 << (bit % 8)));
            test::overwrite_file(folder / ("damaged/" + fs::path(file).filename().string()), changed);
            auto store = open_store(folder / "damaged");
            std::size_t corrupt = 0;
            for (const auto& [id, body] : bodies) {
                const auto unsealed = store->unseal(SealedId(id));
                corrupt += unsealed ? 0U : 1U;
                if (unsealed ? unsealed->bytes != body : unsealed.error().code != ErrorCode::corrupt) {
                    FAIL(file << ", bit " << bit);
                }
            }
            const bool in_header = file.ends_with(".keys") && bit < 128 * 8;
            if (corrupt != (in_header ? 3U : 1U)) {
                FAIL(file << ", bit " << bit << ": " << corrupt << " records noticed");
            }
            REQUIRE(*store->expire(day_one + 240h) == 1);
        }
    }
}

TEST_CASE("random puts, destructions, expiries and reopenings of sealed records agree with a model") {
    for (const std::uint64_t seed : {1U, 2U, 3U}) {
        const test::MemoryFolder folder;
        Random random(seed);
        auto store = open_store(folder / "sealed");
        std::map<std::uint64_t, std::string> model;  // by id
        std::vector<SealedId> all;
        Instant now = day_one;
        for (int step = 0; step < 300; ++step) {
            const auto choice = random.below(10);
            if (choice < 5) {
                std::vector<std::string> bodies;
                for (std::uint64_t n = 1 + random.below(5); n > 0; --n) {
                    bodies.push_back(std::string(random.below(3000), static_cast<char>('a' + random.below(26))));
                }
                const auto ids = put(*store, bodies, now);
                for (std::size_t i = 0; i < ids.size(); ++i) {
                    REQUIRE(model.try_emplace(ids[i].raw(), bodies[i]).second);
                    all.push_back(ids[i]);
                }
            } else if (choice < 7 && !all.empty()) {
                const SealedId id = all[random.below(all.size())];
                REQUIRE(store->destroy(std::vector{id}).has_value());
                model.erase(id.raw());
            } else if (choice == 7) {
                now += std::chrono::hours(random.below(30));
            } else if (choice == 8) {
                const auto first_day = std::chrono::floor<std::chrono::days>(now - 48h).time_since_epoch().count();
                REQUIRE(store->expire(now - 48h).has_value());
                std::erase_if(model, [&](const auto& entry) { return static_cast<std::int64_t>(entry.first >> 48) < first_day; });
            } else {
                store.reset();
                store = open_store(folder / "sealed");
            }
        }
        for (const SealedId id : all) {
            const auto unsealed = store->unseal(id);
            const auto kept = model.find(id.raw());
            REQUIRE(unsealed.has_value() == (kept != model.end()));
            if (unsealed) {
                REQUIRE(unsealed->bytes == kept->second);
            }
        }
    }
}
