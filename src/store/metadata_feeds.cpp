// Feeds, their tokens, manifests and tasks, and what a drain of the inbox changed.

#include <map>

#include "store/metadata_database.h"

namespace vigie {

namespace {

constexpr std::string_view cursor_key = "live_cursor";

SourceId source_of(std::int64_t stored) { return SourceId{static_cast<std::uint16_t>(stored)}; }

std::optional<Instant> time_or_none(const sqlite::Statement& statement, int column) {
    return statement.is_null(column) ? std::nullopt : std::optional{time_of(statement.integer(column))};
}

void bind_time(sqlite::Statement& statement, const std::optional<Instant>& at) {
    if (at) {
        statement.bind(stored_time(*at));
    } else {
        statement.bind_null();
    }
}

/// The import that stands for what a source brought on a day, made when it lacks.
Result<std::uint64_t> live_import(sqlite::Connection& connection, SourceId source, LocalDay day, Instant now) {
    sqlite::Statement find = TRY(connection.prepare("SELECT id FROM imports WHERE source = ? AND live_day = ?"));
    if (TRY(find.bind(int{source.raw()}).bind(std::int64_t{day.raw()}).step())) {
        return find.unsigned_integer(0);
    }
    // The days before are over.
    sqlite::Statement close = TRY(connection.prepare(
        "UPDATE imports SET state = 'done', ended_ms = ? WHERE source = ? AND live_day < ? AND state = 'running'"));
    TRY(close.bind(stored_time(now)).bind(int{source.raw()}).bind(std::int64_t{day.raw()}).run());
    sqlite::Statement make = TRY(connection.prepare(
        "INSERT INTO imports(source, file_name, file_hash, started_ms, read, stored, duplicates, quarantined, state, error, live_day) "
        "VALUES (?, 'en direct', '', ?, 0, 0, 0, 0, 'running', '', ?)"));
    TRY(make.bind(int{source.raw()}).bind(stored_time(now)).bind(std::int64_t{day.raw()}).run());
    return static_cast<std::uint64_t>(connection.last_insert_id());
}

Status add_counts(sqlite::Connection& connection, const LiveOutcome& outcome) {
    sqlite::Statement update = TRY(connection.prepare(
        "UPDATE imports SET read = read + ?, stored = stored + ?, duplicates = duplicates + ?, passed_over = passed_over + ?, "
        "quarantined = quarantined + ? WHERE id = ?"));
    for (const LiveCount& count : outcome.counts) {
        const std::uint64_t import = TRY(live_import(connection, count.source, count.day, outcome.now));
        TRY(update.bind(count.read).bind(count.stored).bind(count.duplicates).bind(count.passed_over).bind(count.quarantined)
                .bind(import).run());
    }
    return {};
}

Status add_refusals(sqlite::Connection& connection, const LiveOutcome& outcome) {
    std::vector<QuarantineRecord> records;
    records.reserve(outcome.refusals.size());
    for (const LiveRefusal& refusal : outcome.refusals) {
        QuarantineRecord& record = records.emplace_back();
        record.import_id = TRY(live_import(connection, refusal.source, refusal.day, outcome.now));
        record.source = refusal.source;
        record.file_name = "message " + std::to_string(refusal.message);
        record.line = refusal.record;
        record.reason = refusal.reason;
        record.detail = refusal.detail;
        record.message = refusal.message;
        record.sealed = refusal.sealed;
    }
    return insert_quarantine(connection, records);
}

Status save_feed_row(sqlite::Connection& connection, const FeedRecord& feed) {
    sqlite::Statement statement = TRY(connection.prepare(
        "INSERT INTO feeds(source, state, reason, since_ms, last_message_ms) VALUES (?, ?, ?, ?, ?) ON CONFLICT(source) DO UPDATE SET "
        "state = excluded.state, reason = excluded.reason, since_ms = excluded.since_ms, "
        "last_message_ms = coalesce(excluded.last_message_ms, last_message_ms)"));
    statement.bind(int{feed.source.raw()}).bind(feed.state == FeedState::blocked ? "blocked" : "open").bind(feed.reason)
        .bind(stored_time(feed.since));
    bind_time(statement, feed.last_message);
    return statement.run();
}

Status note_heard(sqlite::Connection& connection, const LiveOutcome& outcome) {
    sqlite::Statement statement = TRY(connection.prepare(
        "INSERT INTO feeds(source, state, reason, since_ms, last_message_ms) VALUES (?1, 'open', '', ?2, ?2) ON CONFLICT(source) DO UPDATE SET "
        "last_message_ms = max(excluded.last_message_ms, coalesce(last_message_ms, 0))"));
    for (const auto& [source, at] : outcome.heard) {
        TRY(statement.bind(int{source.raw()}).bind(stored_time(at)).run());
    }
    return {};
}

Status open_tasks(sqlite::Connection& connection, const std::vector<Task>& tasks) {
    sqlite::Statement statement = TRY(connection.prepare(
        "INSERT INTO tasks(kind, source, opened_ms, detail, account, decision) VALUES (?, ?, ?, ?, '', '') "
        "ON CONFLICT(kind, source) WHERE closed_ms IS NULL DO NOTHING"));
    for (const Task& task : tasks) {
        TRY(statement.bind(task.kind).bind(int{task.source.raw()}).bind(stored_time(task.opened)).bind(task.detail).run());
    }
    return {};
}

LiveRefusal refusal_of(const sqlite::Statement& statement) {
    LiveRefusal refusal;
    refusal.source = source_of(statement.integer(0));
    refusal.day = LocalDay{static_cast<std::int32_t>(statement.integer(1))};
    refusal.message = statement.unsigned_integer(2);
    refusal.record = statement.unsigned_integer(3);
    refusal.reason = statement.text(4);
    refusal.detail = statement.text(5);
    refusal.sealed = statement.unsigned_integer(6);
    return refusal;
}

constexpr std::string_view refusal_columns =
    "SELECT q.source, coalesce(i.live_day, 0), q.message, q.line, q.reason, q.detail, q.sealed "
    "FROM quarantine q JOIN imports i ON i.id = q.import_id ";

}  // namespace

Status Metadata::record_live(const LiveOutcome& outcome) {
    const std::scoped_lock lock(mutex_);
    sqlite::Connection& connection = database_->connection;
    sqlite::Transaction transaction = TRY(sqlite::Transaction::begin(connection));
    TRY(add_counts(connection, outcome));
    TRY(add_refusals(connection, outcome));
    TRY(note_heard(connection, outcome));
    for (const FeedRecord& feed : outcome.blocked) {
        TRY(save_feed_row(connection, feed));
    }
    TRY(open_tasks(connection, outcome.tasks));
    sqlite::Statement cursor = TRY(connection.prepare(
        "INSERT INTO settings(key, value) VALUES (?, ?) ON CONFLICT(key) DO UPDATE SET value = excluded.value"));
    TRY(cursor.bind(cursor_key).bind(std::to_string(outcome.through)).run());
    return transaction.commit();
}

Result<std::uint64_t> Metadata::live_cursor() {
    const std::scoped_lock lock(mutex_);
    sqlite::Statement statement =
        TRY(database_->connection.prepare("SELECT CAST(value AS INTEGER) FROM settings WHERE key = ?"));
    const bool found = TRY(statement.bind(cursor_key).step());
    return found ? statement.unsigned_integer(0) : 0;
}

Result<std::vector<FeedRecord>> Metadata::feeds() {
    const std::scoped_lock lock(mutex_);
    sqlite::Statement statement =
        TRY(database_->connection.prepare("SELECT source, state, reason, since_ms, last_message_ms FROM feeds ORDER BY source"));
    std::vector<FeedRecord> result;
    while (TRY(statement.step())) {
        result.push_back(FeedRecord{source_of(statement.integer(0)),
                                    statement.text(1) == "blocked" ? FeedState::blocked : FeedState::open, statement.text(2),
                                    time_of(statement.integer(3)), time_or_none(statement, 4)});
    }
    return result;
}

Status Metadata::save_feed(const FeedRecord& feed) {
    const std::scoped_lock lock(mutex_);
    return save_feed_row(database_->connection, feed);
}

Result<std::vector<LiveRefusal>> Metadata::refusals_of_message(std::uint64_t message) {
    const std::scoped_lock lock(mutex_);
    sqlite::Statement statement = TRY(database_->connection.prepare(
        std::string(refusal_columns).append("WHERE q.message = ? AND q.message > 0 ORDER BY q.line LIMIT ?")));
    statement.bind(message).bind(bounded(quarantine_rows_max));
    std::vector<LiveRefusal> result;
    while (TRY(statement.step())) {
        result.push_back(refusal_of(statement));
    }
    return result;
}

Result<std::vector<LiveRefusal>> Metadata::sealed_refusals(SourceId source, std::size_t limit) {
    const std::scoped_lock lock(mutex_);
    sqlite::Statement statement = TRY(database_->connection.prepare(
        std::string(refusal_columns).append("WHERE q.source = ? AND q.sealed > 0 ORDER BY q.sealed LIMIT ?")));
    statement.bind(int{source.raw()}).bind(bounded(limit));
    std::vector<LiveRefusal> result;
    while (TRY(statement.step())) {
        result.push_back(refusal_of(statement));
    }
    return result;
}

Status Metadata::forget_sealed(const std::vector<std::uint64_t>& sealed) {
    const std::scoped_lock lock(mutex_);
    sqlite::Connection& connection = database_->connection;
    sqlite::Transaction transaction = TRY(sqlite::Transaction::begin(connection));
    sqlite::Statement statement = TRY(connection.prepare("UPDATE quarantine SET sealed = 0 WHERE sealed = ? AND sealed > 0"));
    for (const std::uint64_t id : sealed) {
        TRY(statement.bind(id).run());
    }
    return transaction.commit();
}

Status Metadata::save_token(const FeedToken& token) {
    const std::scoped_lock lock(mutex_);
    sqlite::Statement statement = TRY(database_->connection.prepare(
        "INSERT INTO tokens(hash, source_key, label, created_ms, revoked_ms) VALUES (?, ?, ?, ?, ?) "
        "ON CONFLICT(hash) DO UPDATE SET revoked_ms = excluded.revoked_ms"));
    statement.bind(std::span<const std::uint8_t>(token.hash)).bind(token.source_key).bind(token.label).bind(stored_time(token.created));
    bind_time(statement, token.revoked);
    return statement.run();
}

Result<std::vector<FeedToken>> Metadata::tokens() {
    const std::scoped_lock lock(mutex_);
    sqlite::Statement statement = TRY(database_->connection.prepare(
        "SELECT hash, source_key, label, created_ms, revoked_ms FROM tokens ORDER BY source_key, created_ms"));
    std::vector<FeedToken> result;
    while (TRY(statement.step())) {
        FeedToken& token = result.emplace_back();
        const std::span<const std::uint8_t> hash = statement.blob(0);
        std::copy_n(hash.begin(), std::min(hash.size(), token.hash.size()), token.hash.begin());
        token.source_key = statement.text(1);
        token.label = statement.text(2);
        token.created = time_of(statement.integer(3));
        token.revoked = time_or_none(statement, 4);
    }
    return result;
}

Result<std::uint64_t> Metadata::add_manifest(const ManifestVersion& manifest) {
    const std::scoped_lock lock(mutex_);
    sqlite::Statement statement = TRY(database_->connection.prepare(
        "INSERT INTO manifests(source_key, saved_ms, account, note, toml) VALUES (?, ?, ?, ?, ?)"));
    TRY(statement.bind(manifest.source_key).bind(stored_time(manifest.saved)).bind(manifest.account).bind(manifest.note)
            .bind(manifest.toml).run());
    return static_cast<std::uint64_t>(database_->connection.last_insert_id());
}

Result<std::vector<ManifestVersion>> Metadata::manifests(std::string_view source_key, std::size_t limit) {
    const std::scoped_lock lock(mutex_);
    sqlite::Statement statement = TRY(database_->connection.prepare(
        "SELECT version, source_key, saved_ms, account, note, toml FROM manifests WHERE source_key = ? ORDER BY version DESC LIMIT ?"));
    statement.bind(source_key).bind(bounded(limit));
    std::vector<ManifestVersion> result;
    while (TRY(statement.step())) {
        result.push_back(ManifestVersion{statement.unsigned_integer(0), statement.text(1), time_of(statement.integer(2)),
                                         statement.text(3), statement.text(4), statement.text(5)});
    }
    return result;
}

Result<std::vector<Task>> Metadata::tasks(std::size_t limit) {
    const std::scoped_lock lock(mutex_);
    sqlite::Statement statement = TRY(database_->connection.prepare(
        "SELECT id, kind, source, opened_ms, detail, closed_ms, account, decision FROM tasks "
        "ORDER BY closed_ms IS NOT NULL, id DESC LIMIT ?"));
    statement.bind(bounded(limit));
    std::vector<Task> result;
    while (TRY(statement.step())) {
        result.push_back(Task{statement.unsigned_integer(0), statement.text(1), source_of(statement.integer(2)),
                              time_of(statement.integer(3)), statement.text(4), time_or_none(statement, 5), statement.text(6),
                              statement.text(7)});
    }
    return result;
}

Status Metadata::close_task(std::uint64_t id, Instant now, std::string_view account, std::string_view decision) {
    const std::scoped_lock lock(mutex_);
    sqlite::Connection& connection = database_->connection;
    sqlite::Statement find = TRY(connection.prepare("SELECT closed_ms IS NOT NULL FROM tasks WHERE id = ?"));
    if (!TRY(find.bind(id).step())) {
        return fail(ErrorCode::not_found, "tâche n° " + std::to_string(id) + " inconnue");
    }
    if (find.integer(0) != 0) {
        return fail(ErrorCode::conflict, "tâche n° " + std::to_string(id) + " déjà close");
    }
    sqlite::Statement close = TRY(connection.prepare("UPDATE tasks SET closed_ms = ?, account = ?, decision = ? WHERE id = ?"));
    return close.bind(stored_time(now)).bind(account).bind(decision).bind(id).run();
}

}  // namespace vigie
