// The subscriber against a broker that drops, repeats, floods and falls silent.
#include "intake/mqtt/mqtt_subscriber.h"

#include <doctest/doctest.h>
#include <unistd.h>

#include <condition_variable>
#include <fstream>
#include <mutex>
#include <thread>

#include "intake/mqtt/broker_bytes.h"
#include "intake/mqtt/scripted_broker.h"

using namespace vigie;
using namespace vigie::intake;
using namespace vigie::intake::tests;
using std::chrono::milliseconds;
using std::chrono::seconds;

namespace {

MqttOptions options_for(const ScriptedBroker& broker, bool is_5) {
    MqttOptions options;
    options.host = "127.0.0.1";
    options.port = broker.port();
    options.client_id = "vigie";
    options.version = is_5 ? MqttVersion::v5 : MqttVersion::v3_1_1;
    options.filters = {"t"};
    options.window = 8;
    options.retry_min = milliseconds(1);
    options.retry_max = milliseconds(20);
    return options;
}

/// Takes messages, and gives their verdicts when it is told to.
class Taker {
  public:
    MqttSubscriber::Take take() {
        return [this](MqttMessage message, MqttSubscriber::Kept kept) {
            const std::lock_guard lock(mutex_);
            messages_.push_back(std::move(message));
            verdicts_.push_back(std::move(kept));
            arrival_.notify_all();
            if (at_once) {
                verdicts_.back()(true);
            }
        };
    }
    bool wait_for(std::size_t count) {
        std::unique_lock lock(mutex_);
        return arrival_.wait_for(lock, seconds(10), [&] { return messages_.size() >= count; });
    }
    void judge(std::size_t which, bool kept) {
        MqttSubscriber::Kept verdict;
        {
            const std::lock_guard lock(mutex_);
            verdict = verdicts_.at(which);
        }
        verdict(kept);
    }
    void let_go(std::size_t which) {
        MqttSubscriber::Kept gone;
        const std::lock_guard lock(mutex_);
        gone.swap(verdicts_.at(which));
    }
    std::vector<MqttMessage> messages() {
        const std::lock_guard lock(mutex_);
        return messages_;
    }
    bool at_once = false;  ///< set before the subscriber starts

  private:
    std::mutex mutex_;
    std::condition_variable arrival_;
    std::vector<MqttMessage> messages_;
    std::vector<MqttSubscriber::Kept> verdicts_;
};

std::unique_ptr<MqttSubscriber> started(const MqttOptions& options, Taker& taker) {
    auto subscriber = MqttSubscriber::start(options, taker.take(), {});
    REQUIRE(subscriber);
    return std::move(*subscriber);
}

template <class Fact>
bool comes_true(const Fact& fact) {
    for (int i = 0; i < 2000 && !fact(); ++i) {
        std::this_thread::sleep_for(milliseconds(5));
    }
    return fact();
}

// Sanitizers keep what is freed.
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
constexpr bool measures_memory = false;
#else
constexpr bool measures_memory = true;
#endif

std::size_t resident_bytes() {
    std::ifstream file("/proc/self/statm");
    std::size_t all = 0;
    std::size_t resident = 0;
    file >> all >> resident;
    return resident * static_cast<std::size_t>(sysconf(_SC_PAGESIZE));
}

}  // namespace

TEST_CASE("a message is acknowledged when its verdict comes, from any thread, and not before") {
    for (const bool is_5 : {false, true}) {
        const ScriptedBroker broker;
        Taker taker;
        const auto subscriber = started(options_for(broker, is_5), taker);
        BrokerSide side(broker.accept());
        REQUIRE(side.welcome(is_5, false));
        side.send(publish(is_5, {"t", "un", 1}) + publish(is_5, {"t", "deux", 2}));
        REQUIRE(taker.wait_for(2));
        CHECK(side.bytes(milliseconds(50)).empty());
        CHECK(subscriber->state().counts.in_flight == 2);
        CHECK(subscriber->state().connected);
        std::thread([&] { taker.judge(1, true), taker.judge(0, true); }).join();
        CHECK(side.packet() == puback(1));
        CHECK(side.packet() == puback(2));
        subscriber->stop();
        CHECK(side.packet() == std::string("\xE0\x00", 2));
        const auto state = subscriber->state();
        CHECK(!state.connected);
        CHECK(state.counts.received == 2);
        CHECK(state.counts.acknowledged == 2);
        CHECK(state.counts.in_flight == 0);
        taker.judge(0, true);  // late and again: nothing
    }
}

