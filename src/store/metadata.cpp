#include "store/metadata.h"

#include <map>
#include <utility>

#include "store/metadata_database.h"

namespace vigie {

namespace {

constexpr std::string_view import_columns =
    "SELECT id, source, file_name, file_hash, started_ms, ended_ms, read, stored, duplicates, quarantined, state, error, "
    "passed_over, live_day FROM imports ORDER BY id DESC LIMIT ?";

SourceId source_of(std::int64_t stored) { return SourceId{static_cast<std::uint16_t>(stored)}; }

void bind_import(sqlite::Statement& statement, const ImportRecord& import) {
    statement.bind(int{import.source.raw()})
        .bind(import.file_name)
        .bind(import.file_hash)
        .bind(stored_time(import.started));
    if (import.ended) {
        statement.bind(stored_time(*import.ended));
    } else {
        statement.bind_null();
    }
    statement.bind(import.read)
        .bind(import.stored)
        .bind(import.duplicates)
        .bind(import.quarantined)
        .bind(import.state)
        .bind(import.error)
        .bind(import.passed_over);
}

/// A run that was never ended belongs to a process that died: this one is alone and has just begun.
Status close_interrupted_imports(sqlite::Connection& connection) {
    return connection.execute(
        "UPDATE imports SET state = 'failed', error = 'interrompu : le programme s''est arrêté pendant l''import' "
        "WHERE state = 'running' AND live_day IS NULL");
}

/// The refusals of a file belong to its last complete import: without this, importing a file again after a crash or by
/// mistake would count each bad line twice.
Status forget_superseded_quarantine(sqlite::Connection& connection, const ImportRecord& import) {
    constexpr std::string_view earlier =
        "import_id IN (SELECT id FROM imports WHERE source = ? AND id < ? AND (file_hash = ? OR (file_name = ? AND state IN "
        "('failed', 'cancelled'))))";
    for (const char* table : {"quarantine", "quarantine_counts"}) {
        sqlite::Statement statement = TRY(connection.prepare(
            std::string("DELETE FROM ").append(table).append(" WHERE ").append(earlier)));
        TRY(statement.bind(int{import.source.raw()})
                .bind(import.id)
                .bind(import.file_hash)
                .bind(import.file_name)
                .run());
    }
    return {};
}

}  // namespace

Metadata::Metadata(std::unique_ptr<Database> database) : database_(std::move(database)) {}
Metadata::~Metadata() = default;

Result<std::unique_ptr<Metadata>> Metadata::open(const std::string& path) {
    auto database = std::make_unique<Database>(Database{TRY(sqlite::Connection::open(path))});
    TRY(migrate_metadata(database->connection));
    TRY(close_interrupted_imports(database->connection));
    return std::unique_ptr<Metadata>(new Metadata(std::move(database)));
}

Status Metadata::backup(const std::string& path) {
    const std::scoped_lock lock(mutex_);
    return database_->connection.backup(path);
}

// ---------------------------------------------------------------- settings and sources

Status Metadata::save_setting(std::string_view key, std::string_view value) {
    const std::scoped_lock lock(mutex_);
    sqlite::Statement statement = TRY(database_->connection.prepare(
        "INSERT INTO settings(key, value) VALUES (?, ?) ON CONFLICT(key) DO UPDATE SET value = excluded.value"));
    return statement.bind(key).bind(value).run();
}

Result<std::optional<std::string>> Metadata::setting(std::string_view key) {
    const std::scoped_lock lock(mutex_);
    sqlite::Statement statement =
        TRY(database_->connection.prepare("SELECT value FROM settings WHERE key = ?"));
    if (!TRY(statement.bind(key).step())) {
        return std::optional<std::string>{};
    }
    return std::optional<std::string>{statement.text(0)};
}

Result<SourceRecord> Metadata::register_source(SourceRecord source) {
    if (source.key.empty()) {
        return fail(ErrorCode::invalid_input, "source sans clé : le manifeste doit en donner une");
    }
    const std::scoped_lock lock(mutex_);
    // Numbers are given in order of first meeting, so that they stay small; 65535 sources is far above any city.
    sqlite::Statement statement = TRY(database_->connection.prepare(
        "INSERT INTO sources(id, key, label, attribution, licence, manifest, registered_ms) "
        "VALUES ((SELECT coalesce(max(id) + 1, 0) FROM sources), ?, ?, ?, ?, ?, ?) "
        "ON CONFLICT(key) DO UPDATE SET label = excluded.label, attribution = excluded.attribution, "
        "licence = excluded.licence, manifest = excluded.manifest RETURNING id, registered_ms"));
    statement.bind(source.key)
        .bind(source.label)
        .bind(source.attribution)
        .bind(source.licence)
        .bind(source.manifest)
        .bind(stored_time(source.registered));
    if (!TRY(statement.step())) {
        return fail(ErrorCode::internal, "metadata.sqlite : la source n'a pas reçu de numéro");
    }
    source.id = source_of(statement.integer(0));
    source.registered = time_of(statement.integer(1));
    TRY(statement.run());  // a statement with RETURNING is committed only once it is at its end
    return source;
}

Result<std::vector<SourceRecord>> Metadata::sources() {
    const std::scoped_lock lock(mutex_);
    sqlite::Statement statement = TRY(database_->connection.prepare(
        "SELECT id, key, label, attribution, licence, manifest, registered_ms FROM sources ORDER BY id"));
    std::vector<SourceRecord> result;
    while (TRY(statement.step())) {
        result.push_back(SourceRecord{source_of(statement.integer(0)), statement.text(1),
                                      statement.text(2), statement.text(3), statement.text(4),
                                      statement.text(5), time_of(statement.integer(6))});
    }
    return result;
}

// ---------------------------------------------------------------- imports

Result<std::uint64_t> Metadata::begin_import(const ImportRecord& import) {
    const std::scoped_lock lock(mutex_);
    sqlite::Statement statement = TRY(database_->connection.prepare(
        "INSERT INTO imports(source, file_name, file_hash, started_ms, ended_ms, read, stored, duplicates, quarantined, state, "
        "error, passed_over) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"));
    bind_import(statement, import);
    TRY(statement.run());
    return static_cast<std::uint64_t>(database_->connection.last_insert_id());
}

Status Metadata::update_import(const ImportRecord& import) {
    const std::scoped_lock lock(mutex_);
    sqlite::Connection& connection = database_->connection;
    sqlite::Transaction transaction = TRY(sqlite::Transaction::begin(connection));
    sqlite::Statement statement = TRY(connection.prepare(
        "UPDATE imports SET source = ?, file_name = ?, file_hash = ?, started_ms = ?, ended_ms = ?, read = ?, stored = ?, "
        "duplicates = ?, quarantined = ?, state = ?, error = ?, passed_over = ? WHERE id = ?"));
    bind_import(statement, import);
    TRY(statement.bind(import.id).run());
    if (connection.rows_changed() != 1) {
        return fail(ErrorCode::not_found, "import n° " + std::to_string(import.id) + " inconnu");
    }
    if (import.state == "done" && !import.file_hash.empty()) {
        TRY(forget_superseded_quarantine(connection, import));
    }
    return transaction.commit();
}

Result<std::vector<ImportRecord>> Metadata::imports(std::size_t limit) {
    const std::scoped_lock lock(mutex_);
    sqlite::Statement statement = TRY(database_->connection.prepare(import_columns));
    statement.bind(bounded(limit));
    std::vector<ImportRecord> result;
    while (TRY(statement.step())) {
        ImportRecord& import = result.emplace_back();
        import.id = statement.unsigned_integer(0);
        import.source = source_of(statement.integer(1));
        import.file_name = statement.text(2);
        import.file_hash = statement.text(3);
        import.started = time_of(statement.integer(4));
        if (!statement.is_null(5)) {
            import.ended = time_of(statement.integer(5));
        }
        import.read = statement.unsigned_integer(6);
        import.stored = statement.unsigned_integer(7);
        import.duplicates = statement.unsigned_integer(8);
        import.quarantined = statement.unsigned_integer(9);
        import.state = statement.text(10);
        import.error = statement.text(11);
        import.passed_over = statement.unsigned_integer(12);
        if (!statement.is_null(13)) {
            import.live_day = LocalDay{static_cast<std::int32_t>(statement.integer(13))};
        }
    }
    return result;
}

// ---------------------------------------------------------------- quarantine

Status Metadata::add_quarantine(const std::vector<QuarantineRecord>& records) {
    const std::scoped_lock lock(mutex_);
    sqlite::Transaction transaction = TRY(sqlite::Transaction::begin(database_->connection));
    TRY(insert_quarantine(database_->connection, records));
    return transaction.commit();
}

Status insert_quarantine(sqlite::Connection& connection, const std::vector<QuarantineRecord>& records) {
    sqlite::Statement kept_before = TRY(connection.prepare(
        "SELECT coalesce(sum(kept), 0) FROM quarantine_counts WHERE import_id = ?"));
    sqlite::Statement insert = TRY(connection.prepare(
        "INSERT INTO quarantine(import_id, source, file_name, line, reason, detail, message, sealed) VALUES (?, ?, ?, ?, ?, ?, ?, ?)"));
    sqlite::Statement count = TRY(connection.prepare(
        "INSERT INTO quarantine_counts(import_id, source, reason, count, kept) VALUES (?, ?, ?, 1, ?) "
        "ON CONFLICT DO UPDATE SET count = count + 1, kept = kept + excluded.kept"));
    std::map<std::uint64_t, std::uint64_t> kept_of;  // by import
    for (const QuarantineRecord& record : records) {
        auto kept = kept_of.find(record.import_id);
        if (kept == kept_of.end()) {
            const bool counted = TRY(kept_before.bind(record.import_id).step());
            kept = kept_of.emplace(record.import_id, counted ? kept_before.unsigned_integer(0) : 0).first;
            TRY(kept_before.run());
        }
        const bool keep = kept->second < quarantine_rows_max;
        if (keep) {
            ++kept->second;
            TRY(insert.bind(record.import_id)
                    .bind(int{record.source.raw()})
                    .bind(record.file_name)
                    .bind(record.line)
                    .bind(record.reason)
                    .bind(record.detail)
                    .bind(record.message)
                    .bind(record.sealed)
                    .run());
        }
        TRY(count.bind(record.import_id)
                .bind(int{record.source.raw()})
                .bind(record.reason)
                .bind(keep)
                .run());
    }
    return {};
}

Result<std::vector<QuarantineCount>> Metadata::quarantine_counts() {
    const std::scoped_lock lock(mutex_);
    sqlite::Statement statement = TRY(database_->connection.prepare(
        "SELECT source, reason, sum(count) FROM quarantine_counts GROUP BY source, reason ORDER BY source, reason"));
    std::vector<QuarantineCount> result;
    while (TRY(statement.step())) {
        result.push_back(QuarantineCount{source_of(statement.integer(0)), statement.text(1),
                                         statement.unsigned_integer(2)});
    }
    return result;
}

Result<std::vector<QuarantineRecord>> Metadata::quarantine(std::optional<SourceId> source,
                                                           std::size_t offset, std::size_t limit) {
    const std::scoped_lock lock(mutex_);
    sqlite::Statement statement = TRY(database_->connection.prepare(
        "SELECT import_id, source, file_name, line, reason, detail, message, sealed FROM quarantine WHERE ?1 < 0 OR source = ?1 "
        "ORDER BY import_id, line, rowid LIMIT ?2 OFFSET ?3"));
    statement.bind(source ? int{source->raw()} : -1)
        .bind(bounded(limit))
        .bind(std::uint64_t{offset});
    std::vector<QuarantineRecord> result;
    while (TRY(statement.step())) {
        result.push_back(QuarantineRecord{statement.unsigned_integer(0), source_of(statement.integer(1)),
                                          statement.text(2), statement.unsigned_integer(3),
                                          statement.text(4), statement.text(5), statement.unsigned_integer(6),
                                          statement.unsigned_integer(7)});
    }
    return result;
}

}  // namespace vigie
