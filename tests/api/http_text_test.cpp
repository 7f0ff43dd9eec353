#include "api/http_text.h"

#include <doctest/doctest.h>

using namespace vigie;
using namespace vigie::api;

TEST_CASE("percent decoding gives the bytes back, or says that it can not") {
    CHECK(percent_decoded("caf%C3%A9+noir", true) == "café noir");
    CHECK(percent_decoded("a+b", false) == "a+b");
    CHECK(percent_decoded("%41%42%43", false) == "ABC");
    CHECK(percent_decoded("", true) == "");
    for (const char* broken : {"%", "%4", "%G1", "a%2", "%00", "%0a", "%7f", "%C3", "%C0%80",
                               "%ED%A0%80", "%F5%80%80%80", "%ff"}) {
        CAPTURE(broken);
        CHECK(!percent_decoded(broken, true));
    }
}

TEST_CASE("a query string is names and values, each name once") {
    const auto parameters = parse_query("from=2016-01-01&cat=noise,theft&&flag&to=");
    REQUIRE(parameters);
    REQUIRE(parameters->size() == 4);
    CHECK(find_parameter(*parameters, "cat") == "noise,theft");
    CHECK(find_parameter(*parameters, "flag") == "");
    CHECK(find_parameter(*parameters, "to") == "");
    CHECK(!find_parameter(*parameters, "src"));

    const auto twice = parse_query("cat=a&cat=b");
    REQUIRE(!twice);
    CHECK(twice.error().message == "cat");
    CHECK(parse_query("cat=%zz").error().message == "cat");
    CHECK(parse_query("%zz=1").error().message.empty());
    std::string many;
    for (std::size_t i = 0; i <= parameters_max; ++i) {
        many += "p" + std::to_string(i) + "=1&";
    }
    CHECK(!parse_query(many));
}

TEST_CASE("the right cookie is found among others") {
    CHECK(find_cookie("vigie_session=abc", "vigie_session") == "abc");
    CHECK(find_cookie("a=1;  vigie_session=abc ;b=2", "vigie_session") == "abc");
    CHECK(find_cookie("xvigie_session=evil; vigie_session=abc", "vigie_session") == "abc");
    CHECK(find_cookie("vigie_session=a=b", "vigie_session") == "a=b");
    CHECK(!find_cookie("", "vigie_session"));
    CHECK(!find_cookie("vigie_session", "vigie_session"));
}

TEST_CASE("a host is told from its port") {
    CHECK(host_name_of("localhost") == "localhost");
    CHECK(host_name_of("LocalHost:8080") == "localhost");
    CHECK(host_name_of("[::1]:8080") == "[::1]");
    CHECK(host_name_of("[::1]") == "[::1]");
    for (const char* wrong :
         {"", ":80", "[::1", "host:port", "host:123456", "host:80:90", "[::1]x"}) {
        CAPTURE(wrong);
        CHECK(!host_name_of(wrong));
    }
}

TEST_CASE("French is spoken unless English is preferred") {
    CHECK(preferred_language("") == Language::fr);
    CHECK(preferred_language("en") == Language::en);
    CHECK(preferred_language("en-GB,en;q=0.9,fr;q=0.8") == Language::en);
    CHECK(preferred_language("fr-FR,fr;q=0.9,en;q=0.8") == Language::fr);
    CHECK(preferred_language("fr;q=0.2, EN;q=0.9") == Language::en);
    CHECK(preferred_language("de, it") == Language::fr);
    CHECK(preferred_language("en;q=0") == Language::fr);
    CHECK(preferred_language("en;q=x") == Language::fr);
}

TEST_CASE("gzip is sent to those who take it") {
    CHECK(accepts_gzip("gzip, deflate, br"));
    CHECK(accepts_gzip("br;q=1.0, GZIP;q=0.5"));
    CHECK(!accepts_gzip("gzip;q=0"));
    CHECK(!accepts_gzip("br"));
    CHECK(!accepts_gzip(""));
}

TEST_CASE("ETags are compared weakly") {
    CHECK(matches_etag("W/\"a\"", "W/\"a\""));
    CHECK(matches_etag("\"a\"", "W/\"a\""));
    CHECK(matches_etag("\"x\", W/\"a\"", "W/\"a\""));
    CHECK(matches_etag("*", "W/\"a\""));
    CHECK(!matches_etag("\"b\"", "W/\"a\""));
    CHECK(!matches_etag("*", ""));
}
