// The audit journal: rows are added, read, and never touched again (triggers refuse it, metadata_schema.cpp).

#include "store/metadata_database.h"

namespace vigie {

using governance::JournalEntry;
using governance::NumberedEntry;

Status Metadata::record(const JournalEntry& entry) {
    const std::scoped_lock lock(mutex_);
    sqlite::Statement statement = TRY(database_->connection.prepare(
        "INSERT INTO journal(at_ms, account, role, purpose, action, filters, rows) VALUES (?, ?, ?, ?, ?, ?, ?)"));
    return statement.bind(stored_time(entry.at))
        .bind(entry.account)
        .bind(governance::name_of(entry.role))
        .bind(governance::name_of(entry.purpose))
        .bind(entry.action)
        .bind(entry.filters)
        .bind(entry.rows)
        .run();
}

Result<std::vector<NumberedEntry>> Metadata::read(std::uint64_t before_number, std::size_t limit) {
    const std::scoped_lock lock(mutex_);
    sqlite::Statement statement = TRY(database_->connection.prepare(
        "SELECT number, at_ms, account, role, purpose, action, filters, rows FROM journal WHERE ?1 = 0 OR number < ?1 "
        "ORDER BY number DESC LIMIT ?2"));
    statement.bind(before_number).bind(bounded(limit));
    std::vector<NumberedEntry> result;
    while (TRY(statement.step())) {
        const auto role = governance::role_from(statement.text(3));
        const auto purpose = governance::purpose_from(statement.text(4));
        if (!role || !purpose) {
            return fail(ErrorCode::corrupt, "metadata.sqlite : rôle ou motif inconnu à la ligne " +
                                                std::to_string(statement.integer(0)) + " du journal");
        }
        NumberedEntry& numbered = result.emplace_back();
        numbered.number = statement.unsigned_integer(0);
        numbered.entry = JournalEntry{time_of(statement.integer(1)),
                                      statement.text(2),
                                      *role,
                                      *purpose,
                                      statement.text(5),
                                      statement.text(6),
                                      statement.unsigned_integer(7)};
    }
    return result;
}

}  // namespace vigie
