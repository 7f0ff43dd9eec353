#include "api/asked_question.h"

#include <doctest/doctest.h>

#include "small_observatory.h"

using namespace vigie;
using namespace vigie::api;
using namespace vigie::api::testing;

TEST_CASE("attributions stand once each, and only those of facts that are shown") {
    SmallObservatory small;
    SourceRecord other;
    other.id = SourceId{1};
    other.attribution = "Pompiers";
    small.reference.the_sources.push_back(other);
    other.id = SourceId{2};
    small.reference.the_sources.push_back(other);
    const AnswerContext context{small.application->reference(),
                                small.application->data_state().value()};
    past::Breakdown police{0, 5, std::nullopt};
    past::Breakdown fire{1, 5, std::nullopt};
    past::Breakdown fire_too{2, 5, std::nullopt};
    CHECK(attributions_of(context, {police}).size() == 2);
    CHECK(attributions_of(context, {police, fire, fire_too}).size() == 3);
    police.count = 0;
    CHECK(attributions_of(context, {police}).size() == 1);
}

TEST_CASE("every name a question knows is a parameter of the view or of the playback") {
    for (const auto name : question_parameters) {
        CHECK(past::is_question_parameter(name));
    }
    CHECK(question_parameters[view_parameter_count] == "step");
}
