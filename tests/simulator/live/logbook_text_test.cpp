#include "simulator/live/logbook_text.h"

#include <doctest/doctest.h>

#include <set>

#include "simulator/kinds.h"
#include "simulator/live/logbook_phrases.h"

using namespace vigie;
using namespace vigie::simulator;

TEST_CASE("every code that the logbook may carry has its phrases") {
    std::set<std::string_view> codes;
    for (const CategoryPhrases& phrases : category_phrases()) {
        CHECK(codes.insert(phrases.code).second);
        for (const auto& style : phrases.by_style) {
            for (const std::string_view phrase : style) {
                CHECK_FALSE(phrase.empty());
            }
        }
    }
    for (const Kind& kind : kinds()) {
        for (const Route& route : kind.routes) {
            for (const std::string_view code : route.codes) {
                if (route.file == SourceFile::logbook && !code.empty()) {
                    CHECK(codes.contains(code));
                }
            }
        }
    }
}

TEST_CASE("texts are one line without marks left, and hold what they planted") {
    Random random(11);
    std::set<std::string> texts;
    for (int i = 0; i < 2'000; ++i) {
        const auto table = category_phrases();
        const LogbookScene scene{
            table[random.below(table.size())].code, "Le Panier", {LocalDay{20'000}, 83'100'000}};
        const LogbookText made = write_logbook_text(scene, random);
        CHECK(made.text.find('%') == std::string::npos);
        CHECK(made.text.find('\n') == std::string::npos);
        for (const PlantedIdentifier& identifier : made.planted) {
            CHECK(made.text.find(identifier.text) != std::string::npos);
            CHECK(made.text.find(identifier.searched) != std::string::npos);
        }
        texts.insert(made.text);
    }
    CHECK(texts.size() > 1'950);
}
