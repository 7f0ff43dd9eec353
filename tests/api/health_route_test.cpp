#include "api/health_route.h"

#include <doctest/doctest.h>

#include <fstream>
#include <sstream>

#include "base/version.h"
#include "small_observatory.h"

using namespace vigie;
using namespace vigie::api;
using namespace vigie::api::testing;

TEST_CASE("health is answered at once, with the version") {
    SmallObservatory small;
    const auto got = small.get("/api/v1/health");
    CHECK(small.was_at_once);
    CHECK(member(got.body, "status") == "ok");
    CHECK(member(got.body, "version") == program_version());
}

TEST_CASE("the description in the program is the file of the source") {
    std::ifstream file(VIGIE_SOURCE_DIR "/src/api/openapi.json");
    std::stringstream text;
    text << file.rdbuf();
    CHECK(openapi_text() == text.str());
}
