#include "store/data_folder_backup.h"

#include <doctest/doctest.h>

#include <atomic>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <thread>

#include "store/data_folder_files.h"
#include "store/data_folder_samples.h"
#include "store/scratch_folder.h"

using namespace vigie;
namespace fs = std::filesystem;

namespace {

std::string content_of(const std::string& path) {
    std::ifstream file(path, std::ios::binary);
    std::ostringstream text;
    text << file.rdbuf();
    return text.str();
}

void write(const std::string& path, const std::string& content) { std::ofstream(path, std::ios::binary) << content; }

/// A filled folder "data" and its backup "copy".
void make_backup(const test::ScratchFolder& scratch) {
    REQUIRE(DataFolder::create(scratch / "data").has_value());
    DataFolder folder = test::open_folder(scratch / "data");
    test::fill(folder);
    const auto status = folder.backup(scratch / "copy");
    REQUIRE_MESSAGE(status.has_value(), status.error().message);
}

void refused(const test::ScratchFolder& scratch, ErrorCode code, const std::string& word) {
    const auto status = DataFolder::restore(scratch / "copy", scratch / "restored");
    REQUIRE_FALSE(status.has_value());
    CHECK(status.error().code == code);
    CHECK_MESSAGE(status.error().message.find(word) != std::string::npos, status.error().message);
    CHECK_FALSE(fs::exists(scratch / "restored"));
}

}  // namespace

TEST_CASE("a backup restored elsewhere is equal, and can go on") {
    const test::ScratchFolder scratch;
    make_backup(scratch);
    REQUIRE(DataFolder::restore(scratch / "copy", scratch / "restored").has_value());
    DataFolder original = test::open_folder(scratch / "data");
    DataFolder restored = test::open_folder(scratch / "restored");
    test::check_same(original, restored);
    CHECK(original.events().stats()->version == restored.events().stats()->version);
    // The block ids came along: what was stored is not stored again.
    CHECK(restored.events().append(test::some_events(1000), BlockId{1, 1})->already_there);
    CHECK(restored.events().append(test::some_events(5, 5000), BlockId{1, 3})->stored == 5);
    for (const auto& entry : fs::directory_iterator(scratch / "copy")) {
        CHECK((entry.status().permissions() & fs::perms::mask) == (fs::perms::owner_read | fs::perms::owner_write));
    }
}

