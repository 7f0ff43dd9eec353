#include "intake/door/text_judges.h"

#include <utility>

#include "intake/classification/classifier.h"

namespace vigie::intake {

Result<TextJudge> TextJudges::judge_of(const TextRule& rule) {
    if (!redactor_) {
        RedactionFiles files;
        files.folder = config_dir_ + "/redaction";
        files.places = places_;
        redactor_ = TRY(Redactor::open(files));
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
