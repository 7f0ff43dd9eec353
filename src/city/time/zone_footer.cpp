#include "city/time/zone_footer.h"

#include <chrono>

namespace vigie {
namespace {

constexpr bool is_digit(char c) {
    return c >= '0' && c <= '9';
}
constexpr bool is_letter(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

/// Takes pieces off the front of the text; `failed` once a piece is not there.
struct Cursor {
    std::string_view rest;
    bool failed = false;

    bool take(char c) {
        const bool there = !rest.empty() && rest.front() == c;
        if (there) {
            rest.remove_prefix(1);
        }
        return there;
    }

    void expect(char c) { failed = failed || !take(c); }

    int number(int low, int high) {
        int value = 0;
        std::size_t digits = 0;
        for (; digits < rest.size() && digits < 3 && is_digit(rest[digits]); ++digits) {
            value = value * 10 + (rest[digits] - '0');
        }
        rest.remove_prefix(digits);
        failed = failed || digits == 0 || value < low || value > high;
        return value;
    }

    /// "CET" or "<+01>"; at least three characters.
    void name() {
        std::size_t length = 0;
        if (take('<')) {
            length = rest.find('>');
            failed = failed || length == std::string_view::npos || length == 0;
            rest.remove_prefix(failed ? 0 : length + 1);
            return;
        }
        while (length < rest.size() && is_letter(rest[length])) {
            ++length;
        }
        rest.remove_prefix(length);
        failed = failed || length < 3;
    }

    /// [+-]hh[:mm[:ss]]
    std::int32_t seconds(int hours_max) {
        const bool negative = take('-');
        if (!negative) {
            take('+');
        }
        std::int32_t total = number(0, hours_max) * 3600;
        if (take(':')) {
            total += number(0, 59) * 60;
            if (take(':')) {
                total += number(0, 59);
            }
        }
        return negative ? -total : total;
    }

    YearlyChange change() {
        YearlyChange read;
        expect(',');
        if (take('M')) {
            read.month = number(1, 12);
            expect('.');
            read.week = number(1, 5);
            expect('.');
            read.weekday = number(0, 6);
        } else if (take('J')) {
            read.kind = YearlyChange::Kind::day_without_leap;
            read.day = number(1, 365);
        } else {
            read.kind = YearlyChange::Kind::day_with_leap;
            read.day = number(0, 365);
        }
        if (take('/')) {
            read.at_s = seconds(167);
        }
        return read;
    }
};

}  // namespace

std::int64_t YearlyChange::local_seconds(int year) const {
    namespace chrono = std::chrono;
    const chrono::year y{year};
    chrono::sys_days date = chrono::sys_days{y / chrono::January / 1};
    if (kind == Kind::nth_weekday) {
        const chrono::month m{static_cast<unsigned>(month)};
        const chrono::weekday d{static_cast<unsigned>(weekday)};
        date = week == 5 ? chrono::sys_days{y / m / d[chrono::last]}
                         : chrono::sys_days{y / m / d[static_cast<unsigned>(week)]};
    } else if (kind == Kind::day_with_leap) {
        date += chrono::days{day};
    } else {
        date += chrono::days{day - 1 + (y.is_leap() && day > 59 ? 1 : 0)};
    }
    return std::int64_t{date.time_since_epoch().count()} * 86'400 + at_s;
}

std::optional<ZoneFooter> parse_zone_footer(std::string_view text) {
    Cursor cursor{text};
    ZoneFooter footer;
    cursor.name();
    footer.standard_offset_s = -cursor.seconds(24);  // POSIX counts offsets westwards
    footer.summer_offset_s = footer.standard_offset_s;
    if (!cursor.failed && !cursor.rest.empty()) {
        footer.changes = true;
        cursor.name();
        const bool stated = !cursor.rest.empty() && cursor.rest.front() != ',';
        footer.summer_offset_s = stated ? -cursor.seconds(24) : footer.standard_offset_s + 3600;
        footer.summer_begins = cursor.change();
        footer.summer_ends = cursor.change();
    }
    if (cursor.failed || !cursor.rest.empty()) {
        return std::nullopt;
    }
    return footer;
}

}  // namespace vigie
