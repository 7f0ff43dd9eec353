// Who looked, when, why, at what, and how many facts the answer summed up. Written before the answer leaves; if it can not be
// written nothing is served (ARCHITECTURE, invariant 6). store/ keeps it.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "base/result.h"
#include "city/time/instant.h"
#include "governance/roles.h"

namespace vigie::governance {

struct JournalEntry {
    Instant at;
    std::string account;     ///< login, or "local" for a command on the machine itself
    Role role = Role::analyst;
    Purpose purpose = Purpose::analysis;
    std::string action;      ///< stable name: "past.view", "past.export", "sign_in", "query", ...
    std::string filters;     ///< canonical query string of what was asked; never the content of a record
    std::uint64_t rows = 0;  ///< facts behind the answer
};

struct NumberedEntry {
    std::uint64_t number = 0;
    JournalEntry entry;
};

class AuditJournal {
  public:
    virtual ~AuditJournal() = default;
    /// Durable on return. Errors: unavailable when it can not be written; then the caller serves nothing.
    [[nodiscard]] virtual Status record(const JournalEntry& entry) = 0;
    /// The latest `limit` entries before `before_number` (0 = from the end), newest first.
    [[nodiscard]] virtual Result<std::vector<NumberedEntry>> read(std::uint64_t before_number, std::size_t limit) = 0;
};

}  // namespace vigie::governance
