// The tables of metadata.sqlite, one migration a version (docs/formats/metadata.md). A migration that was
// released is never edited: what must change becomes the next one.

#include <array>
#include <string>

#include "store/metadata_database.h"

namespace vigie {

namespace {

/// « VIGI » in PRAGMA application_id: tells our file from any other SQLite database.
constexpr std::int64_t application_id = 0x56494749;

constexpr const char* version_1 = R"sql(
CREATE TABLE settings(key TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT, WITHOUT ROWID;
CREATE TABLE cities(version INTEGER PRIMARY KEY AUTOINCREMENT, saved_ms INTEGER NOT NULL, body BLOB NOT NULL) STRICT;
CREATE TABLE taxonomies(version INTEGER PRIMARY KEY AUTOINCREMENT, saved_ms INTEGER NOT NULL, body BLOB NOT NULL) STRICT;
CREATE TABLE sources(
  id INTEGER PRIMARY KEY CHECK (id BETWEEN 0 AND 65535), key TEXT NOT NULL UNIQUE, label TEXT NOT NULL,
  attribution TEXT NOT NULL, licence TEXT NOT NULL, manifest TEXT NOT NULL, registered_ms INTEGER NOT NULL) STRICT;
CREATE TABLE imports(
  id INTEGER PRIMARY KEY AUTOINCREMENT, source INTEGER NOT NULL REFERENCES sources(id), file_name TEXT NOT NULL,
  file_hash TEXT NOT NULL, started_ms INTEGER NOT NULL, ended_ms INTEGER, read INTEGER NOT NULL, stored INTEGER NOT NULL,
  duplicates INTEGER NOT NULL, quarantined INTEGER NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('running', 'done', 'cancelled', 'failed')), error TEXT NOT NULL) STRICT;
CREATE INDEX imports_by_source ON imports(source);
CREATE TABLE quarantine(
  import_id INTEGER NOT NULL REFERENCES imports(id), source INTEGER NOT NULL REFERENCES sources(id),
  file_name TEXT NOT NULL, line INTEGER NOT NULL, reason TEXT NOT NULL, detail TEXT NOT NULL) STRICT;
CREATE INDEX quarantine_by_line ON quarantine(import_id, line);
CREATE TABLE quarantine_counts(
  import_id INTEGER NOT NULL REFERENCES imports(id), source INTEGER NOT NULL REFERENCES sources(id),
  reason TEXT NOT NULL, count INTEGER NOT NULL, kept INTEGER NOT NULL,
  PRIMARY KEY (import_id, source, reason)) STRICT, WITHOUT ROWID;
CREATE TABLE journal(
  number INTEGER PRIMARY KEY AUTOINCREMENT, at_ms INTEGER NOT NULL, account TEXT NOT NULL, role TEXT NOT NULL,
  purpose TEXT NOT NULL, action TEXT NOT NULL, filters TEXT NOT NULL, rows INTEGER NOT NULL) STRICT;
CREATE TRIGGER journal_is_not_changed BEFORE UPDATE ON journal
  BEGIN SELECT RAISE(ABORT, 'the journal is append-only'); END;
CREATE TRIGGER journal_is_not_erased BEFORE DELETE ON journal
  BEGIN SELECT RAISE(ABORT, 'the journal is append-only'); END;
CREATE TABLE accounts(
  login TEXT PRIMARY KEY, role TEXT NOT NULL, password_hash TEXT NOT NULL, must_change_password INTEGER NOT NULL,
  disabled INTEGER NOT NULL) STRICT, WITHOUT ROWID;
CREATE TABLE failures(login TEXT PRIMARY KEY, count INTEGER NOT NULL, last_ms INTEGER NOT NULL) STRICT, WITHOUT ROWID;
CREATE TABLE sessions(
  token_hash BLOB PRIMARY KEY CHECK (length(token_hash) = 32), login TEXT NOT NULL REFERENCES accounts(login),
  purpose TEXT NOT NULL, csrf_token TEXT NOT NULL, created_ms INTEGER NOT NULL, last_seen_ms INTEGER NOT NULL
  ) STRICT, WITHOUT ROWID;
CREATE INDEX sessions_by_login ON sessions(login);
)sql";

// Feeds: what they bring in a day is a line among the imports.
constexpr const char* version_2 = R"sql(
ALTER TABLE imports ADD COLUMN passed_over INTEGER NOT NULL DEFAULT 0;
ALTER TABLE imports ADD COLUMN live_day INTEGER;
CREATE UNIQUE INDEX imports_by_live_day ON imports(source, live_day) WHERE live_day IS NOT NULL;
ALTER TABLE quarantine ADD COLUMN message INTEGER NOT NULL DEFAULT 0;
ALTER TABLE quarantine ADD COLUMN sealed INTEGER NOT NULL DEFAULT 0;
CREATE INDEX quarantine_by_message ON quarantine(message) WHERE message > 0;
CREATE INDEX quarantine_by_sealed ON quarantine(sealed) WHERE sealed > 0;
CREATE TABLE feeds(
  source INTEGER PRIMARY KEY REFERENCES sources(id), state TEXT NOT NULL CHECK (state IN ('open', 'blocked')),
  reason TEXT NOT NULL, since_ms INTEGER NOT NULL, last_message_ms INTEGER) STRICT;
CREATE TABLE tokens(
  hash BLOB PRIMARY KEY CHECK (length(hash) = 32), source_key TEXT NOT NULL, label TEXT NOT NULL,
  created_ms INTEGER NOT NULL, revoked_ms INTEGER) STRICT, WITHOUT ROWID;
CREATE TABLE manifests(
  version INTEGER PRIMARY KEY AUTOINCREMENT, source_key TEXT NOT NULL, saved_ms INTEGER NOT NULL, account TEXT NOT NULL,
  note TEXT NOT NULL, toml TEXT NOT NULL) STRICT;
CREATE INDEX manifests_by_source ON manifests(source_key, version);
CREATE TABLE tasks(
  id INTEGER PRIMARY KEY AUTOINCREMENT, kind TEXT NOT NULL, source INTEGER NOT NULL REFERENCES sources(id),
  opened_ms INTEGER NOT NULL, detail TEXT NOT NULL, closed_ms INTEGER, account TEXT NOT NULL, decision TEXT NOT NULL) STRICT;
CREATE UNIQUE INDEX tasks_open ON tasks(kind, source) WHERE closed_ms IS NULL;
)sql";

