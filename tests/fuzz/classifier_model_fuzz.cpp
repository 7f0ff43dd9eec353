// A model file of any bytes is refused or is one that classifies: probabilities that are numbers and sum to one. The hash is mended
// first, else no mutated file would get past it.
#include <sodium.h>

#include <cmath>
#include <cstdint>
#include <numeric>
#include <string>
#include <string_view>
#include <tuple>

#include "base/assert.h"
#include "intake/classification/classifier.h"
#include "intake/classification/text_features.h"

using namespace vigie::intake;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    std::string bytes(data, data + size);
    if (size > crypto_generichash_BYTES) {
        std::ignore = sodium_init();
        const std::size_t body = size - crypto_generichash_BYTES;
        const void* const read = bytes.data();
        void* const written = bytes.data() + body;
        crypto_generichash(static_cast<unsigned char*>(written), crypto_generichash_BYTES, static_cast<const unsigned char*>(read), body,
                           nullptr, 0);
    }
    const auto classifier = TextClassifier::of_bytes(bytes);
    if (!classifier) {
        return 0;
    }
    std::vector<std::uint64_t> features = features_of("vol d'un scooter rue Paradis");
    for (const std::uint64_t feature : classifier->model().features) {
        features.push_back(feature);
        if (features.size() >= features_of_a_text_max) {
            break;
        }
    }
    const std::vector<double> probabilities = classifier->model().probabilities(features);
    const double sum = std::accumulate(probabilities.begin(), probabilities.end(), 0.0);
    VIGIE_ASSERT(std::abs(sum - 1) < 1e-6);
    // What was read is written back as the same model.
    const auto again = decode_model(encode_model(classifier->model()));
    VIGIE_ASSERT(again && again->features == classifier->model().features);
    return 0;
}
