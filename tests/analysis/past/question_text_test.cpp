#include "analysis/past/question_text.h"

#include <doctest/doctest.h>

#include <algorithm>

#include "base/random.h"

using namespace vigie;
using namespace vigie::past;

namespace {

/// A town with three districts, four categories and three sources, with keys that need encoding.
struct Town {
    Taxonomy taxonomy;
    City city;
    std::vector<std::pair<std::string, SourceId>> sources;

    Town() {
        const char* const keys[] = {"noise", "theft", "assault", "unmapped"};
        for (std::uint16_t i = 0; i < 4; ++i) {
            Category category;
            category.id = CategoryId{i};
            category.key = keys[i];
            taxonomy.categories.push_back(category);
        }
        const char* const codes[] = {"13202", "2A 004", "é&=%"};
        for (std::uint16_t i = 0; i < 3; ++i) {
            District district;
            district.id = DistrictId{i};
            district.code = codes[i];
            city.districts.push_back(district);
        }
        sources = {{"police", SourceId{2}}, {"fire", SourceId{0}}, {"works", SourceId{7}}};
    }
    [[nodiscard]] Names names() const { return Names{taxonomy, sources, city}; }
};

LocalHour hour_at(int year, unsigned month, unsigned day, int hour = 0) {
    const std::chrono::year_month_day date{std::chrono::year{year}, std::chrono::month{month},
                                           std::chrono::day{day}};
    return LocalHour{day_from_civil(date).raw() * 24 + hour};
}

const HourRange two_years{hour_at(2015, 1, 1, 5), hour_at(2016, 12, 31, 22)};

Result<Asked> ask(const Town& town, std::string_view text) {
    const auto parameters = split_question_text(text);
    REQUIRE(parameters);
    return parse_question(*parameters, town.names(), two_years);
}

std::string error_of(const Town& town, std::string_view text) {
    const auto asked = ask(town, text);
    REQUIRE_MESSAGE(!asked, text);
    CHECK(asked.error().code == ErrorCode::invalid_input);
    return asked.error().message;
}

}  // namespace

TEST_CASE("a question without parameters is the last twelve months of the data") {
    const Town town;
    const auto asked = ask(town, "");
    REQUIRE(asked);
    Asked expected;
    expected.question.filter.hours = {hour_at(2016, 1, 1), hour_at(2017, 1, 1)};
    CHECK(*asked == expected);
    CHECK(write_question(*asked, town.names()) == "from=2016-01-01&to=2017-01-01");
}

TEST_CASE("the default period is whole days and does not begin before the data") {
    const HourRange short_span{hour_at(2016, 3, 10, 7), hour_at(2016, 5, 2, 9)};
    CHECK(default_period(short_span) == HourRange{hour_at(2016, 3, 10), hour_at(2016, 5, 3)});
    const HourRange leap{hour_at(2010, 1, 1), hour_at(2016, 2, 29)};
    CHECK(default_period(leap) == HourRange{hour_at(2015, 2, 28), hour_at(2016, 2, 29)});
}

