// One delivery of a live source: the bytes a service would send, and the truth about each record in
// them, which never travels.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "city/place/lon_lat.h"
#include "city/time/instant.h"
#include "simulator/live/live_source.h"
#include "simulator/live/planted_identifier.h"
#include "simulator/records.h"

namespace vigie::simulator {

/// What is wrong with a whole delivery on purpose, so that the door has something to refuse.
enum class DeliveryFault : std::uint8_t {
    none,
    face_id,     ///< a camera message with a field that depicts a person
    new_column,  ///< a file of tickets with a column that nobody announced, `nom`
};

/// The truth about one record.
struct LiveRecord {
    std::string id;  ///< as written; unique over all streams, the same at each delivery
    Instant at;      ///< as written, rounded to what the source knows
    LonLat position;
    std::string_view category;  ///< taxonomy key; empty for a measure that is no fact
    bool category_in_text_only = false;
    bool is_late = false;       ///< written long after the fact
    Fault fault = Fault::none;  ///< of this record alone
    std::vector<PlantedIdentifier> planted;
};

struct LiveMessage {
    LiveSource source = LiveSource::logbook;
    std::string_view content_type;  ///< of an HTTP body; empty on other channels
    std::string name;               ///< MQTT topic or file name; empty over HTTP
    std::string key;                ///< Idempotency-Key; a delivery repeated as it was keeps it
    std::string bytes;
    std::vector<LiveRecord> records;  ///< in the order of the bytes
    DeliveryFault fault = DeliveryFault::none;
    bool is_repeat = false;  ///< delivered before
};

}  // namespace vigie::simulator
