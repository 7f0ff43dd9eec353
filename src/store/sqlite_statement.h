// SQLite behind three small owners, so that the metadata code reads as SQL and values. Private to store/.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "base/result.h"

struct sqlite3;
struct sqlite3_stmt;

namespace vigie::sqlite {

class Connection;

/// One prepared statement. Numbers of parameters and columns count from 1 and from 0, as SQLite has it.
class Statement {
  public:
    /// Binds the parameters in order of the calls. Text and blobs are copied.
    Statement& bind(std::int64_t value);
    Statement& bind(std::uint64_t value);
    Statement& bind(int value) { return bind(std::int64_t{value}); }
    Statement& bind(bool value) { return bind(std::int64_t{value ? 1 : 0}); }
    Statement& bind(std::string_view text);
    Statement& bind(const char* text) { return bind(std::string_view(text)); }
    Statement& bind(std::span<const std::uint8_t> blob);
    Statement& bind_null();

    /// True when a row is there to read, false at the end. Errors: as Connection::execute, or of an earlier bind.
    [[nodiscard]] Result<bool> step();
    /// Runs a statement that returns no rows to its end, and makes it ready for other parameters.
    [[nodiscard]] Status run();

    [[nodiscard]] std::int64_t integer(int column) const;
    [[nodiscard]] std::uint64_t unsigned_integer(int column) const;
    [[nodiscard]] std::string text(int column) const;
    /// Looks at the bytes of a blob; valid until the next step.
    [[nodiscard]] std::span<const std::uint8_t> blob(int column) const;
    [[nodiscard]] bool is_null(int column) const;

  private:
    friend class Connection;
    struct Finalize {
        void operator()(sqlite3_stmt* statement) const;
    };
    Statement(const Connection& connection, sqlite3_stmt* statement);
    void note(int code);
    const Connection* connection_;
    std::unique_ptr<sqlite3_stmt, Finalize> statement_;
    int next_parameter_ = 1;
    int bind_error_ = 0;
};

/// One database file. Not for use by two threads at once.
class Connection {
  public:
    /// Opens or makes the file (mode 0600), in WAL with synchronous=FULL and foreign keys on.
    /// Errors: unavailable, corrupt.
    [[nodiscard]] static Result<Connection> open(const std::string& path);

    /// Runs one or more statements without parameters.
    /// Errors: unavailable (disk full, not writable, locked), corrupt, conflict (a constraint), internal (wrong SQL).
    [[nodiscard]] Status execute(const char* sql);
    [[nodiscard]] Result<Statement> prepare(std::string_view sql);
    /// The first column of the first row. Errors: not_found without a row.
    [[nodiscard]] Result<std::int64_t> integer(std::string_view sql);
    [[nodiscard]] std::int64_t last_insert_id() const;
    [[nodiscard]] int rows_changed() const;
    /// Copies the whole database into a new file (mode 0600), durable on return.
    [[nodiscard]] Status backup(const std::string& path);
    /// The Error of a SQLite result code, in French, with the file's name.
    [[nodiscard]] Error error_of(int code) const;

  private:
    struct Close {
        void operator()(sqlite3* database) const;
    };
    Connection(sqlite3* database, std::string name);
    std::unique_ptr<sqlite3, Close> database_;
    std::string name_;  // last component of the path: messages carry no folder of the machine
};

/// Rolls back unless committed.
class Transaction {
  public:
    [[nodiscard]] static Result<Transaction> begin(Connection& connection);
    Transaction(Transaction&& other) noexcept;
    Transaction& operator=(Transaction&&) = delete;
    ~Transaction();
    [[nodiscard]] Status commit();

  private:
    explicit Transaction(Connection& connection) : connection_(&connection) {}
    Connection* connection_;  // null once ended
};

}  // namespace vigie::sqlite
