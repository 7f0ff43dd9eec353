// A question in words, for people who read an export long after the screen is closed.
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "api/asked_question.h"
#include "api/http_message.h"

namespace vigie::api {

/// Name and value of each condition that is set, the period always.
[[nodiscard]] std::vector<std::pair<std::string, std::string>> question_sentences(
    const AskedQuestion& question, Language language);

}  // namespace vigie::api
