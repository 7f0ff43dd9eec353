#include "store/duck_database.h"

#include <duckdb.h>
#include <fmt/format.h>

#include <string_view>
#include <utility>

namespace vigie {
namespace {

// Connections kept open between questions; more are opened when more threads ask, and closed after.
constexpr std::size_t idle_connections_max = 8;

bool has(std::string_view text, std::string_view part) { return text.find(part) != std::string_view::npos; }

ErrorCode code_of(std::string_view message, int type) {
    if (has(message, "Could not set lock")) {
        return ErrorCode::conflict;
    }
    if (has(message, "orrupt") || has(message, "checksum") || has(message, "not a valid DuckDB") ||
        has(message, "Serialization Error") || has(message, "different DuckDB version")) {
        return ErrorCode::corrupt;
    }
    if (type == DUCKDB_ERROR_IO || type == DUCKDB_ERROR_OUT_OF_MEMORY || type == DUCKDB_ERROR_FATAL ||
        type == DUCKDB_ERROR_INTERRUPT || type == DUCKDB_ERROR_PERMISSION || has(message, "IO Error") ||
        has(message, "Could not write") || has(message, "No space left")) {
        return ErrorCode::unavailable;
    }
    return ErrorCode::internal;
}

Status set_options(duckdb_config config, const DuckDatabase::Options& options) {
    const std::pair<const char*, std::string> settings[] = {
        {"memory_limit", fmt::format("{}B", options.memory_bytes)},
        {"threads", std::to_string(options.threads)},
        {"temp_directory", options.temp_directory},
        {"autoinstall_known_extensions", "false"},
        {"autoload_known_extensions", "false"},
        {"allow_community_extensions", "false"},
    };
    for (const auto& [name, value] : settings) {
        if (duckdb_set_config(config, name, value.c_str()) == DuckDBError) {
            return fail(ErrorCode::internal, fmt::format("base des faits : réglage {} refusé", name));
        }
    }
    return {};
}

}  // namespace

struct DuckDatabase::Handle {
    duckdb_database database = nullptr;
};

DuckDatabase::DuckDatabase(Options options) : options_(std::move(options)), handle_(std::make_unique<Handle>()) {}

DuckDatabase::~DuckDatabase() { close_file(); }

Result<std::unique_ptr<DuckDatabase>> DuckDatabase::open(Options options) {
    std::unique_ptr<DuckDatabase> database(new DuckDatabase(std::move(options)));
    TRY(database->open_file());
    return database;
}

Status DuckDatabase::open_file() {
    duckdb_config config = nullptr;
    if (duckdb_create_config(&config) == DuckDBError) {
        return fail(ErrorCode::internal, "base des faits : DuckDB ne répond pas");
    }
    auto ready = set_options(config, options_);
    if (ready) {
        char* message = nullptr;
        if (duckdb_open_ext(options_.path.c_str(), &handle_->database, config, &message) == DuckDBError) {
            const std::string text = message != nullptr ? message : "";
            ready = fail(code_of(text, DUCKDB_ERROR_IO), fmt::format("base des faits {} : {}", options_.path, text));
            duckdb_free(message);
        }
    }
    duckdb_destroy_config(&config);
    return ready;
}

void DuckDatabase::close_file() {
    for (auto* connection : idle_) {
        duckdb_disconnect(&connection);
    }
    idle_.clear();
    duckdb_close(&handle_->database);
}

Result<DuckConnection> DuckDatabase::lend() {
    const std::lock_guard lock(mutex_);
    if (given_up_) {
        if (lent_ > 0) {
            return fail(ErrorCode::unavailable, "base des faits : en cours de reprise après une erreur d'écriture, réessayez");
        }
        close_file();
        TRY(open_file());
        given_up_ = false;
    }
    duckdb_connection connection = nullptr;
    if (!idle_.empty()) {
        connection = idle_.back();
        idle_.pop_back();
    } else if (duckdb_connect(handle_->database, &connection) == DuckDBError) {
        return fail(ErrorCode::unavailable, "base des faits : connexion refusée");
    }
    ++lent_;
    return DuckConnection(*this, connection);
}

void DuckDatabase::take_back(_duckdb_connection* handle) {
    const std::lock_guard lock(mutex_);
    --lent_;
    if (given_up_ || idle_.size() >= idle_connections_max) {
        duckdb_disconnect(&handle);
    } else {
        idle_.push_back(handle);
    }
}

DuckConnection::~DuckConnection() {
    if (handle_ != nullptr) {
        owner_->take_back(handle_);
    }
}

Error DuckConnection::error(const char* message, int duckdb_error_type) {
    const std::string_view text = message != nullptr ? message : "erreur sans message";
    if (duckdb_error_type == DUCKDB_ERROR_FATAL || duckdb_error_type == DUCKDB_ERROR_INTERNAL || has(text, "invalidated")) {
        const std::lock_guard lock(owner_->mutex_);
        owner_->given_up_ = true;
    }
    return Error{code_of(text, duckdb_error_type), fmt::format("base des faits : {}", text)};
}

Status DuckConnection::run(const std::string& sql) {
    duckdb_result result{};
    Status status;
    if (duckdb_query(handle_, sql.c_str(), &result) == DuckDBError) {
        status = tl::unexpected<Error>(error(duckdb_result_error(&result), duckdb_result_error_type(&result)));
    }
    duckdb_destroy_result(&result);
    return status;
}

Result<std::vector<std::int64_t>> DuckConnection::numbers(const std::string& sql) {
    std::vector<std::int64_t> row;
    TRY(stream(sql, [&row](duckdb_data_chunk chunk) {
        for (idx_t column = 0; column < duckdb_data_chunk_get_column_count(chunk); ++column) {
            auto* vector = duckdb_data_chunk_get_vector(chunk, column);
            row.push_back(*static_cast<const std::int64_t*>(duckdb_vector_get_data(vector)));
        }
        return false;
    }));
    return row;
}

Status DuckConnection::stream(const std::string& sql, const std::function<bool(_duckdb_data_chunk*)>& sink) {
    duckdb_prepared_statement statement = nullptr;
    if (duckdb_prepare(handle_, sql.c_str(), &statement) == DuckDBError) {
        const Error prepare_error = error(duckdb_prepare_error(statement), DUCKDB_ERROR_INVALID);
        duckdb_destroy_prepare(&statement);
        return tl::unexpected<Error>(prepare_error);
    }
    Status status;
    duckdb_pending_result pending = nullptr;
    duckdb_result result{};
    if (duckdb_pending_prepared_streaming(statement, &pending) == DuckDBError) {
        status = tl::unexpected<Error>(error(duckdb_pending_error(pending), DUCKDB_ERROR_INVALID));
    } else if (duckdb_execute_pending(pending, &result) == DuckDBError) {
        status = tl::unexpected<Error>(error(duckdb_result_error(&result), duckdb_result_error_type(&result)));
    } else {
        bool wanted = true;
        while (wanted) {
            duckdb_data_chunk chunk = duckdb_fetch_chunk(result);
            if (chunk == nullptr) {
                const char* message = duckdb_result_error(&result);
                if (message != nullptr && *message != '\0') {
                    status = tl::unexpected<Error>(error(message, duckdb_result_error_type(&result)));
                }
                break;
            }
            wanted = duckdb_data_chunk_get_size(chunk) == 0 || sink(chunk);
            duckdb_destroy_data_chunk(&chunk);
        }
    }
    duckdb_destroy_result(&result);
    duckdb_destroy_pending(&pending);
    duckdb_destroy_prepare(&statement);
    return status;
}

}  // namespace vigie
