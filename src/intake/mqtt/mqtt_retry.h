#pragma once

#include <chrono>

#include "base/random.h"
#include "intake/mqtt/mqtt_options.h"

namespace vigie::intake {

/// How long to wait before connecting again after `failures` connections in a row that came to nothing (0: the last one did
/// some good): retry_min doubled each time, at most retry_max, of which a random half is taken off so that a restarted
/// broker does not meet everybody at once.
[[nodiscard]] std::chrono::milliseconds retry_pause(const MqttOptions& options, unsigned failures, Random& random);

}  // namespace vigie::intake
