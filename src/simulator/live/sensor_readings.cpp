#include "simulator/live/sensor_readings.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "base/assert.h"

namespace vigie::simulator {
namespace {

constexpr double event_share = 0.04;  // of the camera messages; the others are counts
constexpr double unfinished_share = 0.2;
constexpr double verified_share = 0.6;
constexpr double loud_share = 0.012;  // of the levels, by day; three times as many at night
constexpr std::chrono::days event_kept{30};

constexpr std::array<std::string_view, 8> event_kinds{
    "abandoned_object", "weapon",         "wrong_way",     "zone_intrusion",
    "person_down",      "crowd_movement", "crowd_density", "fire_start"};

/// What is measured when a rule fires. typical: a usual value; error: relative half-width of its
/// interval.
struct EventMeasure {
    double weight = 1.0;  ///< how often, against the others
    double threshold = 0.0;
    double typical = 0.0;
    double error = 0.0;
    std::string_view unit;
    std::string_view key;  ///< taxonomy key of the truth
    bool has_box = false;  ///< boxes for objects and zones only, never for persons
};

// In the order of event_kinds.
constexpr std::array<EventMeasure, 8> measures{{
    {2.0, 60.0, 95.0, 0.05, "s", "to_check", true},
    {0.3, 1.0, 1.0, 0.0, "object", "weapons", false},
    {3.0, 1.0, 1.0, 0.0, "vehicle", "traffic_offence", false},
    {3.0, 1.0, 2.0, 0.0, "presence", "to_check", false},
    {1.0, 10.0, 25.0, 0.1, "s", "medical_emergency", false},
    {1.0, 1.5, 2.1, 0.2, "m/s", "to_check", false},
    {4.0, 4.0, 4.8, 0.15, "person/m2", "nuisance_gathering", false},
    {0.6, 0.02, 0.05, 0.3, "share", "fire_other", true},
}};

/// Average levels by hour of the day, in dB(A) above the quietest: a plausible shape, measured
/// nowhere.
constexpr std::array<double, 24> louder_db{5,  3,  2, 1, 0,  1,  4,  8,  10, 10, 9, 9,
                                           10, 10, 9, 9, 10, 11, 12, 12, 11, 10, 9, 7};
constexpr double quietest_db = 49.0;

std::string utc_text(Instant at) {
    const auto day = std::chrono::floor<std::chrono::days>(at);
    const std::chrono::year_month_day date{day};
    const auto ms = (at - day).count();
    return fmt::format("{:04}-{:02}-{:02}T{:02}:{:02}:{:02}.{:03}Z", static_cast<int>(date.year()),
                       static_cast<unsigned>(date.month()), static_cast<unsigned>(date.day()),
                       ms / 3'600'000, ms / 60'000 % 60, ms / 1000 % 60, ms % 1000);
}

/// An identifier of RFC 9562, version 7: the moment, then random bits.
std::string uuid_v7(Instant at, Random& random) {
    const auto ms = static_cast<std::uint64_t>(at.time_since_epoch().count()) & 0xFFFFFFFFFFFFULL;
    const std::uint64_t high = random.next();
    const std::uint64_t low = random.next();
    return fmt::format("{:08x}-{:04x}-7{:03x}-{:04x}-{:012x}", ms >> 16, ms & 0xFFFF, high & 0xFFF,
                       0x8000 | ((high >> 16) & 0x3FFF), low & 0xFFFFFFFFFFFFULL);
}

std::size_t draw_event(Random& random) {
    std::vector<double> sums;
    sums.reserve(measures.size());
    for (const EventMeasure& measure : measures) {
        sums.push_back(measure.weight + (sums.empty() ? 0.0 : sums.back()));
    }
    return draw_index(sums, random);
}

/// The digest of a configuration that nobody wrote: 64 digits that never change.
std::string revision() {
    std::string digits;
    for (std::uint64_t i = 0; i < 4; ++i) {
        digits += fmt::format("{:016x}", mix64(i));
    }
    return digits;
}

/// What the JSON of a camera message is filled with.
struct CameraMessage {
    std::string id;
    std::string_view kind;
    std::string_view phase;
    std::string_view sensor;
    Instant start;
    Instant detected;
    std::string end;  ///< JSON: a text or null
    LonLat place;
    double value = 0.0;
    double low = 0.0;
    double high = 0.0;
    std::string_view unit;
    std::string threshold = "null";
    double confidence = 0.0;
    std::string_view stage = "verified";
    std::string box = "null";
};

std::string json_of(const CameraMessage& m, Random& random) {
    std::string out = fmt::format(
        R"({{"schema":"vigie.sensor-event/1","id":"{}","kind":"{}","phase":"{}",)"
        R"("source":{{"type":"video","sensor":"{}","worker":"d{}-w1","rule":"r-{}","zone":"z-1",)"
        R"("config_rev":"sha256:{}","model":null}},)",
        m.id, m.kind, m.phase, m.sensor, 1 + m.sensor.back() % 4, m.kind, revision());
    out += fmt::format(R"("time":{{"start":"{}","detected":"{}","end":{},"clock_offset_ms":{}}},)"
                       R"("place":{{"lat":{:.6f},"lon":{:.6f},"radius_m":25}},)",
                       utc_text(m.start), utc_text(m.detected), m.end, random.below(40),
                       m.place.lat_deg, m.place.lon_deg);
    out += fmt::format(
        R"("measure":{{"value":{:.2f},"low":{:.2f},"high":{:.2f},"unit":"{}","threshold":{}}},)"
        R"("confidence":{:.2f},"stage":"{}","evidence":{{"bbox_norm":{},"thumb":"none"}},)",
        m.value, m.low, m.high, m.unit, m.threshold, m.confidence, m.stage, m.box);
    out += fmt::format(R"("privacy":{{"identity":false,"track_exported":false,"expires":"{}"}},)"
                       R"("review":{{"status":"new","reason":null}}}})",
                       utc_text(m.detected + event_kept));
    return out;
}

void fill_count(CameraMessage& m, double character, int hour, Random& random) {
    m.kind = count_kind;
    m.phase = "end";
    m.start = m.detected - level_window;
    m.end = fmt::format("\"{}\"", utc_text(m.detected));
    const double busy = louder_db[static_cast<std::size_t>(hour)] / 12.0;
    m.value = static_cast<double>(random.poisson(4.0 + 60.0 * busy * std::exp(0.4 * character)));
    m.low = std::floor(m.value * 0.88);
    m.high = std::ceil(m.value * 1.12);
    m.unit = "person";
    m.confidence = 0.9;
}

std::size_t fill_event(CameraMessage& m, Random& random) {
    const std::size_t which = draw_event(random);
    const EventMeasure& measure = measures[which];
    m.kind = event_kinds[which];
    const bool ended = random.uniform() >= unfinished_share;
    m.phase = ended ? "end" : "start";
    m.start = m.detected - std::chrono::milliseconds(5'000 + random.below(90'000));
    m.end = ended ? fmt::format("\"{}\"", utc_text(m.detected)) : "null";
    m.value = std::max(measure.threshold, measure.typical * (1.0 + 0.2 * random.normal()));
    if (measure.error == 0.0) {
        m.value = std::round(m.value);  // a number of things
    }
    m.low = m.value * (1.0 - measure.error);
    m.high = m.value * (1.0 + measure.error);
    m.unit = measure.unit;
    m.threshold = fmt::format("{:.2f}", measure.threshold);
    m.confidence = 0.55 + 0.44 * random.uniform();
    m.stage = random.uniform() < verified_share ? "verified" : "candidate";
    if (measure.has_box) {
        m.box = fmt::format("[{:.2f},{:.2f},0.10,0.12]", 0.8 * random.uniform(),
                            0.8 * random.uniform());
    }
    return which;
}

}  // namespace

const std::array<std::string_view, 8>& video_event_kinds() {
    return event_kinds;
}

SensorReadings::SensorReadings(const World& world) : world_(&world) {
    // Its own numbers, so that sensors stay what they are whatever a stream asks for.
    Random random(mix64(world.ground.masts().size() + 0x73656e736f72));
    for (const Spot& mast : world.ground.masts()) {
        meters_.push_back({fmt::format("B{:02}", meters_.size() + 1), world.ground.lon_lat_of(mast),
                           random.normal()});
    }
    for (const Hotspot& hotspot : world.ground.hotspots()) {
        if (cameras_.size() < camera_count_max) {
            cameras_.push_back({fmt::format("cam-{:04}", cameras_.size() + 1),
                                world.ground.lon_lat_of(hotspot.centre), random.normal()});
        }
    }
}

LiveMessage SensorReadings::level(const ReadingRequest& request, Random& random) const {
    const Sensor& meter = meters_[request.number % meters_.size()];
    const Instant end = std::chrono::floor<std::chrono::seconds>(request.at);
    const int hour = hour_of_day(world_->calendar.local_hour_of(end));
    const bool night = hour >= 22 || hour < 6;
    double level_db = quietest_db + louder_db[static_cast<std::size_t>(hour)] +
                      1.5 * meter.character + 2.0 * random.normal();
    level_db = std::min(level_db, loud_level_db - 0.1);
    const bool loud = random.uniform() < (night ? 3.0 : 1.0) * loud_share;
    if (loud) {
        level_db = loud_level_db + 0.1 + std::min(20.0, random.exponential(3.0));
    }
    LiveMessage message;
    message.source = LiveSource::noise;
    message.name = fmt::format("vigie/v1/{}/{}/measure/laeq", live_site, meter.name);
    message.bytes = fmt::format(
        R"({{"id":"{}","t":{},"capteur":"{}","type":"LAEQ","niveau_db":{:.1f},"duree_min":{},"lon":{:.6f},"lat":{:.6f}}})",
        request.id, end.time_since_epoch().count() / 1000, meter.name, level_db,
        level_window.count(), meter.position.lon_deg, meter.position.lat_deg);
    LiveRecord truth;
    truth.id = request.id;
    truth.at = end;
    truth.position = meter.position;
    truth.category = !loud ? "" : night ? "noise_night" : "noise_peak";
    message.records.push_back(std::move(truth));
    return message;
}

LiveMessage SensorReadings::camera_event(const ReadingRequest& request, Random& random) const {
    const Sensor& camera = cameras_[request.number % cameras_.size()];
    CameraMessage content;
    content.id = uuid_v7(request.at, random);
    content.sensor = camera.name;
    content.detected = request.at;
    content.place = camera.position;
    LiveRecord truth;
    truth.id = content.id;
    truth.at = request.at;
    truth.position = camera.position;
    if (random.uniform() < event_share) {
        truth.category = measures[fill_event(content, random)].key;
    } else {
        const int hour = hour_of_day(world_->calendar.local_hour_of(request.at));
        fill_count(content, camera.character, hour, random);
    }
    LiveMessage message;
    message.source = LiveSource::camera;
    message.name = fmt::format("vigie/v1/{}/{}/event/{}", live_site, camera.name, content.kind);
    message.bytes = json_of(content, random);
    message.records.push_back(std::move(truth));
    return message;
}

void add_face_id(LiveMessage& message, Random& random) {
    const std::string value = fmt::format("f-{:016x}", random.next());
    const std::string field = fmt::format(R"("face_id":"{}",)", value);
    constexpr std::string_view before = R"("evidence":{)";
    const std::size_t place = message.bytes.find(before);
    VIGIE_ASSERT(place != std::string::npos);
    message.bytes.insert(place, field);
    message.records.front().planted.push_back({IdentifierKind::handle, value, value});
    message.fault = DeliveryFault::face_id;
}

}  // namespace vigie::simulator
