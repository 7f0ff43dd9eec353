// A feed's message from the socket to the inbox: who may send, what is acknowledged and when, and what its receipt says.
#include "api/ingest_desk.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <thread>

#include "api/ingest_route.h"
#include "api/listening.h"
#include "api/network.h"
#include "api/session_desk.h"
#include "loopback_client.h"
#include "small_observatory.h"
#include "store/scratch_folder.h"

using namespace vigie;
using namespace vigie::api;
using namespace vigie::api::testing;

namespace {

using Said = testing::Reply;

class TwoFeeds final : public FeedGate, public FeedStore {
  public:
    Result<SpoolClass> admit(std::string_view key, Instant) override {
        if (key == "tows") {
            return SpoolClass::bulk;
        }
        return key == "logbook" ? Result<SpoolClass>(SpoolClass::ordinary) : fail(ErrorCode::denied, "contrat arrivé à son terme (clause 3)");
    }
    Result<std::vector<FeedToken>> tokens() override {
        std::vector<FeedToken> all;
        for (const char* key : {"logbook", "tows", "ended"}) {
            FeedToken token;
            token.source_key = key;
            token.hash = SessionDesk::hash_of(std::string("secret-") + key);
            all.push_back(token);
        }
        all.push_back(all[0]);
        all.back().hash = SessionDesk::hash_of("secret-old");
        all.back().revoked = noon;
        return all;
    }
    Result<std::vector<LiveRefusal>> refusals_of_message(std::uint64_t message) override {
        LiveRefusal refusal;
        refusal.message = message;
        refusal.record = 2;
        refusal.reason = "bad_time";
        return std::vector{refusal};
    }
    Result<std::vector<SourceRecord>> sources() override {
        std::vector<SourceRecord> all(2);
        all[0].key = "logbook";
        all[1].key = "tows";
        all[1].id = SourceId{1};
        return all;
    }
};

/// A server on the loopback interface with an inbox on disk.
struct Served {
    explicit Served(SpoolLimits limits = {}) {
        auto opened = Spool::open(scratch / "spool", SpoolKey::random(), limits);
        REQUIRE_MESSAGE(opened.has_value(), opened.error().message);
        spool = *std::move(opened);
        receipts = *ReceiptLog::open(scratch / "receipts");
        application = *Application::open({&small.events, &small.accounts, &small.journal, &small.reference,
                                          {spool.get(), receipts.get(), &feeds, &feeds}}, log, [] { return noon; }, {});
        NetworkOptions options;
        options.address = "127.0.0.1";
        network = *Network::open(options, *application);
        thread = std::thread([this] { network->run(); });
    }
    ~Served() {
        network->stop();
        thread.join();
    }
    static std::string message(const std::string& source, const std::string& token, const std::string& body, const std::string& more = {}) {
        return "POST /api/v1/ingest/" + source + " HTTP/1.1\r\nHost: 127.0.0.1\r\nAuthorization: Bearer " + token +
               "\r\nContent-Type: application/json\r\n" + more + "Content-Length: " + std::to_string(body.size()) + "\r\n\r\n" + body;
    }
    Said post(const std::string& bytes) const {
        LoopbackClient client(network->port());
        REQUIRE(client.send(bytes));
        auto reply = client.receive();
        REQUIRE(reply.has_value());
        return *reply;
    }
    Said receipt(const std::string& id, const std::string& token) const {
        LoopbackClient client(network->port());
        auto reply = client.get("/api/v1/ingest/receipts/" + id, "Authorization: Bearer " + token + "\r\n");
        REQUIRE(reply.has_value());
        return *reply;
    }
    std::vector<SpooledMessage> kept() const { return *spool->read(0, 64U << 20, std::chrono::milliseconds{0}); }

    test::ScratchFolder scratch;
    Log log{2, LogLevel::error, nullptr};
    SmallObservatory small;
    TwoFeeds feeds;
    std::unique_ptr<Spool> spool;
    std::unique_ptr<ReceiptLog> receipts;
    std::unique_ptr<Application> application;
    std::unique_ptr<Network> network;
    std::thread thread;
};

}  // namespace

TEST_CASE("what is acknowledged is in the inbox, unopened") {
    const Served served;
    const Said reply = served.post(Served::message("logbook", "secret-logbook", "{\"any\":1}"));
    CHECK(reply.status == 202);
    CHECK(reply.body == "{\"receipt\":\"1\"}");
    CHECK(reply.has("Location: /api/v1/ingest/receipts/1"));
    const auto kept = served.kept();
    REQUIRE(kept.size() == 1);
    CHECK(kept[0].message.body == "{\"any\":1}");
    CHECK(kept[0].message.source == "logbook");
    CHECK(kept[0].message.format == "json");
    CHECK(kept[0].message.received == noon);
    CHECK(kept[0].spool_class == SpoolClass::ordinary);
}

