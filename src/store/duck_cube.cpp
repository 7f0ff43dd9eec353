// The store and its cube: loading the rows the cube lacks, and making it again when its file is damaged.
#include <duckdb.h>
#include <fmt/format.h>

#include <bit>

#include "store/duck_event_store.h"

namespace vigie {
namespace {

// Rows turned into one run at a time: bounds the memory of a loading to about 60 MB.
constexpr std::size_t load_facts = 1'000'000;

constexpr const char* fact_columns = "local_hour, x, y, source, category, district, origin, time_precision, place_precision";

template <class T>
const T* column_data(duckdb_data_chunk chunk, idx_t column) {
    return static_cast<const T*>(duckdb_vector_get_data(duckdb_data_chunk_get_vector(chunk, column)));
}

void read_facts(duckdb_data_chunk chunk, std::vector<CubeFact>& facts) {
    const auto* hour = column_data<std::int32_t>(chunk, 0);
    const auto* x = column_data<std::int32_t>(chunk, 1);
    const auto* y = column_data<std::int32_t>(chunk, 2);
    const auto* source = column_data<std::uint16_t>(chunk, 3);
    const auto* category = column_data<std::uint16_t>(chunk, 4);
    const auto* district = column_data<std::uint16_t>(chunk, 5);
    const auto* origin = column_data<std::uint8_t>(chunk, 6);
    const auto* time_precision = column_data<std::uint8_t>(chunk, 7);
    const auto* place_precision = column_data<std::uint8_t>(chunk, 8);
    Event event;
    for (std::size_t row = 0; row < duckdb_data_chunk_get_size(chunk); ++row) {
        event.local_hour = LocalHour{hour[row]};
        event.point = PointM{x[row], y[row]};
        event.source = SourceId{source[row]};
        event.category = CategoryId{category[row]};
        event.district = DistrictId{district[row]};
        event.origin = static_cast<Origin>(origin[row]);
        event.time_precision = static_cast<TimePrecision>(time_precision[row]);
        event.place_precision = static_cast<PlacePrecision>(place_precision[row]);
        facts.push_back(cube_fact(event));
    }
}

}  // namespace

Status DuckEventStore::open_cube(DuckConnection& connection) {
    cube_ = std::make_unique<FactCube>(cube_path(), *nights_, options_.limits.threads);
    return bring_cube_up_to_date(connection);
}

/// The cube holds a state of these rows if the change it names is in the log with the same history, and nothing
/// was erased since; then only newer rows are read. Otherwise it is made again.
Status DuckEventStore::bring_cube_up_to_date(DuckConnection& connection) {
    cube_->discard();
    const auto stamp = cube_->stamp();
    if (stamp.seq > 0) {
        const auto valid = TRY(connection.numbers(fmt::format(
            "SELECT (count(*) FILTER (WHERE seq = {0} AND history = {1}) = 1 AND count(*) FILTER (WHERE seq > {0} AND kind = 1) = 0)::BIGINT "
            "FROM changes",
            stamp.seq, stamp.history)));
        if (valid.empty() || valid.front() != 1) {
            cube_->clear();
        }
    }
    return load_cube_rows(connection, cube_->stamp().seq);
}

Status DuckEventStore::load_cube_rows(DuckConnection& connection, std::uint64_t after_seq) {
    if (after_seq == head_.seq) {
        return {};
    }
    std::vector<CubeFact> facts;
    auto read = connection.stream(fmt::format("SELECT {} FROM events WHERE seq > {}", fact_columns, after_seq), [&](duckdb_data_chunk chunk) {
        read_facts(chunk, facts);
        if (facts.size() >= load_facts) {
            cube_->add(facts);
            facts.clear();
        }
        return true;
    });
    if (!read) {
        cube_->discard();
        return read;
    }
    cube_->add(facts);
    cube_->publish({head_.seq, head_.history});
    return {};
}

Result<std::optional<Table>> DuckEventStore::aggregate_in_cube(const EventFilter& filter, const GroupBy& group) {
    auto table = cube_->answer(filter, group);
    if (table || table.error().code != ErrorCode::corrupt) {
        return table;
    }
    const std::lock_guard writing(write_mutex_);
    table = cube_->answer(filter, group);
    if (!table && table.error().code == ErrorCode::corrupt) {  // nobody else has made it again meanwhile
        auto connection = TRY(database_->lend());
        cube_->clear();
        TRY(load_cube_rows(connection, 0));
        table = cube_->answer(filter, group);
    }
    return table;
}

}  // namespace vigie
