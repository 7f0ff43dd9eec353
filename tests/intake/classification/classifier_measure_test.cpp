#include "intake/classification/classifier_measure.h"

#include <doctest/doctest.h>

#include <algorithm>

#include "intake/classification/text_features.h"
#include "intake/redaction/french_redactor.h"
#include "intake/scratch_folder.h"

using namespace vigie::intake;

namespace {

/// A model of one stem for each of two categories.
TextClassifier tiny_classifier() {
    ClassifierModel model;
    model.categories = {"animal", "fight"};
    const std::uint64_t dog = features_of("chien")[0];
    const std::uint64_t brawl = features_of("bagarre")[0];
    model.features = {std::min(dog, brawl), std::max(dog, brawl)};
    model.bias = {0, 0};
    model.weights = dog < brawl ? std::vector<float>{3, 0, 0, 3} : std::vector<float>{0, 3, 3, 0};
    model.level = 0.9;
    return *TextClassifier::of_bytes(encode_model(model));
}

}  // namespace

TEST_CASE("the figures of known answers") {
    const std::vector<LabelledText> rows{{"chien", "animal", ""},
                                         {"bagarre", "fight", ""},
                                         {"bagarre", "animal", ""},
                                         {"chien bagarre", "fight", ""},
                                         {"rien", "to_classify", ""}};
    const ClassifierMeasure measure = measure_classifier(tiny_classifier(), rows, french_redactor());
    CHECK(measure.rows == 4);
    CHECK(measure.nothing_fits == 1);
    CHECK(measure.left_rightly == 1);
    CHECK(measure.left == 1);  // "chien bagarre" is even
    CHECK(measure.accuracy >= 0.5);
    CHECK(measure.accuracy_at_level == doctest::Approx(2.0 / 3));
    CHECK(measure.confusion.at({"animal", "fight"}) == 1);
    CHECK(measure.confusion.at({"fight", ""}) == 1);
}

TEST_CASE("labelled texts are read from a table, and a table without its columns is refused") {
    const ScratchFolder folder("labelled_texts");
    const std::string path = folder.write("rows.csv", "text,category\n\"vol, rue Paradis\",theft\nchien,animal\n");
    const auto rows = read_labelled_texts(path);
    REQUIRE(rows);
    REQUIRE(rows->size() == 2);
    CHECK((*rows)[0].text == "vol, rue Paradis");
    CHECK((*rows)[1].category == "animal");
    CHECK_FALSE(read_labelled_texts(folder.write("other.csv", "texte,categorie\na,b\n")));
    CHECK_FALSE(read_labelled_texts(folder.path("none.csv")));
}
