// The engines of the store under the disk shim: commits numbers 1, 2, 3... each in its own transaction, and notes each one after its commit.
//
//   engine_session ENGINE run FILE LEDGER      until killed. ENGINE: sqlite (WAL, synchronous=FULL), sqlite-off (synchronous=OFF), duckdb
//   engine_session ENGINE check FILE LEDGER    prints "sound ...", or exits 1 when a noted number is not there
#include <duckdb.h>
#include <fcntl.h>
#include <sqlite3.h>
#include <unistd.h>

#include <cstdint>
#include <cstdio>
#include <fstream>
#include <string>

namespace {

[[noreturn]] void give_up(const std::string& what) {
    std::printf("UNSOUND: %s\n", what.c_str());
    std::fflush(stdout);
    std::_Exit(1);
}

class Engine {
  public:
    Engine() = default;
    Engine(const Engine&) = delete;
    Engine& operator=(const Engine&) = delete;
    virtual ~Engine() = default;
    virtual void run(const std::string& sql) = 0;
    virtual std::uint64_t number(const std::string& sql) = 0;
};

class Sqlite final : public Engine {
  public:
    Sqlite(const std::string& file, bool is_durable) {
        if (sqlite3_open(file.c_str(), &database_) != SQLITE_OK) {
            give_up("sqlite does not open");
        }
        run("PRAGMA journal_mode=WAL");
        run(is_durable ? "PRAGMA synchronous=FULL" : "PRAGMA synchronous=OFF");
        run("PRAGMA wal_autocheckpoint=20");
    }
    ~Sqlite() override { sqlite3_close(database_); }
    void run(const std::string& sql) override {
        if (sqlite3_exec(database_, sql.c_str(), nullptr, nullptr, nullptr) != SQLITE_OK) {
            give_up(sql + ": " + sqlite3_errmsg(database_));
        }
    }
    std::uint64_t number(const std::string& sql) override {
        sqlite3_stmt* statement = nullptr;
        if (sqlite3_prepare_v2(database_, sql.c_str(), -1, &statement, nullptr) != SQLITE_OK || sqlite3_step(statement) != SQLITE_ROW) {
            give_up(sql + ": " + sqlite3_errmsg(database_));
        }
        const auto value = static_cast<std::uint64_t>(sqlite3_column_int64(statement, 0));
        sqlite3_finalize(statement);
        return value;
    }

  private:
    sqlite3* database_ = nullptr;
};

class Duck final : public Engine {
  public:
    explicit Duck(const std::string& file) {
        char* error = nullptr;
        duckdb_config config = nullptr;
        duckdb_create_config(&config);
        duckdb_set_config(config, "threads", "1");
        duckdb_set_config(config, "checkpoint_threshold", "100KB");
        if (duckdb_open_ext(file.c_str(), &database_, config, &error) != DuckDBSuccess || duckdb_connect(database_, &connection_) != DuckDBSuccess) {
            give_up(std::string("duckdb does not open: ") + (error == nullptr ? "" : error));
        }
        duckdb_destroy_config(&config);
    }
    ~Duck() override {
        duckdb_disconnect(&connection_);
        duckdb_close(&database_);
    }
    void run(const std::string& sql) override { static_cast<void>(ask(sql)); }
    std::uint64_t number(const std::string& sql) override { return ask(sql); }

  private:
    std::uint64_t ask(const std::string& sql) {
        duckdb_result result;
        if (duckdb_query(connection_, sql.c_str(), &result) != DuckDBSuccess) {
            give_up(sql + ": " + duckdb_result_error(&result));
        }
        const std::uint64_t value = duckdb_row_count(&result) > 0 ? static_cast<std::uint64_t>(duckdb_value_int64(&result, 0, 0)) : 0;
        duckdb_destroy_result(&result);
        return value;
    }
    duckdb_database database_ = nullptr;
    duckdb_connection connection_ = nullptr;
};

std::uint64_t last_noted(const std::string& ledger) {
    std::uint64_t last = 0;
    std::ifstream lines(ledger);
    for (std::uint64_t number = 0; lines >> number;) {
        last = number;
    }
    return last;
}

template <class Opened>
int work(Opened& engine, const std::string& mode, const std::string& ledger) {
    engine.run("CREATE TABLE IF NOT EXISTS kept (n BIGINT, filler VARCHAR)");
    const auto last = engine.number("SELECT coalesce(max(n), 0) FROM kept");
    if (mode == "check") {
        const auto noted = last_noted(ledger);
        if (last < noted || engine.number("SELECT count(*) FROM kept") != last) {
            give_up("committed up to " + std::to_string(noted) + ", found up to " + std::to_string(last));
        }
        std::printf("sound: %llu committed\n", static_cast<unsigned long long>(last));
        return 0;
    }
    const int file = ::open(ledger.c_str(), O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
    for (std::uint64_t n = last + 1;; ++n) {
        engine.run("INSERT INTO kept VALUES (" + std::to_string(n) + ", '" + std::string(n % 300, 'x') + "')");
        const std::string line = std::to_string(n) + "\n";
        if (::write(file, line.data(), line.size()) < 0) {
            give_up("the ledger can not be written");
        }
    }
}

}  // namespace

int main(int count, char** arguments) {
    if (count != 5) {
        return 2;
    }
    const std::string name = arguments[1];
    if (name == "duckdb") {
        Duck engine(arguments[3]);
        return work(engine, arguments[2], arguments[4]);
    }
    Sqlite engine(arguments[3], name == "sqlite");
    return work(engine, arguments[2], arguments[4]);
}
