// Questions. The planner is short: the fact cube answers everything it can; what it can not (more kinds of
// fact than its dictionary holds, a key space past its bound, a damaged file) is counted from the rows.
#include <duckdb.h>
#include <fmt/format.h>

#include <algorithm>

#include "store/duck_event_store.h"
#include "store/event_question.h"
#include "store/event_sql.h"

namespace vigie {
namespace {

std::string aggregate_sql(const EventFilter& filter, const GroupBy& group) {
    std::string keys;
    std::string numbers;
    for (std::size_t i = 0; i < group.dimensions.size(); ++i) {
        keys += fmt::format("{} AS k{}, ", key_sql(group.dimensions[i], group.cell_m), i);
        numbers += fmt::format("{}k{}", i > 0 ? ", " : "", i);
    }
    const auto where = where_sql(filter, leaves_out_day_facts(filter, group));
    if (group.dimensions.empty()) {
        return fmt::format("SELECT count(*)::BIGINT FROM events WHERE {} HAVING count(*) > 0", where);
    }
    return fmt::format("SELECT {}count(*)::BIGINT FROM events WHERE {} GROUP BY {} ORDER BY {} LIMIT {}", keys, where, numbers, numbers,
                       table_rows_max + 1);
}

}  // namespace

Result<Table> DuckEventStore::aggregate(const EventFilter& filter, const GroupBy& group) {
    TRY(check_filter(filter, nights_->knows_daylight()));
    TRY(check_group(group));
    if (cube_) {
        if (auto table = TRY(aggregate_in_cube(filter, group))) {
            return std::move(*table);
        }
    }
    return aggregate_rows(filter, group);
}

Result<Table> DuckEventStore::aggregate_rows(const EventFilter& filter, const GroupBy& group) {
    auto connection = TRY(database_->lend());
    Table table;
    table.dimensions = group.dimensions.size();
    TRY(connection.stream(aggregate_sql(filter, group), [&table](duckdb_data_chunk chunk) {
        const std::size_t rows = duckdb_data_chunk_get_size(chunk);
        std::vector<const std::int64_t*> columns;
        for (idx_t i = 0; i <= table.dimensions; ++i) {
            columns.push_back(static_cast<const std::int64_t*>(duckdb_vector_get_data(duckdb_data_chunk_get_vector(chunk, i))));
        }
        for (std::size_t row = 0; row < rows; ++row) {
            for (std::size_t i = 0; i < table.dimensions; ++i) {
                table.keys.push_back(columns[i][row]);
            }
            table.counts.push_back(static_cast<std::uint64_t>(columns[table.dimensions][row]));
        }
        return true;
    }));
    if (table.rows() > table_rows_max) {
        return tl::unexpected<Error>(too_many_rows());
    }
    return table;
}

Result<std::vector<CellCount>> DuckEventStore::top_cells(const EventFilter& filter, std::int32_t cell_m, std::size_t k) {
    EventFilter placed = filter;
    placed.placed_only = true;
    const auto table = TRY(aggregate(placed, GroupBy{.dimensions = {Dimension::cell}, .cell_m = cell_m}));
    std::vector<CellCount> cells;
    cells.reserve(table.rows());
    for (std::size_t row = 0; row < table.rows(); ++row) {
        cells.push_back(CellCount{unpack_cell(table.key(row, 0)), table.counts[row]});
    }
    const auto kept = static_cast<std::ptrdiff_t>(std::min(k, cells.size()));
    std::ranges::partial_sort(cells, cells.begin() + kept, [](const CellCount& a, const CellCount& b) {
        return a.count != b.count ? a.count > b.count : a.cell < b.cell;
    });
    cells.resize(static_cast<std::size_t>(kept));
    return cells;
}

}  // namespace vigie
