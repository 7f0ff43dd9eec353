// One source as the door knows it: reads a message, holds it to the contract, and makes facts of its records.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "base/result.h"
#include "city/city.h"
#include "city/event/event.h"
#include "city/event/taxonomy.h"
#include "intake/door/text_judges.h"
#include "intake/manifest.h"
#include "intake/record_parser.h"
#include "store/metadata.h"
#include "store/receipt_log.h"

namespace vigie::intake {

/// Records of one message: more come in several messages.
inline constexpr std::size_t message_records_max = 50'000;
/// A compressed message may grow to so many bytes, and no further: a bomb is refused.
inline constexpr std::size_t message_text_bytes_max = 64U << 20;

/// What one message holds, judged. read = events + refusals + passed_over.
struct MessageReading {
    Verdict verdict = Verdict::taken;
    std::string reason;               ///< stable code of a whole refusal
    std::string detail;               ///< French; never content
    std::vector<Event> events;        ///< identities as their source numbers them, not yet looked up
    struct RefusedRecord {
        Refusal refusal;
        std::string fields;           ///< the agreed fields of the record, as one JSON object; empty when it could not be split
    };
    std::vector<RefusedRecord> refused;
    std::uint64_t read = 0;
    std::uint64_t passed_over = 0;
};

/// What the feeds of one observatory share; outlives them.
struct FeedContext {
    const City& city;
    const Taxonomy& taxonomy;
    TextJudges& judges;
};

/// Used by one thread at a time.
class Feed {
  public:
    /// Errors: those of parse_manifest and RecordParser::open; invalid_input for a manifest without [live];
    /// those of TextJudges::judge_of.
    [[nodiscard]] static Result<Feed> open(const FeedContext& context, const SourceRecord& source);
    Feed(Feed&&) noexcept;
    Feed& operator=(Feed&&) noexcept;
    ~Feed();

    [[nodiscard]] const Manifest& manifest() const;
    [[nodiscard]] SourceId source() const;
    [[nodiscard]] const LiveRule& live() const;
    /// format: "json", "ndjson", "csv" or "geojson"; body: plain, .gz or .xz. What can not be read is a verdict, not an error.
    void read(const std::string& format, std::string_view body, Instant now, MessageReading& reading);

  private:
    struct Parts;
    explicit Feed(std::unique_ptr<Parts> parts);
    std::unique_ptr<Parts> parts_;
};

}  // namespace vigie::intake