TEST_CASE("only a token of the source lets a message in") {
    const Served served;
    for (const auto& [source, token, status] : std::initializer_list<std::tuple<const char*, const char*, int>>{
             {"logbook", "secret-tows", 403}, {"logbook", "secret-old", 401}, {"logbook", "", 401}, {"logbook", "secret-logboo", 401}, {"ended", "secret-ended", 403}}) {
        CAPTURE(token);
        CHECK(served.post(Served::message(source, token, "{}")).status == status);
        // A large body is refused on its head; the answer arrives although the rest is still being sent.
        CHECK(served.post(Served::message(source, token, std::string(300'000, 'x'))).status == status);
    }
    CHECK(served.post(Served::message("ended", "secret-ended", "{}")).body.find("clause 3") != std::string::npos);
    CHECK(served.kept().empty());
}

TEST_CASE("a message has a known type, a bounded size, and something in it") {
    const Served served;
    CHECK(served.post(Served::message("logbook", "secret-logbook", std::string(4U << 20, 'x'))).status == 202);
    CHECK(served.post(Served::message("logbook", "secret-logbook", std::string((4U << 20) + 1, 'x'))).status == 413);
    CHECK(served.post(Served::message("logbook", "secret-logbook", "")).status == 400);
    std::string other = Served::message("logbook", "secret-logbook", "{}");
    other.replace(other.find("application/json"), 16, "application/xml ");
    CHECK(served.post(other).status == 415);
    CHECK(served.post(Served::message("logbook", "secret-logbook", "{}", "Content-Encoding: br\r\n")).status == 415);
    CHECK(served.kept().size() == 1);
    // Everywhere else a large body is refused as before.
    CHECK(served.post("POST /api/v1/session HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 70000\r\n\r\n" + std::string(70'000, 'x')).status == 413);
}

TEST_CASE("the same key and body give the same receipt") {
    const Served served;
    const std::string key = "Idempotency-Key: k-1\r\n";
    CHECK(served.post(Served::message("logbook", "secret-logbook", "{}", key)).body == "{\"receipt\":\"1\"}");
    const Said again = served.post(Served::message("logbook", "secret-logbook", "{}", key));
    CHECK(again.status == 202);
    CHECK(again.body == "{\"receipt\":\"1\"}");
    CHECK(again.has("Idempotency-Replayed: true"));
    CHECK(served.post(Served::message("logbook", "secret-logbook", "{ }", key)).status == 422);
    CHECK(served.post(Served::message("tows", "secret-tows", "{}", key)).body == "{\"receipt\":\"2\"}");
    CHECK(served.post(Served::message("logbook", "secret-logbook", "{}", "Idempotency-Key: " + std::string(129, 'k') + "\r\n")).status == 400);
    CHECK(served.kept().size() == 2);
}

TEST_CASE("a receipt tells its own source what became of the message") {
    const Served served;
    served.post(Served::message("logbook", "secret-logbook", "{}"));
    served.post(Served::message("logbook", "secret-logbook", "{}"));
    CHECK(served.receipt("1", "secret-logbook").body.find("\"verdict\":\"waiting\"") != std::string::npos);
    const std::vector<NumberedReceipt> judged{{1, {SourceId{0}, Verdict::taken, 3, 2, 0, 0, 1}}};
    REQUIRE(served.receipts->write(judged));
    const Said reply = served.receipt("1", "secret-logbook");
    CHECK(reply.status == 200);
    CHECK(reply.body.find("\"stored\":2") != std::string::npos);
    CHECK(reply.body.find("\"reason\":\"bad_time\"") != std::string::npos);
    CHECK(served.receipt("1", "secret-tows").status == 404);
    CHECK(served.receipt("1", "nobody").status == 401);
    for (const char* id : {"0", "3", "x", "1x", "-1", "99999999999999999999"}) {
        CAPTURE(id);
        CHECK(served.receipt(id, "secret-logbook").status == 404);
    }
}

TEST_CASE("a full inbox sheds the least urgent first, and says when to come back") {
    SpoolLimits limits;
    limits.disk_bytes = 1U << 20;
    limits.segment_bytes = 64U << 10;
    limits.message_bytes = 128U << 10;
    const Served served(limits);
    const std::string body(60'000, 'x');
    int tows = 0;
    Said last;
    while (tows < 40 && (last = served.post(Served::message("tows", "secret-tows", body))).status == 202) {
        ++tows;
    }
    CHECK(last.status == 429);
    CHECK(last.has("Retry-After: "));
    CHECK(last.body.find("\"code\":\"shed\"") != std::string::npos);
    CHECK(served.post(Served::message("logbook", "secret-logbook", body)).status == 202);
    CHECK(served.spool->stats().shed[0] == 1);
    CHECK(served.spool->stats().shed[1] == 0);
}

TEST_CASE("many senders at once are each acknowledged once") {
    const Served served;
    std::vector<std::thread> senders;
    std::vector<std::uint64_t> numbers(8 * 25);
    for (std::size_t s = 0; s < 8; ++s) {
        senders.emplace_back([&, s] {
            LoopbackClient client(served.network->port());
            for (std::size_t i = 0; i < 25; ++i) {
                client.send(Served::message("logbook", "secret-logbook", "{\"i\":" + std::to_string(s * 25 + i) + "}"));
                const auto reply = client.receive();
                numbers[s * 25 + i] = reply && reply->status == 202 ? std::stoull(reply->body.substr(12)) : 0;
            }
        });
    }
    for (std::thread& sender : senders) {
        sender.join();
    }
    const auto kept = served.kept();
    REQUIRE(kept.size() == numbers.size());
    for (std::size_t i = 0; i < numbers.size(); ++i) {
        REQUIRE(numbers[i] > 0);
        CHECK(kept[numbers[i] - 1].message.body == "{\"i\":" + std::to_string(i) + "}");
    }
}

TEST_CASE("without an inbox nothing is taken") {
    SmallObservatory small;
    CHECK(small.application->ingest().receipt({}, "1").error().status == 503);
}
