// Gives a logbook's text one category of the city's taxonomy, with its certainty; below the model's level it is left « à classer ».
#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <utility>

#include "base/result.h"
#include "intake/classification/classifier_model.h"
#include "intake/redaction/redactor.h"

namespace vigie::intake {

/// The label of a text that no category fits. A model may learn it; a text that it says this of is left to classify.
inline constexpr const char* to_classify_key = "to_classify";

/// A pure function of its model; copies share it, and it may be used from several threads at once.
class TextClassifier {
  public:
    struct Verdict {
        std::string category;  ///< taxonomy key; empty: à classer
        double certainty = 0;  ///< calibrated probability of the likeliest category, given or not
    };

    /// Errors: not_found, corrupt (see decode_model).
    [[nodiscard]] static Result<TextClassifier> open(const std::string& path);
    [[nodiscard]] static Result<TextClassifier> of_bytes(std::string_view bytes);

    /// `redacted_text` has passed the redactor: what it keeps of persons are placeholders, which are no feature. A word that the
    /// model has not learnt counts for nothing, so not even an unredacted name adds anything unless it is one of its ordinary words.
    [[nodiscard]] Verdict classify(std::string_view redacted_text) const;
    /// The same of a text as it came: redacted first.
    [[nodiscard]] Verdict classify(std::string_view text, const Redactor& redactor) const;
    /// The likeliest category whatever its certainty, for measures; empty when the model knows no word of the text.
    [[nodiscard]] Verdict likeliest(std::string_view redacted_text) const;

    [[nodiscard]] const ClassifierModel& model() const { return *model_; }

  private:
    explicit TextClassifier(std::shared_ptr<const ClassifierModel> model) : model_(std::move(model)) {}
    std::shared_ptr<const ClassifierModel> model_;
};

}  // namespace vigie::intake
