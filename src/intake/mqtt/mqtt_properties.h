// The properties that a broker may add to its packets (MQTT 5). Every one is checked as the standard says; only those
// that change what we do are kept.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

#include "intake/mqtt/mqtt_bytes.h"
#include "intake/mqtt/mqtt_reason.h"

namespace vigie::intake {

/// What is wrong with the bytes received: the code to say to the broker, and a French sentence for us.
struct MqttFault {
    MqttReason reason = MqttReason::malformed_packet;
    std::string_view what;
};

/// The packets of a broker that carry properties; each is a bit.
enum class MqttCarrier : std::uint8_t { connack = 1, publish = 2, pubrel = 4, suback = 8, disconnect = 16 };

struct MqttProperties {
    std::optional<std::uint32_t> session_expiry_s;
    std::optional<std::uint16_t> server_keep_alive_s;
    std::optional<std::uint16_t> topic_alias;
    std::optional<std::uint32_t> packet_bytes_max;
    std::uint8_t qos_max = 2;
    std::string_view reason_text;  ///< what the broker says in its own words; points into the packet
};

/// Reads the length and the properties that `bytes` begin with. Nothing, or what is wrong with them.
/// Source: MQTT 5.0, 2.2.2, table 2-4, and the sections of each packet.
[[nodiscard]] std::optional<MqttFault> read_properties(MqttBytes& bytes, MqttCarrier carrier, MqttProperties& properties);

}  // namespace vigie::intake
