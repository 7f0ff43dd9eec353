// The question of a request: its parameters read against the reference data and the data in force.
#pragma once

#include <string>
#include <vector>

#include "analysis/past/question_text.h"
#include "api/cached_answer.h"

namespace vigie::api {

/// Names of all parameters of a question, and then `step`, which only playback has.
inline constexpr std::string_view question_parameters[] = {
    "from", "to",   "cat",  "src",     "origin",  "district", "wd",  "hours",
    "sun",  "unit", "cell", "measure", "compare", "bin",      "step"};
/// Without `step`.
inline constexpr std::size_t view_parameter_count = 14;

struct AskedQuestion {
    AnswerContext context;
    HourRange span;  ///< of the data; today when there is none
    past::Asked asked;
    std::string filters;  ///< canonical text
};

/// Reads the question of a call; parameters that are no question's are left out. Problems:
/// invalid_input naming the parameter; those of the stores.
[[nodiscard]] tl::expected<AskedQuestion, Problem> read_question(Application& application,
                                                                 const Call& call);

/// The problem of a question that has no answer, naming the parameter at fault when the message
/// does.
[[nodiscard]] Problem problem_of_question(Application& application, const Call& call,
                                          const Error& error);

/// Lines that must stand wherever facts of these sources are shown, each once: the city's, then the
/// sources'.
[[nodiscard]] std::vector<std::string> attributions_of(const AnswerContext& context,
                                                       const std::vector<past::Breakdown>& sources);

}  // namespace vigie::api
