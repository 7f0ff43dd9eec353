// Trains the classifier on labelled texts: multinomial logistic regression on hashed stems and pairs of stems.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "base/result.h"
#include "intake/classification/classifier.h"

namespace vigie::intake {

inline constexpr std::size_t labelled_rows_max = 1'000'000;

struct LabelledText {
    std::string text;
    std::string category;  ///< a key of the taxonomy
    std::string group;     ///< rows of one group are learnt or held out together; empty: each row for itself
};

struct TrainingOptions {
    std::uint64_t seed = 1;  ///< of the order of rows; the same rows and options give the same bytes
    int epochs = 10;
    double learning_rate = 0.5;
    double regularisation = 1e-3;        ///< L2, of each weight at each step that touches it
    double held_out_share = 0.2;         ///< of the rows, for the temperature and the figures of the report
    double level = 0.6;                  ///< certainty below which a text is left to classify
    std::uint32_t feature_rows_min = 2;  ///< a stem or pair of fewer rows is no feature
    std::size_t features_max = 4'096;    ///< the most frequent are kept; at most model_features_max
};

struct TrainedClassifier {
    std::string bytes;  ///< the model file
    std::size_t rows = 0;
    std::size_t held_out = 0;
    std::size_t features = 0;
    double temperature = 1;
    double accuracy = 0;    ///< on the rows held out
    double ece_before = 0;  ///< expected calibration error on them at temperature 1
    double ece_after = 0;   ///< and at the fitted one
};

/// Rows are redacted before anything is learnt of them. The rows held out give the temperature and the figures; the model in the file
/// is then learnt from all rows. Errors: invalid_input with fewer than two categories, fewer than 20 rows,
/// more than labelled_rows_max, or options out of bounds.
/// Sources: AdaGrad, Duchi, Hazan & Singer 2011, JMLR 12; temperature scaling and expected calibration error with 15 bins,
/// Guo, Pleiss, Sun & Weinberger 2017, ICML.
[[nodiscard]] Result<TrainedClassifier> train_classifier(const std::vector<LabelledText>& rows, const Redactor& redactor,
                                                         const TrainingOptions& options);
/// The same with the temperature and the figures from rows of their own, best written by others than those learnt from; a row whose
/// category is not among the learnt ones is left out.
[[nodiscard]] Result<TrainedClassifier> train_classifier(const std::vector<LabelledText>& rows,
                                                         const std::vector<LabelledText>& calibration, const Redactor& redactor,
                                                         const TrainingOptions& options);

/// One prediction of a row: how certain, and whether it was right.
struct Calibrated {
    double certainty = 0;
    bool right = false;
};
/// Expected calibration error over 15 bins of equal width, 0 (calibrated) to 1.
[[nodiscard]] double expected_calibration_error(const std::vector<Calibrated>& predictions);

}  // namespace vigie::intake
