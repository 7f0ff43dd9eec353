#include "store/event_question.h"

#include <fmt/format.h>

#include <algorithm>

namespace vigie {
namespace {

constexpr std::int32_t reach_m = 20'000'000;  // valid range of PointM

bool on_grid(PointM p) { return p.x_m % finest_cell_m == 0 && p.y_m % finest_cell_m == 0; }

bool in_reach(PointM p) {
    return p.x_m >= -reach_m && p.x_m <= reach_m && p.y_m >= -reach_m && p.y_m <= reach_m;
}

}  // namespace

Status check_filter(const EventFilter& filter, bool knows_daylight) {
    if (filter.box) {
        if (!on_grid(filter.box->min) || !on_grid(filter.box->max)) {
            return fail(ErrorCode::invalid_input,
                        fmt::format("emprise : les bords doivent être des multiples de {} m", finest_cell_m));
        }
        if (!in_reach(filter.box->min) || !in_reach(filter.box->max) ||
            filter.box->min.x_m > filter.box->max.x_m || filter.box->min.y_m > filter.box->max.y_m) {
            return fail(ErrorCode::invalid_input, "emprise : le coin minimal doit précéder le coin maximal, à ±20 000 km au plus");
        }
    }
    if (filter.daylight != Daylight::any && !knows_daylight) {
        return fail(ErrorCode::invalid_input, "filtre jour/nuit : le fuseau horaire de la ville n'est pas connu");
    }
    return {};
}

Status check_cell_size(std::int32_t cell_m) {
    if (cell_m < finest_cell_m || cell_m > coarsest_cell_m || cell_m % finest_cell_m != 0) {
        return fail(ErrorCode::invalid_input, fmt::format("taille de maille : {} m reçus, un multiple de {} m attendu, {} m au plus",
                                                          cell_m, finest_cell_m, coarsest_cell_m));
    }
    return {};
}

Status check_group(const GroupBy& group) {
    const auto& asked = group.dimensions;
    if (asked.size() > 3) {
        return fail(ErrorCode::invalid_input, fmt::format("regroupement : {} dimensions reçues, 3 au plus", asked.size()));
    }
    for (std::size_t i = 0; i < asked.size(); ++i) {
        if (asked[i] > Dimension::place_precision || std::count(asked.begin(), asked.end(), asked[i]) > 1) {
            return fail(ErrorCode::invalid_input, "regroupement : dimension inconnue ou nommée deux fois");
        }
    }
    return check_cell_size(group.cell_m);
}

Status check_event(const Event& event) {
    if (event.local_hour < first_local_hour || event.local_hour >= last_local_hour) {
        return fail(ErrorCode::invalid_input, "fait refusé : heure locale hors de 1950-2068");
    }
    if (event.origin > Origin::sensor || event.time_precision > TimePrecision::day ||
        event.place_precision > PlacePrecision::none) {
        return fail(ErrorCode::invalid_input, "fait refusé : origine ou précision inconnue");
    }
    if (is_placed(event.place_precision) && !in_reach(event.point)) {
        return fail(ErrorCode::invalid_input, "fait refusé : coordonnées hors de ±20 000 km");
    }
    return {};
}

bool leaves_out_day_facts(const EventFilter& filter, const GroupBy& group) {
    const auto asks = [&group](Dimension d) { return std::find(group.dimensions.begin(), group.dimensions.end(), d) != group.dimensions.end(); };
    const bool by_hour = asks(Dimension::hour) || asks(Dimension::hour_of_week);
    return filter.asks_hour() || (by_hour && !asks(Dimension::time_precision));
}

HourRange asked_hours(const EventFilter& filter) {
    return HourRange{std::max(filter.hours.begin, first_local_hour), std::min(filter.hours.end, last_local_hour)};
}

Error too_many_rows() {
    return Error{ErrorCode::invalid_input,
                 fmt::format("réponse de plus de {} lignes : demandez des mailles plus grandes ou une période plus courte",
                             table_rows_max)};
}

}  // namespace vigie
