// Bytes written by hand from the field tables of OASIS MQTT 3.1.1 and 5.0, chapter 3.
#include "intake/mqtt/mqtt_packet.h"

#include <doctest/doctest.h>

#include <string>

#include "intake/mqtt/mqtt_bytes.h"
#include "intake/mqtt/mqtt_properties.h"
#include "intake/mqtt/mqtt_reason.h"

using namespace vigie::intake;

namespace {

constexpr auto v3 = MqttVersion::v3_1_1;
constexpr auto v5 = MqttVersion::v5;

std::string bytes(std::initializer_list<unsigned> values) {
    std::string text;
    for (const unsigned value : values) {
        text.push_back(static_cast<char>(value));
    }
    return text;
}

MqttOptions small_options(MqttVersion version) {
    MqttOptions options;
    options.host = "courtier";
    options.client_id = "vigie";
    options.version = version;
    options.filters = {"a/b", "c/#"};
    options.window = 0x0203;
    options.keep_alive = std::chrono::seconds(60);
    options.session_expiry_s = 0x01020304;
    options.message_bytes_max = 0x01000000 - mqtt_publish_overhead_max;
    return options;
}

/// The reason of the refusal; success when the bytes are taken.
template <class T>
MqttReason refusal(const MqttRead<T>& read) {
    return read ? MqttReason::success : read.error().reason;
}

}  // namespace

TEST_CASE("CONNECT of 3.1.1 asks for a session that is kept") {
    CHECK(encode_connect(small_options(v3)) == bytes({0x10, 17, 0, 4, 'M', 'Q', 'T', 'T', 4, 0x00, 0, 60, 0, 5, 'v', 'i', 'g', 'i', 'e'}));
    auto options = small_options(v3);
    options.user = "u";
    options.password = "pw";
    CHECK(encode_connect(options) ==
          bytes({0x10, 24, 0, 4, 'M', 'Q', 'T', 'T', 4, 0xC0, 0, 60, 0, 5, 'v', 'i', 'g', 'i', 'e', 0, 1, 'u', 0, 2, 'p', 'w'}));
}

TEST_CASE("CONNECT of 5 says how long the session lives, how many messages at once, and how large") {
    CHECK(encode_connect(small_options(v5)) ==
          bytes({0x10, 31, 0, 4, 'M', 'Q', 'T', 'T', 5, 0x00, 0, 60, 13, 0x11, 1, 2, 3, 4, 0x21, 2, 3, 0x27, 1, 0, 0, 0, 0, 5, 'v', 'i', 'g', 'i', 'e'}));
}

TEST_CASE("SUBSCRIBE asks for QoS 1 on every filter") {
    CHECK(encode_subscribe(small_options(v3), 0x0A0B) == bytes({0x82, 14, 0x0A, 0x0B, 0, 3, 'a', '/', 'b', 1, 0, 3, 'c', '/', '#', 1}));
    CHECK(encode_subscribe(small_options(v5), 0x0A0B) == bytes({0x82, 15, 0x0A, 0x0B, 0, 0, 3, 'a', '/', 'b', 0x11, 0, 3, 'c', '/', '#', 0x11}));
}

TEST_CASE("acknowledgements, pings and goodbyes are a few bytes") {
    std::string out;
    append_puback(out, v3, 0x1234, MqttReason::quota_exceeded);
    CHECK(out == bytes({0x40, 2, 0x12, 0x34}));
    out.clear();
    append_puback(out, v5, 0x1234, MqttReason::success);
    append_puback(out, v5, 0x1234, MqttReason::quota_exceeded);
    CHECK(out == bytes({0x40, 2, 0x12, 0x34, 0x40, 3, 0x12, 0x34, 0x97}));
    out.clear();
    append_pubcomp(out, v5, 7, MqttReason::packet_id_unknown);
    append_pingreq(out);
    append_disconnect(out, v3, MqttReason::protocol_error);
    append_disconnect(out, v5, MqttReason::protocol_error);
    append_disconnect(out, v5, MqttReason::success);
    CHECK(out == bytes({0x70, 3, 0, 7, 0x92, 0xC0, 0, 0xE0, 0, 0xE0, 1, 0x82, 0xE0, 0}));
}

