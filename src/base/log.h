// One JSON object a line, to a file descriptor. A log line holds what the program did, never the content of
// a record or of a request.
#pragma once

#include <cstdint>
#include <initializer_list>
#include <mutex>
#include <string>
#include <string_view>
#include <variant>

namespace vigie {

enum class LogLevel : std::uint8_t { debug, info, warning, error };

struct LogField {
    std::string_view name;
    std::variant<std::int64_t, std::uint64_t, double, std::string_view> value;
};

/// Thread-safe. Timestamps are given by whoever makes the log (programs), through `now_text`.
class Log {
  public:
    using NowText = std::string (*)();
    /// now_text: an ISO 8601 UTC timestamp, or null for none (tests).
    Log(int file_descriptor, LogLevel lowest, NowText now_text);
    void write(LogLevel level, std::string_view event, std::initializer_list<LogField> fields = {});
    void info(std::string_view event, std::initializer_list<LogField> fields = {}) { write(LogLevel::info, event, fields); }
    void warning(std::string_view event, std::initializer_list<LogField> fields = {}) { write(LogLevel::warning, event, fields); }
    void error(std::string_view event, std::initializer_list<LogField> fields = {}) { write(LogLevel::error, event, fields); }

  private:
    int file_descriptor_;
    LogLevel lowest_;
    NowText now_text_;
    std::mutex mutex_;
};

}  // namespace vigie
