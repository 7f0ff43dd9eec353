// The packets a broker sends, written for the tests without the codec under test.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace vigie::intake::tests {

inline void put_two(std::string& out, std::size_t value) {
    out.push_back(static_cast<char>(value >> 8U & 0xFFU));
    out.push_back(static_cast<char>(value & 0xFFU));
}

inline std::string broker_packet(unsigned first, std::string_view body) {
    std::string packet(1, static_cast<char>(first));
    std::size_t left = body.size();
    do {
        const std::size_t digit = left % 128;
        left /= 128;
        packet.push_back(static_cast<char>(left > 0 ? digit + 128 : digit));
    } while (left > 0);
    return packet.append(body);
}

inline std::string connack(bool is_5, bool session_present = false, unsigned code = 0) {
    std::string body{static_cast<char>(session_present), static_cast<char>(code)};
    return broker_packet(0x20, is_5 ? body + '\0' : body);
}

inline std::string suback(bool is_5, std::string_view codes = "\x01") {
    std::string body("\0\1", 2);
    body += is_5 ? std::string(1, '\0') : std::string();
    return broker_packet(0x90, body.append(codes));
}

struct Sent {
    std::string_view topic = "t";
    std::string_view payload;
    std::uint16_t packet_id = 0;  ///< 0: QoS 0
    bool duplicate = false;
    bool retained = false;
};

inline std::string publish(bool is_5, const Sent& sent) {
    std::string body;
    put_two(body, sent.topic.size());
    body.append(sent.topic);
    if (sent.packet_id != 0) {
        put_two(body, sent.packet_id);
    }
    if (is_5) {
        body.push_back('\0');
    }
    body.append(sent.payload);
    const unsigned qos = sent.packet_id != 0 ? 2 : 0;
    return broker_packet(0x30U | qos | (sent.duplicate ? 8U : 0U) | (sent.retained ? 1U : 0U), body);
}

inline std::string puback(std::uint16_t packet_id) {
    std::string packet("\x40\x02", 2);
    put_two(packet, packet_id);
    return packet;
}

}  // namespace vigie::intake::tests
