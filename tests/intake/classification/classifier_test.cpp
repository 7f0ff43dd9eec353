#include "intake/classification/classifier.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <string>
#include <vector>

#include "intake/classification/text_features.h"
#include "intake/redaction/french_redactor.h"

using namespace vigie::intake;

namespace {

const TextClassifier& shipped() {
    static const TextClassifier classifier = [] {
        auto opened = TextClassifier::open(VIGIE_SOURCE_DIR "/config/models/logbook_fr.model");
        REQUIRE_MESSAGE(opened, (opened ? "" : opened.error().message));
        return *std::move(opened);
    }();
    return classifier;
}

}  // namespace

TEST_CASE("the shipped model classifies what it should know") {
    const auto category = [](const char* text) { return shipped().classify(text, french_redactor()).category; };
    CHECK(category("Feu de poubelle rue de Rome, éteint") == "fire_bin");
    CHECK(category("véhicule en stationnement gênant sur un passage piéton") == "parking");
    CHECK(category("tapage nocturne, musique forte chez le voisin") == "noise_neighbourhood");
    CHECK(category("RIXE ENTRE PLUSIEURS INDIVIDUS COURS JULIEN") == "fight");
    CHECK(category("vente a la sauvette de cigarettes a noailles") == "street_vending");
}

TEST_CASE("what it is not sure of is left to classify") {
    for (const char* text : {"", "bien reçu", "???", "zorglub xyzzy", "voir la note"}) {
        CAPTURE(text);
        CHECK(shipped().classify(text).category.empty());
    }
}

TEST_CASE("names of persons do not touch the features, nor the verdict") {
    const std::vector<const char*> names{"M. Karim Benali", "Mme Rose Blanc", "M. Nguyễn Văn Đạt",
                                         "M. Marteau",      "M. Mehmet KAYA", "Mme Fatoumata Diop"};
    for (const char* frame : {"vol de scooter au préjudice de %", "bagarre entre % et un autre homme", "% se plaint du bruit du bar",
                              "feu de voiture signalé par %"}) {
        std::vector<std::uint64_t> first;
        double certainty = -1;
        for (const char* name : names) {
            std::string text(frame);
            text.replace(text.find('%'), 1, name);
            CAPTURE(text);
            const std::string scrubbed = redacted(text);
            std::vector<std::uint64_t> features = features_of(scrubbed);
            // A title may differ; nothing else.
            const auto titles = features_of("M. Mme");
            std::erase_if(features,
                          [&](std::uint64_t feature) { return std::find(titles.begin(), titles.end(), feature) != titles.end(); });
            const auto verdict = shipped().classify(text, french_redactor());
            if (certainty < 0) {
                first = features;
                certainty = verdict.certainty;
            }
            if (std::string_view(name).starts_with("M.")) {
                CHECK(features == first);
                CHECK(verdict.certainty == certainty);
            }
        }
    }
}

TEST_CASE("an unknown name counts for nothing even when it was not redacted") {
    const auto plain = shipped().classify("vol de scooter");
    CHECK(shipped().classify("vol de scooter Benkhelifa").certainty == plain.certainty);
}

TEST_CASE("a file that is missing or no model is refused") {
    CHECK(TextClassifier::open("/nowhere/at/all").error().code == vigie::ErrorCode::not_found);
    CHECK(TextClassifier::open(VIGIE_SOURCE_DIR "/config/vigie.toml").error().code == vigie::ErrorCode::corrupt);
}
