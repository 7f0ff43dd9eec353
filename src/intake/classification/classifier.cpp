#include "intake/classification/classifier.h"

#include <algorithm>
#include <fstream>
#include <iterator>

#include "intake/classification/text_features.h"

namespace vigie::intake {

Result<TextClassifier> TextClassifier::open(const std::string& path) {
    std::ifstream file(path, std::ios::binary);
    if (!file) {
        return fail(ErrorCode::not_found, path + " : modèle de classement introuvable ou illisible");
    }
    std::string bytes;
    std::string block(std::size_t{1} << 16U, '\0');
    while (file && bytes.size() <= model_bytes_max) {
        file.read(block.data(), static_cast<std::streamsize>(block.size()));
        bytes.append(block, 0, static_cast<std::size_t>(file.gcount()));
    }
    auto classifier = of_bytes(bytes);
    if (!classifier) {
        return fail(classifier.error().code, path + " : " + classifier.error().message);
    }
    return classifier;
}

Result<TextClassifier> TextClassifier::of_bytes(std::string_view bytes) {
    ClassifierModel model = TRY(decode_model(bytes));
    return TextClassifier(std::make_shared<const ClassifierModel>(std::move(model)));
}

TextClassifier::Verdict TextClassifier::likeliest(std::string_view redacted_text) const {
    const std::vector<std::uint64_t> features = features_of(redacted_text);
    const std::vector<double> probabilities = model_->probabilities(features);
    const auto best = std::max_element(probabilities.begin(), probabilities.end());
    const bool anything = model_->known(features) > 0;
    return {anything ? model_->categories[static_cast<std::size_t>(best - probabilities.begin())] : std::string(), *best};
}

TextClassifier::Verdict TextClassifier::classify(std::string_view redacted_text) const {
    Verdict verdict = likeliest(redacted_text);
    if (verdict.certainty < model_->level || verdict.category == to_classify_key) {
        verdict.category.clear();
    }
    return verdict;
}

TextClassifier::Verdict TextClassifier::classify(std::string_view text, const Redactor& redactor) const {
    std::string redacted;
    redactor.redact(text, redacted);
    return classify(redacted);
}

}  // namespace vigie::intake
