// POST /ingest/{source}: what a program of a service sends is kept, unopened, in the inbox, and acknowledged once it is on disk.
// Whoever sends shows a token of that source. What became of the message is told later, by its receipt.
#pragma once

#include <cstdint>
#include <functional>
#include <list>
#include <map>
#include <mutex>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

#include "api/http_message.h"
#include "api/problem.h"
#include "store/metadata.h"
#include "store/receipt_log.h"
#include "store/spool/spool.h"

namespace vigie::api {

/// What is asked of a feed before its message is kept. Programs give it: this room knows no manifest.
class FeedGate {
  public:
    virtual ~FeedGate() = default;
    /// Who is shed first. Errors: not_found for a source that is no feed, denied with the clause when its contract is not in force.
    [[nodiscard]] virtual Result<SpoolClass> admit(std::string_view source_key, Instant now) = 0;
};

/// What the desk reads of the metadata. May be used from several threads.
class FeedStore {
  public:
    virtual ~FeedStore() = default;
    [[nodiscard]] virtual Result<std::vector<FeedToken>> tokens() = 0;
    [[nodiscard]] virtual Result<std::vector<LiveRefusal>> refusals_of_message(std::uint64_t message) = 0;
    [[nodiscard]] virtual Result<std::vector<SourceRecord>> sources() = 0;
};

/// Whoever made it owns the parts and outlives every answer. All or none are there.
struct InboxParts {
    Spool* spool = nullptr;
    ReceiptLog* receipts = nullptr;
    FeedGate* gate = nullptr;
    FeedStore* store = nullptr;
    [[nodiscard]] bool is_open() const { return spool != nullptr; }
};

/// Keys remembered to tell a repeat: at a thousand messages a second, those of the last two minutes, more than a client retries.
inline constexpr std::size_t idempotency_keys_max = 131'072;
inline constexpr std::size_t idempotency_key_bytes_max = 128;
/// Refused records listed in one receipt.
inline constexpr std::size_t receipt_refusals_max = 1'000;

/// Thread-safe.
class IngestDesk {
  public:
    explicit IngestDesk(InboxParts parts) : parts_(parts) {}

    /// Reads the tokens again. Errors: those of the metadata; then the old ones stay.
    [[nodiscard]] Status reload();

    using Done = std::function<void(Reply)>;
    /// Judges the request's head, so that nobody without a token makes this server read megabytes.
    [[nodiscard]] tl::expected<void, Problem> check_sender(const Request& request, std::string_view source_key) const;
    /// Never waits. `done` is called once, here or on the inbox's thread, when the message is on disk or was refused.
    void accept(const Request& request, const std::string& source_key, Instant now, Done done);
    /// For a token of the message's source.
    [[nodiscard]] Reply receipt(const Request& request, std::string_view id) const;

  private:
    struct Remembered {
        std::string key;
        std::uint64_t body_hash = 0;
        std::uint64_t number = 0;  ///< 0: not yet on disk
    };
    using Keys = std::list<Remembered>;

    [[nodiscard]] tl::expected<std::string, Problem> source_of_token(const Request& request) const;
    [[nodiscard]] std::optional<Reply> remembered(const std::string& key, std::uint64_t body_hash);
    void settle(const std::string& key, std::uint64_t number);

    InboxParts parts_;
    mutable std::mutex mutex_;  // of what follows
    std::map<governance::TokenHash, std::string> tokens_;
    Keys keys_;  // oldest first
    std::unordered_map<std::string, Keys::iterator> by_key_;
};

}  // namespace vigie::api
