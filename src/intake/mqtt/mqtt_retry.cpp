#include "intake/mqtt/mqtt_retry.h"

#include <algorithm>
#include <cstdint>

namespace vigie::intake {

std::chrono::milliseconds retry_pause(const MqttOptions& options, unsigned failures, Random& random) {
    auto whole = options.retry_min;
    for (unsigned i = 0; i < failures && whole < options.retry_max; ++i) {
        whole *= 2;
    }
    whole = std::min(whole, options.retry_max);
    const auto half = static_cast<std::uint64_t>(whole.count()) / 2;
    return whole - std::chrono::milliseconds(random.below(half + 1));
}

}  // namespace vigie::intake
