#include <doctest/doctest.h>

#include "example_city.h"
#include "intake/import.h"
#include "scratch_folder.h"

using namespace vigie;
using namespace vigie::intake;

TEST_CASE("residents are given to the districts that the file names") {
    const ScratchFolder folder("population");
    City city = example_city();
    const auto given = load_population(folder.write("p.csv", "code;residents\nQ1;1200\nZ;5\n Q2 ; 0 \n"), city);
    REQUIRE(given.has_value());
    CHECK(*given == 2);
    CHECK(city.districts[0].residents == 1200);
    CHECK(city.districts[1].residents == 0);
    CHECK_FALSE(city.districts[2].residents.has_value());
}

TEST_CASE("a file with one bad line changes nothing, and the line is named") {
    const ScratchFolder folder("population_bad");
    City city = example_city();
    const auto refusal = [&](const char* text) {
        const auto given = load_population(folder.write("p.csv", text), city);
        REQUIRE_FALSE(given.has_value());
        CHECK_FALSE(city.districts[0].residents.has_value());
        return given.error().message;
    };
    CHECK(refusal("code,residents\nQ1,10\nQ2,beaucoup\n").find("ligne 3") != std::string::npos);
    CHECK(refusal("code,residents\nQ1,1\nQ1,2\n").find("ligne 3") != std::string::npos);
    CHECK(refusal("code,residents\nQ1,-1\n").find("ligne 2") != std::string::npos);
    CHECK(refusal("code,residents\nQ1,99999999999\n").find("ligne 2") != std::string::npos);
    CHECK(refusal("code,residents\nQ1\n").find("ligne 2") != std::string::npos);
    CHECK(refusal("code,habitants\nQ1,1\n").find("« residents » manque") != std::string::npos);
    CHECK(load_population(folder.path("absent.csv"), city).error().code == ErrorCode::not_found);
}
