#include "store/duck_event_store.h"

namespace vigie {

Status DuckEventStore::open_cube(DuckConnection&) { return {}; }
Status DuckEventStore::bring_cube_up_to_date(DuckConnection&) { return {}; }
Result<std::optional<Table>> DuckEventStore::aggregate_in_cube(const EventFilter&, const GroupBy&) { return std::nullopt; }

}  // namespace vigie
