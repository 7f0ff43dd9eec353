#include "intake/mqtt/mqtt_session.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <string>

#include "intake/mqtt/broker_bytes.h"

using namespace vigie::intake;
using namespace vigie::intake::tests;
using std::chrono::seconds;

namespace {

MqttOptions small_options(bool is_5) {
    MqttOptions options;
    options.host = "courtier";
    options.client_id = "vigie";
    options.version = is_5 ? MqttVersion::v5 : MqttVersion::v3_1_1;
    options.filters = {"t"};
    options.window = 4;
    options.message_bytes_max = 1000;
    return options;
}

/// A session, the clock it is told, and what it has said.
struct Scene {
    explicit Scene(bool five, const MqttOptions& options) : is_5(five), session(options) {}
    explicit Scene(bool five) : Scene(five, small_options(five)) {}

    std::string said() {
        std::string output;
        session.take_output(output);
        return output;
    }
    void hear(const std::string& bytes) {
        session.receive(bytes, now);
        for (auto& delivery : session.take_deliveries()) {
            taken.push_back(std::move(delivery));
        }
    }
    void judge(std::size_t which, bool kept) {
        session.verdict(taken[which].ticket, kept, now);
        hear({});
    }
    void pass(seconds span) {
        now += span;
        session.tick(now);
    }
    /// Connects again, the broker having kept the session or not.
    void reconnect(bool session_present) {
        session.close();
        session.open(now);
        said();
        hear(connack(is_5, session_present));
    }
    void connect() {
        session.open(now);
        hear(connack(is_5));
        hear(suback(is_5));
        said();
        REQUIRE(session.is_ready());
    }

    bool is_5;
    MqttSession session;
    MqttSession::Moment now;
    std::vector<MqttDelivery> taken;
};

std::string message(const Scene& scene, std::uint16_t packet_id, std::string_view payload, bool duplicate = false) {
    return publish(scene.is_5, {"t", payload, packet_id, duplicate, false});
}

const std::string goodbye_3("\xE0\x00", 2);
std::string goodbye_5(unsigned reason) { return {'\xE0', '\1', static_cast<char>(reason)}; }

}  // namespace

TEST_CASE("a session connects, subscribes, and is ready when the broker has answered both") {
    for (const bool is_5 : {false, true}) {
        Scene scene(is_5);
        scene.session.open(scene.now);
        CHECK(scene.said() == encode_connect(small_options(is_5)));
        scene.hear(connack(is_5));
        CHECK(scene.said() == encode_subscribe(small_options(is_5), 1));
        CHECK(!scene.session.is_ready());
        scene.hear(suback(is_5));
        CHECK(scene.session.is_ready());
        CHECK(scene.session.counts().connections == 1);
        scene.session.say_goodbye();
        CHECK(scene.said() == goodbye_3);
        CHECK(scene.session.is_over());
        CHECK(scene.session.reason().empty());
    }
}

TEST_CASE("nothing is acknowledged before its verdict, and then in the order the messages came") {
    for (const bool is_5 : {false, true}) {
        Scene scene(is_5);
        scene.connect();
        scene.hear(message(scene, 7, "un") + message(scene, 3, "deux") + message(scene, 9, "trois"));
        REQUIRE(scene.taken.size() == 3);
        CHECK(scene.taken[1].message.payload == "deux");
        CHECK(scene.taken[1].message.topic == "t");
        CHECK(scene.said().empty());
        scene.judge(2, true);
        scene.judge(1, true);
        CHECK(scene.said().empty());  // the first has no verdict yet
        CHECK(scene.session.counts().in_flight == 1);
        scene.judge(0, true);
        CHECK(scene.said() == puback(7) + puback(3) + puback(9));
        scene.judge(0, true);
        scene.session.verdict(12345, true, scene.now);
        CHECK(scene.said().empty());
        CHECK(scene.session.counts().acknowledged == 3);
    }
}

TEST_CASE("a message is the same wherever its bytes are cut") {
    for (const bool is_5 : {false, true}) {
        Scene whole(is_5);
        const std::string bytes = connack(is_5) + suback(is_5) + message(whole, 1, "un") + broker_packet(0xD0, "") + message(whole, 0, "deux");
        for (std::size_t cut = 0; cut <= bytes.size(); ++cut) {
            Scene scene(is_5);
            scene.session.open(scene.now);
            scene.hear(bytes.substr(0, cut));
            scene.hear(bytes.substr(cut));
            REQUIRE(scene.taken.size() == 2);
            CHECK(scene.taken[0].message.payload == "un");
            CHECK(scene.taken[1].message.payload == "deux");
            CHECK(!scene.session.is_over());
        }
    }
}

