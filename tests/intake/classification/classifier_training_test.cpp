#include "intake/classification/classifier_training.h"

#include <doctest/doctest.h>

#include "intake/classification/classifier_measure.h"
#include "intake/redaction/french_redactor.h"

using namespace vigie::intake;

namespace {

std::vector<LabelledText> easy_rows() {
    std::vector<LabelledText> rows;
    for (int i = 0; i < 60; ++i) {
        rows.push_back({"vol de scooter devant le magasin " + std::to_string(i), "vehicle_theft", ""});
        rows.push_back({"musique forte et cris dans un appartement " + std::to_string(i), "noise_neighbourhood", ""});
        rows.push_back({"chien errant sans collier dans le parc " + std::to_string(i), "animal", ""});
    }
    return rows;
}

}  // namespace

TEST_CASE("what is easy to tell apart is told apart, with certainties that can be believed") {
    const auto trained = train_classifier(easy_rows(), french_redactor(), {});
    REQUIRE(trained);
    CHECK(trained->accuracy == 1.0);
    CHECK(trained->ece_after < 0.05);
    const auto classifier = TextClassifier::of_bytes(trained->bytes);
    REQUIRE(classifier);
    CHECK(classifier->classify("un chien dans le parc").category == "animal");
    const ClassifierMeasure measure = measure_classifier(*classifier, easy_rows(), french_redactor());
    CHECK(measure.accuracy == 1.0);
    CHECK(measure.macro_f1 == doctest::Approx(1));
}

TEST_CASE("the same rows, options and seed give the same bytes") {
    TrainingOptions options;
    options.seed = 7;
    const auto one = train_classifier(easy_rows(), french_redactor(), options);
    const auto two = train_classifier(easy_rows(), french_redactor(), options);
    REQUIRE(one);
    REQUIRE(two);
    CHECK(one->bytes == two->bytes);
}

TEST_CASE("a name that goes with a category is not learnt") {
    std::vector<LabelledText> rows;
    for (int i = 0; i < 60; ++i) {
        rows.push_back({"M. Benkhelifa signale un fait", "vehicle_theft", ""});
        rows.push_back({"M. Kowalski signale un fait", "animal", ""});
    }
    const auto trained = train_classifier(rows, french_redactor(), {});
    REQUIRE(trained);
    CHECK(trained->accuracy < 0.8);  // nothing tells the two apart but the names
}

TEST_CASE("too few rows, one category or options out of bounds are refused") {
    CHECK_FALSE(train_classifier({}, french_redactor(), {}));
    std::vector<LabelledText> rows = easy_rows();
    for (LabelledText& row : rows) {
        row.category = "animal";
    }
    CHECK_FALSE(train_classifier(rows, french_redactor(), {}));
    TrainingOptions options;
    options.held_out_share = 1;
    CHECK_FALSE(train_classifier(easy_rows(), french_redactor(), options));
}

TEST_CASE("the calibration error of known predictions") {
    CHECK(expected_calibration_error({}) == 0);
    CHECK(expected_calibration_error({{1.0, true}, {1.0, true}}) == 0);
    CHECK(expected_calibration_error({{1.0, false}, {1.0, false}}) == doctest::Approx(1));
    CHECK(expected_calibration_error({{0.75, true}, {0.75, true}, {0.75, true}, {0.75, false}}) == doctest::Approx(0));
    CHECK(expected_calibration_error({{0.9, true}, {0.9, false}}) == doctest::Approx(0.4));
}
