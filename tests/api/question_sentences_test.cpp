#include "api/question_sentences.h"

#include <doctest/doctest.h>

#include <map>

#include "small_observatory.h"

using namespace vigie;
using namespace vigie::api;
using namespace vigie::api::testing;

TEST_CASE("every condition of a question is said in words") {
    SmallObservatory small;
    AskedQuestion question;
    question.context = {small.application->reference(), small.application->data_state().value()};
    auto& asked = question.asked.question;
    asked.filter.hours = {LocalHour{0}, LocalHour{26}};
    asked.filter.categories = {CategoryId{1}, CategoryId{2}};
    asked.filter.sources = {SourceId{0}};
    asked.filter.origins = {Origin::patrol};
    asked.filter.districts = {DistrictId{2}, no_district};
    asked.filter.weekdays = 0x60;
    asked.filter.hours_of_day = 1U << 22;
    asked.filter.daylight = Daylight::night;
    asked.comparison = past::Comparison::previous_period;
    const auto fr = question_sentences(question, Language::fr);
    const std::map<std::string, std::string> lines(fr.begin(), fr.end());
    CHECK(lines.at("Période") == "du 1970-01-01 inclus au 1970-01-02T02 exclu, heure locale");
    CHECK(lines.at("Catégories") == "Bruit, Vol");
    CHECK(lines.at("Sources") == "Main courante");
    CHECK(lines.at("Origines") == "constaté en patrouille");
    CHECK(lines.at("Quartiers") == "Quartier 3, hors quartier");
    CHECK(lines.at("Jours") == "samedi, dimanche");
    CHECK(lines.at("Heures commençant à") == "22 h");
    CHECK(lines.at("Soleil") == "nuit");
    CHECK(lines.at("Lieux") == "mailles de 200 m, projection EPSG:2154");
    const auto en = question_sentences(question, Language::en);
    CHECK(en.size() == fr.size());
    CHECK(std::map<std::string, std::string>(en.begin(), en.end()).at("Categories") ==
          "Noise, Theft");
}

TEST_CASE("what was not asked is not said") {
    SmallObservatory small;
    AskedQuestion question;
    question.context = {small.application->reference(), small.application->data_state().value()};
    CHECK(question_sentences(question, Language::fr).size() == 2);
}
