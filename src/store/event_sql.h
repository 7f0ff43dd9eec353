// Questions of the seam as SQL text over the table `events`. Every value in the text is a number of ours,
// written by us; no string of a user ever reaches SQL.
#pragma once

#include <string>

#include "store/event_store.h"

namespace vigie {

/// A condition (never empty) true for the rows that pass. The filter has been checked.
[[nodiscard]] std::string where_sql(const EventFilter& filter, bool leave_out_day_facts);

/// The BIGINT expression of a key, equal to what city/time/instant.h and cell_of compute, below zero too.
[[nodiscard]] std::string key_sql(Dimension dimension, std::int32_t cell_m);

/// `text` between quotes, for the few paths that a statement needs (ATTACH).
[[nodiscard]] std::string quoted_sql(const std::string& text);

}  // namespace vigie
