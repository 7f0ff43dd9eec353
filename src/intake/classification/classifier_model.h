// The file of a trained classifier: docs/formats/classifier_model.md. Bounded, versioned, with the hash of its bytes.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace vigie::intake {

inline constexpr std::size_t model_categories_max = 1'000;
inline constexpr std::size_t model_features_max = 1U << 17U;
inline constexpr std::size_t model_bytes_max = 64U << 20U;

/// A linear model: score of a category = bias + sum of the weights of the text's features, over the root of their number.
struct ClassifierModel {
    std::vector<std::string> categories;  ///< taxonomy keys
    std::vector<std::uint64_t> features;  ///< hashes, strictly rising
    std::vector<float> bias;              ///< one a category
    std::vector<float> weights;           ///< features x categories, row by row
    double temperature = 1;               ///< scores are divided by it before they become probabilities
    double level = 0.5;                   ///< below this certainty a text is left to classify

    /// The probability of each category, in their order. O(features of the text x categories).
    [[nodiscard]] std::vector<double> probabilities(const std::vector<std::uint64_t>& text_features) const;
    /// How many of these features the model knows.
    [[nodiscard]] std::size_t known(const std::vector<std::uint64_t>& text_features) const;
};

/// Weights are kept as 8-bit steps of each feature's largest: what is decoded differs by half a step at most.
[[nodiscard]] std::string encode_model(const ClassifierModel& model);
/// Errors: corrupt when the bytes are not a whole, sound model; the message says what, never a content.
[[nodiscard]] Result<ClassifierModel> decode_model(std::string_view bytes);

}  // namespace vigie::intake
