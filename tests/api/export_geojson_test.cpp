#include <doctest/doctest.h>

#include <boost/json.hpp>
#include <cmath>

#include "api/export_files.h"
#include "small_observatory.h"

using namespace vigie;
using namespace vigie::api;
using namespace vigie::api::testing;

TEST_CASE("the corners of an exported cell lie where the projection puts them") {
    SmallObservatory small;
    AskedQuestion question;
    question.context = {small.application->reference(), small.application->data_state().value()};
    question.asked.question.cell_m = 200;
    const past::Yesterday yesterday;
    ShownPlace place;
    place.key = pack({4450, 31225});
    place.count = 12;
    place.value = 12.0;
    ShownPlace few;
    few.key = pack({4451, 31225});
    few.few = true;
    const std::vector<ShownPlace> places = {place, few};
    const auto text = geojson_of({question, yesterday, places, Language::fr}, {{"Licence", "LO"}});
    REQUIRE(text);
    const auto document = boost::json::parse(*text);
    CHECK(document.at("vigie").at("synthetic").as_bool());
    CHECK(document.at("vigie").at("Licence").as_string() == "LO");
    const auto projection = Projection::open(2154).value();
    const auto& features = document.at("features").as_array();
    REQUIRE(features.size() == 2);
    const auto& ring = features[0].at("geometry").at("coordinates").as_array()[0].as_array();
    REQUIRE(ring.size() == 5);
    const double corners[4][2] = {
        {890'000, 6'245'000}, {890'200, 6'245'000}, {890'200, 6'245'200}, {890'000, 6'245'200}};
    for (std::size_t i = 0; i < 4; ++i) {
        const auto back = projection
                              .forward({ring[i].as_array()[0].to_number<double>(),
                                        ring[i].as_array()[1].to_number<double>()})
                              .value();
        CHECK(std::abs(back.x - corners[i][0]) < 0.05);
        CHECK(std::abs(back.y - corners[i][1]) < 0.05);
    }
    CHECK(features[1].at("properties").at("n").is_null());
    CHECK(features[1].at("properties").at("value").is_null());
    CHECK(features[1].at("properties").at("note").as_string() == "effectif trop faible");
    // Neighbours share their corners to the digit.
    CHECK(ring[1] == features[1].at("geometry").at("coordinates").as_array()[0].as_array()[0]);
}
