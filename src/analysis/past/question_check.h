// Is a question one that has an answer? Shared by the view and the playback.
#pragma once

#include "analysis/past/yesterday.h"

namespace vigie::past {

/// Errors: invalid_input, in French, for an empty or implausible period and for a wrong cell size.
[[nodiscard]] Status check_period_and_unit(const Question& question);
/// Errors: the same, and a measure or unit that needs what the question or the city lacks.
[[nodiscard]] Status check_question(const Question& question, const City& city);

}  // namespace vigie::past
