// How well a classifier does on labelled texts, and labelled texts from a file.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <utility>
#include <vector>

#include "base/result.h"
#include "intake/classification/classifier_training.h"

namespace vigie::intake {

/// Shares are 0 to 1. Rows labelled to_classify count in `left` and `left_rightly` only.
struct ClassifierMeasure {
    std::size_t rows = 0;                                                    ///< with a category
    std::size_t left = 0;                                                    ///< of them, left to classify
    std::size_t nothing_fits = 0;                                            ///< rows labelled to_classify
    std::size_t left_rightly = 0;                                            ///< of them, left to classify
    double accuracy = 0;                                                     ///< of the likeliest category, level aside
    double macro_f1 = 0;                                                     ///< mean over the categories that have rows, level aside
    double accuracy_at_level = 0;                                            ///< of what was not left
    double ece = 0;                                                          ///< expected calibration error, 15 bins
    std::map<std::pair<std::string, std::string>, std::uint64_t> confusion;  ///< (label, given) -> rows; given may be empty
};

[[nodiscard]] ClassifierMeasure measure_classifier(const TextClassifier& classifier, const std::vector<LabelledText>& rows,
                                                   const Redactor& redactor);

/// A table with the columns « text » and « category », and perhaps « group ». Errors: not_found, invalid_input (a column is missing, a
/// record is broken, too many rows); the message names the line, never the text.
[[nodiscard]] Result<std::vector<LabelledText>> read_labelled_texts(const std::string& path);

}  // namespace vigie::intake
