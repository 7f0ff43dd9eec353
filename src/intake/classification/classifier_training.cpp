#include "intake/classification/classifier_training.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <iterator>
#include <map>
#include <unordered_map>

#include "base/random.h"
#include "intake/classification/text_features.h"
#include "intake/redaction/word_table.h"

namespace vigie::intake {
namespace {

constexpr std::size_t rows_min = 20;
constexpr int epochs_max = 1'000;
constexpr double tiny = 1e-12;

struct Row {
    std::vector<std::uint32_t> features;  // places in the model
    std::size_t category = 0;
};

/// The rows as features, cut in two by a draw: to learn from and held out.
struct Prepared {
    ClassifierModel model;
    std::vector<Row> learnt;
    std::vector<Row> held_out;
};

std::vector<std::vector<std::uint64_t>> read_features(const std::vector<LabelledText>& rows, const Redactor& redactor) {
    std::vector<std::vector<std::uint64_t>> features;
    features.reserve(rows.size());
    std::string redacted;
    for (const LabelledText& row : rows) {
        redactor.redact(row.text, redacted);
        features.push_back(features_of(redacted));
    }
    return features;
}

/// The features of enough rows, the most frequent first when there are too many; in rising order.
std::vector<std::uint64_t> choose_features(const std::vector<std::vector<std::uint64_t>>& texts, const TrainingOptions& options) {
    std::unordered_map<std::uint64_t, std::uint32_t> counts;
    for (const auto& features : texts) {
        for (const std::uint64_t feature : features) {
            ++counts[feature];
        }
    }
    std::vector<std::pair<std::uint32_t, std::uint64_t>> ranked;
    for (const auto& [feature, count] : counts) {
        if (count >= options.feature_rows_min) {
            ranked.emplace_back(count, feature);
        }
    }
    std::sort(ranked.begin(), ranked.end(),
              [](const auto& a, const auto& b) { return a.first != b.first ? a.first > b.first : a.second < b.second; });
    ranked.resize(std::min(ranked.size(), options.features_max));
    std::vector<std::uint64_t> chosen;
    for (const auto& [count, feature] : ranked) {
        chosen.push_back(feature);
    }
    std::sort(chosen.begin(), chosen.end());
    return chosen;
}

Row row_of(const ClassifierModel& model, const std::vector<std::uint64_t>& features, std::size_t category) {
    Row row;
    row.category = category;
    for (const std::uint64_t feature : features) {
        const auto at = std::lower_bound(model.features.begin(), model.features.end(), feature);
        if (at != model.features.end() && *at == feature) {
            row.features.push_back(static_cast<std::uint32_t>(at - model.features.begin()));
        }
    }
    return row;
}

Prepared prepare(const std::vector<LabelledText>& rows, const std::vector<LabelledText>& calibration, const Redactor& redactor,
                 const TrainingOptions& options) {
    Prepared prepared;
    std::map<std::string, std::size_t> places;
    for (const LabelledText& row : rows) {
        places.emplace(row.category, 0);
    }
    for (auto& [key, place] : places) {
        place = prepared.model.categories.size();
        prepared.model.categories.push_back(key);
    }
    const auto features = read_features(rows, redactor);
    ClassifierModel& model = prepared.model;
    model.features = choose_features(features, options);
    model.bias.assign(model.categories.size(), 0);
    model.weights.assign(model.features.size() * model.categories.size(), 0);
    model.level = options.level;
    Random random(options.seed);
    for (std::size_t i = 0; i < rows.size(); ++i) {
        Row row = row_of(model, features[i], places.at(rows[i].category));
        double draw = random.uniform();
        if (!rows[i].group.empty()) {
            draw = static_cast<double>(mix64(hash_of_word(rows[i].group) ^ options.seed) >> 11U) / 9007199254740992.0;  // 2^53
        }
        (calibration.empty() && draw < options.held_out_share ? prepared.held_out : prepared.learnt).push_back(std::move(row));
    }
    const auto apart = read_features(calibration, redactor);
    for (std::size_t i = 0; i < calibration.size(); ++i) {
        if (const auto place = places.find(calibration[i].category); place != places.end()) {
            prepared.held_out.push_back(row_of(model, apart[i], place->second));
        }
    }
    return prepared;
}

/// Scores of a row before the temperature.
std::vector<double> scores_of(const ClassifierModel& model, const Row& row) {
    const std::size_t categories = model.categories.size();
    std::vector<double> scores(categories, 0);
    for (const std::uint32_t feature : row.features) {
        for (std::size_t k = 0; k < categories; ++k) {
            scores[k] += static_cast<double>(model.weights[feature * categories + k]);
        }
    }
    const double root = row.features.empty() ? 1 : std::sqrt(static_cast<double>(row.features.size()));
    for (std::size_t k = 0; k < categories; ++k) {
        scores[k] = scores[k] / root + static_cast<double>(model.bias[k]);
    }
    return scores;
}

void to_probabilities(std::vector<double>& scores, double temperature) {
    const double largest = *std::max_element(scores.begin(), scores.end());
    double sum = 0;
    for (double& score : scores) {
        score = std::exp((score - largest) / temperature);
        sum += score;
    }
    for (double& score : scores) {
        score /= sum;
    }
}

/// AdaGrad, one row at a time, in an order drawn for each epoch.
void learn(ClassifierModel& model, const std::vector<Row>& rows, const TrainingOptions& options) {
    const std::size_t categories = model.categories.size();
    std::vector<double> squares(model.weights.size(), tiny);
    std::vector<double> bias_squares(categories, tiny);
    std::vector<std::size_t> order(rows.size());
    for (std::size_t i = 0; i < order.size(); ++i) {
        order[i] = i;
    }
    Random random(options.seed + 1);
    for (int epoch = 0; epoch < options.epochs; ++epoch) {
        for (std::size_t i = order.size(); i > 1; --i) {
            std::swap(order[i - 1], order[random.below(i)]);
        }
        for (const std::size_t i : order) {
            const Row& row = rows[i];
            std::vector<double> slope = scores_of(model, row);
            to_probabilities(slope, 1);
            slope[row.category] -= 1;
            const double root = row.features.empty() ? 1 : std::sqrt(static_cast<double>(row.features.size()));
            for (const std::uint32_t feature : row.features) {
                for (std::size_t k = 0; k < categories; ++k) {
                    const std::size_t at = feature * categories + k;
                    const double step = slope[k] / root + options.regularisation * static_cast<double>(model.weights[at]);
                    squares[at] += step * step;
                    model.weights[at] -= static_cast<float>(options.learning_rate * step / std::sqrt(squares[at]));
                }
            }
            for (std::size_t k = 0; k < categories; ++k) {
                bias_squares[k] += slope[k] * slope[k];
                model.bias[k] -= static_cast<float>(options.learning_rate * slope[k] / std::sqrt(bias_squares[k]));
            }
        }
    }
}

double mean_loss(const ClassifierModel& model, const std::vector<Row>& rows, double temperature) {
    double loss = 0;
    for (const Row& row : rows) {
        std::vector<double> scores = scores_of(model, row);
        to_probabilities(scores, temperature);
        loss -= std::log(std::max(scores[row.category], tiny));
    }
    return loss / static_cast<double>(std::max<std::size_t>(rows.size(), 1));
}

/// The temperature of least loss on rows held out, by golden sections of its logarithm between 0.1 and 10.
double fit_temperature(const ClassifierModel& model, const std::vector<Row>& rows) {
    constexpr double golden = 0.6180339887498949;
    constexpr int sections = 40;
    double low = std::log(0.1);
    double high = std::log(10.0);
    for (int i = 0; i < sections; ++i) {
        const double left = high - golden * (high - low);
        const double right = low + golden * (high - low);
        if (mean_loss(model, rows, std::exp(left)) < mean_loss(model, rows, std::exp(right))) {
            high = right;
        } else {
            low = left;
        }
    }
    return std::exp((low + high) / 2);
}

std::vector<Calibrated> predict(const ClassifierModel& model, const std::vector<Row>& rows, double temperature) {
    std::vector<Calibrated> predictions;
    for (const Row& row : rows) {
        std::vector<double> scores = scores_of(model, row);
        to_probabilities(scores, temperature);
        const auto best = std::max_element(scores.begin(), scores.end());
        predictions.push_back({*best, static_cast<std::size_t>(best - scores.begin()) == row.category});
    }
    return predictions;
}

Status check(const std::vector<LabelledText>& rows, const TrainingOptions& options) {
    if (rows.size() < rows_min || rows.size() > labelled_rows_max) {
        return fail(ErrorCode::invalid_input,
                    "apprentissage : entre 20 et 1 000 000 lignes étiquetées attendues, " + std::to_string(rows.size()) + " données");
    }
    const bool bounded = options.epochs >= 1 && options.epochs <= epochs_max && options.learning_rate > 0 && options.regularisation >= 0 &&
                         options.held_out_share > 0 && options.held_out_share < 1 && options.level >= 0 && options.level <= 1 &&
                         options.features_max >= 1 && options.features_max <= model_features_max;
    if (!bounded) {
        return fail(ErrorCode::invalid_input, "apprentissage : un réglage est hors de ses bornes");
    }
    return {};
}

}  // namespace

double expected_calibration_error(const std::vector<Calibrated>& predictions) {
    constexpr std::size_t bins = 15;
    std::array<double, bins> certainty{};
    std::array<double, bins> right{};
    for (const Calibrated& prediction : predictions) {
        const auto bin = std::min(bins - 1, static_cast<std::size_t>(prediction.certainty * static_cast<double>(bins)));
        certainty[bin] += prediction.certainty;
        right[bin] += prediction.right ? 1 : 0;
    }
    double error = 0;
    for (std::size_t bin = 0; bin < bins; ++bin) {
        error += std::abs(certainty[bin] - right[bin]);
    }
    return predictions.empty() ? 0 : error / static_cast<double>(predictions.size());
}

Result<TrainedClassifier> train_classifier(const std::vector<LabelledText>& rows, const Redactor& redactor,
                                           const TrainingOptions& options) {
    return train_classifier(rows, {}, redactor, options);
}

Result<TrainedClassifier> train_classifier(const std::vector<LabelledText>& rows, const std::vector<LabelledText>& calibration,
                                           const Redactor& redactor, const TrainingOptions& options) {
    TRY(check(rows, options));
    Prepared prepared = prepare(rows, calibration, redactor, options);
    ClassifierModel& model = prepared.model;
    if (model.categories.size() < 2 || model.categories.size() > model_categories_max || prepared.held_out.empty() ||
        prepared.learnt.empty()) {
        return fail(ErrorCode::invalid_input, "apprentissage : au moins deux catégories et des lignes des deux côtés attendues");
    }
    learn(model, prepared.learnt, options);
    TrainedClassifier trained;
    trained.rows = rows.size();
    trained.held_out = prepared.held_out.size();
    trained.features = model.features.size();
    trained.ece_before = expected_calibration_error(predict(model, prepared.held_out, 1));
    model.temperature = fit_temperature(model, prepared.held_out);
    trained.temperature = model.temperature;
    const std::vector<Calibrated> predictions = predict(model, prepared.held_out, model.temperature);
    trained.ece_after = expected_calibration_error(predictions);
    trained.accuracy =
        static_cast<double>(std::count_if(predictions.begin(), predictions.end(), [](const Calibrated& p) { return p.right; })) /
        static_cast<double>(predictions.size());
    if (calibration.empty()) {
        // The temperature is known: now learn from every row. A model that has seen more is right more often than it says, never less.
        std::move(prepared.held_out.begin(), prepared.held_out.end(), std::back_inserter(prepared.learnt));
        std::fill(model.bias.begin(), model.bias.end(), 0.0F);
        std::fill(model.weights.begin(), model.weights.end(), 0.0F);
        learn(model, prepared.learnt, options);
    }
    trained.bytes = encode_model(model);
    return trained;
}

}  // namespace vigie::intake
