#include "api/yesterday_json.h"

#include <doctest/doctest.h>

#include <boost/json.hpp>

using namespace vigie;
using namespace vigie::api;

TEST_CASE("comparisons that were not asked are null, those asked are there") {
    past::Yesterday yesterday;
    yesterday.period = {LocalHour{24}, LocalHour{48}};
    past::Question question;
    AnswerMarks marks;
    marks.data_version = 18'446'744'073'709'551'615ULL;
    auto view = boost::json::parse(view_json(yesterday, question, marks));
    CHECK(view.at("data_version").as_string() == "18446744073709551615");
    CHECK(view.at("compared_period").is_null());
    CHECK(view.at("compared_total").is_null());
    CHECK(view.at("compared_series").is_null());
    CHECK(view.at("period").at("from").as_string() == "1970-01-02");
    CHECK(view.at("places").at("measure").as_string() == "count");

    yesterday.compared_period = HourRange{LocalHour{0}, LocalHour{24}};
    yesterday.compared_total = 0;
    yesterday.compared_series = past::Series{past::Bin::week, LocalDay{-3}, {1, 2}};
    question.unit = past::Unit::districts;
    question.measure = past::Measure::change;
    past::Place place;
    place.key = 2;
    place.count = 30;
    place.compared = 20;
    place.value = 0.5;
    yesterday.places = {place};
    view = boost::json::parse(view_json(yesterday, question, marks));
    CHECK(view.at("compared_total").to_number<int>() == 0);
    CHECK(view.at("compared_series").at("bin").as_string() == "week");
    CHECK(view.at("compared_series").at("start").as_string() == "1969-12-29");
    CHECK(view.at("places").at("district").as_array()[0].to_number<int>() == 2);
    CHECK(view.at("places").at("column").as_array().empty());
    CHECK(view.at("places").at("value").as_array()[0].to_number<double>() == 0.5);
}

TEST_CASE("cells west or south of the origin keep their sign") {
    past::Frames frames;
    frames.places = {pack({-3, -7})};
    const auto document =
        boost::json::parse(frames_json(frames, past::Asked{}, governance::Role::analyst));
    CHECK(document.at("column").as_array()[0].to_number<int>() == -3);
    CHECK(document.at("row").as_array()[0].to_number<int>() == -7);
}
