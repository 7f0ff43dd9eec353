#include "store/event_sql.h"

#include <fmt/format.h>

#include <iterator>

#include "store/event_question.h"

namespace vigie {
namespace {

// SQL's integer division truncates towards zero. Adding a multiple of the divisor that makes every valid
// dividend positive, and taking the quotient of it away, turns truncation into the floor that C++ computes.
constexpr std::int64_t days_lift = 100'000;
constexpr std::int64_t cells_lift = 1'000'000;

std::string day_sql() { return fmt::format("((local_hour + {}) // 24 - {})", days_lift * 24, days_lift); }
std::string hour_of_day_sql() { return fmt::format("((local_hour + {}) % 24)", days_lift * 24); }
std::string weekday_sql() { return fmt::format("(({} + {}) % 7)", day_sql(), 3 + 7 * days_lift); }

std::string cell_axis_sql(std::string_view axis, std::int32_t cell_m) {
    return fmt::format("(({}::BIGINT + {}) // {} - {})", axis, cells_lift * cell_m, cell_m, cells_lift);
}

template <class Numbers>
std::string in_sql(std::string_view column, const Numbers& numbers) {
    std::string text = fmt::format(" AND {} IN (", column);
    for (std::size_t i = 0; i < numbers.size(); ++i) {
        if (i > 0) {
            text += ',';
        }
        if constexpr (requires { numbers[i].raw(); }) {
            text += std::to_string(numbers[i].raw());
        } else {
            text += std::to_string(static_cast<unsigned>(numbers[i]));
        }
    }
    return text + ")";
}

void add_time_sql(std::string& text, const EventFilter& filter) {
    if ((filter.weekdays & 0x7f) != 0x7f) {
        text += fmt::format(" AND (({} >> {}) & 1) = 1", filter.weekdays & 0x7f, weekday_sql());
    }
    if (filter.hours_of_day != 0xffffff) {
        text += fmt::format(" AND (({} >> {}) & 1) = 1", filter.hours_of_day & 0xffffffU, hour_of_day_sql());
    }
    if (filter.daylight != Daylight::any) {
        text += filter.daylight == Daylight::night ? " AND night = 1" : " AND night = 0";
    }
}

}  // namespace

std::string where_sql(const EventFilter& filter, bool leave_out_day_facts) {
    const auto hours = asked_hours(filter);
    auto text = fmt::format("local_hour >= {} AND local_hour < {}", hours.begin.raw(), hours.end.raw());
    if (!filter.sources.empty()) {
        text += in_sql("source", filter.sources);
    }
    if (!filter.categories.empty()) {
        text += in_sql("category", filter.categories);
    }
    if (!filter.origins.empty()) {
        text += in_sql("origin", filter.origins);
    }
    if (!filter.districts.empty()) {
        text += in_sql("district", filter.districts);
    }
    add_time_sql(text, filter);
    if (filter.box || filter.placed_only) {
        text += " AND place_precision <= 1";
    }
    if (filter.box) {
        text += fmt::format(" AND x >= {} AND x < {} AND y >= {} AND y < {}", filter.box->min.x_m, filter.box->max.x_m,
                            filter.box->min.y_m, filter.box->max.y_m);
    }
    if (leave_out_day_facts) {
        text += " AND time_precision < 2";
    }
    return text;
}

std::string key_sql(Dimension dimension, std::int32_t cell_m) {
    switch (dimension) {
        case Dimension::cell:
            // INT64_MIN can not be written as one literal.
            return fmt::format("CASE WHEN place_precision <= 1 THEN {} * 4294967296 + ({} & 4294967295) "
                               "ELSE (-9223372036854775807 - 1) END",
                               cell_axis_sql("x", cell_m), cell_axis_sql("y", cell_m));
        case Dimension::district: return "district::BIGINT";
        case Dimension::source: return "source::BIGINT";
        case Dimension::category: return "category::BIGINT";
        case Dimension::origin: return "origin::BIGINT";
        case Dimension::hour: return "local_hour::BIGINT";
        case Dimension::day: return day_sql() + "::BIGINT";
        case Dimension::week: return fmt::format("(({} + {}) // 7 - {})::BIGINT", day_sql(), 3 + 7 * days_lift, days_lift);
        case Dimension::month:
            return fmt::format("((year(DATE '1970-01-01' + {0}) - 1970) * 12 + month(DATE '1970-01-01' + {0}) - 1)::BIGINT",
                               day_sql() + "::INTEGER");
        case Dimension::hour_of_week: return fmt::format("({} * 24 + {})::BIGINT", weekday_sql(), hour_of_day_sql());
        case Dimension::time_precision: return "time_precision::BIGINT";
        case Dimension::place_precision: return "place_precision::BIGINT";
    }
    return "0::BIGINT";
}

std::string quoted_sql(const std::string& text) {
    std::string quoted = "'";
    for (const char c : text) {
        quoted += c;
        if (c == '\'') {
            quoted += c;
        }
    }
    return quoted + "'";
}

}  // namespace vigie