TEST_CASE("a message sent again while it waits for its verdict is not delivered twice") {
    Scene scene(false);
    scene.connect();
    scene.hear(message(scene, 5, "un") + message(scene, 5, "un", true));
    CHECK(scene.taken.size() == 1);
    CHECK(scene.session.counts().redelivered == 1);
    scene.judge(0, true);
    CHECK(scene.said() == puback(5));
    // After its acknowledgement the number is free: flagged or not, what comes is a message (4.3.2).
    scene.hear(message(scene, 5, "un", true));
    CHECK(scene.taken.size() == 2);
    CHECK(scene.taken[1].message.redelivered);
}

TEST_CASE("another message under a number that waits for its verdict ends the connection, not the message") {
    for (const bool flagged : {false, true}) {
        Scene scene(true);
        scene.connect();
        scene.hear(message(scene, 5, "un") + message(scene, 5, flagged ? "deux" : "un", flagged));
        CHECK(scene.taken.size() == 1);
        CHECK(scene.session.is_over());
        CHECK(scene.said() == goodbye_5(0x82));
    }
}

TEST_CASE("after a cut, a message kept meanwhile is acknowledged when the broker sends it again, without being delivered") {
    for (const bool is_5 : {false, true}) {
        Scene scene(is_5);
        scene.connect();
        scene.hear(message(scene, 1, "un") + message(scene, 2, "deux"));
        scene.session.close();
        scene.judge(0, true);
        scene.reconnect(true);
        CHECK(scene.said().empty());  // the session still has its subscription
        CHECK(scene.session.is_ready());
        scene.hear(message(scene, 1, "un", true));
        CHECK(scene.said() == puback(1));
        scene.hear(message(scene, 2, "deux", true) + message(scene, 3, "trois"));
        CHECK(scene.taken.size() == 3);
        scene.judge(2, true);
        CHECK(scene.said().empty());
        scene.judge(1, true);
        CHECK(scene.said() == puback(2) + puback(3));
        CHECK(scene.session.counts().redelivered == 2);
        CHECK(scene.session.counts().received == 3);
    }
}

TEST_CASE("after a cut, a number with another content, or without the flag, is another message") {
    for (const bool kept_before : {false, true}) {
        for (const bool flagged : {false, true}) {
            Scene scene(true);
            scene.connect();
            scene.hear(message(scene, 1, "un"));
            scene.session.close();
            if (kept_before) {
                scene.judge(0, true);
            }
            scene.reconnect(true);
            scene.hear(message(scene, 1, flagged ? "autre" : "un", flagged));
            REQUIRE(scene.taken.size() == 2);
            if (!kept_before) {
                scene.judge(0, true);
                CHECK(scene.said().empty());  // the old message is not the one the broker waits for
            }
            CHECK(scene.session.counts().in_flight == 1);
            scene.judge(1, true);
            CHECK(scene.said() == puback(1));
        }
    }
}

TEST_CASE("when the broker has lost the session, we subscribe again and acknowledge nothing of the old one") {
    Scene scene(true);
    scene.connect();
    scene.hear(message(scene, 1, "un") + message(scene, 2, "deux"));
    scene.session.close();
    scene.judge(1, true);
    scene.reconnect(false);
    CHECK(scene.said() == encode_subscribe(small_options(true), 1));
    const auto warnings = scene.session.take_warnings();
    REQUIRE(warnings.size() == 1);
    CHECK(warnings[0].find("n'a plus la session") != std::string::npos);
    scene.hear(suback(true) + message(scene, 2, "neuf"));
    scene.judge(0, true);
    CHECK(scene.said().empty());
    scene.judge(2, true);
    CHECK(scene.said() == puback(2));
    CHECK(scene.session.counts().in_flight == 0);
}

TEST_CASE("a message that can not be kept ends the connection, and is delivered again on the next") {
    for (const bool is_5 : {false, true}) {
        Scene scene(is_5);
        scene.connect();
        scene.hear(message(scene, 1, "un") + message(scene, 2, "deux"));
        scene.judge(1, true);
        scene.judge(0, false);
        CHECK(scene.session.is_over());
        CHECK(scene.said() == (is_5 ? goodbye_5(0x97) : goodbye_3));
        CHECK(scene.session.counts().acknowledged == 0);
        scene.reconnect(true);
        scene.hear(message(scene, 1, "un", true) + message(scene, 2, "deux", true));
        REQUIRE(scene.taken.size() == 3);  // the second was kept
        CHECK(scene.taken[2].message.payload == "un");
        scene.judge(2, true);
        CHECK(scene.said() == puback(1) + puback(2));
    }
}

