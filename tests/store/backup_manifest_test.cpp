#include "store/backup_manifest.h"

#include <doctest/doctest.h>

using namespace vigie;

TEST_CASE("what is listed reads back, and any change is found") {
    const std::vector<ListedFile> listed{{"VERSION", {2, std::string(64, 'a')}}, {"events.duckdb", {~std::uint64_t{0}, "ff"}}};
    const std::string text = backup_manifest_text(listed);
    const auto read = parse_backup_manifest(text);
    REQUIRE(read.has_value());
    REQUIRE(read->size() == 2);
    CHECK(read->at(0).name == "VERSION");
    CHECK(read->at(1).name == "events.duckdb");
    CHECK(read->at(0).digest == listed[0].digest);
    CHECK(read->at(1).digest == listed[1].digest);
    for (std::size_t i = 0; i < text.size(); ++i) {
        std::string changed = text;
        changed[i] = static_cast<char>(changed[i] ^ 2);
        CHECK_FALSE(parse_backup_manifest(changed).has_value());
        CHECK_FALSE(parse_backup_manifest(text.substr(0, i)).has_value());
    }
    CHECK(parse_backup_manifest(backup_manifest_text({}))->empty());
    CHECK_FALSE(parse_backup_manifest(backup_manifest_text(std::vector<ListedFile>(1001, listed[0]))).has_value());
}

TEST_CASE("a plain name has no way out of its folder") {
    for (const char* name : {"a", "events.duckdb.wal", "metadata.sqlite-wal", "A_1-2"}) {
        CHECK(is_plain_file_name(name));
    }
    for (const char* name : {"", ".", "..", ".a", "a/b", "/a", "a b", "a\\b", "a:b", "é"}) {
        CHECK_FALSE(is_plain_file_name(name));
    }
    CHECK_FALSE(is_plain_file_name(std::string(256, 'a')));
    CHECK_FALSE(is_plain_file_name(std::string_view("a\0b", 3)));
}
