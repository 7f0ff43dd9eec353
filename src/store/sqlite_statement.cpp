#include "store/sqlite_statement.h"

#include <fcntl.h>
#include <sqlite3.h>
#include <unistd.h>

#include <bit>
#include <utility>

namespace vigie::sqlite {

namespace {

/// How long a statement waits for another process that has the file open (a backup tool, a curious `sqlite3`).
constexpr int busy_timeout_ms = 5'000;

std::string last_component(const std::string& path) {
    const auto slash = path.rfind('/');
    return slash == std::string::npos ? path : path.substr(slash + 1);
}

/// SQLite would make the file with the umask's mode; its -wal and -shm take the mode of the file.
void make_private(const std::string& path) {
    const int file = ::open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600);
    if (file >= 0) {
        ::close(file);  // a failure shows when SQLite opens the same path
    }
}

bool fsync_path(const std::string& path, int flags) {
    const int file = ::open(path.c_str(), flags | O_RDONLY | O_CLOEXEC);
    if (file < 0) {
        return false;
    }
    const bool done = ::fsync(file) == 0;
    ::close(file);
    return done;
}

struct Meaning {
    ErrorCode code;
    const char* text;
};

Meaning meaning_of(int code) {
    if (code == SQLITE_CONSTRAINT_FOREIGNKEY) {
        return {ErrorCode::invalid_input, "référence à une ligne qui n'existe pas"};
    }
    switch (code & 0xff) {
        case SQLITE_FULL: return {ErrorCode::unavailable, "disque plein"};
        case SQLITE_IOERR: return {ErrorCode::unavailable, "erreur de lecture ou d'écriture du disque"};
        case SQLITE_CANTOPEN: return {ErrorCode::unavailable, "ouverture impossible"};
        case SQLITE_PERM:
        case SQLITE_READONLY: return {ErrorCode::unavailable, "écriture interdite"};
        case SQLITE_BUSY:
        case SQLITE_LOCKED: return {ErrorCode::unavailable, "base occupée par un autre programme"};
        case SQLITE_NOMEM: return {ErrorCode::unavailable, "mémoire insuffisante"};
        case SQLITE_CORRUPT: return {ErrorCode::corrupt, "base abîmée"};
        case SQLITE_NOTADB: return {ErrorCode::corrupt, "ce n'est pas une base SQLite"};
        case SQLITE_TOOBIG: return {ErrorCode::invalid_input, "valeur trop longue"};
        case SQLITE_CONSTRAINT: return {ErrorCode::conflict, "contrainte de la base"};
        default: return {ErrorCode::internal, "requête refusée"};
    }
}

}  // namespace

// ---------------------------------------------------------------- Statement

void Statement::Finalize::operator()(sqlite3_stmt* statement) const { sqlite3_finalize(statement); }

Statement::Statement(const Connection& connection, sqlite3_stmt* statement)
    : connection_(&connection), statement_(statement) {}

void Statement::note(int code) {
    ++next_parameter_;
    if (code != SQLITE_OK && bind_error_ == SQLITE_OK) {
        bind_error_ = code;
    }
}

Statement& Statement::bind(std::int64_t value) {
    note(sqlite3_bind_int64(statement_.get(), next_parameter_, value));
    return *this;
}

Statement& Statement::bind(std::uint64_t value) { return bind(std::bit_cast<std::int64_t>(value)); }

Statement& Statement::bind(std::string_view text) {
    // A null pointer would bind NULL where the column wants text.
    const char* bytes = text.data() == nullptr ? "" : text.data();
    note(sqlite3_bind_text64(statement_.get(), next_parameter_, bytes, text.size(), SQLITE_TRANSIENT,
                             SQLITE_UTF8));
    return *this;
}

Statement& Statement::bind(std::span<const std::uint8_t> blob) {
    note(blob.empty() ? sqlite3_bind_zeroblob(statement_.get(), next_parameter_, 0)
                      : sqlite3_bind_blob64(statement_.get(), next_parameter_, blob.data(), blob.size(),
                                            SQLITE_TRANSIENT));
    return *this;
}

Statement& Statement::bind_null() {
    note(sqlite3_bind_null(statement_.get(), next_parameter_));
    return *this;
}

Result<bool> Statement::step() {
    if (bind_error_ != SQLITE_OK) {
        return tl::unexpected<Error>(connection_->error_of(bind_error_));
    }
    const int code = sqlite3_step(statement_.get());
    if (code == SQLITE_ROW) {
        return true;
    }
    if (code == SQLITE_DONE) {
        return false;
    }
    const Error error = connection_->error_of(code);
    sqlite3_reset(statement_.get());
    return tl::unexpected<Error>(error);
}

Status Statement::run() {
    while (TRY(step())) {
    }
    sqlite3_reset(statement_.get());
    next_parameter_ = 1;
    return {};
}

std::int64_t Statement::integer(int column) const {
    return sqlite3_column_int64(statement_.get(), column);
}

std::uint64_t Statement::unsigned_integer(int column) const {
    return std::bit_cast<std::uint64_t>(integer(column));
}