TEST_CASE("QoS 0 has nothing to acknowledge, but has a place in the window") {
    Scene scene(false);
    scene.connect();
    std::string flood;
    for (int i = 0; i < 10; ++i) {
        flood += message(scene, 0, "x");
    }
    scene.hear(flood);
    CHECK(scene.taken.size() == 4);
    CHECK(!scene.session.wants_bytes());
    scene.judge(0, true);
    scene.judge(1, false);
    CHECK(scene.taken.size() == 6);
    CHECK(!scene.session.is_over());
    CHECK(scene.said().empty());
}

TEST_CASE("beyond the window nothing is read, and what was is delivered as verdicts come") {
    for (const bool is_5 : {false, true}) {
        Scene scene(is_5);
        scene.connect();
        std::string flood;
        for (std::uint16_t id = 1; id <= 9; ++id) {
            flood += message(scene, id, "x");
        }
        scene.hear(flood);
        for (std::size_t judged = 0; judged < 9; ++judged) {
            CHECK(scene.taken.size() == std::min<std::size_t>(judged + 4, 9));
            CHECK(scene.session.wants_bytes() == (scene.taken.size() - judged < 4));
            scene.judge(judged, true);
            CHECK(scene.said() == puback(static_cast<std::uint16_t>(judged + 1)));
        }
        CHECK(!scene.session.is_over());
    }
}

TEST_CASE("verdicts out of order free no place before the first has its own") {
    Scene scene(true);
    scene.connect();
    for (std::uint16_t id = 1; id <= 4; ++id) {
        scene.hear(message(scene, id, "x"));
    }
    scene.judge(3, true);
    scene.judge(2, true);
    CHECK(!scene.session.wants_bytes());
    scene.judge(0, true);
    CHECK(scene.session.wants_bytes());
    CHECK(scene.said() == puback(1));
    scene.judge(1, true);
    CHECK(scene.said() == puback(2) + puback(3) + puback(4));
}

TEST_CASE("the bytes of messages without verdict are bounded too") {
    auto options = small_options(false);
    options.window = 65'535;
    options.message_bytes_max = std::size_t{1} << 20;
    Scene scene(false, options);
    scene.connect();
    const std::string large(options.message_bytes_max, 'x');
    for (std::uint16_t id = 1; scene.session.wants_bytes(); ++id) {
        REQUIRE(id < 100);
        scene.hear(message(scene, id, large));
    }
    CHECK(scene.taken.size() == 64);
    CHECK(scene.session.bytes_held() <= mqtt_in_flight_bytes_max + 2 * options.message_bytes_max);
}

TEST_CASE("a message too large is refused in its turn, and the next one is read") {
    for (const bool is_5 : {false, true}) {
        Scene scene(is_5);
        scene.connect();
        scene.hear(message(scene, 1, "un") + message(scene, 2, std::string(1001, 'x')) + message(scene, 3, std::string(1000, 'y')));
        CHECK(scene.taken.size() == 2);
        CHECK(scene.said().empty());
        scene.judge(0, true);
        scene.judge(1, true);
        const std::string refusal = is_5 ? std::string("\x40\x03\0\2\x97", 5) : puback(2);
        CHECK(scene.said() == puback(1) + refusal + puback(3));
        CHECK(scene.session.counts().refused == 1);
        CHECK(scene.session.counts().acknowledged == 2);
        CHECK(scene.session.take_warnings().size() == 1);
    }
}

TEST_CASE("a packet beyond all bounds is passed over without being held in 3.1.1, and ends the connection in 5") {
    const std::size_t huge = 3'000'000;
    for (const bool is_5 : {false, true}) {
        Scene scene(is_5);
        scene.connect();
        const std::string bytes = message(scene, 1, std::string(huge, 'x')) + message(scene, 2, "deux");
        std::size_t held_max = 0;
        for (std::size_t at = 0; at < bytes.size() && scene.session.wants_bytes(); at += 4096) {
            scene.hear(bytes.substr(at, 4096));
            held_max = std::max(held_max, scene.session.bytes_held());
        }
        CHECK(held_max < 200'000);
        if (is_5) {
            CHECK(scene.said() == goodbye_5(0x95));
        } else {
            CHECK(scene.said() == puback(1));
            REQUIRE(scene.taken.size() == 1);
            CHECK(scene.taken[0].message.payload == "deux");
        }
    }
}
