#include "simulator/records.h"

#include <doctest/doctest.h>

#include <cmath>

#include "simulator/simulate.h"

using namespace vigie;
using namespace vigie::simulator;

TEST_CASE("records are in order, before the end, near their fact, and numbered once") {
    const City city = plain_city();
    const auto world = make_world(city, LocalDay{20'454}, 60, 3);
    REQUIRE(world.has_value());
    FactSource source(*world, 5.0, 9);
    Recorder recorder(*world, 10);
    const Instant end = world->calendar.start_of(world->rhythm.last_day());
    std::array<std::uint64_t, source_count> last_number{};
    double records = 0.0;
    double refused = 0.0;
    double repeats = 0.0;
    double twice = 0.0;
    for (int day = 0; day < 60; ++day) {
        const DayRecords& written = recorder.record(source.next_day());
        for (std::size_t file = 0; file < source_count; ++file) {
            const auto& rows = written.by_file[file];
            for (std::size_t i = 0; i < rows.size(); ++i) {
                REQUIRE(static_cast<std::size_t>(rows[i].route->file) == file);
                REQUIRE(rows[i].at < end);
                REQUIRE((i == 0 || rows[i - 1].at <= rows[i].at));
                REQUIRE(rows[i].severity <= 4);
                REQUIRE(rows[i].number == last_number[file] + (rows[i].repeats_id ? 0U : 1U));
                last_number[file] = rows[i].number;
                records += 1.0;
                refused += is_refused(rows[i].fault) ? 1.0 : 0.0;
                repeats += rows[i].repeats_id ? 1.0 : 0.0;
                const bool same = i > 0 && !rows[i].repeats_id && rows[i].at == rows[i - 1].at &&
                                  rows[i].position == rows[i - 1].position &&
                                  rows[i].code == rows[i - 1].code;
                twice += same && static_cast<SourceFile>(file) != SourceFile::noise ? 1.0 : 0.0;
            }
        }
        recorder.end_week();
    }
    CHECK(records > 20'000.0);
    CHECK(std::fabs(refused / records - 0.0023) < 0.001);
    CHECK(repeats > 20.0);
    CHECK(twice > 20.0);
}

TEST_CASE("where residents report least, their records are rarest") {
    const City city = plain_city();
    const auto world = make_world(city, LocalDay{20'454}, 200, 3);
    REQUIRE(world.has_value());
    FactSource source(*world, 8.0, 9);
    Recorder recorder(*world, 10);
    const std::size_t dumping = kind_index("illegal_dumping");
    std::vector<double> happened(city.districts.size(), 0.0);
    std::vector<double> reported(city.districts.size(), 0.0);
    for (int day = 0; day < 200; ++day) {
        const auto& facts = source.next_day();
        const DayRecords& written = recorder.record(facts);
        for (std::size_t i = 0; i < facts.size(); ++i) {
            if (facts[i].kind == dumping) {
                happened[facts[i].district] += 1.0;
                reported[facts[i].district] +=
                    (unsigned{written.seen[i]} &
                     (1U << static_cast<unsigned>(SourceFile::reports))) != 0
                        ? 1.0
                        : 0.0;
            }
        }
    }
    const std::size_t silent = world->planted.silent_district;
    for (std::size_t d = 0; d < happened.size(); ++d) {
        const double expected = 0.55 * world->readiness[d] / 0.65;
        CHECK(std::fabs(reported[d] / happened[d] - expected) <
              5.0 * std::sqrt(expected / happened[d]));
    }
    CHECK(reported[silent] / happened[silent] < 0.25);
}
