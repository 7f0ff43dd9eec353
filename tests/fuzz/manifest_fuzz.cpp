// A manifest of any bytes is read or refused; what is read names columns that speak of no person.
#include <cstddef>
#include <cstdint>
#include <string>

#include "base/assert.h"
#include "governance/person_words.h"
#include "intake/manifest.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string text(reinterpret_cast<const char*>(data), size);
    const auto manifest = vigie::intake::parse_manifest(text, "fuzz.toml");
    if (manifest) {
        for (const std::string& column : manifest->columns()) {
            VIGIE_ASSERT(!vigie::governance::person_word_in(column));
        }
        VIGIE_ASSERT(!manifest->key.empty());
    } else {
        VIGIE_ASSERT(!manifest.error().message.empty());
    }
    return 0;
}
