// vigie classify train | test: the classifier of logbook texts, from labelled rows to a model file and its figures.
#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <boost/json.hpp>
#include <fstream>
#include <memory>

#include "intake/classification/classifier_measure.h"
#include "intake/import.h"
#include "programs/vigie/command_line.h"

namespace vigie::programs {
namespace {

namespace json = boost::json;

struct ClassifyOptions {
    std::string labelled;
    std::string calibration;
    std::string model;
    std::string word_list = intake::default_word_list;
    intake::TrainingOptions training;
    bool json = false;
};

Result<intake::Redactor> open_redactor(const std::string& word_list) {
    const std::string config = TRY(find_config_dir());
    std::vector<std::string> warnings;
    const City city = TRY(intake::load_city(config + "/cities/marseille.toml", warnings));
    intake::RedactionFiles files = intake::redaction_files(config, city);
    files.word_list = word_list;
    return intake::Redactor::open(files);
}

Status write_file(const std::string& path, const std::string& bytes) {
    std::ofstream file(path, std::ios::binary | std::ios::trunc);
    file.write(bytes.data(), static_cast<std::streamsize>(bytes.size()));
    file.close();
    if (!file) {
        return fail(ErrorCode::unavailable, path + " : écriture impossible");
    }
    return {};
}

Status train(const ClassifyOptions& options) {
    const intake::Redactor redactor = TRY(open_redactor(options.word_list));
    const std::vector<intake::LabelledText> rows = TRY(intake::read_labelled_texts(options.labelled));
    std::vector<intake::LabelledText> calibration;
    if (!options.calibration.empty()) {
        calibration = TRY(intake::read_labelled_texts(options.calibration));
    }
    const intake::TrainedClassifier trained = TRY(intake::train_classifier(rows, calibration, redactor, options.training));
    TRY(write_file(options.model, trained.bytes));
    if (options.json) {
        fmt::print("{}\n", json::serialize(json::object{{"rows", trained.rows},
                                                        {"held_out", trained.held_out},
                                                        {"features", trained.features},
                                                        {"bytes", trained.bytes.size()},
                                                        {"temperature", trained.temperature},
                                                        {"held_out_accuracy", trained.accuracy},
                                                        {"ece_before", trained.ece_before},
                                                        {"ece_after", trained.ece_after}}));
    } else {
        fmt::print(
            "{} lignes, {} traits, {} octets ; sur {} lignes tenues à part : exactitude {:.4f}, erreur de calibration {:.4f} (avant "
            "{:.4f})\n",
            trained.rows, trained.features, trained.bytes.size(), trained.held_out, trained.accuracy, trained.ece_after,
            trained.ece_before);
    }
    return {};
}

json::array confusion_of(const intake::ClassifierMeasure& measure) {
    json::array list;
    for (const auto& [pair, rows] : measure.confusion) {
        list.push_back(
            json::object{{"label", pair.first}, {"given", pair.second.empty() ? intake::to_classify_key : pair.second}, {"rows", rows}});
    }
    return list;
}

Status test(const ClassifyOptions& options) {
    const intake::Redactor redactor = TRY(open_redactor(options.word_list));
    const intake::TextClassifier classifier = TRY(intake::TextClassifier::open(options.model));
    const std::vector<intake::LabelledText> rows = TRY(intake::read_labelled_texts(options.labelled));
    const intake::ClassifierMeasure measure = intake::measure_classifier(classifier, rows, redactor);
    const double left = measure.rows == 0 ? 0 : static_cast<double>(measure.left) / static_cast<double>(measure.rows);
    if (options.json) {
        fmt::print("{}\n", json::serialize(json::object{{"rows", measure.rows},
                                                        {"accuracy", measure.accuracy},
                                                        {"macro_f1", measure.macro_f1},
                                                        {"level", classifier.model().level},
                                                        {"share_left_to_classify", left},
                                                        {"accuracy_at_level", measure.accuracy_at_level},
                                                        {"ece", measure.ece},
                                                        {"nothing_fits", measure.nothing_fits},
                                                        {"left_rightly", measure.left_rightly},
                                                        {"confusion", confusion_of(measure)}}));
        return {};
    }
    fmt::print("{} lignes : exactitude {:.4f}, F1 moyen {:.4f}, erreur de calibration {:.4f}\n", measure.rows, measure.accuracy,
               measure.macro_f1, measure.ece);
    fmt::print("au seuil {:.2f} : {:.4f} laissés à classer, exactitude des autres {:.4f} ; sans catégorie : {} laissés sur {}\n",
               classifier.model().level, left, measure.accuracy_at_level, measure.left_rightly, measure.nothing_fits);
    for (const auto& [pair, count] : measure.confusion) {
        fmt::print("  {:<22} -> {:<22} {:>6}\n", pair.first, pair.second.empty() ? intake::to_classify_key : pair.second, count);
    }
    return {};
}

int ended(const Status& status) {
    return status ? exit_done : report(status.error());
}

}  // namespace

void add_classify(CLI::App& app, int& exit_code) {
    auto* command = app.add_subcommand("classify", "Le classement des textes de main courante : apprendre un modèle, le mesurer");
    command->require_subcommand(1);
    auto options = std::make_shared<ClassifyOptions>();
    const auto add_shared = [&options](CLI::App* of) {
        of->add_option("--labelled", options->labelled, "Table étiquetée : colonnes text et category (clé de la nomenclature)")->required();
        of->add_option("--word-list", options->word_list, "Liste de mots français (paquet wfrench)");
        of->add_flag("--json", options->json, "Résultat en un objet JSON");
    };
    auto* training = command->add_subcommand("train", "Apprendre un modèle sur des textes étiquetés ; ils sont caviardés avant tout");
    add_shared(training);
    training->add_option("--out", options->model, "Fichier du modèle")->required();
    training->add_option("--calibration", options->calibration, "Table étiquetée qui règle la certitude ; sinon un cinquième des lignes");
    training->add_option("--seed", options->training.seed, "Graine de l'ordre des lignes");
    training->add_option("--epochs", options->training.epochs, "Passages sur les lignes");
    training->add_option("--regularisation", options->training.regularisation, "Régularisation L2");
    training->add_option("--level", options->training.level, "Certitude au-dessous de laquelle un texte est laissé à classer");
    training->add_option("--features", options->training.features_max, "Nombre de traits au plus");
    training->callback([options, &exit_code] { exit_code = ended(train(*options)); });
    auto* testing = command->add_subcommand("test", "Mesurer un modèle sur des textes étiquetés");
    add_shared(testing);
    testing->add_option("--model", options->model, "Fichier du modèle")->required();
    testing->callback([options, &exit_code] { exit_code = ended(test(*options)); });
}

}  // namespace vigie::programs
