#include "api/cached_answer.h"

#include <doctest/doctest.h>

#include "small_observatory.h"

using namespace vigie;
using namespace vigie::api;
using namespace vigie::api::testing;

TEST_CASE("nothing is served from memory to somebody who is not signed in") {
    SmallObservatory small;
    Request request;
    request.method = Method::get;
    Route route;
    route.name = "past.view";
    route.action = governance::Action::read_aggregates;
    CHECK(!answer_from_memory(*small.application, route, request));
}
