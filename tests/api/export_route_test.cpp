#include "api/export_route.h"

#include <boost/json.hpp>

#include "busy_week.h"

using namespace vigie;
using namespace vigie::api;
using namespace vigie::api::testing;

namespace {

/// Lines that are neither stamp nor empty.
std::vector<std::string> rows_of(const std::string& csv) {
    std::vector<std::string> rows;
    for (std::size_t at = 0; at < csv.size();) {
        const auto end = csv.find("\r\n", at);
        auto line = csv.substr(at, end - at);
        if (line.find("# ") > 4 && !line.empty()) {
            rows.push_back(line);
        }
        at = end == std::string::npos ? csv.size() : end + 2;
    }
    return rows;
}

}  // namespace

TEST_CASE("an export holds what is shown, and hides what is hidden") {
    BusyWeek week;
    const auto got = week.small.get(week.export_of("places", "csv"));
    REQUIRE(got.status == 200);
    CHECK(got.header("Content-Disposition") ==
          "attachment; filename=\"vigie-carreville-places-2016-02-29-2016-03-07.csv\"");
    const auto rows = rows_of(got.body);
    REQUIRE(rows.size() == 4);
    CHECK(rows[1].starts_with("890000;6245000;100;12;12;"));
    CHECK(rows[2] == "890100;6245000;100;effectif trop faible;effectif trop faible;;");
    CHECK(rows[3].starts_with("890500;6245200;100;7;7;"));
    CHECK(got.body.find("SYNTHÉTIQUES") != std::string::npos);
    CHECK(week.small.journal.of("past.export").size() == 1);
    CHECK(week.small.journal.of("past.export")[0].filters.find("format=csv&what=places") !=
          std::string::npos);
}

TEST_CASE("every table comes in every form it has, in both languages") {
    BusyWeek week;
    for (const char* what : {"places", "series", "hours", "categories"}) {
        for (const char* format : {"csv", "xlsx", "geojson"}) {
            for (const char* more : {"", "&lang=en", "&unit=districts&compare=previous"}) {
                CAPTURE(what);
                CAPTURE(format);
                CAPTURE(more);
                const auto got = week.small.get(week.export_of(what, format, more));
                const bool exists =
                    std::string(format) != "geojson" || std::string(what) == "places";
                CHECK(got.status == (exists ? 200 : 400));
                CHECK(!got.body.empty());
            }
        }
    }
    const auto hours = rows_of(week.small.get(week.export_of("hours", "csv", "&lang=en")).body);
    REQUIRE(hours.size() == 169);
    CHECK(hours[1 + 2 * 24 + 22] == "Wednesday,22,22");
    const auto series = rows_of(week.small.get(week.export_of("series", "csv", "&lang=en")).body);
    REQUIRE(series.size() == 8);
    CHECK(series[3] == "2016-03-02,22");
    const auto categories =
        rows_of(week.small.get(week.export_of("categories", "csv", "&lang=en")).body);
    REQUIRE(categories.size() == 3);
    CHECK(categories[1].find(",Public peace,") != std::string::npos);
}

TEST_CASE("an export needs the right to export, and known words") {
    BusyWeek week;
    CHECK(member(week.small.get(week.export_of("nothing", "csv")).body, "parameter") == "what");
    CHECK(member(week.small.get(week.export_of("places", "pdf")).body, "parameter") == "format");
    CHECK(member(week.small.get(week.export_of("places", "csv", "&lang=de")).body, "parameter") ==
          "lang");
    CHECK(member(week.small.get(week.export_of("places", "csv", "&cell=7")).body, "parameter") ==
          "cell");
    week.small.sign_in("operations");
    CHECK(week.small.get(week.export_of("places", "csv")).status == 403);
}
