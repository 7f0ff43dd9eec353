#pragma once

#include <cstddef>
#include <cstdint>
#include <string>

namespace vigie::intake {

/// What the broker delivered.
struct MqttMessage {
    std::string topic;
    std::string payload;
    bool redelivered = false;  ///< the broker says that it may have sent it before
    bool retained = false;     ///< kept by the broker from before we subscribed
};

/// Since the subscriber was made.
struct MqttCounts {
    std::uint64_t received = 0;      ///< messages delivered to the caller
    std::uint64_t acknowledged = 0;  ///< PUBACK sent for a kept message
    std::uint64_t redelivered = 0;   ///< PUBLISH flagged as sent before, delivered or already known
    std::uint64_t refused = 0;       ///< too large to be taken, or given a verdict of false
    std::uint64_t connections = 0;   ///< accepted by the broker
    std::size_t in_flight = 0;       ///< delivered, without verdict
};

}  // namespace vigie::intake
