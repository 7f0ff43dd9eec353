#include "api/gzip.h"

#include <zlib.h>

#include "base/assert.h"

namespace vigie::api {

namespace {
constexpr int gzip_window_bits = 15 + 16;  // zlib's way of asking for a gzip header
constexpr int gzip_memory_level = 8;       // zlib's own default
}  // namespace

std::string gzip_of(std::string_view text, int level) {
    z_stream stream{};
    const int made = deflateInit2(&stream, level, Z_DEFLATED, gzip_window_bits, gzip_memory_level,
                                  Z_DEFAULT_STRATEGY);
    VIGIE_ASSERT(made == Z_OK);
    VIGIE_ASSERT(text.size() < 0xffffffffULL);
    std::string out(deflateBound(&stream, text.size()), '\0');
    // zlib's interface takes a non-const pointer and does not write through it.
    stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(text.data()));
    stream.avail_in = static_cast<uInt>(text.size());
    stream.next_out = reinterpret_cast<Bytef*>(out.data());
    stream.avail_out = static_cast<uInt>(out.size());
    const int ended = deflate(&stream, Z_FINISH);
    VIGIE_ASSERT(ended == Z_STREAM_END);
    out.resize(stream.total_out);
    deflateEnd(&stream);
    return out;
}

}  // namespace vigie::api