TEST_CASE("verdicts given before the stop are acknowledged before the goodbye, those after it never") {
    const ScriptedBroker broker;
    Taker taker;
    const auto subscriber = started(options_for(broker, true), taker);
    BrokerSide side(broker.accept());
    REQUIRE(side.welcome(true, false));
    side.send(publish(true, {"t", "un", 1}) + publish(true, {"t", "deux", 2}));
    REQUIRE(taker.wait_for(2));
    taker.judge(0, true);
    subscriber->stop();
    taker.judge(1, true);
    CHECK(side.packet() == puback(1));
    CHECK(side.packet() == std::string("\xE0\x00", 2));
    CHECK(side.packet().empty());
}

TEST_CASE("a broker that drops the connection at every possible byte gets every message acknowledged in the end") {
    for (const bool is_5 : {false, true}) {
        const ScriptedBroker broker;
        Taker taker;
        taker.at_once = true;
        const auto subscriber = started(options_for(broker, is_5), taker);
        const std::string script = connack(is_5) + suback(is_5) + publish(is_5, {"t", "un", 1}) + publish(is_5, {"t", "deux", 2});
        for (std::size_t cut = 0; cut < script.size(); ++cut) {
            BrokerSide side(broker.accept());
            REQUIRE(side.packet().starts_with('\x10'));
            side.send(script.substr(0, cut));
            if (cut % 2 == 0) {
                side.cut();
            }
        }
        BrokerSide side(broker.accept());
        REQUIRE(side.packet().starts_with('\x10'));
        side.send(connack(is_5, true) + publish(is_5, {"t", "un", 1, true}) + publish(is_5, {"t", "deux", 2, true}));
        // The verdicts of an earlier connection may have left one to be acknowledged without being delivered again.
        std::string answers;
        while (answers.find(puback(2)) == std::string::npos) {
            const std::string more = side.bytes(seconds(5));
            REQUIRE(!more.empty());
            answers += more;
        }
        CHECK(answers.find(puback(1)) != std::string::npos);
        CHECK(answers.find(puback(1)) < answers.find(puback(2)));
        CHECK(subscriber->state().counts.redelivered == 2);
    }
}

TEST_CASE("what could not be kept, or was let go, comes again on another connection") {
    const ScriptedBroker broker;
    Taker taker;
    const auto subscriber = started(options_for(broker, true), taker);
    for (std::size_t round = 0; round < 2; ++round) {
        BrokerSide side(broker.accept());
        REQUIRE(side.welcome(true, round > 0));
        side.send(publish(true, {"t", "un", 1, round > 0}));
        REQUIRE(taker.wait_for(round + 1));
        if (round == 0) {
            taker.judge(0, false);
        } else {
            taker.let_go(1);
        }
        CHECK(side.packet() == std::string("\xE0\x01\x97", 3));
        CHECK(side.packet().empty());
    }
    CHECK(subscriber->state().counts.refused == 2);
    CHECK(subscriber->state().counts.acknowledged == 0);
    CHECK(comes_true([&] { return subscriber->state().last_error.find("n'a pas pu être conservé") != std::string::npos; }));
    CHECK(taker.messages().at(1).redelivered);
}

