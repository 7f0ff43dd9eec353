// The reference data in force, read once and shared as a constant by every answer until it changes.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <unordered_map>
#include <vector>

#include "api/http_message.h"
#include "api/observatory.h"
#include "base/result.h"
#include "city/city.h"
#include "city/event/taxonomy.h"
#include "city/place/projection.h"
#include "city/time/local_calendar.h"

namespace vigie::api {

/// A text that does not change while the reference is in force, ready to be sent both ways.
struct ReadyText {
    std::shared_ptr<const std::string> plain;  // shared by the answers being sent
    std::shared_ptr<const std::string> gzip;   // shared likewise
    std::string etag;
};

/// Errors of making one leave the old one in force. Immutable once made; shared between threads.
struct Reference {
    City city;
    Taxonomy taxonomy;
    LocalCalendar calendar;
    GridPolynomial grid;
    std::unordered_map<std::string, ReadyText> boundaries;  ///< GeoJSON by layer key
    std::uint64_t generation = 0;                           ///< grows with every reload
};

/// Reads city and taxonomy, and derives the rest. Errors: not_found when the folder has no city
/// yet, and those of the stores.
[[nodiscard]] Result<std::shared_ptr<const Reference>> read_reference(ReferenceStore& store,
                                                                      std::uint64_t generation);

/// "2026-11-21T23:14:50+01:00": the city's clock with its offset.
[[nodiscard]] std::string clock_text(Instant at, const LocalCalendar& calendar);

/// "2026-11-21" for a midnight, else "2026-11-21T14": a local hour as the parameters take it.
[[nodiscard]] std::string local_hour_text(LocalHour hour);

/// "2026-11-21".
[[nodiscard]] std::string local_day_text(LocalDay day);

}  // namespace vigie::api
