#include "api/application.h"

#include <doctest/doctest.h>
#include <unistd.h>

#include "small_observatory.h"

using namespace vigie;
using namespace vigie::api;
using namespace vigie::api::testing;

TEST_CASE("nothing but health, the description and the page is given without signing in") {
    SmallObservatory small;
    CHECK(small.get("/api/v1/health").status == 200);
    CHECK(small.get("/api/v1/openapi.json").status == 200);
    CHECK(small.get("/").status == 200);
    for (const auto& route : routes()) {
        if (route.door == Door::open) {
            continue;
        }
        CAPTURE(route.name);
        const auto got =
            small.ask({route.method,
                       "/api/v1" + std::string(route.pattern.substr(0, route.pattern.find('{'))) +
                           (route.pattern.find('{') == std::string_view::npos ? "" : "x")});
        // An observatory without an inbox takes nothing from anybody.
        CHECK(got.status == (route.door == Door::token ? 503 : 401));
        CHECK(member(got.body, "code") == (route.door == Door::token ? "unavailable" : "sign_in_required"));
    }
}

TEST_CASE("a wrong address, method, parameter or host is told to be so") {
    SmallObservatory small;
    small.sign_in("analyst");
    CHECK(small.get("/api/v1/nothing").status == 404);
    CHECK(small.get("/api/v2/city").status == 404);
    CHECK(small.get("/nothing").status == 404);
    const auto method = small.ask({Method::post, "/api/v1/city"});
    CHECK(method.status == 405);
    CHECK(method.header("Allow") == "GET, HEAD");
    CHECK(small.ask({Method::post, "/hier"}).status == 405);
    const auto parameter = small.get("/api/v1/city?colour=red");
    CHECK(parameter.status == 400);
    CHECK(member(parameter.body, "parameter") == "colour");
    CHECK(small.get("/api/v1/boundaries/%zz").status == 404);

    Ask rebound{Method::get, "/api/v1/health"};
    rebound.host = "evil.example:8080";
    CHECK(small.ask(rebound).status == 421);
    rebound.host = "[::1]:8080";
    CHECK(small.ask(rebound).status == 200);
}

TEST_CASE("what changes something needs the token of the session, from our own pages") {
    SmallObservatory small;
    small.sign_in("analyst");
    Ask without{Method::delete_, "/api/v1/session"};
    without.without_csrf = true;
    CHECK(member(small.ask(without).body, "code") == "csrf_missing");
    Ask foreign{Method::delete_, "/api/v1/session"};
    foreign.origin = "https://evil.example";
    CHECK(small.ask(foreign).status == 403);
    foreign.origin = "null";
    CHECK(small.ask(foreign).status == 403);
    foreign.origin = "http://127.0.0.1:8080";
    foreign.sec_fetch_site = "cross-site";
    CHECK(small.ask(foreign).status == 403);
    foreign.sec_fetch_site = "same-site";
    CHECK(small.ask(foreign).status == 403);
    foreign.sec_fetch_site = "same-origin";
    CHECK(small.ask(foreign).status == 204);

    Ask sign_in{Method::post, "/api/v1/session",
                R"({"user":"analyst","password":"x","purpose":"analysis"})"};
    sign_in.sec_fetch_site = "cross-site";
    CHECK(member(small.ask(sign_in).body, "code") == "csrf_missing");
}

TEST_CASE("a role is refused what governance does not allow it") {
    SmallObservatory small;
    for (const char* login : {"analyst", "administrator", "planner", "operations", "dpo"}) {
        small.sign_in(login);
        for (const auto& route : routes()) {
            if (!route.action || route.method != Method::get) {
                continue;
            }
            CAPTURE(login);
            CAPTURE(route.name);
            const auto role = small.accounts.by_login.find(login)->second.role;
            const auto got = small.get(
                "/api/v1" + std::string(route.pattern.substr(0, route.pattern.find('{'))) +
                (route.pattern.ends_with('}') ? "x" : ""));
            CHECK((got.status == 403) == !governance::may(role, *route.action));
        }
    }
}

TEST_CASE("a reload is all or nothing") {
    SmallObservatory small;
    small.sign_in("analyst");
    small.reference.the_city->name = "Rondeville";
    REQUIRE(small.application->reload());
    CHECK(member(small.get("/api/v1/city").body, "name") == "Rondeville");
    small.reference.the_city->name = "Nulleville";
    small.reference.the_city->zone = "Europe/Nowhere";
    CHECK(!small.application->reload());
    CHECK(member(small.get("/api/v1/city").body, "name") == "Rondeville");
}

TEST_CASE("a proxy in front is believed only when it was declared and speaks from this machine") {
    SmallObservatory small;
    Log log(2, LogLevel::error, nullptr);
    ApplicationOptions options;
    options.behind_proxy = true;
    options.allowed_hosts = {"vigie.example.org"};
    const auto behind = Application::open(
                            {&small.events, &small.accounts, &small.journal, &small.reference, {}}, log,
                            [] { return noon; }, options)
                            .value();
    Request request;
    request.method = Method::get;
    request.path = "/api/v1/health";
    request.host = "127.0.0.1:8080";
    request.forwarded_host = "vigie.example.org";
    request.forwarded_proto = "https";
    request.from_loopback = true;
    CHECK(behind->is_https(request));
    CHECK(std::get<Response>(behind->begin(request)).status == 200);
    request.forwarded_host = "evil.example";
    CHECK(std::get<Response>(behind->begin(request)).status == 421);
    request.from_loopback = false;
    CHECK(!behind->is_https(request));
    CHECK(!small.application->is_https(request));
}

TEST_CASE("the log line of a request holds no address and no query") {
    SmallObservatory small;
    int ends[2];
    REQUIRE(pipe(ends) == 0);
    {
        Log log(ends[1], LogLevel::info, nullptr);
        const auto application =
            Application::open({&small.events, &small.accounts, &small.journal, &small.reference, {}},
                              log, [] { return noon; }, {})
                .value();
        Request request;
        request.method = Method::get;
        request.path = "/api/v1/health";
        request.query = "secret=1";
        Response response;
        response.route = "health";
        application->note_served(request, response, std::chrono::microseconds{1500});
    }
    close(ends[1]);
    char text[1024];
    const auto count = read(ends[0], text, sizeof text);
    close(ends[0]);
    REQUIRE(count > 0);
    const std::string line(text, static_cast<std::size_t>(count));
    CHECK(line.find(R"("method":"GET","route":"health","status":200,"ms":1.5,"bytes":0)") !=
          std::string::npos);
    CHECK(line.find("secret") == std::string::npos);
}
