// From a batch of records to facts: time, place, category, origin, severity and identity. What can not be used is
// refused with its line and a stable reason; nothing of its content goes along.
#pragma once

#include <array>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "city/city.h"
#include "city/event/event.h"
#include "city/event/taxonomy.h"
#include "city/time/local_calendar.h"
#include "intake/identity.h"
#include "intake/locate.h"
#include "intake/manifest.h"
#include "intake/sources/record_reader.h"
#include "intake/value_lookup.h"

namespace vigie::intake {

/// A record that can not be used.
struct Refusal {
    std::uint64_t line = 0;
    const char* reason = "";  ///< stable code, a literal (docs/formats/manifest.md)
    std::string detail;       ///< French: column and what was expected; never the value
};

/// Facts of one batch. Event::id is the identity before ranking (IdentityHasher).
struct ParsedBatch {
    std::vector<Event> events;
    std::vector<std::uint64_t> lines;  ///< of the events
    std::vector<Refusal> refusals;     ///< by line
    std::uint64_t passed_over = 0;     ///< measures below the level that makes a fact
    std::uint64_t read = 0;            ///< events + refusals + passed_over
    std::uint64_t bytes_read = 0;      ///< of the file, when the batch was read
};

/// The taxonomy key that a free text says, or nothing when it is not certain enough. Used by one thread at a time.
using TextJudge = std::function<std::string(std::string_view text)>;

/// What a parser needs to know; all of it outlives the parser.
struct ParserContext {
    const Manifest& manifest;
    const City& city;
    const Taxonomy& taxonomy;
    SourceId source;
    Instant now;
    const TextJudge* judge = nullptr;  ///< of manifest.terms.text; without it every such text is left to classify
};

/// Used by one thread at a time.
class RecordParser {
  public:
    /// columns: of the file; description: of the file, for messages. Errors: invalid_input for a column that the file
    /// lacks, a category that the taxonomy lacks, an unknown zone or projection.
    [[nodiscard]] static Result<RecordParser> open(const ParserContext& context, const std::vector<std::string>& columns,
                                                   const std::string& description);
    RecordParser(RecordParser&&) noexcept;
    ~RecordParser();

    void parse(const RecordBatch& batch, ParsedBatch& parsed);
    /// For a parser that lives on: what may not lie in the future is told from here.
    void set_now(Instant now);
    /// French sentences about everything parsed so far: unmapped categories, changes of clocks, facts without a place on the map.
    [[nodiscard]] std::vector<std::string> warnings() const;

  private:
    struct Parts;
    explicit RecordParser(std::unique_ptr<Parts> parts);
    std::unique_ptr<Parts> parts_;
};

/// Checks that every category key that the manifest names is in the taxonomy. Errors: invalid_input with a hint.
[[nodiscard]] Status check_categories(const Manifest& manifest, const Taxonomy& taxonomy);

}  // namespace vigie::intake
