// What the observatory knows besides facts: accounts, sessions, the journal, sources, imports, quarantine,
// and the reference data (city, taxonomy) with their versions. SQLite, WAL, synchronous=FULL.
#pragma once

#include <cstdint>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

#include "base/result.h"
#include "city/city.h"
#include "city/event/taxonomy.h"
#include "governance/accounts.h"
#include "governance/journal.h"
#include "store/feeds.h"

namespace vigie {

/// A registered source of facts: what its manifest said when it was last used.
struct SourceRecord {
    SourceId id;
    std::string key;          ///< "chicago_crimes"; unique
    std::string label;        ///< shown on screens
    std::string attribution;  ///< line to show wherever its facts are shown
    std::string licence;
    std::string manifest;     ///< the TOML text as used
    Instant registered;
};

/// One run of an import over one file.
struct ImportRecord {
    std::uint64_t id = 0;
    SourceId source;
    std::string file_name;   ///< last path component only
    std::string file_hash;   ///< BLAKE2b of the bytes as read, hex; empty while running
    Instant started;
    std::optional<Instant> ended;
    std::uint64_t read = 0;
    std::uint64_t stored = 0;
    std::uint64_t duplicates = 0;
    std::uint64_t quarantined = 0;
    std::string state;       ///< "running", "done", "cancelled", "failed"
    std::string error;
    std::uint64_t passed_over = 0;     ///< measures below the level that makes a fact
    std::optional<LocalDay> live_day;  ///< of what a feed brought that day; none for a file
};

/// One refused record: where it was and why, never what it said.
struct QuarantineRecord {
    std::uint64_t import_id = 0;
    SourceId source;
    std::string file_name;
    std::uint64_t line = 0;      ///< 1-based line of the file where the record begins; record number for formats without lines
    std::string reason;          ///< stable code: "bad_time", "outside_city", ...
    std::string detail;          ///< column name and what was expected; never the value
    std::uint64_t message = 0;   ///< of a feed: number of the message in the inbox; `line` is the record in it
    std::uint64_t sealed = 0;    ///< of a feed: where the bytes lie sealed; 0: nowhere
};

/// Most quarantined records kept one by one for an import; above, only the counts by reason go on growing.
inline constexpr std::uint64_t quarantine_rows_max = 100'000;

struct QuarantineCount {
    SourceId source;
    std::string reason;
    std::uint64_t count = 0;
};

/// Opened once by the process that holds the data folder's lock. May be used from several threads (serialised inside).
class Metadata final : public governance::AuditJournal, public governance::AccountStore {
  public:
    [[nodiscard]] static Result<std::unique_ptr<Metadata>> open(const std::string& path);
    ~Metadata() override;

    // Reference data. Saving a city or a taxonomy adds a version; the latest one is in force.
    [[nodiscard]] Status save_city(const City& city, Instant now);
    [[nodiscard]] Result<std::optional<City>> city();
    /// Errors: conflict if a category key of the taxonomy in force disappeared or changed its id.
    [[nodiscard]] Status save_taxonomy(const Taxonomy& taxonomy, Instant now);
    [[nodiscard]] Result<std::optional<Taxonomy>> taxonomy();
    [[nodiscard]] Status save_setting(std::string_view key, std::string_view value);
    [[nodiscard]] Result<std::optional<std::string>> setting(std::string_view key);

    /// Registers the source or updates what its manifest says; its id never changes.
    [[nodiscard]] Result<SourceRecord> register_source(SourceRecord source);
    [[nodiscard]] Result<std::vector<SourceRecord>> sources();

    [[nodiscard]] Result<std::uint64_t> begin_import(const ImportRecord& import);
    [[nodiscard]] Status update_import(const ImportRecord& import);
    [[nodiscard]] Result<std::vector<ImportRecord>> imports(std::size_t limit);
    /// One transaction.
    [[nodiscard]] Status add_quarantine(const std::vector<QuarantineRecord>& records);
    [[nodiscard]] Result<std::vector<QuarantineCount>> quarantine_counts();
    /// Ordered by import, line. source: empty = all.
    [[nodiscard]] Result<std::vector<QuarantineRecord>> quarantine(std::optional<SourceId> source, std::size_t offset, std::size_t limit);

    // Feeds. What a drain changed is written at once or not at all.
    [[nodiscard]] Status record_live(const LiveOutcome& outcome);
    /// The last message whose outcome is recorded; 0 before the first.
    [[nodiscard]] Result<std::uint64_t> live_cursor();
    [[nodiscard]] Result<std::vector<FeedRecord>> feeds();
    [[nodiscard]] Status save_feed(const FeedRecord& feed);
    /// What was refused of one message.
    [[nodiscard]] Result<std::vector<LiveRefusal>> refusals_of_message(std::uint64_t message);
    /// Sealed records of a source that wait for a replay, at most `limit`, oldest first.
    [[nodiscard]] Result<std::vector<LiveRefusal>> sealed_refusals(SourceId source, std::size_t limit);
    /// Forgets that bytes lie sealed: they were replayed, or expired.
    [[nodiscard]] Status forget_sealed(const std::vector<std::uint64_t>& sealed);
    [[nodiscard]] Status save_token(const FeedToken& token);
    [[nodiscard]] Result<std::vector<FeedToken>> tokens();
    [[nodiscard]] Result<std::uint64_t> add_manifest(const ManifestVersion& manifest);
    /// Newest first.
    [[nodiscard]] Result<std::vector<ManifestVersion>> manifests(std::string_view source_key, std::size_t limit);
    /// Open ones first, newest first.
    [[nodiscard]] Result<std::vector<Task>> tasks(std::size_t limit);
    /// Errors: not_found, conflict when it is closed already.
    [[nodiscard]] Status close_task(std::uint64_t id, Instant now, std::string_view account, std::string_view decision);

    /// Copies the database to `path` while it is in use.
    [[nodiscard]] Status backup(const std::string& path);

    // governance::AuditJournal
    [[nodiscard]] Status record(const governance::JournalEntry& entry) override;
    [[nodiscard]] Result<std::vector<governance::NumberedEntry>> read(std::uint64_t before_number, std::size_t limit) override;

    // governance::AccountStore
    [[nodiscard]] Result<std::optional<governance::Account>> find_account(std::string_view login) override;
    [[nodiscard]] Result<std::vector<governance::Account>> accounts() override;
    [[nodiscard]] Status save_account(const governance::Account& account) override;
    [[nodiscard]] Result<Failures> failures(std::string_view login) override;
    [[nodiscard]] Status save_failures(std::string_view login, Failures failures) override;
    [[nodiscard]] Status save_session(const governance::Session& session) override;
    [[nodiscard]] Result<std::optional<governance::Session>> find_session(const governance::TokenHash& token_hash) override;
    [[nodiscard]] Status end_session(const governance::TokenHash& token_hash) override;
    [[nodiscard]] Status end_sessions_of(std::string_view login) override;

  private:
    struct Database;
    explicit Metadata(std::unique_ptr<Database> database);
    std::unique_ptr<Database> database_;
    std::mutex mutex_;
};

}  // namespace vigie
