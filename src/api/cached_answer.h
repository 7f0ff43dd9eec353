// Answers about data that many people ask in the same words: found ready, or made once and kept.
// Either way the look is in the journal before the answer leaves.
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <string>

#include "api/application.h"

namespace vigie::api {

/// What a route made: JSON, and the facts behind it.
struct MadeAnswer {
    std::string json;
    std::uint64_t rows = 0;
};

/// What an answer depends on besides the question.
struct AnswerContext {
    std::shared_ptr<const Reference> reference;  // shared with the other answers under way
    std::shared_ptr<const DataState> data;       // shared likewise
};

/// A question in its canonical text, and how to answer it.
struct KeptQuestion {
    std::string filters;
    std::function<Result<MadeAnswer>()> make;
};

/// The answer from memory, if everything needed to give it is there: session, version of the data,
/// answer, journal line. Runs on the network's thread. None: make it the long way.
[[nodiscard]] std::optional<Reply> answer_from_memory(Application& application, const Route& route,
                                                      const Request& request);

/// The kept answer to the question, or what its `make` gives; the name of the call's route is the
/// journal's action. Writes the look first. Problems: those of `make`; unavailable when the journal
/// can not be written.
[[nodiscard]] Reply answer_and_keep(Application& application, const Call& call,
                                    const AnswerContext& context, const KeptQuestion& question);

}  // namespace vigie::api