TEST_CASE("every parameter is read as the interface describes it") {
    const Town town;
    const auto asked =
        ask(town,
            "to=2016-03-01T06&from=2016-02-29&cat=theft,noise,theft&src=works,fire&origin=patrol,"
            "resident"
            "&district=none,2A%20004&wd=6-1,3&hours=22-6,8-9&sun=night&unit=districts&cell=500"
            "&measure=change&compare=year&bin=month&step=week");
    REQUIRE(asked);
    const Question& q = asked->question;
    CHECK(q.filter.hours == HourRange{hour_at(2016, 2, 29), hour_at(2016, 3, 1, 6)});
    CHECK(q.filter.categories == std::vector{CategoryId{0}, CategoryId{1}});
    CHECK(q.filter.sources == std::vector{SourceId{0}, SourceId{7}});
    CHECK(q.filter.origins == std::vector{Origin::resident, Origin::patrol});
    CHECK(q.filter.districts == std::vector{DistrictId{1}, no_district});
    CHECK(q.filter.weekdays == 0b1100101);
    CHECK(q.filter.hours_of_day == 0b1100'0000'0000'0001'0011'1111U);
    CHECK(q.filter.daylight == Daylight::night);
    CHECK(q.unit == Unit::districts);
    CHECK(q.cell_m == 500);
    CHECK(q.measure == Measure::change);
    CHECK(q.comparison == Comparison::same_period_last_year);
    CHECK(q.bin == Bin::month);
    CHECK(asked->step == Step::week);
    CHECK(write_question(*asked, town.names()) ==
          "bin=month&cat=noise,theft&cell=500&compare=year&district=2A%20004,none&from=2016-02-29"
          "&hours=8-9,22-6&measure=change&origin=patrol,resident&src=fire,works&step=week&sun=night"
          "&to=2016-03-01T06&unit=districts&wd=1,3,6-7");
}

TEST_CASE("without a start the period is the twelve months before its end") {
    const Town town;
    const auto asked = ask(town, "to=2016-06-01");
    REQUIRE(asked);
    CHECK(asked->question.filter.hours == HourRange{hour_at(2015, 6, 1), hour_at(2016, 6, 1)});
    const auto cut = ask(town, "to=2015-06-01");
    REQUIRE(cut);
    CHECK(cut->question.filter.hours == HourRange{hour_at(2015, 1, 1), hour_at(2015, 6, 1)});
}

TEST_CASE("the whole day and the whole week are the default") {
    const Town town;
    for (const char* text : {"hours=0-24", "hours=6-22,22-6", "wd=1-7", "wd=4-3", "wd=7,1-6"}) {
        const auto asked = ask(town, text);
        REQUIRE(asked);
        CHECK(write_question(*asked, town.names()) == "from=2016-01-01&to=2017-01-01");
    }
    CHECK(ask(town, "hours=22-0")->question.filter.hours_of_day == 0xc00000);
    CHECK(ask(town, "hours=22-24")->question.filter.hours_of_day == 0xc00000);
}

TEST_CASE("a wrong parameter is named with what was found and what was expected") {
    const Town town;
    const std::pair<const char*, const char*> cases[] = {
        {"from=2016-13-01", "AAAA-MM-JJ"},
        {"from=2016-02-30", "AAAA-MM-JJ"},
        {"to=2016-01-01T24", "AAAA-MM-JJTHH"},
        {"to=2016-01-01 10", "AAAA-MM-JJTHH"},
        {"from=1949-12-31", "1950-01-01"},
        {"to=2069-01-01T01", "2069-01-01"},
        {"cat=arson", "catégories"},
        {"cat=", "catégories"},
        {"cat=noise,,theft", "catégories"},
        {"src=polic", "sources"},
        {"origin=Resident", "resident"},
        {"district=13203", "quartiers"},
        {"wd=0", "lundi"},
        {"wd=1-8", "lundi"},
        {"wd=1-2-3", "lundi"},
        {"hours=8", "22-6"},
        {"hours=8-8", "22-6"},
        {"hours=24-6", "22-6"},
        {"hours=8-25", "22-6"},
        {"sun=moon", "day, night"},
        {"unit=cell", "cells, districts"},
        {"cell=150", "multiple de 100"},
        {"cell=0", "multiple de 100"},
        {"cell=10100", "multiple de 100"},
        {"cell=200m", "multiple de 100"},
        {"cell=-200", "multiple de 100"},
        {"measure=rate", "rate_km2"},
        {"compare=last", "previous"},
        {"bin=hour", "day, week, month"},
        {"step=year", "hour, day, week, month"},
    };
    for (const auto& [text, expected] : cases) {
        const std::string message = error_of(town, text);
        const std::string_view whole(text);
        const std::string name(whole.substr(0, whole.find('=')));
        CHECK_MESSAGE(message.find("« " + name + " »") != std::string::npos, message);
        CHECK_MESSAGE(message.find(expected) != std::string::npos, message);
    }
    CHECK(error_of(town, "cat=noise,arson,theft") ==
          "Paramètre « cat » : « arson » ; attendu : des clés de catégories de la ville, séparées "
          "par des virgules.");
}

TEST_CASE("unknown and repeated parameters and empty periods are refused") {
    const Town town;
    CHECK(error_of(town, "colour=red").find("« colour »") != std::string::npos);
    CHECK(error_of(town, "bin=day&bin=week").find("deux fois") != std::string::npos);
    CHECK(error_of(town, "from=2016-05-01&to=2016-05-01").find("Période vide") !=
          std::string::npos);
    CHECK(error_of(town, "from=2018-01-01").find("Période vide") != std::string::npos);
    CHECK(error_of(town, "cat=" + std::string(9000, 'a')).find("8192") != std::string::npos);
    CHECK(error_of(town, "cat=%01%0a%c3").find("???") != std::string::npos);
}

namespace {

template <class Id>
std::vector<Id> some_of(Random& random, const std::vector<Id>& all) {
    std::vector<Id> some;
    for (const Id id : all) {
        if (random.below(3) == 0) {
            some.push_back(id);
        }
    }
    return some;
}

Asked random_question(Random& random) {
    Asked asked;
    Question& q = asked.question;
    const auto begin = first_local_hour.raw() + static_cast<std::int32_t>(random.below(1'000'000));
    const auto left = static_cast<std::uint64_t>(last_local_hour.raw() - begin);
    q.filter.hours = {LocalHour{begin},
                      LocalHour{begin + 1 + static_cast<std::int32_t>(random.below(left))}};
    if (random.below(2) == 0) {
        q.filter.hours.begin = first_hour_of(day_of(q.filter.hours.begin));
    }
    q.filter.categories =
        some_of<CategoryId>(random, {CategoryId{0}, CategoryId{1}, CategoryId{2}, CategoryId{3}});
    q.filter.sources = some_of<SourceId>(random, {SourceId{0}, SourceId{2}, SourceId{7}});
    q.filter.origins = some_of<Origin>(
        random, {Origin::unknown, Origin::resident, Origin::patrol, Origin::sensor});
    q.filter.districts =
        some_of<DistrictId>(random, {DistrictId{0}, DistrictId{1}, DistrictId{2}, no_district});
    q.filter.weekdays = static_cast<std::uint8_t>(1 + random.below(0x7f));
    q.filter.hours_of_day = static_cast<std::uint32_t>(1 + random.below(0xffffff));
    q.filter.daylight = static_cast<Daylight>(random.below(3));
    q.unit = static_cast<Unit>(random.below(2));
    q.cell_m = 100 * static_cast<std::int32_t>(1 + random.below(100));
    q.measure = static_cast<Measure>(random.below(4));
    q.comparison = static_cast<Comparison>(random.below(3));
    q.bin = static_cast<Bin>(random.below(3));
    asked.step = static_cast<Step>(random.below(4));
    return asked;
}

}  // namespace

TEST_CASE("what is written is read back as the same question") {
    const Town town;
    Random random(2026);
    for (int i = 0; i < 3000; ++i) {
        const Asked asked = random_question(random);
        const std::string text = write_question(asked, town.names());
        const auto parameters = split_question_text(text);
        REQUIRE(parameters);
        auto shuffled = *parameters;
        std::ranges::reverse(shuffled);
        const auto again = parse_question(shuffled, town.names(), two_years);
        REQUIRE_MESSAGE(again, text);
        REQUIRE_MESSAGE(*again == asked, text);
        CHECK(std::ranges::is_sorted(*parameters));
    }
}

TEST_CASE("a text is canonical: the order of lists and parameters does not matter") {
    const Town town;
    const auto one = ask(town, "cat=theft,noise&wd=6,7&from=2016-05-01T00&measure=count");
    const auto other = ask(town, "wd=6-7&from=2016-05-01&cat=noise,theft,noise&bin=day");
    REQUIRE(one);
    REQUIRE(other);
    CHECK(write_question(*one, town.names()) == write_question(*other, town.names()));
}
