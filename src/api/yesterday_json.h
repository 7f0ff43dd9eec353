// The answers of the HIER screen as JSON, in the shape of openapi.json.
#pragma once

#include <string>
#include <vector>

#include "analysis/past/question_text.h"
#include "governance/roles.h"

namespace vigie::api {

/// What an answer says about itself.
struct AnswerMarks {
    std::uint64_t data_version = 0;
    std::string generated_at;
    std::string filters;
    std::vector<std::string> attributions;
    governance::Role role = governance::Role::analyst;
};

/// PastView.
[[nodiscard]] std::string view_json(const past::Yesterday& yesterday,
                                    const past::Question& question, const AnswerMarks& marks);

/// Frames.
[[nodiscard]] std::string frames_json(const past::Frames& frames, const past::Asked& asked,
                                      governance::Role role);

}  // namespace vigie::api
