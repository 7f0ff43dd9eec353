#include "api/gzip.h"

#include <doctest/doctest.h>
#include <zlib.h>

using vigie::api::gzip_of;

TEST_CASE("what is compressed comes back, at every level and length") {
    for (const int level : {1, 2, 6, 9}) {
        for (const std::size_t length :
             {std::size_t{0}, std::size_t{1}, std::size_t{5000}, std::size_t{1'000'000}}) {
            std::string text(length, 'a');
            for (std::size_t i = 0; i < length; i += 7) {
                text[i] = static_cast<char>(i * 31);
            }
            const auto packed = gzip_of(text, level);
            std::string back(length + 1, '\0');
            z_stream stream{};
            REQUIRE(inflateInit2(&stream, 15 + 16) == Z_OK);
            std::string input = packed;
            stream.next_in = reinterpret_cast<Bytef*>(input.data());
            stream.avail_in = static_cast<uInt>(input.size());
            stream.next_out = reinterpret_cast<Bytef*>(back.data());
            stream.avail_out = static_cast<uInt>(back.size());
            CHECK(inflate(&stream, Z_FINISH) == Z_STREAM_END);
            back.resize(stream.total_out);
            inflateEnd(&stream);
            CHECK(back == text);
        }
    }
}
