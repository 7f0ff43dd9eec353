#include "base/log.h"

#include <unistd.h>

#include <charconv>

#include "base/json_text.h"

namespace vigie {

namespace {

void append_json_string(std::string& out, std::string_view text) {
    out += '"';
    append_json_text(out, text);
    out += '"';
}

struct ValueWriter {
    std::string& out;
    template <class Number>
    void operator()(Number number) const {
        char buffer[32];
        const auto end = std::to_chars(buffer, buffer + sizeof buffer, number);
        out.append(buffer, end.ptr);
    }
    void operator()(std::string_view text) const { append_json_string(out, text); }
};

constexpr std::string_view level_name(LogLevel level) {
    switch (level) {
        case LogLevel::debug: return "debug";
        case LogLevel::info: return "info";
        case LogLevel::warning: return "warning";
        case LogLevel::error: return "error";
    }
    return "error";
}

}  // namespace

Log::Log(int file_descriptor, LogLevel lowest, NowText now_text)
    : file_descriptor_(file_descriptor), lowest_(lowest), now_text_(now_text) {}

void Log::write(LogLevel level, std::string_view event, std::initializer_list<LogField> fields) {
    if (level < lowest_) {
        return;
    }
    std::string line = "{";
    if (now_text_ != nullptr) {
        line += "\"time\":";
        append_json_string(line, now_text_());
        line += ',';
    }
    line += "\"level\":";
    append_json_string(line, level_name(level));
    line += ",\"event\":";
    append_json_string(line, event);
    for (const auto& field : fields) {
        line += ',';
        append_json_string(line, field.name);
        line += ':';
        std::visit(ValueWriter{line}, field.value);
    }
    line += "}\n";
    const std::lock_guard guard(mutex_);
    // A log that can not be written must not stop the service; the loss shows in the log itself.
    [[maybe_unused]] const auto written = ::write(file_descriptor_, line.data(), line.size());
}

}  // namespace vigie
