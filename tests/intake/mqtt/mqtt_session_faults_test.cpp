// What a broker may do wrong, or not at all.
#include <doctest/doctest.h>

#include <string>

#include "intake/mqtt/broker_bytes.h"
#include "intake/mqtt/mqtt_session.h"

using namespace vigie::intake;
using namespace vigie::intake::tests;
using std::chrono::seconds;

namespace {

MqttOptions small_options(bool is_5) {
    MqttOptions options;
    options.host = "courtier";
    options.client_id = "vigie";
    options.version = is_5 ? MqttVersion::v5 : MqttVersion::v3_1_1;
    options.filters = {"t", "u/#"};
    options.window = 4;
    return options;
}

std::string said(MqttSession& session) {
    std::string output;
    session.take_output(output);
    return output;
}

bool has(const std::string& text, const char* words) { return text.find(words) != std::string::npos; }

/// A session that has received `bytes` once ready.
struct After {
    After(bool is_5, const std::string& bytes) : session(small_options(is_5)) {
        session.open(now);
        session.receive(connack(is_5) + suback(is_5, "\1\1"), now);
        REQUIRE(session.is_ready());
        said(session);
        session.receive(bytes, now);
    }
    MqttSession session;
    MqttSession::Moment now;
};

}  // namespace

TEST_CASE("a refused connection says why, and is not answered") {
    struct Example {
        bool is_5;
        unsigned code;
        const char* words;
    };
    for (const auto& [is_5, code, words] : {Example{false, 4, "mot de passe"}, Example{false, 5, "non autorisé"}, Example{false, 1, "version"},
                                            Example{true, 0x86, "mot de passe"}, Example{true, 0x84, "version"}, Example{true, 0x8A, "banni"}}) {
        MqttSession session(small_options(is_5));
        session.open({});
        said(session);
        session.receive(connack(is_5, false, code), {});
        CHECK(session.is_over());
        CHECK(has(session.reason(), words));
        CHECK(!session.has_output());
        CHECK(session.counts().connections == 0);
    }
}

TEST_CASE("anything but CONNACK first, or CONNACK again, is a fault") {
    for (const auto& first : {suback(true), publish(true, {"t", "x", 1}), broker_packet(0xD0, ""), broker_packet(0xF0, ""), broker_packet(0xE0, "")}) {
        MqttSession session(small_options(true));
        session.open({});
        said(session);
        session.receive(first, {});
        CHECK(session.is_over());
        CHECK(session.take_deliveries().empty());
        CHECK(!session.has_output());
    }
    After again(true, connack(true));
    CHECK(said(again.session) == std::string("\xE0\x01\x82", 3));
}

TEST_CASE("packets a broker does not send to a subscriber are refused with the standard's code") {
    struct Example {
        std::string bytes;
        unsigned reason;
    };
    const Example examples[] = {
        {broker_packet(0x10, ""), 0x82},                                     // CONNECT
        {broker_packet(0x40, std::string("\0\1", 2)), 0x82},                 // PUBACK
        {broker_packet(0x82, std::string("\0\1", 2)), 0x82},                 // SUBSCRIBE
        {broker_packet(0xB0, std::string("\0\1", 2)), 0x82},                 // UNSUBACK
        {broker_packet(0xC0, ""), 0x82},                                     // PINGREQ
        {broker_packet(0xF0, ""), 0x82},                                     // AUTH
        {suback(true, "\1\1"), 0x82},                                        // nothing was asked
        {broker_packet(0xD0, "x"), 0x81},                                    // PINGRESP with a body
        {broker_packet(0x34, std::string("\0\1t\0\1\0", 6)), 0x9B},          // QoS 2
        {broker_packet(0x36, ""), 0x81},                                     // QoS 3
        {std::string("\xFF", 1), 0x81},
        {publish(true, {"t/+", "x", 1}), 0x90},
        {std::string("\x20\xFF\xFF\xFF\x7F", 5), 0x95},                      // an answer of 256 MiB
    };
    for (const auto& example : examples) {
        After after(true, example.bytes);
        CHECK(after.session.is_over());
        CHECK(said(after.session) == std::string("\xE0\x01", 2) + static_cast<char>(example.reason));
        CHECK(has(after.session.reason(), "paquet refusé"));
        // Deaf from then on.
        after.session.receive(publish(true, {"t", "x", 1}), after.now);
        CHECK(after.session.take_deliveries().empty());
    }
    After three(false, broker_packet(0xE0, ""));  // 3.1.1 has no goodbye of the broker
    CHECK(three.session.is_over());
}

TEST_CASE("a broker of version 5 that leaves says why, and is not answered") {
    After after(true, broker_packet(0xE0, std::string("\x8E\x05\x1F\0\2ok", 7)));
    CHECK(after.session.is_over());
    CHECK(has(after.session.reason(), "client_id"));
    CHECK(has(after.session.reason(), "« ok »"));
    CHECK(!after.session.has_output());
}

