#include "api/server.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <atomic>
#include <filesystem>
#include <thread>
#include <vector>

#include "api/passwords.h"
#include "api/session_desk.h"
#include "loopback_client.h"
#include "small_observatory.h"

using namespace vigie;
using namespace vigie::api;
using namespace vigie::api::testing;

namespace {

/// A data folder on disk with a city, a category, an account and some facts, and a server on it.
class ServedFolder {
  public:
    ServedFolder() : log_(2, LogLevel::error, nullptr) {
        SmallObservatory small;
        path_ = std::filesystem::temp_directory_path() / ("vigie_server_test_" + random_token(6));
        REQUIRE(DataFolder::create(path_));
        {
            // The event store takes its zone from the city, so the city is there before the folder
            // is opened for good.
            auto folder = DataFolder::open(path_, {}).value();
            REQUIRE(folder.metadata().save_city(*small.reference.the_city, noon));
            REQUIRE(folder.metadata().save_taxonomy(*small.reference.the_taxonomy, noon));
            REQUIRE(folder.metadata().register_source(small.reference.the_sources[0]));
            REQUIRE(
                folder.metadata().save_account(small.accounts.by_login.find("analyst")->second));
        }
        folder_ = std::make_unique<DataFolder>(DataFolder::open(path_, {}).value());
        append(9);
        ServerOptions options;
        options.port = 0;
        server_ = Server::open(
                      *folder_, log_, [] { return noon; }, options)
                      .value();
        thread_ = std::thread([this] { server_->run(); });
    }
    ~ServedFolder() {
        server_->stop();
        thread_.join();
        server_.reset();
        folder_.reset();
        std::error_code ignored;
        std::filesystem::remove_all(path_, ignored);
    }
    void append(int count) {
        std::vector<Event> block;
        for (int i = 0; i < count; ++i) {
            block.push_back(fact(LocalHour{404'664 + i}, {0, 0}, 1));
        }
        REQUIRE(folder_->events().append(block, {1, next_block_++}));
    }
    Server& server() { return *server_; }
    DataFolder& folder() { return *folder_; }

  private:
    Log log_;
    std::filesystem::path path_;
    std::unique_ptr<DataFolder> folder_;
    std::unique_ptr<Server> server_;
    std::thread thread_;
    std::uint64_t next_block_ = 1;
};

}  // namespace

TEST_CASE("a real folder is served over a real socket, from sign-in to view") {
    ServedFolder served;
    LoopbackClient client(served.server().port());
    const auto page = client.get("/hier", "Accept-Encoding: gzip\r\n");
    REQUIRE(page);
    CHECK(page->status == 200);
    CHECK(page->has("Content-Security-Policy: default-src 'none'"));
    CHECK(client.get("/api/v1/city")->status == 401);

    const std::string body =
        R"({"user":"analyst","password":")" + password_of("analyst") + R"(","purpose":"analysis"})";
    REQUIRE(
        client.send("POST /api/v1/session HTTP/1.1\r\nHost: localhost\r\nContent-Type: "
                    "application/json\r\nContent-Length: " +
                    std::to_string(body.size()) + "\r\n\r\n" + body));
    const auto session = client.receive();
    REQUIRE(session);
    REQUIRE(session->status == 200);
    const auto at = session->head.find("vigie_session=");
    const auto cookie =
        "Cookie: " + session->head.substr(at, session->head.find(';', at) - at) + "\r\n";

    const auto city = client.get("/api/v1/city", cookie);
    CHECK(city->status == 200);
    CHECK(member(city->body, "key") == "carreville");
    const std::string view = "/api/v1/past/view?from=2016-01-01&to=2016-04-01&cell=100";
    for (int i = 0; i < 3; ++i) {
        const auto reply = client.get(view, cookie);
        REQUIRE(reply);
        CHECK(reply->status == 200);
        CHECK(member(reply->body, "total") == "9");
    }
    const auto entries = served.folder().metadata().read(0, 100).value();
    CHECK(std::count_if(entries.begin(), entries.end(),
                        [](const auto& one) { return one.entry.action == "past.view"; }) == 1);
    CHECK(client.get("/api/v1/past/frames?from=2016-01-01&to=2016-04-01", cookie)->status == 200);
    CHECK(client.get("/api/v1/past/export?from=2016-01-01&to=2016-04-01&format=xlsx", cookie)
              ->body.starts_with("PK"));
    CHECK(client.get("/api/v1/catalogue", cookie)->status == 200);
    CHECK(served.server().reload());
    CHECK(client.get(view, cookie)->status == 200);
}

TEST_CASE("many readers, new facts and reloads at the same time get whole answers") {
    ServedFolder served;
    auto& metadata = served.folder().metadata();
    const std::string cookie_value = "a-cookie-made-by-the-test";
    governance::Session session;
    session.token_hash = SessionDesk::hash_of(cookie_value);
    session.login = "analyst";
    session.created = session.last_seen = noon;
    REQUIRE(metadata.save_session(session));
    std::atomic<int> wrong = 0;
    std::atomic<int> answers = 0;
    std::vector<std::thread> readers;
    for (int reader = 0; reader < 4; ++reader) {
        readers.emplace_back([&, reader] {
            LoopbackClient client(served.server().port());
            for (int i = 0; i < 40; ++i) {
                const auto target = "/api/v1/past/view?from=2016-01-01&to=2016-04-01&cell=" +
                                    std::to_string(100 * (1 + (i + reader) % 5));
                const auto reply =
                    client.get(target, "Cookie: vigie_session=" + cookie_value + "\r\n");
                const bool whole = reply && reply->status == 200 && reply->body.ends_with("}");
                wrong += whole ? 0 : 1;
                answers += whole ? 1 : 0;
            }
        });
    }
    for (int round = 0; round < 10; ++round) {
        served.append(3);
        CHECK(served.server().reload());
    }
    for (auto& reader : readers) {
        reader.join();
    }
    CHECK(wrong == 0);
    CHECK(answers == 160);
    const auto entries = metadata.read(0, 1000).value();
    // Five questions, one session: five lines, whoever of the four asked first.
    CHECK(std::count_if(entries.begin(), entries.end(),
                        [](const auto& one) { return one.entry.action == "past.view"; }) == 5);
}

TEST_CASE("a folder without a city is not served") {
    const auto path =
        std::filesystem::temp_directory_path() / ("vigie_server_test_" + random_token(6));
    REQUIRE(DataFolder::create(path));
    {
        auto folder = DataFolder::open(path, {}).value();
        Log log(2, LogLevel::error, nullptr);
        const auto server = Server::open(folder, log, [] { return noon; }, {});
        REQUIRE(!server);
        CHECK(server.error().code == ErrorCode::not_found);
    }
    std::error_code ignored;
    std::filesystem::remove_all(path, ignored);
}
