#include <algorithm>

#include "small_observatory.h"

namespace vigie::api::testing {

Result<std::optional<governance::Account>> MemoryAccounts::find_account(std::string_view login) {
    const std::lock_guard guard(mutex);
    const auto found = by_login.find(login);
    return found == by_login.end() ? std::nullopt : std::optional(found->second);
}

Result<std::vector<governance::Account>> MemoryAccounts::accounts() {
    const std::lock_guard guard(mutex);
    std::vector<governance::Account> all;
    for (const auto& [login, account] : by_login) {
        all.push_back(account);
    }
    return all;
}

Status MemoryAccounts::save_account(const governance::Account& account) {
    const std::lock_guard guard(mutex);
    by_login.insert_or_assign(account.login, account);
    return {};
}

Result<governance::AccountStore::Failures> MemoryAccounts::failures(std::string_view login) {
    const std::lock_guard guard(mutex);
    const auto found = failures_of.find(login);
    return found == failures_of.end() ? Failures{} : found->second;
}

Status MemoryAccounts::save_failures(std::string_view login, Failures failures) {
    const std::lock_guard guard(mutex);
    failures_of.insert_or_assign(std::string(login), failures);
    return {};
}

Status MemoryAccounts::save_session(const governance::Session& session) {
    const std::lock_guard guard(mutex);
    sessions.insert_or_assign(session.token_hash, session);
    return {};
}

Result<std::optional<governance::Session>> MemoryAccounts::find_session(
    const governance::TokenHash& token_hash) {
    const std::lock_guard guard(mutex);
    ++session_reads;
    const auto found = sessions.find(token_hash);
    return found == sessions.end() ? std::nullopt : std::optional(found->second);
}

Status MemoryAccounts::end_session(const governance::TokenHash& token_hash) {
    const std::lock_guard guard(mutex);
    sessions.erase(token_hash);
    return {};
}

Status MemoryAccounts::end_sessions_of(std::string_view login) {
    const std::lock_guard guard(mutex);
    std::erase_if(sessions, [&](const auto& entry) { return entry.second.login == login; });
    return {};
}

Status MemoryJournal::record(const governance::JournalEntry& entry) {
    const std::lock_guard guard(mutex);
    if (failing) {
        return fail(ErrorCode::unavailable, "disque plein");
    }
    entries.push_back({entries.size() + 1, entry});
    return {};
}

Result<std::vector<governance::NumberedEntry>> MemoryJournal::read(std::uint64_t before_number,
                                                                   std::size_t limit) {
    const std::lock_guard guard(mutex);
    std::vector<governance::NumberedEntry> found;
    for (auto entry = entries.rbegin(); entry != entries.rend() && found.size() < limit; ++entry) {
        if (before_number == 0 || entry->number < before_number) {
            found.push_back(*entry);
        }
    }
    return found;
}

std::vector<governance::JournalEntry> MemoryJournal::of(std::string_view action) {
    const std::lock_guard guard(mutex);
    std::vector<governance::JournalEntry> found;
    for (const auto& numbered : entries) {
        if (numbered.entry.action == action) {
            found.push_back(numbered.entry);
        }
    }
    return found;
}

Result<std::vector<ImportRecord>> MemoryReference::imports(std::size_t limit) {
    return std::vector<ImportRecord>(
        the_imports.begin(),
        the_imports.begin() + static_cast<std::ptrdiff_t>(std::min(limit, the_imports.size())));
}

Result<std::vector<QuarantineRecord>> MemoryReference::quarantine(std::optional<SourceId> source,
                                                                  std::size_t offset,
                                                                  std::size_t limit) {
    std::vector<QuarantineRecord> found;
    for (const auto& record : records) {
        if (!source || record.source == *source) {
            found.push_back(record);
        }
    }
    found.erase(found.begin(),
                found.begin() + static_cast<std::ptrdiff_t>(std::min(offset, found.size())));
    found.resize(std::min(limit, found.size()));
    return found;
}

Result<AppendResult> CountedEvents::append(std::span<const Event> block, BlockId id) {
    ++version;
    return MemoryEventStore::append(block, id);
}

Result<StoreStats> CountedEvents::stats() {
    auto stats = TRY(MemoryEventStore::stats());
    stats.version = version;
    return stats;
}

}  // namespace vigie::api::testing
