#include "api/static_files.h"

#include <doctest/doctest.h>

using namespace vigie::api;

namespace {

Request request_of(Method method, std::string_view path) {
    Request request;
    request.method = method;
    request.path = path;
    return request;
}

}  // namespace

TEST_CASE("every screen is the page, and a wrong address is not") {
    const StaticFiles files;
    for (const char* path :
         {"/", "/hier", "/hier/", "/quarantaine", "/journal", "/connexion", "/index.html"}) {
        CAPTURE(path);
        const auto page = files.find(request_of(Method::get, path));
        REQUIRE(page);
        CHECK(page->status == 200);
        CHECK(page->content_type == "text/html; charset=utf-8");
        CHECK(page->keep == Keep::page);
    }
    CHECK(!files.find(request_of(Method::get, "/hiers")));
    CHECK(!files.find(request_of(Method::get, "/../etc/passwd")));
    CHECK(!files.find(request_of(Method::post, "/")));
}

TEST_CASE("a page that has not changed is not sent again") {
    const StaticFiles files;
    auto request = request_of(Method::get, "/");
    const auto etag = files.find(request)->etag;
    request.if_none_match = etag;
    const auto again = files.find(request);
    REQUIRE(again);
    CHECK(again->status == 304);
    CHECK(again->body.bytes.empty());
}

TEST_CASE("compressed bytes go to those who take them") {
    const StaticFiles files;
    for (const auto& asset : vigie::web::assets()) {
        auto request = request_of(Method::get, asset.path);
        request.accept_encoding = "gzip";
        const auto file = files.find(request);
        REQUIRE(file);
        CHECK(file->gzip == !asset.gzip.empty());
        CHECK(file->body.bytes == (asset.gzip.empty() ? asset.plain : asset.gzip));
        CHECK((file->keep == Keep::for_ever) == asset.immutable);
    }
}
