// What the server answers, without the sockets: finds the route, checks who asks, and keeps what
// routes share.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <mutex>
#include <string>
#include <utility>
#include <vector>

#include "api/answer_cache.h"
#include "api/ingest_desk.h"
#include "api/observatory.h"
#include "api/reference.h"
#include "api/responder.h"
#include "api/server.h"
#include "api/sign_in.h"
#include "api/static_files.h"
#include "api/view_journal.h"
#include "base/log.h"

namespace vigie::api {

/// What the facts are at a moment.
struct DataState {
    StoreStats stats;
    std::vector<SourceRecord> sources;
    std::vector<std::pair<std::string, SourceId>> source_names;  ///< as questions need them
    Instant read_at;
};

/// How long a DataState is believed without asking the store again: an import shows on screens this
/// much later at most.
inline constexpr std::chrono::milliseconds data_state_trust{500};

struct ApplicationOptions {
    std::vector<std::string> allowed_hosts;  ///< besides the names of this machine's loopback
    bool behind_proxy = false;
    std::size_t cache_bytes = 64ULL << 20;
};

/// Thread-safe: begin() and note_served() on the network's thread, answer() on those of the lanes.
class Application final : public Responder {
  public:
    /// The parts of `observatory`, and `log`, outlive it. Errors: those of read_reference.
    [[nodiscard]] static Result<std::unique_ptr<Application>> open(Observatory observatory,
                                                                   Log& log, Clock clock,
                                                                   ApplicationOptions options);

    [[nodiscard]] std::variant<Response, Lane> begin(const Request& request) override;
    [[nodiscard]] Response answer(const Request& request) override;
    [[nodiscard]] std::optional<Response> refuse_body(const Request& head) override;
    void accept(const Request& request, std::function<void(Response)> done) override;
    [[nodiscard]] Response refuse_request(Refusal refusal, Language language) override;
    void note_served(const Request& request, const Response& response,
                     std::chrono::microseconds took) override;

    /// Reads the reference data again; on error the old one stays in force.
    [[nodiscard]] Status reload();

    // For routes.
    [[nodiscard]] Instant now() const { return clock_(); }
    [[nodiscard]] Log& log() { return log_; }
    [[nodiscard]] Observatory& observatory() { return observatory_; }
    [[nodiscard]] SessionDesk& sessions() { return sessions_; }
    [[nodiscard]] SignInDesk& sign_ins() { return sign_ins_; }
    [[nodiscard]] IngestDesk& ingest() { return ingest_; }
    [[nodiscard]] ViewJournal& journal() { return journal_; }
    [[nodiscard]] AnswerCache& cache() { return cache_; }
    [[nodiscard]] std::shared_ptr<const Reference> reference() const;
    /// Asks the store when what is known is older than data_state_trust. Not on the network's
    /// thread.
    [[nodiscard]] Result<std::shared_ptr<const DataState>> data_state();
    /// What is known if it is young enough, else null.
    [[nodiscard]] std::shared_ptr<const DataState> known_data_state() const;
    /// True when the browser speaks HTTPS, to us or to the proxy in front.
    [[nodiscard]] bool is_https(const Request& request) const;
    /// The problem of a failed answer; what must not be shown goes to the log instead.
    [[nodiscard]] Problem problem_of_failure(const Error& error, std::string_view route_name);
    /// Writes a look into the journal, once per settled view. Problems: unavailable; then nothing
    /// may be served.
    [[nodiscard]] tl::expected<void, Problem> write_look(const Call& call, std::string_view filters,
                                                         std::uint64_t rows);
    /// Distinguishes this run of the program in ETags: a restored folder may count its versions
    /// again.
    [[nodiscard]] const std::string& run_mark() const { return run_mark_; }

  private:
    Application(Observatory observatory, Log& log, Clock clock, ApplicationOptions options);
    [[nodiscard]] bool is_our_host(const Request& request) const;
    /// The host the browser asked for, with its port.
    [[nodiscard]] std::string_view asked_host(const Request& request) const;
    [[nodiscard]] bool comes_from_our_pages(const Request& request) const;
    [[nodiscard]] Reply run(const Route& route, std::string_view path_argument,
                            const Request& request);
    [[nodiscard]] Reply pass_door(const Route& route, Call& call);
    [[nodiscard]] Response response_of(Reply reply, const Request& request,
                                       std::string_view route_name);

    Observatory observatory_;
    Log& log_;
    Clock clock_;
    ApplicationOptions options_;
    const std::string run_mark_;
    const StaticFiles files_;
    SessionDesk sessions_;
    SignInDesk sign_ins_;
    IngestDesk ingest_;
    ViewJournal journal_;
    AnswerCache cache_;
    mutable std::mutex mutex_;                     // of the two below
    std::shared_ptr<const Reference> reference_;   // shared by the answers under way
    std::shared_ptr<const DataState> data_state_;  // shared likewise
};

}  // namespace vigie::api
