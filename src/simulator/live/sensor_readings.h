// What noise meters and camera analysers publish over MQTT: docs/formats/live_sources.md. Levels
// are numbers only; camera messages are the contract vigie.sensor-event/1, without any field about
// a person.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "simulator/live/live_message.h"
#include "simulator/world.h"

namespace vigie::simulator {

inline constexpr std::string_view live_site = "marseille";
/// A meter publishes the level of so much time before the reading.
inline constexpr std::chrono::minutes level_window{15};
/// Above it a reading is loud enough to be a fact.
inline constexpr double loud_level_db = 75.0;
/// Cameras that analyse, at most; a demonstration needs a handful.
inline constexpr std::size_t camera_count_max = 16;

/// The eight events of the décret n° 2023-828, art. 3, and nothing else; counts are no event of a
/// person and come beside them.
[[nodiscard]] const std::array<std::string_view, 8>& video_event_kinds();
inline constexpr std::string_view count_kind = "count";

/// One reading of one sensor, asked for by its number: the n-th reading comes from sensor n modulo
/// their count.
struct ReadingRequest {
    std::uint64_t number = 0;
    Instant at;
    std::string id;
};

class SensorReadings {
  public:
    /// The world must outlive it.
    explicit SensorReadings(const World& world);

    [[nodiscard]] std::size_t meter_count() const { return meters_.size(); }
    [[nodiscard]] std::size_t camera_count() const { return cameras_.size(); }
    /// Topic, bytes and truth of a level. meter_count() > 0.
    [[nodiscard]] LiveMessage level(const ReadingRequest& request, Random& random) const;
    /// A count most of the time, now and then one of the eight events. camera_count() > 0.
    [[nodiscard]] LiveMessage camera_event(const ReadingRequest& request, Random& random) const;

  private:
    struct Sensor {
        std::string name;
        LonLat position;
        double character = 0.0;  ///< standard normal: how loud or how busy its place is
    };

    const World* world_;
    std::vector<Sensor> meters_;
    std::vector<Sensor> cameras_;
};

/// The same message with a field that depicts a person, whose value is listed as planted.
void add_face_id(LiveMessage& message, Random& random);

}  // namespace vigie::simulator
