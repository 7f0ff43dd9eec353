#include "store/event_sql.h"

#include <doctest/doctest.h>

using namespace vigie;

TEST_CASE("a condition holds only what was asked, and only numbers") {
    CHECK(where_sql({}, false) == "local_hour >= -175320 AND local_hour < 867840");
    EventFilter filter;
    filter.sources = {SourceId{3}, SourceId{12}};
    filter.origins = {Origin::patrol};
    filter.box = BoxM{{-200, 0}, {300, 100}};
    const auto text = where_sql(filter, true);
    CHECK(text.find("source IN (3,12)") != std::string::npos);
    CHECK(text.find("origin IN (2)") != std::string::npos);
    CHECK(text.find("place_precision <= 1 AND x >= -200 AND x < 300") != std::string::npos);
    CHECK(text.find("time_precision < 2") != std::string::npos);
}

TEST_CASE("a path is quoted with its quotes doubled") { CHECK(quoted_sql("l'est") == "'l''est'"); }
