#include "api/quarantine_route.h"

#include <doctest/doctest.h>

#include <boost/json.hpp>

#include "small_observatory.h"

using namespace vigie;
using namespace vigie::api;
using namespace vigie::api::testing;

namespace {

void fill(SmallObservatory& small) {
    small.reference.counts = {{SourceId{0}, "bad_time", 2}, {SourceId{1}, "outside_city", 40}};
    for (std::uint64_t line = 1; line <= 5; ++line) {
        QuarantineRecord record;
        record.source = SourceId{0};
        record.file_name = "mars.csv";
        record.line = line;
        record.reason = "bad_time";
        record.detail = "colonne date : JJ/MM/AAAA attendu";
        small.reference.records.push_back(record);
    }
}

}  // namespace

TEST_CASE("refused records are listed with where and why, a page at a time") {
    SmallObservatory small;
    fill(small);
    small.sign_in("analyst");
    const auto all = boost::json::parse(small.get("/api/v1/quarantine").body);
    CHECK(all.at("total").to_number<int>() == 42);
    CHECK(all.at("records").as_array().size() == 5);
    const auto page =
        boost::json::parse(small.get("/api/v1/quarantine?src=police&offset=3&limit=10").body);
    CHECK(page.at("total").to_number<int>() == 2);
    CHECK(page.at("records").as_array().size() == 2);
    CHECK(page.at("records").as_array()[0].at("line").to_number<int>() == 4);
    CHECK(small.journal.of("quarantine").size() == 2);
    CHECK(small.journal.of("quarantine")[1].filters == "limit=10&offset=3&src=police");
    CHECK(member(small.get("/api/v1/quarantine?src=nothing").body, "parameter") == "src");
    CHECK(member(small.get("/api/v1/quarantine?limit=0").body, "parameter") == "limit");
}

TEST_CASE("the quarantine is not shown while the journal can not be written") {
    SmallObservatory small;
    fill(small);
    small.sign_in("analyst");
    small.journal.failing = true;
    const auto got = small.get("/api/v1/quarantine");
    CHECK(got.status == 503);
    CHECK(got.body.find("mars.csv") == std::string::npos);
}
