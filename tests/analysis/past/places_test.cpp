#include "analysis/past/places.h"

#include <doctest/doctest.h>

#include <algorithm>

#include "analysis/past/exact_intervals.h"
#include "base/random.h"

using namespace vigie;
using namespace vigie::past;

namespace {

Table table_of(const std::vector<std::pair<std::int64_t, std::uint64_t>>& rows) {
    Table table;
    table.dimensions = 1;
    for (const auto& [key, count] : rows) {
        if (count > 0) {
            table.keys.push_back(key);
            table.counts.push_back(count);
        }
    }
    return table;
}

/// District 0 has residents, 1 has none known, 2 has neither outline nor area.
City three_districts() {
    City city;
    for (std::uint16_t i = 0; i < 3; ++i) {
        District district;
        district.id = DistrictId{i};
        district.area_km2 = i == 2 ? 0.0 : 0.5 + i;
        district.rings =
            i == 2 ? std::vector<Ring>() : std::vector<Ring>{{{5, 43}, {6, 43}, {6, 44}}};
        if (i == 0) {
            district.residents = 2000;
        }
        city.districts.push_back(district);
    }
    return city;
}

Question measuring(Measure measure, Unit unit) {
    Question question;
    question.measure = measure;
    question.unit = unit;
    question.cell_m = 500;
    return question;
}

}  // namespace

TEST_CASE(
    "rates are per km2 of the cell or district, and per 1000 residents where they are known") {
    const City city = three_districts();
    const Table counts = table_of({{0, 30}, {1, 30}, {2, 30}, {no_district.raw(), 7}});
    const auto cells =
        places_of(counts, nullptr, measuring(Measure::rate_per_km2, Unit::cells), city);
    CHECK(cells[0].value == doctest::Approx(120.0));
    CHECK(cells[0].low == doctest::Approx(poisson_interval(30).low * 4.0));
    CHECK(cells[0].high == doctest::Approx(poisson_interval(30).high * 4.0));

    const auto districts =
        places_of(counts, nullptr, measuring(Measure::rate_per_km2, Unit::districts), city);
    REQUIRE(districts.size() == 3);  // facts in no district are not a place
    CHECK(districts[0].value == doctest::Approx(60.0));
    CHECK(districts[1].value == doctest::Approx(20.0));
    CHECK(!districts[2].value);
    CHECK(off_the_map(counts, Unit::districts, city) == 37);

    const auto residents = places_of(
        counts, nullptr, measuring(Measure::rate_per_1000_residents, Unit::districts), city);
    CHECK(residents[0].value == doctest::Approx(15.0));
    CHECK(!residents[1].value);
    CHECK(off_the_map(table_of({{no_cell_key, 5}, {3, 9}}), Unit::cells, city) == 5);
}

TEST_CASE("no measure is given below the bound of disclosure, and no change on fewer than ten") {
    struct Row {
        std::uint64_t before, now;
        bool has_change, has_count;
    };
    const std::vector<Row> rows{{9, 50, false, true}, {10, 5, true, true}, {10, 4, false, false},
                                {10, 0, true, true},  {0, 6, false, true}, {500, 1, false, false}};
    std::vector<std::pair<std::int64_t, std::uint64_t>> now;
    std::vector<std::pair<std::int64_t, std::uint64_t>> before;
    for (std::size_t i = 0; i < rows.size(); ++i) {
        now.emplace_back(i, rows[i].now);
        before.emplace_back(i, rows[i].before);
    }
    const Table compared = table_of(before);
    for (const Measure measure : {Measure::change, Measure::count, Measure::rate_per_km2}) {
        const auto places =
            places_of(table_of(now), &compared, measuring(measure, Unit::cells), City{});
        REQUIRE(places.size() == rows.size());
        for (std::size_t i = 0; i < rows.size(); ++i) {
            const Place& place = places[i];
            CHECK(place.count == rows[i].now);
            CHECK(place.compared == rows[i].before);
            CHECK(place.value.has_value() ==
                  (measure == Measure::change ? rows[i].has_change : rows[i].has_count));
            CHECK((place.low <= place.value.value_or(0.0) &&
                   place.value.value_or(0.0) <= place.high));
        }
        if (measure == Measure::change) {
            CHECK(places[1].value == doctest::Approx(-0.5));
            CHECK(places[3].value == doctest::Approx(-1.0));
        }
    }
}

TEST_CASE("places are the union of both periods, by key, each once") {
    Random random(8);
    for (int round = 0; round < 50; ++round) {
        std::vector<std::pair<std::int64_t, std::uint64_t>> now;
        std::vector<std::pair<std::int64_t, std::uint64_t>> before;
        for (std::int64_t key = -20; key < 20; ++key) {
            now.emplace_back(key, random.below(3) * 6);
            before.emplace_back(key, random.below(3) * 15);
        }
        const Table compared = table_of(before);
        const auto places =
            places_of(table_of(now), &compared, measuring(Measure::change, Unit::cells), City{});
        std::size_t at = 0;
        for (std::size_t i = 0; i < now.size(); ++i) {
            if (now[i].second + before[i].second == 0) {
                continue;
            }
            REQUIRE(at < places.size());
            CHECK(places[at].key == now[i].first);
            CHECK(places[at].count == now[i].second);
            CHECK(places[at].compared == before[i].second);
            ++at;
        }
        CHECK(at == places.size());
    }
}
