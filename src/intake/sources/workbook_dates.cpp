#include "intake/sources/workbook_dates.h"

#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <cmath>

namespace vigie::intake {

namespace {

constexpr std::int64_t seconds_a_day = 86'400;
/// Day number of 9999-12-31 counted from 1900.
constexpr double serial_max = 2'958'465.0;
/// Days between the two epochs.
constexpr std::int64_t days_to_1904 = 1462;
/// The day that never was: 29 February 1900.
constexpr std::int64_t false_leap_day = 60;

constexpr char lower(char c) {
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
}

std::string date_text(std::int64_t serial) {
    if (serial == false_leap_day) {
        return "1900-02-29";
    }
    // Before the false day, numbers are one less than after it.
    const std::int64_t days = serial < false_leap_day ? serial + 1 : serial;
    const std::chrono::sys_days epoch = std::chrono::year(1899) / std::chrono::December / 30;
    const std::chrono::year_month_day date(epoch + std::chrono::days(days));
    return fmt::format("{:04}-{:02}-{:02}", static_cast<int>(date.year()),
                       static_cast<unsigned>(date.month()), static_cast<unsigned>(date.day()));
}

std::string time_text(std::int64_t seconds) {
    return fmt::format("{:02}:{:02}:{:02}", seconds / 3600, seconds / 60 % 60, seconds % 60);
}

/// The letters of a format code that stand for parts of a date or a time.
struct Letters {
    bool year_or_day = false;
    bool hour_or_second = false;
    bool month_or_minute = false;

    void see(char c) {
        year_or_day |= c == 'y' || c == 'd';
        hour_or_second |= c == 'h' || c == 's';
        month_or_minute |= c == 'm';
    }
};

}  // namespace

DateStyle builtin_date_style(unsigned id) {
    if (id == 22) {
        return DateStyle::date_time;
    }
    if ((id >= 18 && id <= 21) || (id >= 32 && id <= 35) || (id >= 45 && id <= 47) || id == 55 ||
        id == 56) {
        return DateStyle::time;
    }
    const bool is_date = (id >= 14 && id <= 17) || (id >= 27 && id <= 36) || (id >= 50 && id <= 58);
    return is_date ? DateStyle::date : DateStyle::none;
}

DateStyle date_style_of_code(std::string_view code) {
    Letters letters;
    for (std::size_t i = 0; i < code.size() && code[i] != ';'; ++i) {
        const char c = lower(code[i]);
        if (c == '\\' || c == '_' || c == '*') {
            ++i;
        } else if (c == '"') {
            i = std::min(code.find('"', i + 1), code.size());
        } else if (c == '[') {
            // [h], [mm], [ss] count elapsed time; [Red], [$-40C], [>100] are none of it.
            const std::size_t close = std::min(code.find(']', i), code.size());
            const std::string_view inside = code.substr(i + 1, close - i - 1);
            const bool is_elapsed =
                !inside.empty() && inside.find_first_not_of("hHmMsS") == std::string_view::npos;
            letters.hour_or_second |= is_elapsed;
            i = close;
        } else if (code.substr(i, 7) == "General") {
            i += 6;
        } else {
            letters.see(c);
        }
    }
    if (letters.hour_or_second) {
        return letters.year_or_day ? DateStyle::date_time : DateStyle::time;
    }
    return letters.year_or_day || letters.month_or_minute ? DateStyle::date : DateStyle::none;
}

std::optional<std::string> iso_of_serial(double serial, DateStyle style, bool from_1904) {
    if (style == DateStyle::none || !(serial >= 0.0) || serial >= serial_max + 1) {
        return std::nullopt;
    }
    const std::int64_t seconds = std::llround(serial * static_cast<double>(seconds_a_day));
    std::int64_t day = seconds / seconds_a_day;
    const std::int64_t second = seconds % seconds_a_day;
    if (style == DateStyle::time && day == 0) {
        return time_text(second);
    }
    day += from_1904 ? days_to_1904 : 0;
    if (day == 0 || day > static_cast<std::int64_t>(serial_max)) {
        return std::nullopt;
    }
    if (style == DateStyle::date && second == 0) {
        return date_text(day);
    }
    return date_text(day) + "T" + time_text(second);
}

}  // namespace vigie::intake
