#include "simulator/live/live_source.h"

#include <algorithm>

namespace vigie::simulator {
namespace {

constexpr std::array<LiveSourceFacts, live_source_count> sources{{
    {LiveSource::logbook, "marseille_police_logbook", "logbook", LiveChannel::http, 0.25},
    {LiveSource::tickets, "marseille_tickets", "tickets", LiveChannel::folder, 0.15},
    {LiveSource::tows, "marseille_tows", "tows", LiveChannel::http, 0.05},
    {LiveSource::fire, "marseille_fire_interventions", "fire", LiveChannel::http, 0.15},
    {LiveSource::noise, "marseille_noise_alerts", "noise", LiveChannel::mqtt, 0.20},
    {LiveSource::camera, "marseille_camera_events", "camera", LiveChannel::mqtt, 0.20},
}};

}  // namespace

const std::array<LiveSourceFacts, live_source_count>& live_sources() {
    return sources;
}

const LiveSourceFacts& facts_of(LiveSource source) {
    return sources[static_cast<std::size_t>(source)];
}

std::optional<LiveSource> live_source_named(std::string_view name) {
    const auto found = std::find_if(sources.begin(), sources.end(), [name](const auto& facts) {
        return facts.short_name == name || facts.key == name;
    });
    return found == sources.end() ? std::nullopt : std::optional<LiveSource>(found->source);
}

std::string_view name_of(LiveChannel channel) {
    switch (channel) {
        case LiveChannel::http:
            return "http";
        case LiveChannel::folder:
            return "folder";
        case LiveChannel::mqtt:
            return "mqtt";
    }
    return {};
}

}  // namespace vigie::simulator
