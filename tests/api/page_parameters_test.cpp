#include "api/page_parameters.h"

#include <doctest/doctest.h>

using namespace vigie::api;

TEST_CASE("a number is read within its bounds, or refused by name") {
    const auto read = [](const char* text) {
        return number_parameter({{"limit", text}}, "limit", 100, {1, 1000});
    };
    CHECK(read("1") == 1U);
    CHECK(read("1000") == 1000U);
    CHECK(number_parameter({}, "limit", 100, {1, 1000}) == 100U);
    for (const char* wrong : {"", "0", "1001", "-1", "1x", " 1", "99999999999999999999999"}) {
        CAPTURE(wrong);
        const auto refused = read(wrong);
        REQUIRE(!refused);
        CHECK(refused.error().parameter == "limit");
        CHECK(refused.error().status == 400);
    }
}
