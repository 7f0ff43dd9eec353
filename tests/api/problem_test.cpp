#include "api/problem.h"

#include <doctest/doctest.h>

#include "small_observatory.h"

using namespace vigie;
using namespace vigie::api;
using vigie::api::testing::member;

TEST_CASE("an error becomes one status and one stable code") {
    CHECK(problem_of({ErrorCode::invalid_input, "x"}).status == 400);
    CHECK(problem_of({ErrorCode::not_found, "x"}).status == 404);
    CHECK(problem_of({ErrorCode::denied, "x"}).status == 403);
    CHECK(problem_of({ErrorCode::conflict, "x"}).status == 409);
    CHECK(problem_of({ErrorCode::unavailable, "x"}).status == 503);
    CHECK(problem_of({ErrorCode::corrupt, "x"}).status == 500);
    CHECK(problem_of({ErrorCode::internal, "x"}).code == std::string_view("internal"));
}

TEST_CASE("the cause of an internal fault stays in the log") {
    const auto response =
        problem_response(problem_of({ErrorCode::corrupt, "/var/lib/x page 12"}), Language::fr);
    CHECK(response.body.bytes.find("page 12") == std::string_view::npos);
}

TEST_CASE("a problem speaks the reader's language") {
    const auto problem = bad_parameter("cell", {"un multiple de 100", "a multiple of 100"});
    const auto fr = problem_response(problem, Language::fr);
    const auto en = problem_response(problem, Language::en);
    CHECK(fr.content_type == "application/problem+json");
    CHECK(member(fr.body.bytes, "title") == "Demande incorrecte");
    CHECK(member(en.body.bytes, "title") == "Invalid request");
    CHECK(member(en.body.bytes, "detail") == "a multiple of 100");
    CHECK(member(en.body.bytes, "parameter") == "cell");
    CHECK(member(en.body.bytes, "code") == "invalid_input");
    CHECK(member(en.body.bytes, "status") == "400");
}
