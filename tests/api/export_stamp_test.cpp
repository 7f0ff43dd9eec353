#include <doctest/doctest.h>

#include <map>

#include "api/export_table.h"
#include "small_observatory.h"

using namespace vigie;
using namespace vigie::api;
using namespace vigie::api::testing;

TEST_CASE("an export says what was asked, of which data, by which program, under which licence") {
    SmallObservatory small;
    AskedQuestion question;
    question.context = {small.application->reference(), small.application->data_state().value()};
    question.filters = "cat=noise";
    past::Yesterday yesterday;
    yesterday.total = 42;
    yesterday.sources = {{0, 42, std::nullopt}};
    const std::vector<ShownPlace> places;
    const auto stamp =
        export_stamp({question, yesterday, places, Language::fr}, "2026-11-21T13:00:00+01:00");
    const std::map<std::string, std::string> lines(stamp.begin(), stamp.end());
    CHECK(lines.at("Attention").find("SYNTHÉTIQUES") != std::string::npos);
    CHECK(lines.at("Filtres (texte exact)") == "cat=noise");
    CHECK(lines.at("Faits") == "42");
    CHECK(lines.at("Exporté le") == "2026-11-21T13:00:00+01:00");
    CHECK(lines.at("Version des données") == "1");
    CHECK(lines.at("Programme").starts_with("Vigie "));
    CHECK(lines.at("Attribution").find("Ville de Carréville") != std::string::npos);
    CHECK(lines.at("Licence") == "Main courante : Licence Ouverte 2.0");
}