TEST_CASE("a flood fills the window, then the socket, and not our memory") {
    const ScriptedBroker broker;
    Taker taker;
    auto options = options_for(broker, false);
    options.message_bytes_max = 64 * 1024;
    const auto subscriber = started(options, taker);
    BrokerSide side(broker.accept());
    REQUIRE(side.welcome(false, false));
    const std::string message = publish(false, {"t", std::string(60'000, 'x')});  // QoS 0: no identifier to run out of
    const std::size_t before = resident_bytes();
    const std::size_t sent = side.flood(message, std::size_t{1} << 30, milliseconds(300));
    CHECK(sent < std::size_t{32} << 20);  // what the kernel's buffers hold
    CHECK(taker.messages().size() == options.window);
    CHECK((!measures_memory || resident_bytes() < before + (std::size_t{8} << 20)));
    for (std::size_t i = 0; i < 4; ++i) {
        taker.judge(i, true);
    }
    CHECK(taker.wait_for(options.window + 4));
    CHECK(comes_true([&] { return subscriber->state().counts.in_flight == options.window; }));
}

TEST_CASE("a broker that sends garbage is left, and tried again") {
    const ScriptedBroker broker;
    Taker taker;
    const auto subscriber = started(options_for(broker, true), taker);
    for (const auto& garbage : {std::string(200, '\xFF'), std::string(200, '\0'), std::string("HTTP/1.1 400 Bad Request\r\n\r\n")}) {
        BrokerSide side(broker.accept());
        REQUIRE(side.packet().starts_with('\x10'));
        side.send(garbage);
        CHECK(side.packet().empty());
        CHECK(comes_true([&] { return subscriber->state().last_error.find("paquet refusé") != std::string::npos; }));
    }
    BrokerSide side(broker.accept());
    REQUIRE(side.welcome(true, false));
    CHECK(comes_true([&] { return subscriber->state().connected; }));
    CHECK(subscriber->state().last_error.empty());
    CHECK(subscriber->state().counts.connections == 1);
}

TEST_CASE("a connection that is half open is noticed by its silence") {
    const ScriptedBroker broker;
    Taker taker;
    auto options = options_for(broker, true);
    options.keep_alive = seconds(1);
    const auto subscriber = started(options, taker);
    BrokerSide silent(broker.accept());
    REQUIRE(silent.welcome(true, false));
    const auto begun = std::chrono::steady_clock::now();
    const int next = broker.accept();
    REQUIRE(next >= 0);
    CHECK(std::chrono::steady_clock::now() - begun < seconds(6));
    CHECK(subscriber->state().last_error.find("ne répond plus") != std::string::npos);
    CHECK(silent.packet() == std::string("\xC0\x00", 2));
    std::string last = silent.packet();
    while (last == std::string("\xC0\x00", 2)) {
        last = silent.packet();
    }
    CHECK(last == std::string("\xE0\x01\x8D", 3));
    BrokerSide side(next);
    CHECK(side.welcome(true, true));
}

TEST_CASE("an absent broker is tried again, and stopping does not wait for it") {
    std::uint16_t port = 0;
    {
        const ScriptedBroker gone;
        port = gone.port();
    }
    Taker taker;
    MqttOptions options;
    options.host = "127.0.0.1";
    options.port = port;
    options.client_id = "vigie";
    options.filters = {"t"};
    const auto begun = std::chrono::steady_clock::now();
    const auto subscriber = started(options, taker);
    CHECK(comes_true([&] { return subscriber->state().last_error == "personne n'écoute à cette adresse"; }));
    subscriber->stop();
    CHECK(std::chrono::steady_clock::now() - begun < seconds(5));
}

TEST_CASE("options that can not be are refused at the start, files too") {
    MqttOptions options;
    options.host = "127.0.0.1";
    options.client_id = "vigie";
    Taker taker;
    CHECK(MqttSubscriber::start(options, taker.take(), {}).error().code == ErrorCode::invalid_input);
    options.filters = {"t"};
    options.tls = true;
    options.ca_file = "/nulle/part.pem";
    const auto refused = MqttSubscriber::start(options, taker.take(), {});
    REQUIRE(!refused);
    CHECK(refused.error().code == ErrorCode::invalid_input);
    CHECK(refused.error().message.find("/nulle/part.pem") != std::string::npos);
}
