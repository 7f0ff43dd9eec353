#include "analysis/past/question_check.h"

#include <doctest/doctest.h>

#include "stories/letter_city.h"

using namespace vigie;
using namespace vigie::past;
using stories::period;

TEST_CASE("a question that has no answer is refused in French") {
    const HourRange span = period("2016-01-01", "2017-01-01");
    Question good;
    good.filter.hours = span;
    const auto message = [&](const Question& question) {
        const Status answer = check_question(question, City{});
        REQUIRE(!answer);
        CHECK(answer.error().code == ErrorCode::invalid_input);
        return answer.error().message;
    };
    City city;
    city.districts.emplace_back();
    CHECK(check_question(good, city));
    Question bad = good;
    bad.filter.hours.end = bad.filter.hours.begin;
    CHECK(message(bad).find("Période vide : de 2016-01-01 à 2016-01-01") == 0);
    bad = good;
    bad.cell_m = 250;
    CHECK(message(bad).find("250 m") != std::string::npos);
    bad = good;
    bad.unit = Unit::districts;
    CHECK(message(bad).find("pas de quartiers") != std::string::npos);
    bad = good;
    bad.measure = Measure::change;
    CHECK(message(bad).find("période à comparer") != std::string::npos);
    bad = good;
    bad.measure = Measure::rate_per_1000_residents;
    CHECK(message(bad).find("par quartier") != std::string::npos);
    bad = good;
    bad.filter.hours.begin = LocalHour{first_local_hour.raw() - 1};
    CHECK(message(bad).find("entre 1950-01-01 et 2069-01-01") != std::string::npos);
    bad.unit = Unit::districts;
    bad.measure = Measure::rate_per_1000_residents;
    bad.filter.hours = span;
    CHECK(check_question(bad, city));
}
