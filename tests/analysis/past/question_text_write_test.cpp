// What is written reads back: that property is in question_text_test.cpp. Here: the text itself.
#include <doctest/doctest.h>

#include "analysis/past/question_text.h"

using namespace vigie;
using namespace vigie::past;

TEST_CASE("a badly encoded text is refused") {
    for (const char* text : {"cat", "=x", "cat=%4", "cat=%zz", "%=a", "a=1&&b=2"}) {
        CHECK_MESSAGE(!split_question_text(text), text);
    }
    const auto decoded = split_question_text("a%26b=c+d%C3%a9&x=");
    REQUIRE(decoded);
    CHECK(*decoded == std::vector<Parameter>{{"a&b", "c d\xc3\xa9"}, {"x", ""}});
}

TEST_CASE("hours are written as dates where they can be") {
    CHECK(write_local_hour(LocalHour{0}) == "1970-01-01");
    CHECK(write_local_hour(LocalHour{-1}) == "1969-12-31T23");
    CHECK(write_local_hour(last_local_hour) == "2069-01-01");
}

TEST_CASE("an id without a name shows in the text and is refused by the reader") {
    const Taxonomy taxonomy;
    const City city;
    const Names names{taxonomy, {}, city};
    Asked asked;
    asked.question.filter.hours = {LocalHour{0}, LocalHour{24}};
    asked.question.filter.categories = {CategoryId{12}};
    const std::string text = write_question(asked, names);
    CHECK(text == "cat=%3F12&from=1970-01-01&to=1970-01-02");
    CHECK(!parse_question(*split_question_text(text), names, {LocalHour{0}, LocalHour{24}}));
}
