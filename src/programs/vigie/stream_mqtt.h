// Deliveries to an MQTT broker at QoS 1. The acknowledgement is the broker's.
#pragma once

#include <memory>
#include <string>

#include "base/result.h"
#include "programs/vigie/stream_book.h"
#include "programs/vigie/stream_transport.h"

namespace vigie::programs {

struct MqttStreamOptions {
    std::string host;
    int port = 1883;
    std::string client;    ///< identifier of the session, kept by the broker when the connection breaks
    std::string user;      ///< empty: none
    std::string password;
    std::string ca_file;   ///< certificate authority; empty: no TLS
};

/// "HOST:PORT" or "HOST". Errors: invalid_input.
[[nodiscard]] Status parse_mqtt_address(const std::string& address, MqttStreamOptions& options);

/// book and stop outlive it. Does not wait for the broker. Errors: unavailable when the library refuses the options.
[[nodiscard]] Result<std::unique_ptr<StreamTransport>> make_mqtt_transport(const MqttStreamOptions& options, StreamBook& book, StopSign& stop);

}  // namespace vigie::programs
