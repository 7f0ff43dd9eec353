// What is kept of the feeds: their state, their tokens, the versions of their manifests, the tasks they open for the data
// protection officer, and what became of what they sent. Metadata (store/metadata.h) keeps it.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "city/event/event.h"
#include "city/time/instant.h"
#include "governance/accounts.h"

namespace vigie {

enum class FeedState : std::uint8_t { open, blocked };

/// The state of one feed. A feed whose contract has ended is not blocked: its manifest says so.
struct FeedRecord {
    SourceId source;
    FeedState state = FeedState::open;
    std::string reason;                  ///< French: why it is blocked; never the content of a message
    Instant since;
    std::optional<Instant> last_message; ///< acknowledged and drained
};

struct FeedToken {
    governance::TokenHash hash{};        ///< BLAKE2b-256 of the token; the token itself is shown once and never stored
    std::string source_key;
    std::string label;
    Instant created;
    std::optional<Instant> revoked;
};

struct ManifestVersion {
    std::uint64_t version = 0;           ///< grows over all sources
    std::string source_key;
    Instant saved;
    std::string account;                 ///< "local" for a command on the machine
    std::string note;                    ///< why it changed
    std::string toml;
};

/// Something that waits for a decision of the data protection officer.
struct Task {
    std::uint64_t id = 0;
    std::string kind;                    ///< "schema_change"
    SourceId source;
    Instant opened;
    std::string detail;                  ///< French: what is to be decided
    std::optional<Instant> closed;
    std::string account;                 ///< who decided
    std::string decision;
};

/// What a feed brought on one day of the city's calendar: a line among the imports.
struct LiveCount {
    SourceId source;
    LocalDay day;
    std::uint64_t read = 0;              ///< = stored + duplicates + passed_over + quarantined
    std::uint64_t stored = 0;
    std::uint64_t duplicates = 0;
    std::uint64_t passed_over = 0;       ///< measures below the level that makes a fact
    std::uint64_t quarantined = 0;
};

/// A record, or a whole message (record 0), that was refused.
struct LiveRefusal {
    SourceId source;
    LocalDay day;
    std::uint64_t message = 0;           ///< number in the inbox
    std::uint64_t record = 0;            ///< in the message, from 1; 0 for all of it
    std::string reason;
    std::string detail;                  ///< the shape of what was wrong, never its content
    std::uint64_t sealed = 0;            ///< where its bytes lie sealed (store/spool/sealed_store.h); 0: nowhere
};

/// Everything that one drain of the inbox changed: written in one transaction.
struct LiveOutcome {
    std::uint64_t through = 0;           ///< number of the last message drained
    Instant now;
    std::vector<LiveCount> counts;       ///< one a source and day
    std::vector<LiveRefusal> refusals;
    std::vector<FeedRecord> blocked;     ///< feeds that were blocked now
    std::vector<Task> tasks;             ///< opened now; no second open one of a kind and source
    std::vector<std::pair<SourceId, Instant>> heard;  ///< last message of each feed
};

}  // namespace vigie
