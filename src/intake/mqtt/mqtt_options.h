// What the configuration says of one subscription to an MQTT broker.
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "base/result.h"

namespace vigie::intake {

/// The byte by which CONNECT names its version.
enum class MqttVersion : std::uint8_t { v3_1_1 = 4, v5 = 5 };

// Bounds. A city names a few topics a source; a client identifier of 23 characters is what every broker takes, 128 what all known ones do.
inline constexpr std::size_t mqtt_filters_max = 64;
inline constexpr std::size_t mqtt_client_id_bytes_max = 128;
inline constexpr std::size_t mqtt_message_bytes_max = std::size_t{64} << 20;
/// Below this a slow line looks dead; above it a dead one goes unnoticed.
inline constexpr std::chrono::seconds mqtt_keep_alive_min{1};
inline constexpr std::chrono::seconds mqtt_keep_alive_max{3'600};

struct MqttOptions {
    std::string host;  ///< a name, or an IP address
    std::uint16_t port = 1883;
    bool tls = false;
    std::string ca_file;      ///< PEM: who may have signed the broker's certificate; empty: those the system trusts
    std::string certificate;  ///< PEM: ours, when the broker asks for one; both or none
    std::string key;
    std::string client_id;  ///< names the session that the broker keeps: never two subscribers with the same one
    std::string user;       ///< empty: none
    std::string password;
    MqttVersion version = MqttVersion::v5;
    std::vector<std::string> filters;
    std::uint16_t window = 512;  ///< most messages taken and not yet on disk
    std::chrono::seconds keep_alive{30};
    std::uint32_t session_expiry_s = 7 * 24 * 3600;  ///< MQTT 5: how long the broker keeps messages for us while we are away
    std::size_t message_bytes_max = std::size_t{1} << 20;
    std::chrono::milliseconds retry_min{500};  ///< first pause before connecting again; doubles up to retry_max
    std::chrono::milliseconds retry_max{30'000};
    std::uint64_t seed = 1;  ///< of the pauses' jitter: subscribers with different seeds do not come back all at once
};

/// Errors: invalid_input, in French: which option, what was expected.
[[nodiscard]] Status check_mqtt_options(const MqttOptions& options);

}  // namespace vigie::intake
