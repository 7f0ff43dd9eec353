// Takes out of a free text everything that could name, number or reach a person, and leaves places, times and facts.
// The method and what it can not do: docs/formats/redaction.md.
#pragma once

#include <array>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <utility>

#include "base/result.h"
#include "city/city.h"
#include "intake/redaction/redaction_lexicon.h"
#include "intake/redaction/token.h"

namespace vigie::intake {

/// The lists of a configuration folder, with the names of the city's districts as places.
[[nodiscard]] RedactionFiles redaction_files(const std::string& config_dir, const City& city);

/// How many passages of each class were taken out, by the number of Removed.
using RedactionCounts = std::array<std::uint64_t, removed_classes>;

/// A pure function of its tables: no state between texts. Not to be shared between threads while redacting; copies share tables.
class Redactor {
  public:
    /// Errors: not_found or invalid_input when a list is missing or too short: without its lists it does not start.
    [[nodiscard]] static Result<Redactor> open(const RedactionFiles& files);

    /// out: `text` as valid UTF-8 with each passage replaced by its bracketed class; as many line ends as `text`.
    /// redact(redact(x)) == redact(x). A text on which the rules do not settle becomes "[texte]". O(size of text).
    void redact(std::string_view text, std::string& out, RedactionCounts& counts) const;
    void redact(std::string_view text, std::string& out) const;

  private:
    explicit Redactor(std::shared_ptr<const RedactionLexicon> lexicon) : lexicon_(std::move(lexicon)) {}
    static void redact_line(std::string_view line, RedactedText& text, std::string& out, RedactionCounts& counts);
    std::shared_ptr<const RedactionLexicon> lexicon_;  // shared by copies, one a thread: the tables are 20 MB and never change
};

}  // namespace vigie::intake
