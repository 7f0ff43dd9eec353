// A whole observatory in memory: one square city of four districts, a few categories, accounts with
// known passwords, a journal that can be made to fail, a clock that is set by hand.
#pragma once

#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <utility>
#include <vector>

#include "analysis/past/memory_event_store.h"
#include "api/application.h"

namespace vigie::api::testing {

/// 2026-11-21T12:00:00Z, a Saturday.
inline constexpr Instant noon{std::chrono::milliseconds{1'795'262'400'000}};

class MemoryAccounts final : public governance::AccountStore {
  public:
    Result<std::optional<governance::Account>> find_account(std::string_view login) override;
    Result<std::vector<governance::Account>> accounts() override;
    Status save_account(const governance::Account& account) override;
    Result<Failures> failures(std::string_view login) override;
    Status save_failures(std::string_view login, Failures failures) override;
    Status save_session(const governance::Session& session) override;
    Result<std::optional<governance::Session>> find_session(
        const governance::TokenHash& token_hash) override;
    Status end_session(const governance::TokenHash& token_hash) override;
    Status end_sessions_of(std::string_view login) override;

    std::mutex mutex;
    std::map<std::string, governance::Account, std::less<>> by_login;
    std::map<std::string, Failures, std::less<>> failures_of;
    std::map<governance::TokenHash, governance::Session> sessions;
    int session_reads = 0;
};

class MemoryJournal final : public governance::AuditJournal {
  public:
    Status record(const governance::JournalEntry& entry) override;
    Result<std::vector<governance::NumberedEntry>> read(std::uint64_t before_number,
                                                        std::size_t limit) override;
    /// Entries of one action.
    [[nodiscard]] std::vector<governance::JournalEntry> of(std::string_view action);

    std::mutex mutex;
    std::vector<governance::NumberedEntry> entries;
    bool failing = false;
};

class MemoryReference final : public ReferenceStore {
  public:
    Result<std::optional<City>> city() override { return the_city; }
    Result<std::optional<Taxonomy>> taxonomy() override { return the_taxonomy; }
    Result<std::vector<SourceRecord>> sources() override { return the_sources; }
    Result<std::vector<ImportRecord>> imports(std::size_t limit) override;
    Result<std::vector<QuarantineCount>> quarantine_counts() override { return counts; }
    Result<std::vector<QuarantineRecord>> quarantine(std::optional<SourceId> source,
                                                     std::size_t offset,
                                                     std::size_t limit) override;

    std::optional<City> the_city;
    std::optional<Taxonomy> the_taxonomy;
    std::vector<SourceRecord> the_sources;
    std::vector<ImportRecord> the_imports;
    std::vector<QuarantineCount> counts;
    std::vector<QuarantineRecord> records;
};

/// Facts in memory, with a version that grows.
class CountedEvents final : public past::MemoryEventStore {
  public:
    Result<AppendResult> append(std::span<const Event> block, BlockId id) override;
    Result<StoreStats> stats() override;
    std::uint64_t version = 1;
};

/// An answer, taken apart for checking.
struct Got {
    int status = 0;
    Response response;
    std::string body;  ///< uncompressed
    [[nodiscard]] std::string header(std::string_view name) const;
};

/// What a request says; the rest is as a browser on this machine would say it.
struct Ask {
    Method method = Method::get;
    std::string target = {};
    std::string body = {};
    std::string accept_encoding = {};
    std::string if_none_match = {};
    std::string language = "fr";
    std::string origin = {};
    std::string sec_fetch_site = {};
    std::string host = "127.0.0.1:8080";
    std::string content_type = "application/json";
    bool without_csrf = false;
};

class SmallObservatory {
  public:
    SmallObservatory();

    MemoryAccounts accounts;
    MemoryJournal journal;
    MemoryReference reference;
    CountedEvents events;
    Instant now = noon;
    std::unique_ptr<Application> application;

    /// Signs in as `login` (analyst, administrator, planner, operations, dpo or newcomer; the
    /// password is in password_of).
    Got sign_in(std::string_view login);
    /// Asks with the cookie and the token of the last sign-in; runs on one thread whatever the
    /// lane.
    Got ask(Ask ask);
    Got get(std::string target) { return ask({Method::get, std::move(target)}); }
    /// True when the last ask() was answered at once, without a worker.
    bool was_at_once = false;
    std::string cookie;
    std::string csrf;

  private:
    Log log_;
};

[[nodiscard]] std::string password_of(std::string_view login);

/// A placed fact in cell (column, row) of 100 m, at a local hour.
[[nodiscard]] Event fact(LocalHour hour, Cell cell, std::uint16_t category);

/// The text of member `name` of a flat JSON object, without quotes; empty when it is absent.
[[nodiscard]] std::string member(std::string_view json, std::string_view name);

}  // namespace vigie::api::testing
