#include "intake/time_format.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <cmath>
#include <optional>

#include "intake/number.h"

namespace vigie::intake {

struct TimeFormat::Fields {
    int year = 1970;
    int month = 1;
    int day = 1;
    int hour = 0;
    int minute = 0;
    int second = 0;
    int millisecond = 0;
    int half = -1;  ///< 0 AM, 1 PM
    std::optional<int> offset_minutes;
};

namespace {

constexpr std::int64_t day_ms = 86'400'000;
// Years outside are refused long before the calendar's own limits.
constexpr int year_min = 1800;
constexpr int year_max = 2200;
// Days from 1899-12-30 (Excel's day 0 as it counts from March 1900 on) to 1970-01-01.
constexpr double excel_epoch_days = 25'569.0;

bool is_digit(char c) { return c >= '0' && c <= '9'; }

/// Reads `width` digits, or from one digit when `short_allowed`.
bool read_digits(std::string_view& text, std::size_t width, bool short_allowed, int& value) {
    std::size_t count = 0;
    int number = 0;
    while (count < width && count < text.size() && is_digit(text[count])) {
        number = number * 10 + (text[count] - '0');
        ++count;
    }
    if (count == 0 || (count < width && !short_allowed)) {
        return false;
    }
    text.remove_prefix(count);
    value = number;
    return true;
}

bool read_fraction(std::string_view& text, int& millisecond) {
    constexpr std::size_t digits_max = 9;
    std::size_t count = 0;
    int value = 0;
    while (count < digits_max && count < text.size() && is_digit(text[count])) {
        if (count < 3) {
            value = value * 10 + (text[count] - '0');
        }
        ++count;
    }
    if (count == 0) {
        return false;
    }
    for (std::size_t i = count; i < 3; ++i) {
        value *= 10;
    }
    text.remove_prefix(count);
    millisecond = value;
    return true;
}

/// Z, +hh, +hhmm, +hh:mm.
bool read_offset(std::string_view& text, std::optional<int>& minutes) {
    if (text.starts_with('Z') || text.starts_with('z')) {
        text.remove_prefix(1);
        minutes = 0;
        return true;
    }
    if (!text.starts_with('+') && !text.starts_with('-')) {
        return false;
    }
    const int sign = text[0] == '-' ? -1 : 1;
    text.remove_prefix(1);
    int hours = 0;
    int rest = 0;
    if (!read_digits(text, 2, false, hours)) {
        return false;
    }
    const bool colon = text.starts_with(':');
    if (colon) {
        text.remove_prefix(1);
    }
    if ((colon || (!text.empty() && is_digit(text[0]))) && !read_digits(text, 2, false, rest)) {
        return false;
    }
    if (hours > 15 || rest > 59) {
        return false;
    }
    minutes = sign * (hours * 60 + rest);
    return true;
}

constexpr bool is_leap(int year) { return (year % 4 == 0 && year % 100 != 0) || year % 400 == 0; }

constexpr int days_in_month(int year, int month) {
    constexpr int days[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    return month == 2 && is_leap(year) ? 29 : days[month - 1];
}

/// Days since 1970-01-01. Source: Hinnant 2013, "chrono-Compatible Low-Level Date Algorithms", days_from_civil.
constexpr std::int32_t days_from_civil(int year, int month, int day) {
    const int y = month <= 2 ? year - 1 : year;
    const int era = y / 400;  // y > 0 here
    const int year_of_era = y - era * 400;
    const int day_of_year = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1;
    const int day_of_era = year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;
    return era * 146'097 + day_of_era - 719'468;
}

TimeReading instant_reading(std::int64_t ms) {
    constexpr std::int64_t ms_max = 230LL * 366 * day_ms;  // about the year 2200
    TimeReading reading;
    if (ms > -ms_max && ms < ms_max) {
        reading.kind = TimeReading::Kind::instant;
        reading.instant_ms = ms;
    }
    return reading;
}

}  // namespace

bool TimeFormat::names(Part part) const {
    return std::any_of(steps_.begin(), steps_.end(), [&](Step s) { return s.part == part; });
}

bool TimeFormat::has_hour() const {
    return whole_ != Whole::parts || names(Part::hour) || names(Part::hour12);
}

Result<TimeFormat> TimeFormat::compile_steps(std::string_view format) {
    static constexpr std::pair<std::string_view, Part> tokens[] = {
        {"YYYY", Part::year}, {"SSS", Part::fraction}, {"MM", Part::month},    {"DD", Part::day},     {"HH", Part::hour},
        {"hh", Part::hour12}, {"mm", Part::minute},    {"ss", Part::second},   {"A", Part::meridiem}, {"Z", Part::offset}};
    TimeFormat compiled;
    compiled.text_ = format;
    while (!format.empty()) {
        const auto* token = std::find_if(std::begin(tokens), std::end(tokens), [&](const auto& t) { return format.starts_with(t.first); });
        if (token != std::end(tokens)) {
            if (compiled.names(token->second)) {
                return fail(ErrorCode::invalid_input, fmt::format("« {} » est écrit deux fois", token->first));
            }
            compiled.steps_.push_back({token->second, 0});
            format.remove_prefix(token->first.size());
        } else {
            const char c = format[0];
            // A lone letter of the language is a slip, not a literal; T is the one letter that ISO dates carry.
            if (std::string_view("YMDHhmsSA").find(c) != std::string_view::npos) {
                return fail(ErrorCode::invalid_input,
                            fmt::format("« {} » n'est pas compris : attendu YYYY MM DD HH mm ss SSS, hh A, Z, ou iso, unix_s, unix_ms, excel", c));
            }
            compiled.steps_.push_back({c == ' ' ? Part::blank : Part::literal, c});
            format.remove_prefix(1);
        }
    }
    if (compiled.names(Part::hour12) != compiled.names(Part::meridiem)) {
        return fail(ErrorCode::invalid_input, "hh (1 à 12) demande A (AM ou PM), et inversement");
    }
    return compiled;
}

Result<TimeFormat> TimeFormat::compile(std::string_view format) {
    static constexpr std::pair<std::string_view, Whole> wholes[] = {
        {"iso", Whole::iso}, {"unix_s", Whole::unix_s}, {"unix_ms", Whole::unix_ms}, {"excel", Whole::excel}};
    for (const auto& [name, whole] : wholes) {
        if (format == name) {
            TimeFormat compiled;
            compiled.text_ = format;
            compiled.whole_ = whole;
            return compiled;
        }
    }
    TimeFormat compiled = TRY(compile_steps(format));
    if (!compiled.names(Part::year) || !compiled.names(Part::month) || !compiled.names(Part::day)) {
        return fail(ErrorCode::invalid_input, "un format de date doit dire YYYY, MM et DD");
    }
    return compiled;
}

Result<TimeFormat> TimeFormat::compile_hour(std::string_view format) {
    TimeFormat compiled = TRY(compile_steps(format));
    if (!compiled.has_hour() || compiled.names(Part::year) || compiled.names(Part::month) || compiled.names(Part::day) ||
        compiled.names(Part::offset)) {
        return fail(ErrorCode::invalid_input, "un format d'heure doit dire HH (ou hh et A), et aucune date");
    }
    return compiled;
}

bool TimeFormat::read_step(Step step, bool separator_follows, std::string_view& text, Fields& fields) {
    switch (step.part) {
        case Part::year: return read_digits(text, 4, false, fields.year);
        case Part::month: return read_digits(text, 2, separator_follows, fields.month);
        case Part::day: return read_digits(text, 2, separator_follows, fields.day);
        case Part::hour: return read_digits(text, 2, separator_follows, fields.hour);
        case Part::hour12:
            return read_digits(text, 2, separator_follows, fields.hour) && fields.hour >= 1 && fields.hour <= 12;
        case Part::minute: return read_digits(text, 2, false, fields.minute);
        case Part::second: return read_digits(text, 2, false, fields.second);
        case Part::fraction: return read_fraction(text, fields.millisecond);
        case Part::offset: return read_offset(text, fields.offset_minutes);
        case Part::meridiem: {
            if (text.size() < 2 || (text[1] | 0x20) != 'm' || ((text[0] | 0x20) != 'a' && (text[0] | 0x20) != 'p')) {
                return false;
            }
            fields.half = (text[0] | 0x20) == 'p' ? 1 : 0;
            text.remove_prefix(2);
            return true;
        }
        case Part::blank: {
            const std::size_t count = std::min(text.find_first_not_of(' '), text.size());
            text.remove_prefix(count);
            return count > 0;
        }
        case Part::literal:
            if (!text.starts_with(step.literal)) {
                return false;
            }
            text.remove_prefix(1);
            return true;
    }
    return false;
}

TimeReading TimeFormat::reading_of(const Fields& given) {
    Fields f = given;
    if (f.half >= 0) {
        f.hour = f.hour % 12 + 12 * f.half;
    }
    const bool midnight_24 = f.hour == 24 && f.minute == 0 && f.second == 0 && f.millisecond == 0;
    // A leap second is read as the last one of its minute.
    if (f.second == 60) {
        f.second = 59;
    }
    if (f.year < year_min || f.year > year_max || f.month < 1 || f.month > 12 || f.day < 1 ||
        f.day > days_in_month(f.year, f.month) || (f.hour > 23 && !midnight_24) || f.minute > 59 || f.second > 59) {
        return {};
    }
    const std::int64_t ms_of_day = ((f.hour * 60LL + f.minute) * 60 + f.second) * 1000 + f.millisecond;
    const std::int64_t days = days_from_civil(f.year, f.month, f.day);
    if (f.offset_minutes) {
        return instant_reading(days * day_ms + ms_of_day - *f.offset_minutes * 60'000LL);
    }
    TimeReading reading;
    reading.kind = TimeReading::Kind::civil;
    reading.civil.day = LocalDay{static_cast<std::int32_t>(days + ms_of_day / day_ms)};
    reading.civil.milliseconds_of_day = static_cast<std::int32_t>(ms_of_day % day_ms);
    return reading;
}

TimeReading TimeFormat::parse_steps(std::string_view text) const {
    Fields fields;
    for (std::size_t i = 0; i < steps_.size(); ++i) {
        const bool separator_follows =
            i + 1 == steps_.size() || steps_[i + 1].part == Part::literal || steps_[i + 1].part == Part::blank;
        if (!read_step(steps_[i], separator_follows, text, fields)) {
            return {};
        }
    }
    return text.empty() ? reading_of(fields) : TimeReading{};
}

TimeReading TimeFormat::parse_iso(std::string_view text) {
    Fields f;
    const auto skip = [&](char c) {
        const bool there = text.starts_with(c);
        text.remove_prefix(there ? 1 : 0);
        return there;
    };
    if (!read_digits(text, 4, false, f.year)) {
        return {};
    }
    const bool extended = skip('-');
    if (!read_digits(text, 2, false, f.month) || (extended && !skip('-')) || !read_digits(text, 2, false, f.day)) {
        return {};
    }
    if (text.empty()) {
        return reading_of(f);
    }
    if (!skip('T') && !skip('t') && !skip(' ')) {
        return {};
    }
    if (!read_digits(text, 2, false, f.hour)) {
        return {};
    }
    if (skip(':') || (!text.empty() && is_digit(text[0]))) {
        if (!read_digits(text, 2, false, f.minute)) {
            return {};
        }
        if ((skip(':') || (!text.empty() && is_digit(text[0]))) && !read_digits(text, 2, false, f.second)) {
            return {};
        }
        if ((skip('.') || skip(',')) && !read_fraction(text, f.millisecond)) {
            return {};
        }
    }
    if (!text.empty() && !read_offset(text, f.offset_minutes)) {
        return {};
    }
    return text.empty() ? reading_of(f) : TimeReading{};
}

TimeReading TimeFormat::parse_excel(std::string_view text) {
    const std::optional<double> serial = parse_number(text, 0);
    // Day 61 is 1 March 1900: before it Excel counts a 29 February 1900 that never was.
    if (!serial || *serial < 61.0 || *serial > 110'000.0) {
        return serial ? TimeReading{} : parse_iso(text);
    }
    // Cells hold days as binary fractions: the nearest second is what was typed.
    const auto seconds = static_cast<std::int64_t>(std::llround((*serial - excel_epoch_days) * 86'400.0));
    TimeReading reading;
    reading.kind = TimeReading::Kind::civil;
    const std::int64_t day = seconds >= 0 ? seconds / 86'400 : -((-seconds + 86'399) / 86'400);
    reading.civil.day = LocalDay{static_cast<std::int32_t>(day)};
    reading.civil.milliseconds_of_day = static_cast<std::int32_t>((seconds - day * 86'400) * 1000);
    return reading;
}

TimeReading TimeFormat::parse(std::string_view text) const {
    switch (whole_) {
        case Whole::parts: return parse_steps(text);
        case Whole::iso: return parse_iso(text);
        case Whole::excel: return parse_excel(text);
        case Whole::unix_s:
        case Whole::unix_ms: {
            std::int64_t value = 0;
            const char* end = text.data() + text.size();
            const auto [stop, error] = std::from_chars(text.data(), end, value);
            constexpr std::int64_t value_max = 10'000'000'000'000;  // so that the product below can not overflow
            if (error != std::errc() || stop != end || value > value_max || value < -value_max) {
                return {};
            }
            return instant_reading(whole_ == Whole::unix_s ? value * 1000 : value);
        }
    }
    return {};
}

}  // namespace vigie::intake