constexpr std::array<const char*, metadata_schema_version> migrations{version_1, version_2};

}  // namespace

Status migrate_metadata(sqlite::Connection& connection) {
    const std::int64_t owner = TRY(connection.integer("PRAGMA application_id"));
    const std::int64_t found = TRY(connection.integer("PRAGMA user_version"));
    const std::int64_t tables = TRY(connection.integer("SELECT count(*) FROM sqlite_schema"));
    if (owner != application_id && (owner != 0 || tables != 0)) {
        return fail(ErrorCode::corrupt, "metadata.sqlite : cette base n'a pas été faite par Vigie");
    }
    if (found > metadata_schema_version) {
        return fail(ErrorCode::conflict,
                    "metadata.sqlite est au format " + std::to_string(found) +
                        ", ce programme connaît le format " + std::to_string(metadata_schema_version) +
                        " : il faut une version plus récente de Vigie");
    }
    if (found < 0) {
        return fail(ErrorCode::corrupt, "metadata.sqlite : numéro de format négatif");
    }
    for (auto version = static_cast<std::size_t>(found); version < migrations.size(); ++version) {
        sqlite::Transaction transaction = TRY(sqlite::Transaction::begin(connection));
        TRY(connection.execute(migrations.at(version)));
        const std::string mark = "PRAGMA application_id=" + std::to_string(application_id) +
                                 "; PRAGMA user_version=" + std::to_string(version + 1);
        TRY(connection.execute(mark.c_str()));
        TRY(transaction.commit());
    }
    return {};
}

}  // namespace vigie
