#include "intake/classification/classifier_model.h"

#include <doctest/doctest.h>

#include <cmath>
#include <numeric>

#include "base/random.h"

using namespace vigie;
using namespace vigie::intake;

namespace {

ClassifierModel small_model(std::uint64_t seed) {
    Random random(seed);
    ClassifierModel model;
    model.categories = {"theft", "fight", "noise_venue"};
    for (std::uint64_t feature = 1; feature <= 50; ++feature) {
        model.features.push_back(feature * 7);
        for (int k = 0; k < 3; ++k) {
            model.weights.push_back(static_cast<float>(random.normal()));
        }
    }
    model.bias = {0.1F, -0.2F, 0.3F};
    model.temperature = 0.75;
    model.level = 0.5;
    return model;
}

}  // namespace

TEST_CASE("a model survives its file, to half a step of its weights") {
    for (std::uint64_t seed = 1; seed <= 20; ++seed) {
        CAPTURE(seed);
        const ClassifierModel model = small_model(seed);
        const auto read = decode_model(encode_model(model));
        REQUIRE(read);
        CHECK(read->categories == model.categories);
        CHECK(read->features == model.features);
        CHECK(read->bias == model.bias);
        CHECK(read->temperature == doctest::Approx(0.75));
        for (std::size_t i = 0; i < model.weights.size(); ++i) {
            const std::size_t row = i / 3 * 3;
            const float largest =
                std::max({std::abs(model.weights[row]), std::abs(model.weights[row + 1]), std::abs(model.weights[row + 2])});
            CHECK(std::abs(read->weights[i] - model.weights[i]) <= largest / 127 / 2 * 1.01F);
        }
        CHECK(encode_model(*read) == encode_model(model));  // what was rounded once stays
    }
}

TEST_CASE("any byte changed or missing is seen") {
    const std::string bytes = encode_model(small_model(1));
    for (std::size_t i = 0; i < bytes.size(); ++i) {
        std::string changed = bytes;
        changed[i] = static_cast<char>(changed[i] ^ 0x40);
        CHECK_FALSE(decode_model(changed));
        CHECK_FALSE(decode_model(std::string_view(bytes).substr(0, i)));
    }
    CHECK_FALSE(decode_model(bytes + 'x'));
}

TEST_CASE("a model that could not be read soundly is not read") {
    const auto refused = [](const ClassifierModel& model) { return !decode_model(encode_model(model)); };
    ClassifierModel model = small_model(1);
    model.categories[1] = "theft";
    CHECK(refused(model));
    model = small_model(1);
    model.categories[0] = "Vol simple";
    CHECK(refused(model));
    model = small_model(1);
    std::swap(model.features[3], model.features[4]);
    CHECK(refused(model));
    model = small_model(1);
    model.temperature = 0;
    CHECK(refused(model));
    model = small_model(1);
    model.level = std::nan("");
    CHECK(refused(model));
    model = small_model(1);
    model.bias[0] = std::nanf("");
    CHECK(refused(model));
}

TEST_CASE("probabilities sum to one and follow the weights") {
    ClassifierModel model = small_model(3);
    const auto none = model.probabilities({});
    CHECK(std::accumulate(none.begin(), none.end(), 0.0) == doctest::Approx(1));
    CHECK(none[2] > none[0]);  // the bias alone
    model.weights[0] = 100;
    CHECK(model.probabilities({7})[0] > 0.99);
    CHECK(model.known({7, 8, 14}) == 2);
}