TEST_CASE("the length of a packet takes one to four bytes, as short as it can be") {
    struct Example {
        std::string header;
        std::size_t body;
    };
    // MQTT 5.0, table 1-1.
    const Example examples[] = {{bytes({0x30, 0}), 0},
                                {bytes({0x30, 0x7F}), 127},
                                {bytes({0x30, 0x80, 0x01}), 128},
                                {bytes({0x30, 0xFF, 0x7F}), 16'383},
                                {bytes({0x30, 0x80, 0x80, 0x01}), 16'384},
                                {bytes({0x30, 0xFF, 0xFF, 0x7F}), 2'097'151},
                                {bytes({0x30, 0x80, 0x80, 0x80, 0x01}), 2'097'152},
                                {bytes({0x30, 0xFF, 0xFF, 0xFF, 0x7F}), 268'435'455}};
    for (const auto& example : examples) {
        for (std::size_t cut = 0; cut < example.header.size(); ++cut) {
            const auto partial = read_header(example.header.substr(0, cut), v5);
            REQUIRE(partial);
            CHECK(!*partial);
        }
        const auto whole = read_header(example.header + "rest", v5);
        REQUIRE(whole);
        REQUIRE(*whole);
        CHECK((*whole)->body_bytes == example.body);
        CHECK((*whole)->header_bytes == example.header.size());
        std::string written;
        append_length(written, static_cast<std::uint32_t>(example.body));
        CHECK(written == example.header.substr(1));
    }
    for (const auto& wrong : {bytes({0x30, 0x80, 0x80, 0x80, 0x80}), bytes({0x30, 0x80, 0x00}), bytes({0x30, 0xFF, 0x80, 0x00})}) {
        CHECK(refusal(read_header(wrong + "rest", v5)) == MqttReason::malformed_packet);
    }
}

TEST_CASE("a first byte that no broker may send is refused before the rest comes") {
    // Reserved types and flags: MQTT 5.0, tables 2-1 and 2-2. PUBLISH with QoS 3; flagged as sent again at QoS 0.
    for (const unsigned first : {0x00U, 0x0FU, 0x21U, 0x36U, 0x37U, 0x38U, 0x41U, 0x60U, 0x63U, 0x80U, 0x91U, 0xD1U, 0xE1U, 0xF1U}) {
        CAPTURE(first);
        CHECK(refusal(read_header(bytes({first}), v5)) == MqttReason::malformed_packet);
    }
    for (const unsigned first : {0x20U, 0x30U, 0x31U, 0x32U, 0x3BU, 0x34U, 0x40U, 0x62U, 0x90U, 0xD0U, 0xE0U, 0xF0U}) {
        CAPTURE(first);
        CHECK(read_header(bytes({first}), v5));
    }
    CHECK(refusal(read_header(bytes({0xF0}), v3)) == MqttReason::malformed_packet);  // AUTH came with 5
}

TEST_CASE("CONNACK of 3.1.1: each return code") {
    const auto present = read_connack(bytes({1, 0}), v3);
    REQUIRE(present);
    CHECK(present->session_present);
    CHECK(present->reason == MqttReason::success);
    const MqttReason reasons[] = {MqttReason::success,           MqttReason::unsupported_version,  MqttReason::client_id_refused,
                                  MqttReason::server_unavailable, MqttReason::bad_user_or_password, MqttReason::not_authorized};
    for (unsigned code = 0; code <= 5; ++code) {
        CHECK(read_connack(bytes({0, code}), v3)->reason == reasons[code]);
    }
    CHECK(refusal(read_connack(bytes({0, 6}), v3)) == MqttReason::protocol_error);
    CHECK(refusal(read_connack(bytes({1, 5}), v3)) == MqttReason::protocol_error);
    CHECK(refusal(read_connack(bytes({2, 0}), v3)) == MqttReason::malformed_packet);
    CHECK(refusal(read_connack(bytes({0}), v3)) == MqttReason::malformed_packet);
    CHECK(refusal(read_connack(bytes({0, 0, 0}), v3)) == MqttReason::malformed_packet);
}

TEST_CASE("CONNACK of 5: properties, and what they may be") {
    const auto read = read_connack(bytes({1, 0, 24, 0x11, 0, 0, 0x0E, 0x10, 0x13, 0, 20, 0x24, 1, 0x27, 0, 1, 0, 0, 0x26, 0, 1, 'k', 0, 1, 'v', 0x2A, 1}), v5);
    REQUIRE(read);
    CHECK(read->session_present);
    CHECK(read->session_expiry_s == 3600);
    CHECK(read->server_keep_alive_s == 20);
    CHECK(read->qos_max == 1);
    CHECK(read->packet_bytes_max == 65'536);
    const std::string refusal_body = bytes({0, 0x87, 6, 0x1F, 0, 3, 'n', 'o', 'n'});  // the answer points into it
    const auto refused = read_connack(refusal_body, v5);
    REQUIRE(refused);
    CHECK(refused->reason == MqttReason::not_authorized);
    CHECK(refused->reason_text == "non");
    struct Wrong {
        std::string body;
        MqttReason reason;
    };
    const Wrong wrong[] = {
        {bytes({0, 0}), MqttReason::malformed_packet},                                     // no length of properties
        {bytes({0, 1, 0}), MqttReason::malformed_packet},                                  // neither success nor refusal
        {bytes({0, 0, 3, 0x13, 0}), MqttReason::malformed_packet},                         // longer than the packet
        {bytes({0, 0, 2, 0x13, 0}), MqttReason::malformed_packet},                         // cut
        {bytes({0, 0, 2, 0x01, 0}), MqttReason::malformed_packet},                         // one of PUBLISH
        {bytes({0, 0, 2, 0x7E, 0}), MqttReason::malformed_packet},                         // unknown
        {bytes({0, 0, 4, 0x15, 0, 1, 'x'}), MqttReason::malformed_packet},                 // authentication we did not ask for
        {bytes({0, 0, 4, 0x24, 1, 0x24, 1}), MqttReason::protocol_error},                  // twice
        {bytes({0, 0, 2, 0x24, 2}), MqttReason::protocol_error},                           // maximum QoS: 0 or 1
        {bytes({0, 0, 3, 0x21, 0, 0}), MqttReason::protocol_error},                        // no message at all
        {bytes({0, 0, 5, 0x27, 0, 0, 0, 0}), MqttReason::protocol_error},                  // no packet at all
        {bytes({0, 0, 4, 0x1F, 0, 1, 0xFF}), MqttReason::malformed_packet},                // no UTF-8
        {bytes({0, 0, 0, 9}), MqttReason::malformed_packet},                               // bytes too many
        {bytes({1, 0x87, 0}), MqttReason::protocol_error},
    };
    for (const auto& [body, reason] : wrong) {
        CHECK(refusal(read_connack(body, v5)) == reason);
    }
}

TEST_CASE("PUBLISH of 3.1.1") {
    const std::string body = bytes({0, 3, 'a', '/', 'b', 0, 10, 'h', 'i'});
    const auto read = read_publish(body, 0xB, v3);  // sent again, QoS 1, retained
    REQUIRE(read);
    CHECK(read->topic == "a/b");
    CHECK(read->payload == "hi");
    CHECK(read->packet_id == 10);
    CHECK(read->duplicate);
    CHECK(read->retained);
    const auto without = read_publish(body, 0, v3);  // QoS 0 has no identifier
    REQUIRE(without);
    CHECK(without->packet_id == 0);
    CHECK(without->payload == bytes({0, 10, 'h', 'i'}));
    CHECK(!without->duplicate);
    CHECK(read_publish(bytes({0, 1, 'a'}), 0, v3)->payload.empty());
    CHECK(refusal(read_publish(body, 4, v3)) == MqttReason::qos_not_supported);
    CHECK(refusal(read_publish(bytes({0, 3, 'a', '/', '+', 0, 10}), 2, v3)) == MqttReason::topic_name_invalid);
    CHECK(refusal(read_publish(bytes({0, 0, 0, 10}), 2, v3)) == MqttReason::topic_name_invalid);
    CHECK(refusal(read_publish(bytes({0, 1, 'a', 0, 0}), 2, v3)) == MqttReason::malformed_packet);
    CHECK(refusal(read_publish(bytes({0, 1, 'a', 0}), 2, v3)) == MqttReason::malformed_packet);
    CHECK(refusal(read_publish(bytes({0, 9, 'a'}), 0, v3)) == MqttReason::malformed_packet);
    CHECK(refusal(read_publish(bytes({0, 2, 0xC3, '('}), 0, v3)) == MqttReason::malformed_packet);
    CHECK(refusal(read_publish(bytes({0}), 0, v3)) == MqttReason::malformed_packet);
}

TEST_CASE("PUBLISH of 5: every property it may carry, and those it may not") {
    const std::string body = bytes({0,    1, 'a', 0x12, 0x34, 36,   0x01, 1, 0x02, 0, 0,   0,   9, 0x03, 0,   1,    't', 0x08, 0, 1, 'r', 0x09,
                                          0,    1, 0,   0x0B, 0x80, 0x01, 0x0B, 5, 0x26, 0, 1,   'k', 0, 1,    'v', 0x26, 0,   0,    0, 0, 'p'});
    const auto read = read_publish(body, 2, v5);
    REQUIRE(read);
    CHECK(read->packet_id == 0x1234);
    CHECK(read->payload == "p");
    struct Wrong {
        std::string body;
        MqttReason reason;
    };
    const Wrong wrong[] = {
        {bytes({0, 1, 'a', 0, 1, 3, 0x23, 0, 1}), MqttReason::topic_alias_invalid},       // never accepted
        {bytes({0, 0, 0, 1, 3, 0x23, 0, 1}), MqttReason::topic_alias_invalid},
        {bytes({0, 0, 0, 1, 0}), MqttReason::protocol_error},                             // neither topic nor alias
        {bytes({0, 1, 'a', 0, 1, 2, 0x0B, 0}), MqttReason::protocol_error},               // identifier zero
        {bytes({0, 1, 'a', 0, 1, 2, 0x01, 2}), MqttReason::protocol_error},
        {bytes({0, 1, 'a', 0, 1, 4, 0x01, 0, 0x01, 0}), MqttReason::protocol_error},
        {bytes({0, 1, 'a', 0, 1, 3, 0x13, 0, 1}), MqttReason::malformed_packet},          // one of CONNACK
        {bytes({0, 1, 'a', 0, 1}), MqttReason::malformed_packet},                         // no length of properties
        {bytes({0, 1, 'a', 0, 1, 9, 0x01, 1}), MqttReason::malformed_packet},
        {bytes({0, 1, '#', 0, 1, 0}), MqttReason::topic_name_invalid},
    };
    for (const auto& [spoilt, reason] : wrong) {
        CHECK(refusal(read_publish(spoilt, 2, v5)) == reason);
    }
}

TEST_CASE("SUBACK answers each filter") {
    const auto read = read_suback(bytes({0, 1, 1, 0x80}), v3);
    REQUIRE(read);
    CHECK(read->packet_id == 1);
    CHECK(read->reasons == std::vector{MqttReason::granted_qos_1, MqttReason::unspecified});
    CHECK(read_suback(bytes({0, 1, 0, 1, 0x87}), v5)->reasons == std::vector{MqttReason::granted_qos_1, MqttReason::not_authorized});
    CHECK(refusal(read_suback(bytes({0, 1, 3}), v3)) == MqttReason::malformed_packet);
    CHECK(refusal(read_suback(bytes({0, 1, 0x87}), v3)) == MqttReason::malformed_packet);
    CHECK(refusal(read_suback(bytes({0, 0, 1}), v3)) == MqttReason::malformed_packet);
    CHECK(refusal(read_suback(bytes({0, 1}), v3)) == MqttReason::malformed_packet);
    CHECK(refusal(read_suback(bytes({0, 1}) + std::string(mqtt_filters_max + 1, '\1'), v3)) == MqttReason::protocol_error);
}

TEST_CASE("PUBREL and DISCONNECT in their short and long forms") {
    CHECK(read_pubrel(bytes({0, 9}), v3) == 9);
    CHECK(read_pubrel(bytes({0, 9}), v5) == 9);
    CHECK(read_pubrel(bytes({0, 9, 0x92}), v5) == 9);
    CHECK(read_pubrel(bytes({0, 9, 0x92, 0}), v5) == 9);
    CHECK(refusal(read_pubrel(bytes({0, 9, 0x92}), v3)) == MqttReason::malformed_packet);
    CHECK(refusal(read_pubrel(bytes({0, 0}), v5)) == MqttReason::malformed_packet);
    CHECK(refusal(read_pubrel(bytes({0, 9, 0, 0, 0}), v5)) == MqttReason::malformed_packet);
    CHECK(read_disconnect("")->reason == MqttReason::success);
    CHECK(read_disconnect(bytes({0x8E}))->reason == MqttReason::session_taken_over);
    CHECK(read_disconnect(bytes({0x8B, 5, 0x1F, 0, 2, 'o', 'k'}))->reason_text == "ok");
    // A broker may not change the session's life while leaving (3.14.2.2.2).
    CHECK(refusal(read_disconnect(bytes({0x8B, 5, 0x11, 0, 0, 0, 9}))) == MqttReason::malformed_packet);
}

TEST_CASE("every code has a sentence of its own") {
    CHECK(mqtt_reason_text(MqttReason::bad_user_or_password) == "utilisateur ou mot de passe refusé");
    CHECK(mqtt_reason_text(static_cast<MqttReason>(0xA2)) != mqtt_reason_text(static_cast<MqttReason>(0xA3)));
    CHECK(mqtt_reason_text(static_cast<MqttReason>(0xFF)) == "raison inconnue");
}
