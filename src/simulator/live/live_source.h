// The six sources that may be streamed live, and what is known of each before any message.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string_view>

namespace vigie::simulator {

enum class LiveSource : std::uint8_t { logbook, tickets, tows, fire, noise, camera };
inline constexpr std::size_t live_source_count = 6;

/// How the bytes of a source travel.
enum class LiveChannel : std::uint8_t { http, folder, mqtt };

struct LiveSourceFacts {
    LiveSource source = LiveSource::logbook;
    std::string_view key;         ///< of the manifest: part of the URL and of the folder's name
    std::string_view short_name;  ///< as an operator types it
    LiveChannel channel = LiveChannel::http;
    double steady_share = 0.0;  ///< of the records when a constant rate is asked for
};

[[nodiscard]] const std::array<LiveSourceFacts, live_source_count>& live_sources();
[[nodiscard]] const LiveSourceFacts& facts_of(LiveSource source);
/// By short name or by key; nothing for another word.
[[nodiscard]] std::optional<LiveSource> live_source_named(std::string_view name);
[[nodiscard]] std::string_view name_of(LiveChannel channel);

}  // namespace vigie::simulator
