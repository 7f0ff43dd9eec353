// A stream over the plain city and what it delivers in a stretch of time, for the tests of the live
// sources.
#pragma once

#include <vector>

#include "simulator/live/live_stream.h"

namespace vigie::simulator {

/// 2026-03-10T08:00Z, a Tuesday morning.
inline constexpr Instant tuesday_morning{std::chrono::milliseconds{1'773'129'600'000}};

/// The plain city, seed 7, from that Tuesday.
[[nodiscard]] LiveOptions usual_stream();
/// Everything that is due from the beginning to so long after it, asked for every `tick`.
[[nodiscard]] std::vector<LiveMessage> flow(
    const LiveOptions& options, std::chrono::milliseconds length,
    std::chrono::milliseconds tick = std::chrono::seconds(1));

}  // namespace vigie::simulator
