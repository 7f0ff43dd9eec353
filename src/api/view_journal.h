// Writes down who looks at what, before it is served, and once per settled view: somebody who
// brushes back and forth over the same days for half an hour leaves one line, not thousands.
//
// Law: code de la sécurité intérieure and GDPR art. 30 ask for a record of consultations;
// ARCHITECTURE, invariant 6.
#pragma once

#include <list>
#include <mutex>
#include <string>
#include <string_view>
#include <unordered_map>

#include "api/session_desk.h"
#include "base/result.h"
#include "governance/journal.h"

namespace vigie::api {

/// Within this time the same session asking the same again is the same look.
inline constexpr std::chrono::minutes same_view_within{30};
/// Most looks remembered; forgetting one early only writes one line more.
inline constexpr std::size_t looks_remembered_max = 65'536;

struct Look {
    std::string_view action;   ///< stable name: "past.view"
    std::string_view filters;  ///< canonical
    std::uint64_t rows = 0;    ///< facts behind the answer
};

/// Thread-safe. `journal` outlives it.
class ViewJournal {
  public:
    explicit ViewJournal(governance::AuditJournal& journal) : journal_(journal) {}

    /// True when this look is written already; never touches the journal.
    [[nodiscard]] bool is_written(const SignedIn& who, const Look& look, Instant now);
    /// Writes the look unless it is written already. Errors: those of the journal; then nothing may
    /// be served.
    [[nodiscard]] Status write_once(const SignedIn& who, const Look& look, Instant now);
    /// Writes always: sign-ins and other single acts.
    [[nodiscard]] Status write(const SignedIn& who, const Look& look, Instant now);

  private:
    governance::AuditJournal& journal_;
    std::mutex writing_;  // one writer at a time, so that two equal requests leave one line
    std::mutex mutex_;
    struct Written {
        Instant at;
        std::list<std::string>::iterator place;
    };
    std::list<std::string> order_;  // oldest first
    std::unordered_map<std::string, Written> written_;
};

}  // namespace vigie::api