std::string Statement::text(int column) const {
    const unsigned char* bytes = sqlite3_column_text(statement_.get(), column);
    const int size = sqlite3_column_bytes(statement_.get(), column);
    if (bytes == nullptr || size <= 0) {
        return {};
    }
    return std::string(bytes, bytes + size);
}

std::span<const std::uint8_t> Statement::blob(int column) const {
    const void* bytes = sqlite3_column_blob(statement_.get(), column);
    const int size = sqlite3_column_bytes(statement_.get(), column);
    if (bytes == nullptr || size <= 0) {
        return {};
    }
    return {static_cast<const std::uint8_t*>(bytes), static_cast<std::size_t>(size)};
}

bool Statement::is_null(int column) const {
    return sqlite3_column_type(statement_.get(), column) == SQLITE_NULL;
}

// ---------------------------------------------------------------- Connection

void Connection::Close::operator()(sqlite3* database) const { sqlite3_close_v2(database); }

Connection::Connection(sqlite3* database, std::string name)
    : database_(database), name_(std::move(name)) {}

Result<Connection> Connection::open(const std::string& path) {
    make_private(path);
    sqlite3* raw = nullptr;
    const int code = sqlite3_open_v2(
        path.c_str(), &raw, SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE,
        nullptr);
    Connection connection(raw, last_component(path));
    if (code != SQLITE_OK) {
        return tl::unexpected<Error>(connection.error_of(code));
    }
    sqlite3_busy_timeout(raw, busy_timeout_ms);
    // WAL survives kill -9; FULL makes a commit survive a power cut too, which « durable on return » means.
    TRY(connection.execute(
        "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON; PRAGMA trusted_schema=OFF;"));
    return connection;
}

Status Connection::execute(const char* sql) {
    const int code = sqlite3_exec(database_.get(), sql, nullptr, nullptr, nullptr);
    if (code != SQLITE_OK) {
        return tl::unexpected<Error>(error_of(code));
    }
    return {};
}

Result<Statement> Connection::prepare(std::string_view sql) {
    sqlite3_stmt* statement = nullptr;
    const int code = sqlite3_prepare_v2(database_.get(), sql.data(), static_cast<int>(sql.size()),
                                        &statement, nullptr);
    if (code != SQLITE_OK) {
        return tl::unexpected<Error>(error_of(code));
    }
    return Statement(*this, statement);
}

Result<std::int64_t> Connection::integer(std::string_view sql) {
    Statement statement = TRY(prepare(sql));
    if (!TRY(statement.step())) {
        return fail(ErrorCode::not_found, name_ + " : aucune ligne");
    }
    return statement.integer(0);
}

std::int64_t Connection::last_insert_id() const { return sqlite3_last_insert_rowid(database_.get()); }

int Connection::rows_changed() const { return sqlite3_changes(database_.get()); }

Status Connection::backup(const std::string& path) {
    make_private(path);
    sqlite3* raw = nullptr;
    const int opened = sqlite3_open_v2(
        path.c_str(), &raw, SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE,
        nullptr);
    {
        const Connection target(raw, last_component(path));
        if (opened != SQLITE_OK) {
            return tl::unexpected<Error>(target.error_of(opened));
        }
        sqlite3_backup* copy = sqlite3_backup_init(raw, "main", database_.get(), "main");
        if (copy == nullptr) {
            return tl::unexpected<Error>(target.error_of(sqlite3_extended_errcode(raw)));
        }
        sqlite3_backup_step(copy, -1);
        const int code = sqlite3_backup_finish(copy);
        if (code != SQLITE_OK) {
            return tl::unexpected<Error>(target.error_of(code));
        }
    }
    const auto slash = path.rfind('/');
    const std::string directory = slash == std::string::npos ? "." : path.substr(0, slash + 1);
    if (!fsync_path(path, 0) || !fsync_path(directory, O_DIRECTORY)) {
        return fail(ErrorCode::unavailable,
                    last_component(path) + " : la copie n'a pas pu être mise à l'abri sur le disque");
    }
    return {};
}

Error Connection::error_of(int code) const {
    const Meaning meaning = meaning_of(code);
    // SQLite's own words name tables and columns, never values.
    const char* detail = database_ ? sqlite3_errmsg(database_.get()) : sqlite3_errstr(code);
    return Error{meaning.code, name_ + " : " + meaning.text + " (" + detail + ")"};
}

// ---------------------------------------------------------------- Transaction

Result<Transaction> Transaction::begin(Connection& connection) {
    TRY(connection.execute("BEGIN IMMEDIATE"));
    return Transaction(connection);
}

Transaction::Transaction(Transaction&& other) noexcept
    : connection_(std::exchange(other.connection_, nullptr)) {}

Transaction::~Transaction() {
    if (connection_ != nullptr) {
        // Nothing to do about a failure: SQLite has then rolled back by itself, or will when the file is next opened.
        static_cast<void>(connection_->execute("ROLLBACK"));
    }
}

Status Transaction::commit() {
    TRY(connection_->execute("COMMIT"));
    connection_ = nullptr;
    return {};
}

}  // namespace vigie::sqlite
