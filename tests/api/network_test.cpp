#include "api/network.h"

#include <doctest/doctest.h>

#include <atomic>
#include <thread>
#include <vector>

#include "loopback_client.h"

using namespace vigie;
using namespace vigie::api;
using namespace vigie::api::testing;

namespace {

/// Answers with the path, after as long a wait as the path says: "/slow" takes 300 ms on a worker.
class EchoResponder final : public Responder {
  public:
    std::variant<Response, Lane> begin(const Request& request) override {
        if (request.path == "/slow" || request.path == "/work") {
            return Lane::worker;
        }
        return echo(request);
    }
    Response answer(const Request& request) override {
        if (request.path == "/slow") {
            std::this_thread::sleep_for(std::chrono::milliseconds{300});
        }
        return echo(request);
    }
    std::optional<Response> refuse_body(const Request&) override { return refuse_request(Refusal::body_too_large, Language::fr); }
    void accept(const Request& request, std::function<void(Response)> done) override { done(echo(request)); }
    Response refuse_request(Refusal refusal, Language) override {
        Response response;
        response.status = refusal == Refusal::too_busy         ? 503
                          : refusal == Refusal::body_too_large ? 413
                          : refusal == Refusal::head_too_large ? 431
                                                               : 400;
        response.headers.emplace_back("Retry-After", "2");
        return response;
    }
    void note_served(const Request&, const Response&, std::chrono::microseconds) override {
        ++served;
    }

    std::atomic<int> served = 0;

  private:
    static Response echo(const Request& request) {
        auto response = json_response(std::string(request.path) + "|" + std::string(request.body));
        return response;
    }
};

struct Running {
    explicit Running(std::size_t connections_max = 100) {
        NetworkOptions options;
        options.address = "127.0.0.1";
        options.connections_max = connections_max;
        network = Network::open(options, responder).value();
        thread = std::thread([this] { network->run(); });
    }
    ~Running() { finish(); }
    void finish() {
        if (thread.joinable()) {
            network->stop();
            thread.join();
        }
    }
    EchoResponder responder;
    std::unique_ptr<Network> network;
    std::thread thread;
};

}  // namespace

TEST_CASE("a connection carries many requests, together or apart, and HEAD has no body") {
    Running running;
    LoopbackClient client(running.network->port());
    REQUIRE(client.is_connected());
    for (const char* path : {"/a", "/work", "/b"}) {
        const auto reply = client.get(path);
        REQUIRE(reply);
        CHECK(reply->status == 200);
        CHECK(reply->body == std::string(path) + "|");
        CHECK(reply->has("X-Content-Type-Options: nosniff"));
        CHECK(reply->has("Connection: keep-alive"));
    }
    REQUIRE(client.send(
        "GET /1 HTTP/1.1\r\nHost: h\r\n\r\nGET /work HTTP/1.1\r\nHost: h\r\n\r\nHEAD /2 "
        "HTTP/1.1\r\nHost: h\r\n\r\n"
        "POST /3 HTTP/1.1\r\nHost: h\r\nContent-Length: 2\r\nConnection: close\r\n\r\nhi"));
    CHECK(client.receive()->body == "/1|");
    CHECK(client.receive()->body == "/work|");
    CHECK(client.receive(false)->has("Content-Length: 3"));
    const auto last = client.receive();
    REQUIRE(last);
    CHECK(last->body == "/3|hi");
    CHECK(last->has("Connection: close"));
    CHECK(client.is_closed());
}

TEST_CASE("a request that breaks the bounds is refused and the connection closed") {
    Running running;
    const auto answer_to = [&](const std::string& bytes) {
        LoopbackClient client(running.network->port());
        client.send(bytes);
        const auto reply = client.receive();
        return reply ? reply->status : 0;
    };
    CHECK(answer_to("nonsense\r\n\r\n") == 400);
    CHECK(answer_to("GET / HTTP/1.1\r\nHost: h\r\nX: " + std::string(17'000, 'x')) == 431);
    CHECK(answer_to("POST / HTTP/1.1\r\nHost: h\r\nContent-Length: 99999\r\n\r\n") == 413);
    CHECK(answer_to("GET / HTTP/1.1\r\nHost: h\r\n\r\n") == 200);
}

TEST_CASE("one connection too many is told to come back") {
    Running running(2);
    LoopbackClient first(running.network->port());
    LoopbackClient second(running.network->port());
    REQUIRE(first.get("/a"));
    REQUIRE(second.get("/a"));
    LoopbackClient third(running.network->port());
    const auto reply = third.get("/a");
    REQUIRE(reply);
    CHECK(reply->status == 503);
    CHECK(reply->has("Retry-After: 2"));
    CHECK(first.get("/a"));
}

TEST_CASE("a slow answer holds nobody else up") {
    Running running;
    LoopbackClient slow(running.network->port());
    REQUIRE(slow.send("GET /slow HTTP/1.1\r\nHost: h\r\n\r\n"));
    LoopbackClient quick(running.network->port());
    const auto begin = std::chrono::steady_clock::now();
    REQUIRE(quick.get("/a"));
    CHECK(std::chrono::steady_clock::now() - begin < std::chrono::milliseconds{250});
    CHECK(slow.receive()->status == 200);
}

TEST_CASE("stopping lets the answers under way finish and ends the idle connections") {
    Running running;
    LoopbackClient idle(running.network->port());
    REQUIRE(idle.get("/a"));
    LoopbackClient slow(running.network->port());
    REQUIRE(slow.send("GET /slow HTTP/1.1\r\nHost: h\r\n\r\n"));
    std::this_thread::sleep_for(std::chrono::milliseconds{100});
    const auto begin = std::chrono::steady_clock::now();
    running.finish();
    CHECK(std::chrono::steady_clock::now() - begin < std::chrono::seconds{3});
    const auto reply = slow.receive();
    REQUIRE(reply);
    CHECK(reply->status == 200);
    CHECK(reply->has("Connection: close"));
    CHECK(idle.is_closed());
    LoopbackClient late(running.network->port());
    CHECK(!late.is_connected());
}

TEST_CASE("a peer that waits to be told to go on is told") {
    Running running;
    LoopbackClient client(running.network->port());
    REQUIRE(client.send(
        "POST /p HTTP/1.1\r\nHost: h\r\nExpect: 100-continue\r\nContent-Length: 2\r\n\r\n"));
    CHECK(client.receive()->status == 100);
    REQUIRE(client.send("hi"));
    CHECK(client.receive()->body == "/p|hi");
}

TEST_CASE("a taken port and a wrong address are told apart") {
    Running running;
    EchoResponder responder;
    NetworkOptions options;
    options.address = "127.0.0.1";
    options.port = running.network->port();
    CHECK(Network::open(options, responder).error().code == ErrorCode::unavailable);
    options.address = "nowhere";
    CHECK(Network::open(options, responder).error().code == ErrorCode::invalid_input);
    options.address = "127.0.0.1";
    options.port = 0;
    options.tls_certificate = options.tls_key = VIGIE_SOURCE_DIR "/CMakeLists.txt";
    CHECK(Network::open(options, responder).error().code == ErrorCode::invalid_input);
    CHECK(is_loopback_address("::1").value());
    CHECK(is_loopback_address("127.8.9.1").value());
    CHECK(!is_loopback_address("0.0.0.0").value());
    CHECK(!is_loopback_address("localhost"));
}
