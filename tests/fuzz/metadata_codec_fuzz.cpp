// Bodies of cities and taxonomies. The checksum is put right, or nothing but it would be tested; what is read must be
// written back as the same bytes.

#include <xxhash.h>

#include <cstdint>
#include <cstdlib>
#include <cstring>
#include <vector>

#include "store/metadata_codec.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    std::vector<std::uint8_t> bytes(data, data + size);
    const std::uint64_t sum = XXH3_64bits(bytes.data(), bytes.size());
    bytes.resize(size + sizeof sum);
    std::memcpy(bytes.data() + size, &sum, sizeof sum);
    if (const auto city = vigie::decode_city(bytes)) {
        const auto back = vigie::encode_city(*city);
        if (!back || *back != bytes) {
            std::abort();
        }
    }
    if (const auto taxonomy = vigie::decode_taxonomy(bytes)) {
        const auto back = vigie::encode_taxonomy(*taxonomy);
        if (back && *back != bytes) {  // two categories of one key are read, and refused when written
            std::abort();
        }
    }
    return 0;
}
