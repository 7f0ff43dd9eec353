#include "base/json_text.h"

#include <doctest/doctest.h>

TEST_CASE("what JSON forbids in a string is escaped, the rest is left") {
    std::string out;
    vigie::append_json_text(out, "é\"\\\n\x7f/");
    CHECK(out == "é\\\"\\\\\\u000a\\u007f/");
}
