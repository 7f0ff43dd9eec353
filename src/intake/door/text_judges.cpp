#include "intake/door/text_judges.h"

#include <utility>

#include "intake/classification/classifier.h"

namespace vigie::intake {

Result<TextJudge> TextJudges::judge_of(const TextRule& rule) {
    if (!redactor_) {
        redactor_ = TRY(Redactor::open(redaction_files(config_dir_, city_)));
    }
    TextClassifier classifier = TRY(TextClassifier::open(config_dir_ + "/models/" + rule.model));
    return TextJudge([classifier = std::move(classifier), redactor = *redactor_, level = rule.certainty, redacted = std::string()](
                         std::string_view text) mutable {
        redactor.redact(text, redacted);
        const TextClassifier::Verdict verdict = classifier.likeliest(redacted);
        return verdict.certainty >= level ? verdict.category : std::string();
    });
}

}  // namespace vigie::intake
