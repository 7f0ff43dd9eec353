// The packets of MQTT 3.1.1 and 5 as bytes: those a subscriber sends, and those a broker sends to it. Pure: no socket,
// no memory of what went before (mqtt_session.h has it).
//
//     | type 4 bits, flags 4 bits | length of the rest, 1 to 4 bytes | rest |
//
// Sources: OASIS MQTT Version 3.1.1 (2014) and Version 5.0 (2019), chapters 2 and 3. Section numbers are those of 5.0.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <tl/expected.hpp>
#include <vector>

#include "intake/mqtt/mqtt_options.h"
#include "intake/mqtt/mqtt_properties.h"
#include "intake/mqtt/mqtt_reason.h"

namespace vigie::intake {

/// What a PUBLISH may weigh besides its payload: a topic of 64 KiB, and as much again of properties.
inline constexpr std::size_t mqtt_publish_overhead_max = std::size_t{128} << 10;
/// Longest packet of a broker that is no PUBLISH: a reason of 64 KiB and user properties.
inline constexpr std::size_t mqtt_answer_bytes_max = std::size_t{128} << 10;

enum class MqttPacketType : std::uint8_t {
    connect = 1, connack, publish, puback, pubrec, pubrel, pubcomp, subscribe, suback, unsubscribe, unsuback, pingreq, pingresp, disconnect, auth
};

template <class T>
using MqttRead = tl::expected<T, MqttFault>;

// --- what we send ---------------------------------------------------------------------------------------------------

/// A session that is never cleaned: the broker keeps what it has for us. options: checked by check_mqtt_options.
[[nodiscard]] std::string encode_connect(const MqttOptions& options);
/// Asks for every filter at QoS 1 (version 5: retained messages only where the subscription is new).
[[nodiscard]] std::string encode_subscribe(const MqttOptions& options, std::uint16_t packet_id);
/// `reason` is said in version 5 only.
void append_puback(std::string& out, MqttVersion version, std::uint16_t packet_id, MqttReason reason);
void append_pubcomp(std::string& out, MqttVersion version, std::uint16_t packet_id, MqttReason reason);
void append_pingreq(std::string& out);
/// `reason` is said in version 5 only.
void append_disconnect(std::string& out, MqttVersion version, MqttReason reason);

// --- what we receive ------------------------------------------------------------------------------------------------

struct MqttHeader {
    MqttPacketType type = MqttPacketType::connect;
    std::uint8_t flags = 0;
    std::size_t header_bytes = 0;  ///< of the header itself
    std::size_t body_bytes = 0;    ///< of what follows
};

/// The header that `bytes` begin with; nothing while more bytes are needed. Refuses at the first byte that no broker may send.
[[nodiscard]] MqttRead<std::optional<MqttHeader>> read_header(std::string_view bytes, MqttVersion version);

struct MqttConnack {
    bool session_present = false;
    MqttReason reason = MqttReason::success;  ///< of 3.1.1 too, in the codes of 5
    std::uint8_t qos_max = 2;
    std::optional<std::uint16_t> server_keep_alive_s;
    std::optional<std::uint32_t> session_expiry_s;
    std::optional<std::uint32_t> packet_bytes_max;
    std::string_view reason_text;
};

struct MqttPublish {
    std::string_view topic;
    std::string_view payload;
    std::uint16_t packet_id = 0;  ///< 0: QoS 0
    bool duplicate = false;
    bool retained = false;
};

struct MqttSuback {
    std::uint16_t packet_id = 0;
    std::vector<MqttReason> reasons;  ///< one a filter, at most mqtt_filters_max
};

struct MqttGoodbye {
    MqttReason reason = MqttReason::success;
    std::string_view reason_text;
};

// body: what follows the header, whole. The views of the answers point into it.
[[nodiscard]] MqttRead<MqttConnack> read_connack(std::string_view body, MqttVersion version);
/// flags: of the header. QoS 2 is refused: it is never asked for.
[[nodiscard]] MqttRead<MqttPublish> read_publish(std::string_view body, std::uint8_t flags, MqttVersion version);
/// Only the topic's length, the topic and the packet identifier, of the body of a PUBLISH too large to be held: the first
/// `mqtt_publish_start_bytes_max` bytes of it, or all. payload is empty.
[[nodiscard]] MqttRead<MqttPublish> read_publish_start(std::string_view start, std::uint8_t flags);
inline constexpr std::size_t mqtt_publish_start_bytes_max = 2 + 65'535 + 2;
[[nodiscard]] MqttRead<MqttSuback> read_suback(std::string_view body, MqttVersion version);
/// The packet identifier.
[[nodiscard]] MqttRead<std::uint16_t> read_pubrel(std::string_view body, MqttVersion version);
/// Version 5 only.
[[nodiscard]] MqttRead<MqttGoodbye> read_disconnect(std::string_view body);

}  // namespace vigie::intake
