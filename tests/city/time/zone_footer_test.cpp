#include "city/time/zone_footer.h"

#include <doctest/doctest.h>

#include <chrono>

using namespace vigie;
using namespace std::chrono_literals;

namespace {
std::int64_t seconds(std::chrono::year_month_day date, int hour) {
    return std::int64_t{std::chrono::sys_days{date}.time_since_epoch().count()} * 86'400 +
           hour * 3600;
}
}  // namespace

TEST_CASE("a footer gives offsets and yearly changes") {
    const auto paris = parse_zone_footer("CET-1CEST,M3.5.0,M10.5.0/3");
    REQUIRE(paris.has_value());
    CHECK(paris->standard_offset_s == 3600);
    CHECK(paris->summer_offset_s == 7200);
    CHECK(paris->summer_begins.local_seconds(2025) == seconds(2025y / 3 / 30, 2));
    CHECK(paris->summer_ends.local_seconds(2025) == seconds(2025y / 10 / 26, 3));
    const auto dublin = parse_zone_footer("IST-1GMT0,M10.5.0,M3.5.0/1");
    REQUIRE(dublin.has_value());
    CHECK(dublin->standard_offset_s == 3600);
    CHECK(dublin->summer_offset_s == 0);
    const auto india = parse_zone_footer("IST-5:30");
    REQUIRE(india.has_value());
    CHECK_FALSE(india->changes);
    CHECK(india->standard_offset_s == 19'800);
    const auto nuuk = parse_zone_footer("<-02>2<-01>,M3.5.0/-1,M10.5.0/0");
    REQUIRE(nuuk.has_value());
    CHECK(nuuk->standard_offset_s == -7200);
    CHECK(nuuk->summer_begins.local_seconds(2025) == seconds(2025y / 3 / 29, 23));
    const auto days = parse_zone_footer("AAA0BBB,J60/0,59/0");
    REQUIRE(days.has_value());
    CHECK(days->summer_begins.local_seconds(2024) == seconds(2024y / 3 / 1, 0));
    CHECK(days->summer_ends.local_seconds(2024) == seconds(2024y / 2 / 29, 0));
}

TEST_CASE("what is no footer is refused") {
    for (const char* text :
         {"", "CET", "C-1", "CET-1CEST", "CET-1CEST,M3.5.0", "CET-1CEST,M13.5.0,M10.5.0",
          "CET-1CEST,M3.6.0,M10.5.0", "CET-1CEST,M3.5.0,M10.5.0/3x", "<+01", "CET-99", "2"}) {
        CHECK_MESSAGE(!parse_zone_footer(text).has_value(), text);
    }
}