TEST_CASE("what is left of an exchange at QoS 2 is let go") {
    After after(true, broker_packet(0x62, std::string("\0\7", 2)));
    CHECK(!after.session.is_over());
    CHECK(said(after.session) == std::string("\x70\x03\0\7\x92", 5));
}

TEST_CASE("a filter refused is told and the others serve; all refused ends the connection") {
    for (const bool is_5 : {false, true}) {
        MqttSession session(small_options(is_5));
        session.open({});
        session.receive(connack(is_5) + suback(is_5, "\1\x80"), {});
        CHECK(session.is_ready());
        const auto warnings = session.take_warnings();
        REQUIRE(warnings.size() == 1);
        CHECK(has(warnings[0], "« u/# »"));

        MqttSession none(small_options(is_5));
        none.open({});
        none.receive(connack(is_5) + suback(is_5, "\x80\x80"), {});
        CHECK(none.is_over());
        CHECK(has(none.reason(), "tous les abonnements"));

        for (const char* wrong : {"\1", "\1\1\1", "\1\2"}) {
            MqttSession session_of_wrong(small_options(is_5));
            session_of_wrong.open({});
            session_of_wrong.receive(connack(is_5) + suback(is_5, wrong), {});
            CHECK(session_of_wrong.is_over());
        }
    }
}

TEST_CASE("a broker that offers less than QoS 1 is refused, or told of") {
    MqttSession session(small_options(true));
    session.open({});
    session.receive(broker_packet(0x20, std::string("\0\0\2\x24\0", 5)), {});
    CHECK(has(session.reason(), "qualité de service 0"));

    MqttSession lowered(small_options(false));
    lowered.open({});
    lowered.receive(connack(false) + suback(false, std::string_view("\1\0", 2)), {});
    CHECK(lowered.is_ready());
    CHECK(has(lowered.take_warnings().at(0), "peuvent se perdre"));
}

TEST_CASE("a broker that does not answer is left after 5 s, or when a ping stays without answer") {
    MqttSession deaf(small_options(true));
    MqttSession::Moment now;
    deaf.open(now);
    deaf.tick(now + seconds(4));
    CHECK(!deaf.is_over());
    deaf.tick(now + seconds(5));
    CHECK(has(deaf.reason(), "n'a pas répondu"));

    After after(true, "");
    const std::string ping("\xC0\x00", 2);
    after.session.tick(now + seconds(22));
    CHECK(!after.session.has_output());
    after.session.tick(now + seconds(23));  // three quarters of the 30 s
    CHECK(said(after.session) == ping);
    after.session.tick(now + seconds(32));
    CHECK(!after.session.is_over());
    after.session.receive(broker_packet(0xD0, ""), now + seconds(32));
    after.session.tick(now + seconds(45));
    CHECK(!after.session.has_output());
    after.session.tick(now + seconds(46));
    CHECK(said(after.session) == ping);
    after.session.tick(now + seconds(55));
    CHECK(!after.session.is_over());
    after.session.tick(now + seconds(56));
    CHECK(has(after.session.reason(), "ne répond plus"));
    CHECK(said(after.session) == std::string("\xE0\x01\x8D", 3));
}

TEST_CASE("while the window is full we say that we live, and do not judge the broker's silence") {
    std::string four;
    for (std::uint16_t id = 1; id <= 4; ++id) {
        four += publish(true, {"t", "x", id});
    }
    After after(true, four);
    const auto deliveries = after.session.take_deliveries();
    CHECK(!after.session.wants_bytes());
    int pings = 0;
    for (int second = 1; second <= 300; ++second) {
        after.session.tick(after.now + seconds(second));
        pings += said(after.session) == std::string("\xC0\x00", 2) ? 1 : 0;
    }
    CHECK(!after.session.is_over());
    CHECK(pings == 13);  // every 22.5 s, seen each second
    after.session.verdict(deliveries[0].ticket, true, after.now + seconds(300));
    after.session.tick(after.now + seconds(309));
    CHECK(!after.session.is_over());
    after.session.tick(after.now + seconds(310));
    CHECK(has(after.session.reason(), "ne répond plus"));
}

TEST_CASE("the broker's keep-alive is obeyed when shorter, and its shorter session is told") {
    MqttSession session(small_options(true));
    MqttSession::Moment now;
    session.open(now);
    session.receive(broker_packet(0x20, std::string("\0\0\x08\x13\0\x08\x11\0\0\x0E\x10", 11)) + suback(true, "\1\1"), now);
    said(session);
    session.tick(now + seconds(6));
    CHECK(session.has_output());
    CHECK(has(session.take_warnings().at(0), "3600 s"));
}
