#include "api/json_body.h"

#include <doctest/doctest.h>

using vigie::api::parse_text_fields;

TEST_CASE("a body is an object of exactly the expected texts") {
    const auto fields = parse_text_fields(R"({"b":"2","a":"é"})", {"a", "b"});
    REQUIRE(fields);
    CHECK(*fields == std::vector<std::string>{"é", "2"});
    for (const char* wrong : {"", "{}", "[]", "null", R"({"a":"1"})", R"({"a":"1","b":2})",
                              R"({"a":"1","b":"2","c":"3"})", R"({"a":"1","b":"2"} x)",
                              "{\"a\":\"\xff\",\"b\":\"2\"}", "[[[[[[[[[[[[]]]]]]]]]]]]"}) {
        CAPTURE(wrong);
        CHECK(!parse_text_fields(wrong, {"a", "b"}));
    }
}
