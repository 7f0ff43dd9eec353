// Accounts, wrong passwords and sessions.

#include <algorithm>
#include <utility>

#include "store/metadata_database.h"

namespace vigie {

namespace {

using governance::Account;
using governance::Session;
using governance::TokenHash;

/// Logins that nobody has, kept for throttling: somebody who tries names at random must not fill the disk.
constexpr int unknown_logins_max = 10'000;

constexpr std::string_view account_columns =
    "SELECT login, role, password_hash, must_change_password, disabled FROM accounts";

Error unknown_word(const char* what, const std::string& word) {
    return Error{ErrorCode::corrupt,
                 std::string("metadata.sqlite : ") + what + " inconnu : « " + word + " »"};
}

Result<Account> account_from(const sqlite::Statement& row) {
    Account account;
    account.login = row.text(0);
    const std::string role_name = row.text(1);
    const auto role = governance::role_from(role_name);
    if (!role) {
        return tl::unexpected<Error>(unknown_word("rôle", role_name));
    }
    account.role = *role;
    account.password_hash = row.text(2);
    account.must_change_password = row.integer(3) != 0;
    account.disabled = row.integer(4) != 0;
    return account;
}

}  // namespace

Result<std::optional<Account>> Metadata::find_account(std::string_view login) {
    const std::scoped_lock lock(mutex_);
    sqlite::Statement statement = TRY(
        database_->connection.prepare(std::string(account_columns).append(" WHERE login = ?")));
    if (!TRY(statement.bind(login).step())) {
        return std::optional<Account>{};
    }
    return std::optional<Account>{TRY(account_from(statement))};
}

Result<std::vector<Account>> Metadata::accounts() {
    const std::scoped_lock lock(mutex_);
    sqlite::Statement statement =
        TRY(database_->connection.prepare(std::string(account_columns).append(" ORDER BY login")));
    std::vector<Account> result;
    while (TRY(statement.step())) {
        result.push_back(TRY(account_from(statement)));
    }
    return result;
}

Status Metadata::save_account(const Account& account) {
    if (account.login.empty()) {
        return fail(ErrorCode::invalid_input, "compte sans identifiant");
    }
    const std::scoped_lock lock(mutex_);
    sqlite::Statement statement = TRY(database_->connection.prepare(
        "INSERT INTO accounts(login, role, password_hash, must_change_password, disabled) VALUES (?, ?, ?, ?, ?) "
        "ON CONFLICT(login) DO UPDATE SET role = excluded.role, password_hash = excluded.password_hash, "
        "must_change_password = excluded.must_change_password, disabled = excluded.disabled"));
    return statement.bind(account.login)
        .bind(governance::name_of(account.role))
        .bind(account.password_hash)
        .bind(account.must_change_password)
        .bind(account.disabled)
        .run();
}

Result<governance::AccountStore::Failures> Metadata::failures(std::string_view login) {
    const std::scoped_lock lock(mutex_);
    sqlite::Statement statement =
        TRY(database_->connection.prepare("SELECT count, last_ms FROM failures WHERE login = ?"));
    if (!TRY(statement.bind(login).step())) {
        return Failures{};
    }
    return Failures{static_cast<int>(statement.integer(0)), time_of(statement.integer(1))};
}

Status Metadata::save_failures(std::string_view login, Failures failures) {
    const std::scoped_lock lock(mutex_);
    sqlite::Connection& connection = database_->connection;
    sqlite::Transaction transaction = TRY(sqlite::Transaction::begin(connection));
    if (failures.count == 0) {
        sqlite::Statement erase = TRY(connection.prepare("DELETE FROM failures WHERE login = ?"));
        TRY(erase.bind(login).run());
        return transaction.commit();
    }
    sqlite::Statement save = TRY(connection.prepare(
        "INSERT INTO failures(login, count, last_ms) VALUES (?, ?, ?) "
        "ON CONFLICT(login) DO UPDATE SET count = excluded.count, last_ms = excluded.last_ms"));
    TRY(save.bind(login).bind(failures.count).bind(stored_time(failures.last)).run());
    sqlite::Statement prune = TRY(connection.prepare(
        "DELETE FROM failures WHERE login IN (SELECT login FROM failures WHERE login NOT IN (SELECT login FROM accounts) "
        "ORDER BY last_ms DESC, login LIMIT -1 OFFSET ?)"));
    if (TRY(connection.integer("SELECT count(*) FROM failures")) > unknown_logins_max) {
        TRY(prune.bind(unknown_logins_max).run());
    }
    return transaction.commit();
}

Status Metadata::save_session(const Session& session) {
    const std::scoped_lock lock(mutex_);
    sqlite::Connection& connection = database_->connection;
    sqlite::Transaction transaction = TRY(sqlite::Transaction::begin(connection));
    // What is over is swept out whenever somebody is seen; last_seen stands for now, which nothing here may ask.
    sqlite::Statement sweep =
        TRY(connection.prepare("DELETE FROM sessions WHERE created_ms <= ? OR last_seen_ms <= ?"));
    TRY(sweep.bind(stored_time(session.last_seen - governance::session_length_max))
            .bind(stored_time(session.last_seen - governance::session_idle_max))
            .run());
    sqlite::Statement save = TRY(connection.prepare(
        "INSERT INTO sessions(token_hash, login, purpose, csrf_token, created_ms, last_seen_ms) VALUES (?, ?, ?, ?, ?, ?) "
        "ON CONFLICT(token_hash) DO UPDATE SET login = excluded.login, purpose = excluded.purpose, "
        "csrf_token = excluded.csrf_token, created_ms = excluded.created_ms, last_seen_ms = excluded.last_seen_ms"));
    TRY(save.bind(std::span<const std::uint8_t>(session.token_hash))
            .bind(session.login)
            .bind(governance::name_of(session.purpose))
            .bind(session.csrf_token)
            .bind(stored_time(session.created))
            .bind(stored_time(session.last_seen))
            .run());
    return transaction.commit();
}

Result<std::optional<Session>> Metadata::find_session(const TokenHash& token_hash) {
    const std::scoped_lock lock(mutex_);
    sqlite::Statement statement = TRY(database_->connection.prepare(
        "SELECT login, purpose, csrf_token, created_ms, last_seen_ms FROM sessions WHERE token_hash = ?"));
    if (!TRY(statement.bind(std::span<const std::uint8_t>(token_hash)).step())) {
        return std::optional<Session>{};
    }
    Session session;
    session.token_hash = token_hash;
    session.login = statement.text(0);
    const std::string purpose_name = statement.text(1);
    const auto purpose = governance::purpose_from(purpose_name);
    if (!purpose) {
        return tl::unexpected<Error>(unknown_word("motif", purpose_name));
    }
    session.purpose = *purpose;
    session.csrf_token = statement.text(2);
    session.created = time_of(statement.integer(3));
    session.last_seen = time_of(statement.integer(4));
    return std::optional<Session>{std::move(session)};
}

Status Metadata::end_session(const TokenHash& token_hash) {
    const std::scoped_lock lock(mutex_);
    sqlite::Statement statement =
        TRY(database_->connection.prepare("DELETE FROM sessions WHERE token_hash = ?"));
    return statement.bind(std::span<const std::uint8_t>(token_hash)).run();
}

Status Metadata::end_sessions_of(std::string_view login) {
    const std::scoped_lock lock(mutex_);
    sqlite::Statement statement =
        TRY(database_->connection.prepare("DELETE FROM sessions WHERE login = ?"));
    return statement.bind(login).run();
}

}  // namespace vigie
