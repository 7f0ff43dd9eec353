#include "api/imports_route.h"

#include <doctest/doctest.h>

#include <boost/json.hpp>

#include "small_observatory.h"

using namespace vigie;
using namespace vigie::api;
using namespace vigie::api::testing;

TEST_CASE("runs of the intake are listed with their counts") {
    SmallObservatory small;
    ImportRecord running;
    running.id = 2;
    running.file_name = "avril.csv";
    running.started = noon;
    running.state = "running";
    ImportRecord done;
    done.id = 1;
    done.read = 10;
    done.stored = 7;
    done.duplicates = 2;
    done.quarantined = 1;
    done.started = noon;
    done.ended = noon + std::chrono::seconds{5};
    done.state = "done";
    small.reference.the_imports = {running, done};
    small.sign_in("operations");
    small.journal.failing = true;
    CHECK(small.get("/api/v1/imports").status == 503);
    small.journal.failing = false;
    const auto list = boost::json::parse(small.get("/api/v1/imports").body).as_array();
    REQUIRE(list.size() == 2);
    CHECK(list[0].at("ended").is_null());
    CHECK(list[1].at("ended").as_string() == "2026-11-21T13:00:05+01:00");
    CHECK(list[1].at("stored").to_number<int>() == 7);
    REQUIRE(small.journal.of("imports").size() == 1);
    CHECK(small.journal.of("imports")[0].rows == 2);
}
