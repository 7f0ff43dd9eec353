// What this room asks of the rooms below, in one place: the stores of a data folder while serving,
// and small ones in memory in the tests.
#pragma once

#include <optional>
#include <vector>

#include "api/ingest_desk.h"
#include "base/result.h"
#include "city/city.h"
#include "city/event/taxonomy.h"
#include "governance/accounts.h"
#include "governance/journal.h"
#include "store/event_store.h"
#include "store/metadata.h"

namespace vigie::api {

/// Reference data and the state of the intake. May be used from several threads.
class ReferenceStore {
  public:
    virtual ~ReferenceStore() = default;
    [[nodiscard]] virtual Result<std::optional<City>> city() = 0;
    [[nodiscard]] virtual Result<std::optional<Taxonomy>> taxonomy() = 0;
    [[nodiscard]] virtual Result<std::vector<SourceRecord>> sources() = 0;
    /// Latest first.
    [[nodiscard]] virtual Result<std::vector<ImportRecord>> imports(std::size_t limit) = 0;
    [[nodiscard]] virtual Result<std::vector<QuarantineCount>> quarantine_counts() = 0;
    [[nodiscard]] virtual Result<std::vector<QuarantineRecord>> quarantine(
        std::optional<SourceId> source, std::size_t offset, std::size_t limit) = 0;
};

/// Whoever made it owns the parts and outlives every answer.
struct Observatory {
    EventStore* events = nullptr;
    governance::AccountStore* accounts = nullptr;
    governance::AuditJournal* journal = nullptr;
    ReferenceStore* reference = nullptr;
    InboxParts inbox;
};

}  // namespace vigie::api
