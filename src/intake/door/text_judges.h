// What reads the category of a free text at the door: redacts it, asks the model that the contract names, and keeps nothing.
#pragma once

#include <optional>
#include <string>
#include <utility>

#include "base/result.h"
#include "intake/contract/contract.h"
#include "intake/record_parser.h"
#include "intake/redaction/redactor.h"

namespace vigie::intake {

/// Opens its lists (20 MB) when the first text rule is asked for.
class TextJudges {
  public:
    /// config_dir: the folder that holds redaction/ and models/. The city outlives it.
    TextJudges(std::string config_dir, const City& city) : config_dir_(std::move(config_dir)), city_(city) {}
    /// Errors: those of Redactor::open and TextClassifier::open.
    [[nodiscard]] Result<TextJudge> judge_of(const TextRule& rule);

  private:
    std::string config_dir_;
    const City& city_;
    std::optional<Redactor> redactor_;
};

}  // namespace vigie::intake
