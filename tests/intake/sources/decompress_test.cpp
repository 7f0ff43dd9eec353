#include "intake/sources/decompress.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <array>
#include <string>

#include "intake/sources/archive.h"

using namespace vigie;
using namespace vigie::intake;

namespace {

/// Gives a text one byte at a time.
class Dripping final : public ByteSource {
  public:
    explicit Dripping(std::string text) : text_(std::move(text)) {}
    [[nodiscard]] Result<std::size_t> read(std::span<char> out) override {
        if (at_ == text_.size()) {
            return std::size_t{0};
        }
        out[0] = text_[at_++];
        return std::size_t{1};
    }

  private:
    std::string text_;
    std::size_t at_ = 0;
};

}  // namespace

TEST_CASE("compression is told by the first bytes") {
    CHECK(compression_of_magic(gzipped("a")) == Compression::gzip);
    CHECK(compression_of_magic(xzipped("a")) == Compression::xz);
    CHECK(compression_of_magic("a,b") == Compression::none);
    CHECK(compression_of_magic("\x1f") == Compression::none);
    CHECK(compression_of_magic("") == Compression::none);
}

TEST_CASE("bytes that come one at a time, into room for three, are decompressed whole") {
    const std::string text = "un deux trois quatre";
    for (const Compression compression : {Compression::gzip, Compression::xz}) {
        const bool is_gzip = compression == Compression::gzip;
        Dripping input(is_gzip ? gzipped(text) + gzipped(text) : xzipped(text) + xzipped(text));
        const auto source = make_decompressor(compression, input, "essai");
        REQUIRE(source != nullptr);
        std::string out;
        std::array<char, 3> room{};
        for (;;) {
            const auto got = source->read(room);
            REQUIRE(got);
            if (*got == 0) {
                break;
            }
            out.append(room.data(), *got);
        }
        CHECK(out == text + text);
        CHECK(source->read(room) == std::size_t{0});
    }
    Dripping nothing("");
    CHECK(make_decompressor(Compression::none, nothing, "essai") == nullptr);
}
