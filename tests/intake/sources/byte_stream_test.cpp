#include "intake/sources/byte_stream.h"

#include <doctest/doctest.h>
#include <sodium.h>

#include <array>
#include <string>

#include "base/random.h"
#include "intake/sources/archive.h"
#include "intake/sources/folder.h"

using namespace vigie;
using namespace vigie::intake;

namespace {

std::string blake2b(const std::string& bytes) {
    std::array<unsigned char, 32> digest{};
    crypto_generichash(digest.data(), digest.size(),
                       reinterpret_cast<const unsigned char*>(bytes.data()), bytes.size(), nullptr,
                       0);
    std::array<char, 65> hex{};
    return sodium_bin2hex(hex.data(), hex.size(), digest.data(), digest.size());
}

/// All blocks in one piece, then the error's message if any.
struct Drained {
    std::string text;
    std::string error;
};

Drained drain(Result<std::unique_ptr<ByteStream>> stream) {
    Drained drained;
    if (!stream) {
        drained.error = stream.error().message;
        return drained;
    }
    for (;;) {
        const auto block = (*stream)->next();
        if (!block) {
            drained.error = block.error().message;
            return drained;
        }
        if (block->empty()) {
            return drained;
        }
        drained.text.append(*block);
    }
}

std::string random_text(std::size_t bytes) {
    Random random(7);
    std::string text(bytes, ' ');
    for (char& c : text) {
        c = static_cast<char>('a' + random.below(12));
    }
    return text;
}

bool contains(const std::string& text, std::string_view part) {
    return text.find(part) != std::string::npos;
}

}  // namespace

TEST_CASE(
    "a file, plain or compressed, gives its text, its size and the hash of what lies on disk") {
    const Folder folder;
    const std::string text = random_text(3 * stream_block_bytes + 17);
    const std::string members =
        gzipped(text.substr(0, 1000)) + gzipped("") + gzipped(text.substr(1000));
    const std::string streams =
        xzipped(text.substr(0, 5)) + std::string(8, '\0') + xzipped(text.substr(5));
    const std::array<std::pair<std::string, std::string>, 6> files = {{
        {"plain.csv", text},
        {"one.csv.gz", gzipped(text)},
        {"members.csv.GZ", members + std::string(100, '\0')},
        {"one.csv.xz", xzipped(text)},
        {"streams.csv.xz", streams},
        {"gzip_by_magic.csv", gzipped(text)},
    }};
    for (const auto& [name, bytes] : files) {
        CAPTURE(name);
        auto stream = open_byte_stream(folder.write(name, bytes));
        REQUIRE(stream);
        CHECK((*stream)->bytes_total() == bytes.size());
        CHECK((*stream)->hash().empty());
        std::string got;
        for (;;) {
            const auto block = (*stream)->next();
            REQUIRE(block);
            CHECK(block->size() <= stream_block_bytes);
            if (block->empty()) {
                break;
            }
            got.append(*block);
        }
        CHECK(got == text);
        CHECK((*stream)->bytes_read() == bytes.size());
        CHECK((*stream)->hash() == blake2b(bytes));
    }
}

TEST_CASE("a compressed file cut anywhere gives what it can, then says that it is cut") {
    const std::string text = random_text(20'000);
    for (const std::string& whole : {gzipped(text), xzipped(text)}) {
        for (std::size_t size = 8; size < whole.size(); size += 97) {
            CAPTURE(size);
            const std::string cut = whole.substr(0, size);
            const Drained drained = drain(memory_byte_stream(cut, 512, "x.gz"));
            CHECK(contains(drained.error, "tronquées (octet " + std::to_string(size)));
            CHECK(text.starts_with(drained.text));
        }
    }
    const std::string cut = gzipped(text).substr(0, 9000);
    CHECK(drain(memory_byte_stream(cut)).text.size() > 1000);
}

TEST_CASE("a compressed file with a wrong byte is an error that names file and offset") {
    const std::string text = random_text(20'000);
    for (std::string bytes : {gzipped(text), xzipped(text)}) {
        bytes[bytes.size() / 2] = static_cast<char>(bytes[bytes.size() / 2] ^ 0x10);
        const Drained drained = drain(memory_byte_stream(bytes, 1000, "abîmé"));
        CHECK(contains(drained.error, "« abîmé » : données"));
        CHECK(contains(drained.error, "illisibles (octet "));
    }
    CHECK(contains(drain(memory_byte_stream(gzipped(text) + "reste", 1000)).error, "étrangers"));
    CHECK(contains(drain(memory_byte_stream(xzipped(text) + "un reste assez long", 1000)).error,
                   "illisibles"));
}

TEST_CASE("what can not be read is refused in words") {
    const Folder folder;
    CHECK(contains(drain(open_byte_stream(folder.path.string())).error, "dossier"));
    CHECK(contains(drain(open_byte_stream(folder.write("vide.csv", ""))).error, "vide"));
    CHECK(contains(drain(open_byte_stream(folder.write("x.csv.gz", "a,b\n"))).error, "gzip"));
    CHECK(contains(drain(open_byte_stream(folder.write("x.csv.xz", "a,b\n"))).error, "xz"));
    CHECK(contains(drain(open_byte_stream("/dev/null")).error, "ordinaire"));
    const auto missing = open_byte_stream((folder.path / "absent.csv").string());
    REQUIRE_FALSE(missing);
    CHECK(missing.error().code == ErrorCode::not_found);
}

TEST_CASE("a stream given up early leaves nothing behind") {
    const Folder folder;
    const std::string path =
        folder.write("long.csv.gz", gzipped(random_text(40 * stream_block_bytes)));
    for (int blocks = 0; blocks < 6; ++blocks) {
        auto stream = open_byte_stream(path);
        REQUIRE(stream);
        for (int i = 0; i < blocks; ++i) {
            CHECK((*stream)->next());
        }
    }
}

TEST_CASE("a stream is read whole up to its bound") {
    auto small = memory_byte_stream("12345", 2);
    REQUIRE(small);
    CHECK(read_whole(**small, 5) == "12345");
    auto large = memory_byte_stream("123456", 2);
    REQUIRE(large);
    CHECK_FALSE(read_whole(**large, 5));
}

TEST_CASE("the format is told by the name under .gz and .xz") {
    CHECK(name_without_compression("/a.b/Export.CSV.gz") == "export.csv");
    CHECK(name_without_compression("x.xz") == "x");
    CHECK(name_without_compression("x.geojson") == "x.geojson");
}
