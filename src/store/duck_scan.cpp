// Reading rows as events, streamed in bounded memory.
#include <duckdb.h>
#include <fmt/format.h>

#include "store/duck_event_store.h"
#include "store/event_question.h"
#include "store/event_sql.h"

namespace vigie {
namespace {

constexpr const char* event_columns =
    "id, t, local_hour, x, y, lon_e7, lat_e7, source, category, district, flags, origin, severity, time_precision, place_precision";

template <class T>
const T* column_data(duckdb_data_chunk chunk, idx_t column) {
    return static_cast<const T*>(duckdb_vector_get_data(duckdb_data_chunk_get_vector(chunk, column)));
}

void read_events(duckdb_data_chunk chunk, std::vector<Event>& events) {
    const std::size_t rows = duckdb_data_chunk_get_size(chunk);
    events.resize(rows);
    const auto fill = [&]<class T>(idx_t column, T, auto assign) {
        const T* values = column_data<T>(chunk, column);
        for (std::size_t row = 0; row < rows; ++row) {
            assign(events[row], values[row]);
        }
    };
    fill(0, std::uint64_t{}, [](Event& e, auto v) { e.id = EventId{v}; });
    fill(1, std::int64_t{}, [](Event& e, auto v) { e.at = Instant{std::chrono::milliseconds{v}}; });
    fill(2, std::int32_t{}, [](Event& e, auto v) { e.local_hour = LocalHour{v}; });
    fill(3, std::int32_t{}, [](Event& e, auto v) { e.point.x_m = v; });
    fill(4, std::int32_t{}, [](Event& e, auto v) { e.point.y_m = v; });
    fill(5, std::int32_t{}, [](Event& e, auto v) { e.lon_e7 = v; });
    fill(6, std::int32_t{}, [](Event& e, auto v) { e.lat_e7 = v; });
    fill(7, std::uint16_t{}, [](Event& e, auto v) { e.source = SourceId{v}; });
    fill(8, std::uint16_t{}, [](Event& e, auto v) { e.category = CategoryId{v}; });
    fill(9, std::uint16_t{}, [](Event& e, auto v) { e.district = DistrictId{v}; });
    fill(10, std::uint16_t{}, [](Event& e, auto v) { e.flags = v; });
    fill(11, std::uint8_t{}, [](Event& e, auto v) { e.origin = static_cast<Origin>(v); });
    fill(12, std::uint8_t{}, [](Event& e, auto v) { e.severity = Severity{v}; });
    fill(13, std::uint8_t{}, [](Event& e, auto v) { e.time_precision = static_cast<TimePrecision>(v); });
    fill(14, std::uint8_t{}, [](Event& e, auto v) { e.place_precision = static_cast<PlacePrecision>(v); });
}

}  // namespace

Status DuckEventStore::scan(const EventFilter& filter, const std::function<bool(std::span<const Event>)>& sink) {
    TRY(check_filter(filter, nights_->knows_daylight()));
    auto connection = TRY(database_->lend());
    std::vector<Event> events;
    return connection.stream(fmt::format("SELECT {} FROM events WHERE {} ORDER BY t, id", event_columns,
                                         where_sql(filter, leaves_out_day_facts(filter, {}))),
                             [&](duckdb_data_chunk chunk) {
                                 read_events(chunk, events);
                                 return sink(events);
                             });
}

Status DuckEventStore::scan_ids(const std::function<void(std::span<const EventId>)>& sink) {
    auto connection = TRY(database_->lend());
    std::vector<EventId> ids;
    return connection.stream("SELECT id FROM events", [&](duckdb_data_chunk chunk) {
        const auto* values = column_data<std::uint64_t>(chunk, 0);
        ids.clear();
        for (std::size_t row = 0; row < duckdb_data_chunk_get_size(chunk); ++row) {
            ids.emplace_back(values[row]);
        }
        sink(ids);
        return true;
    });
}

}  // namespace vigie