TEST_CASE("a backup made during an import is whole, and every fact in it has its source") {
    const test::ScratchFolder scratch;
    REQUIRE(DataFolder::create(scratch / "data").has_value());
    DataFolder folder = test::open_folder(scratch / "data");
    test::fill(folder);
    std::atomic<bool> stop{false};
    std::atomic<std::uint64_t> blocks{0};
    std::thread importer([&] {
        for (std::uint64_t block = 0; !stop && block < 500; ++block) {
            SourceRecord source;
            source.key = "s" + std::to_string(block);
            const auto registered = folder.metadata().register_source(source);
            auto events = test::some_events(200, 10'000 + block * 200);
            for (Event& event : events) {
                event.source = registered ? registered->id : SourceId{0xfffe};
            }
            if (!folder.events().append(events, BlockId{2, block})) {
                return;
            }
            ++blocks;
        }
    });
    while (blocks < 5) {
        std::this_thread::yield();
    }
    const auto status = folder.backup(scratch / "copy");
    stop = true;
    importer.join();
    REQUIRE_MESSAGE(status.has_value(), status.error().message);
    REQUIRE(DataFolder::restore(scratch / "copy", scratch / "restored").has_value());
    DataFolder restored = test::open_folder(scratch / "restored");
    const auto events = test::all_events(restored);
    CHECK(events.size() >= 2000 + 5 * 200);
    CHECK(events.size() % 200 == 0);  // whole blocks
    const std::size_t sources = restored.metadata().sources()->size();
    CHECK(std::all_of(events.begin(), events.end(), [&](const Event& event) { return event.source.raw() < sources; }));
}

TEST_CASE("a backup does not overwrite, and one that fails leaves nothing") {
    const test::ScratchFolder scratch;
    make_backup(scratch);
    DataFolder folder = test::open_folder(scratch / "data");
    const std::string before = content_of(scratch / "copy/MANIFEST");
    CHECK(folder.backup(scratch / "copy").error().code == ErrorCode::conflict);
    CHECK(content_of(scratch / "copy/MANIFEST") == before);
    CHECK(folder.backup(scratch / "absent/copy").error().code == ErrorCode::not_found);
    CHECK_FALSE(fs::exists(scratch / "absent"));
}

TEST_CASE("any changed byte of a backup is found, and nothing is written") {
    const test::ScratchFolder scratch;
    make_backup(scratch);
    for (const char* name : {"events.duckdb", "metadata.sqlite", "VERSION", "MANIFEST"}) {
        const std::string path = scratch / "copy/" + name;
        const std::string whole = content_of(path);
        for (const std::size_t at : {std::size_t{0}, whole.size() / 2, whole.size() - 1}) {
            std::string changed = whole;
            changed[at] = static_cast<char>(changed[at] ^ 1);
            write(path, changed);
            refused(scratch, ErrorCode::corrupt, "abîmée");
        }
        write(path, whole.substr(0, whole.size() - 1));
        refused(scratch, ErrorCode::corrupt, "abîmée");
        write(path, whole + "x");
        refused(scratch, ErrorCode::corrupt, "abîmée");
        fs::remove(path);
        const bool manifest = std::string(name) == "MANIFEST";
        refused(scratch, manifest ? ErrorCode::not_found : ErrorCode::corrupt, "man");
        write(path, whole);
    }
    CHECK(DataFolder::restore(scratch / "copy", scratch / "restored").has_value());
}

TEST_CASE("a MANIFEST can not lead out of the folder, even with a right seal") {
    const test::ScratchFolder scratch;
    make_backup(scratch);
    const std::string hash(64, 'a');
    for (const std::string name : {"../data/VERSION", "/etc/hostname", "..", ".", "", "a/b", ".hidden"}) {
        std::string text = "vigie-backup 1\n2 " + hash + " " + name + "\n";
        text += "end " + files::blake2b_of(text) + "\n";
        write(scratch / "copy/MANIFEST", text);
        refused(scratch, ErrorCode::corrupt, "MANIFEST");
    }
    for (const std::string line : {"", "2", "2 aa", "x aa VERSION", "-1 aa VERSION", "99999999999999999999999 aa VERSION"}) {
        std::string text = "vigie-backup 1\n" + line + "\n";
        text += "end " + files::blake2b_of(text) + "\n";
        write(scratch / "copy/MANIFEST", text);
        refused(scratch, ErrorCode::corrupt, "MANIFEST");
    }
}

TEST_CASE("a folder in use is not restored over") {
    const test::ScratchFolder scratch;
    make_backup(scratch);
    const std::string before = content_of(scratch / "data/VERSION");
    CHECK(DataFolder::restore(scratch / "copy", scratch / "data").error().code == ErrorCode::conflict);
    CHECK(content_of(scratch / "data/VERSION") == before);
    fs::create_directory(scratch / "empty");
    CHECK(DataFolder::restore(scratch / "copy", scratch / "empty").has_value());
    CHECK(DataFolder::restore(scratch / "data", scratch / "other").error().code == ErrorCode::not_found);
}

TEST_CASE("a backup of a newer program is refused") {
    const test::ScratchFolder scratch;
    make_backup(scratch);
    const std::string newer = std::to_string(data_folder_version + 1);
    write(scratch / "copy/VERSION", newer + "\n");
    fs::remove(scratch / "copy/MANIFEST");
    REQUIRE(write_backup_manifest(scratch / "copy").has_value());
    refused(scratch, ErrorCode::conflict, "format " + newer);
}
