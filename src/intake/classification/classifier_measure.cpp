#include "intake/classification/classifier_measure.h"

#include <algorithm>

#include "intake/sources/record_reader.h"

namespace vigie::intake {
namespace {

/// Mean of the F1 of the categories that have rows; from the likeliest category of each row.
double mean_f1(const std::map<std::pair<std::string, std::string>, std::uint64_t>& likeliest) {
    struct Counts {
        double right = 0;
        double labelled = 0;
        double given = 0;
    };
    std::map<std::string, Counts> counts;
    for (const auto& [pair, rows] : likeliest) {
        counts[pair.first].labelled += static_cast<double>(rows);
        counts[pair.second].given += static_cast<double>(rows);
        counts[pair.first].right += pair.first == pair.second ? static_cast<double>(rows) : 0;
    }
    double sum = 0;
    double categories = 0;
    for (const auto& [key, count] : counts) {
        if (count.labelled > 0) {
            sum += 2 * count.right / (count.labelled + count.given);
            ++categories;
        }
    }
    return categories > 0 ? sum / categories : 0;
}

}  // namespace

ClassifierMeasure measure_classifier(const TextClassifier& classifier, const std::vector<LabelledText>& rows, const Redactor& redactor) {
    ClassifierMeasure measure;
    std::map<std::pair<std::string, std::string>, std::uint64_t> likeliest;
    std::vector<Calibrated> predictions;
    std::size_t right = 0;
    std::size_t given_right = 0;
    std::string redacted;
    for (const LabelledText& row : rows) {
        redactor.redact(row.text, redacted);
        const auto best = classifier.likeliest(redacted);
        const auto verdict = classifier.classify(redacted);
        ++measure.confusion[{row.category, verdict.category}];
        if (row.category == to_classify_key) {
            ++measure.nothing_fits;
            measure.left_rightly += verdict.category.empty() ? 1U : 0U;
            continue;
        }
        ++measure.rows;
        ++likeliest[{row.category, best.category}];
        const bool hit = best.category == row.category;
        right += hit ? 1U : 0U;
        predictions.push_back({best.certainty, hit});
        measure.left += verdict.category.empty() ? 1U : 0U;
        given_right += verdict.category == row.category ? 1U : 0U;
    }
    const auto share = [](std::size_t part, std::size_t all) {
        return all == 0 ? 0.0 : static_cast<double>(part) / static_cast<double>(all);
    };
    measure.accuracy = share(right, measure.rows);
    measure.accuracy_at_level = share(given_right, measure.rows - measure.left);
    measure.macro_f1 = mean_f1(likeliest);
    measure.ece = expected_calibration_error(predictions);
    return measure;
}

Result<std::vector<LabelledText>> read_labelled_texts(const std::string& path) {
    const std::vector<std::string> wanted{"text", "category", "group"};
    const auto reader = TRY(open_records(path, {}, wanted));
    const std::vector<std::string>& columns = reader->columns();
    const auto text = std::find(columns.begin(), columns.end(), "text");
    const auto category = std::find(columns.begin(), columns.end(), "category");
    const auto group = std::find(columns.begin(), columns.end(), "group");
    if (text == columns.end() || category == columns.end()) {
        return fail(ErrorCode::invalid_input, path + " : colonnes « text » et « category » attendues");
    }
    std::vector<LabelledText> rows;
    RecordBatch batch;
    for (;;) {
        TRY(reader->next(batch));
        if (batch.size() == 0) {
            return rows;
        }
        for (std::size_t i = 0; i < batch.size(); ++i) {
            if (batch.defects[i] != Defect::none) {
                return fail(ErrorCode::invalid_input, path + ", ligne " + std::to_string(batch.lines[i]) + " : enregistrement illisible");
            }
            if (rows.size() >= labelled_rows_max) {
                return fail(ErrorCode::invalid_input, path + " : plus de 1 000 000 lignes");
            }
            rows.push_back(
                {std::string(batch.value(i, static_cast<std::size_t>(text - columns.begin()))),
                 std::string(batch.value(i, static_cast<std::size_t>(category - columns.begin()))),
                 group == columns.end() ? std::string() : std::string(batch.value(i, static_cast<std::size_t>(group - columns.begin())))});
        }
    }
}

}  // namespace vigie::intake
