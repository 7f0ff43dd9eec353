#include "api/city_route.h"

#include <doctest/doctest.h>

#include <boost/json.hpp>

#include "small_observatory.h"

using namespace vigie;
using namespace vigie::api;
using namespace vigie::api::testing;

TEST_CASE("the city says what it is and how far its data go") {
    SmallObservatory small;
    small.sign_in("analyst");
    CHECK(boost::json::parse(small.get("/api/v1/city").body).at("data").at("from").is_null());
    const Event facts[] = {fact(LocalHour{400'000}, {0, 0}, 1),
                           fact(LocalHour{400'030}, {1, 0}, 1)};
    REQUIRE(small.events.append(facts, {}));
    const auto city = boost::json::parse(small.get("/api/v1/city").body);
    CHECK(city.at("synthetic").as_bool());
    CHECK(city.at("data").at("events").to_number<int>() == 2);
    CHECK(city.at("data").at("version").as_string() == "2");
    CHECK(city.at("data").at("from").as_string() == local_hour_text(LocalHour{400'000}));
    CHECK(city.at("data").at("to").as_string() == local_hour_text(LocalHour{400'031}));
    CHECK(city.at("now").as_string() == "2026-11-21T13:00:00+01:00");
    CHECK(city.at("has_residents").as_bool());
}

TEST_CASE("the catalogue lists what can be filtered by, with the last import of each source") {
    SmallObservatory small;
    small.sign_in("analyst");
    ImportRecord done;
    done.state = "done";
    done.ended = noon;
    ImportRecord failed;
    failed.state = "failed";
    failed.ended = noon + std::chrono::hours{1};
    small.reference.the_imports = {failed, done};
    const Event facts[] = {fact(LocalHour{400'000}, {0, 0}, 1)};
    REQUIRE(small.events.append(facts, {}));
    const auto catalogue = boost::json::parse(small.get("/api/v1/catalogue").body);
    CHECK(catalogue.at("categories").as_array().size() == 3);
    for (const auto& category : catalogue.at("categories").as_array()) {
        CHECK(category.at("stored").as_bool() == (category.at("id").to_number<int>() == 1));
    }
    CHECK(catalogue.at("origins").as_array().size() == 4);
    CHECK(catalogue.at("districts").as_array().size() == 4);
    CHECK(catalogue.at("districts").as_array()[3].at("residents").is_null());
    CHECK(catalogue.at("sources").as_array()[0].at("last_import").as_string() ==
          "2026-11-21T13:00:00+01:00");
}

TEST_CASE("outlines are sent once, compressed, and not again while they stand") {
    SmallObservatory small;
    small.sign_in("analyst");
    Ask ask{Method::get, "/api/v1/boundaries/districts"};
    ask.accept_encoding = "gzip";
    const auto got = small.ask(ask);
    CHECK(got.status == 200);
    CHECK(got.response.gzip);
    CHECK(boost::json::parse(got.body).at("features").as_array().size() == 4);
    ask.if_none_match = got.response.etag;
    CHECK(small.ask(ask).status == 304);
    CHECK(small.get("/api/v1/boundaries/outline").status == 200);
    CHECK(small.get("/api/v1/boundaries/rivers").status == 404);
}
