// Why one side of an MQTT connection refuses: the codes of version 5, into which those of 3.1.1 are read.
#pragma once

#include <cstdint>
#include <string_view>

namespace vigie::intake {

/// Those we send or act upon; any other byte of the standard's table is a valid value too.   Source: MQTT 5.0, table 2-6.
enum class MqttReason : std::uint8_t {
    success = 0x00,  ///< also a normal goodbye, and a grant of QoS 0
    granted_qos_1 = 0x01,
    granted_qos_2 = 0x02,
    unspecified = 0x80,
    malformed_packet = 0x81,
    protocol_error = 0x82,
    unsupported_version = 0x84,
    client_id_refused = 0x85,
    bad_user_or_password = 0x86,
    not_authorized = 0x87,
    server_unavailable = 0x88,
    keep_alive_timeout = 0x8D,
    session_taken_over = 0x8E,
    topic_name_invalid = 0x90,
    packet_id_unknown = 0x92,
    topic_alias_invalid = 0x94,
    packet_too_large = 0x95,
    quota_exceeded = 0x97,
    qos_not_supported = 0x9B,
};

[[nodiscard]] constexpr bool is_refusal(MqttReason reason) { return static_cast<std::uint8_t>(reason) >= 0x80; }

/// In French, for whoever runs the observatory; a code that is not in the table has a sentence too.
[[nodiscard]] std::string_view mqtt_reason_text(MqttReason reason);

}  // namespace vigie::intake
