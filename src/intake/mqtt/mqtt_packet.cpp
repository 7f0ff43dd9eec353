#include "intake/mqtt/mqtt_packet.h"

#include <array>

#include "base/assert.h"
#include "intake/mqtt/mqtt_topic.h"

namespace vigie::intake {
namespace {

constexpr std::uint8_t version_3_1_1 = 4;
constexpr std::uint8_t version_5 = 5;

void append_byte(std::string& out, unsigned value) { out.push_back(static_cast<char>(value)); }

std::string packet_of(unsigned first, const std::string& body) {
    std::string packet;
    packet.reserve(body.size() + 5);
    append_byte(packet, first);
    append_length(packet, static_cast<std::uint32_t>(body.size()));
    packet += body;
    return packet;
}

/// Properties of CONNECT (3.1.2.11): how long the session lives, how many messages at once, how large.
std::string connect_properties(const MqttOptions& options) {
    std::string properties;
    append_byte(properties, 0x11);
    append_four_bytes(properties, options.session_expiry_s);
    append_byte(properties, 0x21);
    append_two_bytes(properties, options.window);
    append_byte(properties, 0x27);
    append_four_bytes(properties, static_cast<std::uint32_t>(options.message_bytes_max + mqtt_publish_overhead_max));
    return properties;
}

/// PUBACK and PUBCOMP: the reason is left out where it says nothing (3.4.2.1).
void append_answer(std::string& out, unsigned first, std::uint16_t packet_id, MqttReason reason) {
    append_byte(out, first);
    append_byte(out, reason == MqttReason::success ? 2 : 3);
    append_two_bytes(out, packet_id);
    if (reason != MqttReason::success) {
        append_byte(out, static_cast<unsigned>(reason));
    }
}

tl::unexpected<MqttFault> malformed(std::string_view what) { return tl::unexpected(MqttFault{MqttReason::malformed_packet, what}); }
tl::unexpected<MqttFault> against_protocol(std::string_view what) { return tl::unexpected(MqttFault{MqttReason::protocol_error, what}); }

/// What the flags of a broker's packet must be; PUBLISH is judged apart.   Source: MQTT 5.0, table 2-2.
std::optional<MqttFault> check_first_byte(std::uint8_t first, MqttVersion version) {
    const auto type = static_cast<MqttPacketType>(first >> 4U);
    const unsigned flags = first & 0x0FU;
    if (first >> 4U == 0 || (type == MqttPacketType::auth && version == MqttVersion::v3_1_1)) {
        return MqttFault{MqttReason::malformed_packet, "type de paquet inconnu"};
    }
    if (type == MqttPacketType::publish) {
        const unsigned qos = flags >> 1U & 3U;
        if (qos == 3 || (qos == 0 && (flags & 8U) != 0)) {
            return MqttFault{MqttReason::malformed_packet, "qualité de service impossible"};
        }
        return std::nullopt;
    }
    const bool answers_us = type == MqttPacketType::pubrel || type == MqttPacketType::subscribe || type == MqttPacketType::unsubscribe;
    if (flags != (answers_us ? 2U : 0U)) {
        return MqttFault{MqttReason::malformed_packet, "drapeaux réservés"};
    }
    return std::nullopt;
}

/// The return codes of 3.1.1 (table 3.1) in those of 5.
std::optional<MqttReason> reason_of_return_code(std::uint8_t code) {
    constexpr std::array reasons{MqttReason::success,           MqttReason::unsupported_version,  MqttReason::client_id_refused,
                                 MqttReason::server_unavailable, MqttReason::bad_user_or_password, MqttReason::not_authorized};
    return code < reasons.size() ? std::optional(reasons[code]) : std::nullopt;
}

}  // namespace

std::string encode_connect(const MqttOptions& options) {
    const bool is_5 = options.version == MqttVersion::v5;
    std::string body;
    append_text(body, "MQTT");
    append_byte(body, is_5 ? version_5 : version_3_1_1);
    // Neither a clean session nor a will: what the broker keeps for us is the point.
    append_byte(body, (options.user.empty() ? 0U : 0x80U) | (options.password.empty() ? 0U : 0x40U));
    append_two_bytes(body, static_cast<std::uint16_t>(options.keep_alive.count()));
    if (is_5) {
        const std::string properties = connect_properties(options);
        append_length(body, static_cast<std::uint32_t>(properties.size()));
        body += properties;
    }
    append_text(body, options.client_id);
    if (!options.user.empty()) {
        append_text(body, options.user);
    }
    if (!options.password.empty()) {
        append_text(body, options.password);
    }
    return packet_of(0x10, body);
}

std::string encode_subscribe(const MqttOptions& options, std::uint16_t packet_id) {
    VIGIE_ASSERT(packet_id != 0);
    const bool is_5 = options.version == MqttVersion::v5;
    std::string body;
    append_two_bytes(body, packet_id);
    if (is_5) {
        append_length(body, 0);
    }
    for (const auto& filter : options.filters) {
        append_text(body, filter);
        append_byte(body, is_5 ? 0x11 : 0x01);  // QoS 1; retain handling 1 (3.8.3.1)
    }
    return packet_of(0x82, body);
}

void append_puback(std::string& out, MqttVersion version, std::uint16_t packet_id, MqttReason reason) {
    append_answer(out, 0x40, packet_id, version == MqttVersion::v5 ? reason : MqttReason::success);
}

void append_pubcomp(std::string& out, MqttVersion version, std::uint16_t packet_id, MqttReason reason) {
    append_answer(out, 0x70, packet_id, version == MqttVersion::v5 ? reason : MqttReason::success);
}

void append_pingreq(std::string& out) { out.append("\xC0\x00", 2); }

void append_disconnect(std::string& out, MqttVersion version, MqttReason reason) {
    const bool says_why = version == MqttVersion::v5 && reason != MqttReason::success;
    append_byte(out, 0xE0);
    append_byte(out, says_why ? 1 : 0);
    if (says_why) {
        append_byte(out, static_cast<unsigned>(reason));
    }
}

MqttRead<std::optional<MqttHeader>> read_header(std::string_view bytes, MqttVersion version) {
    if (bytes.empty()) {
        return std::nullopt;
    }
    const auto first = static_cast<std::uint8_t>(bytes[0]);
    if (const auto fault = check_first_byte(first, version)) {
        return tl::unexpected(*fault);
    }
    // As far as the length goes: its last byte has no high bit, and it has four at most.
    std::size_t end = 1;
    while (end < bytes.size() && end < 4 && static_cast<std::uint8_t>(bytes[end]) >= 0x80) {
        ++end;
    }
    if (end == bytes.size()) {
        return std::nullopt;
    }
    MqttBytes length(bytes.substr(1, end));
    const std::uint32_t body = length.length();
    if (length.is_bad()) {
        return malformed("longueur de paquet mal écrite");
    }
    return MqttHeader{static_cast<MqttPacketType>(first >> 4U), static_cast<std::uint8_t>(first & 0x0FU), end + 1, body};
}

MqttRead<MqttConnack> read_connack(std::string_view body, MqttVersion version) {
    MqttBytes bytes(body);
    const std::uint8_t flags = bytes.byte();
    const std::uint8_t code = bytes.byte();
    MqttConnack connack;
    connack.session_present = (flags & 1U) != 0;
    if (version == MqttVersion::v3_1_1) {
        const auto reason = reason_of_return_code(code);
        if (!reason) {
            return against_protocol("réponse à CONNECT inconnue");
        }
        connack.reason = *reason;
    } else {
        connack.reason = static_cast<MqttReason>(code);
        if (code != 0 && !is_refusal(connack.reason)) {
            return malformed("réponse à CONNECT inconnue");
        }
        MqttProperties properties;
        if (const auto fault = read_properties(bytes, MqttCarrier::connack, properties)) {
            return tl::unexpected(*fault);
        }
        connack.qos_max = properties.qos_max;
        connack.server_keep_alive_s = properties.server_keep_alive_s;
        connack.session_expiry_s = properties.session_expiry_s;
        connack.packet_bytes_max = properties.packet_bytes_max;
        connack.reason_text = properties.reason_text;
    }
    if (bytes.is_bad() || !bytes.at_end() || flags > 1) {
        return malformed("CONNACK mal formé");
    }
    if (connack.session_present && connack.reason != MqttReason::success) {
        return against_protocol("session annoncée avec un refus");
    }
    return connack;
}

MqttRead<MqttPublish> read_publish_start(std::string_view start, std::uint8_t flags) {
    MqttBytes bytes(start);
    MqttPublish publish;
    publish.duplicate = (flags & 8U) != 0;
    publish.retained = (flags & 1U) != 0;
    publish.topic = bytes.text();
    const unsigned qos = flags >> 1U & 3U;
    if (qos > 0) {
        publish.packet_id = bytes.two_bytes();
    }
    if (bytes.is_bad() || (qos > 0 && publish.packet_id == 0)) {
        return malformed("PUBLISH mal formé");
    }
    if (qos == 2) {
        return tl::unexpected(MqttFault{MqttReason::qos_not_supported, "message de qualité de service 2, jamais demandée"});
    }
    return publish;
}

MqttRead<MqttPublish> read_publish(std::string_view body, std::uint8_t flags, MqttVersion version) {
    auto publish = read_publish_start(body, flags);
    if (!publish) {
        return publish;
    }
    MqttBytes bytes(body);
    static_cast<void>(bytes.take(2 + publish->topic.size() + (publish->packet_id != 0 ? 2U : 0U)));
    if (version == MqttVersion::v5) {
        MqttProperties properties;
        if (const auto fault = read_properties(bytes, MqttCarrier::publish, properties)) {
            return tl::unexpected(*fault);
        }
        if (properties.topic_alias) {
            return tl::unexpected(MqttFault{MqttReason::topic_alias_invalid, "alias de sujet, jamais accepté"});
        }
        if (publish->topic.empty()) {
            return against_protocol("message sans sujet");
        }
    }
    if (!is_topic_name(publish->topic)) {
        return tl::unexpected(MqttFault{MqttReason::topic_name_invalid, "sujet vide ou à jokers"});
    }
    publish->payload = bytes.rest();
    return publish;
}

MqttRead<MqttSuback> read_suback(std::string_view body, MqttVersion version) {
    MqttBytes bytes(body);
    MqttSuback suback;
    suback.packet_id = bytes.two_bytes();
    if (version == MqttVersion::v5) {
        MqttProperties properties;
        if (const auto fault = read_properties(bytes, MqttCarrier::suback, properties)) {
            return tl::unexpected(*fault);
        }
    }
    if (bytes.is_bad() || suback.packet_id == 0 || bytes.at_end()) {
        return malformed("SUBACK mal formé");
    }
    if (bytes.rest().size() > mqtt_filters_max) {
        return against_protocol("plus de réponses que de filtres");
    }
    while (!bytes.at_end()) {
        const std::uint8_t code = bytes.byte();
        // 3.1.1 knows one refusal only (3.9.3).
        if ((code > 2 && code < 0x80) || (version == MqttVersion::v3_1_1 && code > 0x80)) {
            return malformed("réponse à SUBSCRIBE inconnue");
        }
        suback.reasons.push_back(static_cast<MqttReason>(code));
    }
    return suback;
}

MqttRead<std::uint16_t> read_pubrel(std::string_view body, MqttVersion version) {
    MqttBytes bytes(body);
    const std::uint16_t packet_id = bytes.two_bytes();
    if (version == MqttVersion::v5 && !bytes.at_end()) {
        static_cast<void>(bytes.byte());  // the reason
        MqttProperties properties;
        if (!bytes.at_end()) {
            if (const auto fault = read_properties(bytes, MqttCarrier::pubrel, properties)) {
                return tl::unexpected(*fault);
            }
        }
    }
    if (bytes.is_bad() || !bytes.at_end() || packet_id == 0) {
        return malformed("PUBREL mal formé");
    }
    return packet_id;
}

MqttRead<MqttGoodbye> read_disconnect(std::string_view body) {
    MqttBytes bytes(body);
    MqttGoodbye goodbye;
    if (!bytes.at_end()) {
        goodbye.reason = static_cast<MqttReason>(bytes.byte());
    }
    if (!bytes.at_end()) {
        MqttProperties properties;
        if (const auto fault = read_properties(bytes, MqttCarrier::disconnect, properties)) {
            return tl::unexpected(*fault);
        }
        goodbye.reason_text = properties.reason_text;
    }
    if (bytes.is_bad() || !bytes.at_end()) {
        return malformed("DISCONNECT mal formé");
    }
    return goodbye;
}

}  // namespace vigie::intake
