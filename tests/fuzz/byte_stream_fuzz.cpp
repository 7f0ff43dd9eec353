// Compressed bytes: no input breaks the decompressors, the text does not depend on how it was cut,
// and every byte of the file is seen (counted and hashed) where no error was given.
#include <cstdint>
#include <string>
#include <string_view>

#include "base/assert.h"
#include "intake/sources/byte_stream.h"
#include "intake/sources/text_stream.h"

using namespace vigie;
using namespace vigie::intake;

namespace {

/// A small input may inflate a thousandfold; more is not worth the fuzzer's time.
constexpr std::size_t text_bytes_max = 1 << 20;

struct Read {
    std::string text;
    std::string hash;
    bool is_whole = false;
};

Read read(std::string_view bytes, std::size_t block_bytes) {
    auto stream = memory_byte_stream(bytes, block_bytes);
    VIGIE_ASSERT(stream.has_value());
    Read read;
    while (read.text.size() < text_bytes_max) {
        const auto block = (*stream)->next();
        if (!block) {
            return read;
        }
        if (block->empty()) {
            read.is_whole = true;
            read.hash = (*stream)->hash();
            VIGIE_ASSERT((*stream)->bytes_read() == bytes.size());
            VIGIE_ASSERT(read.hash.size() == 64);
            return read;
        }
        read.text.append(block->substr(0, text_bytes_max - read.text.size()));
    }
    return read;
}

void decode(std::string_view bytes, std::size_t block_bytes, TextEncoding declared) {
    auto stream = memory_byte_stream(bytes, block_bytes);
    auto text = TextStream::open(std::move(*stream), declared);
    std::string out;
    while (text && out.size() < text_bytes_max) {
        const auto more = text->append_to(out);
        if (!more || !*more) {
            return;
        }
    }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    if (size < 2) {
        return 0;
    }
    const std::string_view bytes(reinterpret_cast<const char*>(data) + 1, size - 1);
    const std::size_t block_bytes = 1 + std::size_t{data[0]} * 16;
    const Read cut = read(bytes, block_bytes);
    const Read whole = read(bytes, stream_block_bytes);
    VIGIE_ASSERT(cut.is_whole == whole.is_whole);
    VIGIE_ASSERT(cut.hash == whole.hash);
    // Before a fault, a decompressor may keep the last bytes to itself.
    VIGIE_ASSERT(cut.text.starts_with(whole.text) || whole.text.starts_with(cut.text));
    VIGIE_ASSERT(!cut.is_whole || cut.text == whole.text);
    decode(bytes, block_bytes, data[0] % 2 == 0 ? TextEncoding::detect : TextEncoding::cp1252);
    return 0;
}
