// The counting loops of the fact cube.
#pragma once

#include <optional>

#include "store/fact_cube_coding.h"

namespace vigie {

/// Counts the facts of the snapshot by the question's classes, on up to `threads` threads.
/// Nothing when the key space passes what is kept in memory at once: the rows must be asked.
/// Errors: invalid_input for more than table_rows_max rows, corrupt when a segment is not what was written.
[[nodiscard]] Result<std::optional<Table>> count_facts(const CubeSnapshot& snapshot, const QuestionCodes& question, std::size_t dimensions,
                                                       int threads);

}  // namespace vigie
