// Is a question to the event store well-formed, and which facts does it leave out by the rules of the seam?
// Shared by the fast path and the raw one, so that both refuse and leave out the same.
#pragma once

#include "base/result.h"
#include "store/event_store.h"

namespace vigie {

/// Errors: invalid_input for a box off the finest grid or turned over, or a daylight filter where no zone is known.
[[nodiscard]] Status check_filter(const EventFilter& filter, bool knows_daylight);

/// Errors: invalid_input for more than three dimensions, one named twice, or a cell size off the grid.
[[nodiscard]] Status check_group(const GroupBy& group);

/// Errors: invalid_input. The same bound as GroupBy::cell_m.
[[nodiscard]] Status check_cell_size(std::int32_t cell_m);

/// Errors: invalid_input for a local hour, a coordinate or an enumerator outside what the store can hold.
[[nodiscard]] Status check_event(const Event& event);

/// True when facts known by day only can not answer, because the question asks about hours.
[[nodiscard]] bool leaves_out_day_facts(const EventFilter& filter, const GroupBy& group);

/// The asked hours, cut to what facts may have; begin >= end when none.
[[nodiscard]] HourRange asked_hours(const EventFilter& filter);

/// The error of a question whose answer would pass table_rows_max.
[[nodiscard]] Error too_many_rows();

}  // namespace vigie
