// The zone's changes of clocks between 1950 and 2071 are read once from the system's tz database
// into a sorted vector, so that a look-up is one table access and one or two comparisons.
//
// The tz library stops at the last transition listed in the zone's file (2037 on Debian) and takes
// the winter offset for ever after. The rule for later years stands in the last line of the file
// (RFC 8536, section 3.3, "footer"): it is read here and unrolled to 2071.
#include "city/time/local_calendar.h"

#include <date/tz.h>

#include <algorithm>
#include <array>
#include <cstdint>
#include <exception>
#include <fstream>
#include <optional>
#include <vector>

#include "base/assert.h"
#include "city/time/zone_footer.h"

namespace vigie {
namespace {

using Seconds = std::int64_t;  // UTC seconds since 1970

constexpr Seconds first_second =
    -631'152'000 - 366 * 86'400;                // 1948-12-31: a little before anything we accept
constexpr Seconds last_second = 3'187'296'000;  // 2071-01-01
constexpr int last_year = 2071;
constexpr int bucket_shift = 22;              // a bucket is 2^22 s, about 48 days
constexpr Seconds widest_offset = 26 * 3600;  // every offset ever used is within a day of UTC
constexpr Seconds for_ever = INT64_MAX / 2;
constexpr const char* zone_folder = "/usr/share/zoneinfo/";
constexpr std::streamoff footer_bytes_max = 128;  // the longest footers are about 50 bytes

struct Period {
    Seconds begin = 0;
    Seconds end = 0;
    Seconds offset = 0;
};

constexpr std::int64_t floor_div(std::int64_t a, std::int64_t b) {
    const std::int64_t q = a / b;
    return (a % b != 0 && a < 0) ? q - 1 : q;
}

Seconds seconds_of(date::sys_seconds at) {
    return at.time_since_epoch().count();
}

/// The rule of the years after the last listed transition, or empty when the file does not say.
std::string read_footer(const std::string& zone_name) {
    std::ifstream file(zone_folder + zone_name, std::ios::binary | std::ios::ate);
    const std::streamoff size = file.tellg();
    if (!file || size < 4) {
        return {};
    }
    const std::streamoff taken = std::min(size, footer_bytes_max);
    std::string tail(static_cast<std::size_t>(taken), '\0');
    file.seekg(size - taken);
    file.read(tail.data(), taken);
    if (!file || tail.back() != '\n') {
        return {};
    }
    tail.pop_back();
    const std::size_t start = tail.rfind('\n');
    if (start == std::string::npos || start + 1 == tail.size()) {
        return {};
    }
    return tail.substr(start + 1);
}

void add_period(std::vector<Period>& periods, Seconds begin, Seconds offset) {
    if (!periods.empty() && periods.back().offset == offset) {
        return;  // only the zone's abbreviation changed
    }
    if (!periods.empty()) {
        periods.back().end = begin;
    }
    periods.push_back(Period{begin, for_ever, offset});
}

/// Both changes of every year the footer rules, in order, as periods that begin after
/// `listed_until`.
void unroll(const ZoneFooter& footer, Seconds listed_until, std::vector<Period>& periods) {
    for (int year = 1948; footer.changes && year <= last_year; ++year) {
        const Seconds summer = footer.summer_begins.local_seconds(year) - footer.standard_offset_s;
        const Seconds winter = footer.summer_ends.local_seconds(year) - footer.summer_offset_s;
        std::array<std::pair<Seconds, Seconds>, 2> changes{
            {{summer, footer.summer_offset_s}, {winter, footer.standard_offset_s}}};
        std::sort(changes.begin(), changes.end());
        for (const auto& [begin, offset] : changes) {
            if (begin > listed_until) {
                add_period(periods, begin, offset);
            }
        }
    }
}

/// Listed transitions, then the footer's rule. Throws what the tz library throws.
std::vector<Period> read_periods(const date::time_zone& zone, const ZoneFooter& footer) {
    std::vector<Period> periods;
    const date::sys_seconds limit{std::chrono::seconds{last_second}};
    date::sys_info info = zone.get_info(date::sys_seconds{std::chrono::seconds{first_second}});
    add_period(periods, first_second, info.offset.count());
    while (info.end < limit) {
        info = zone.get_info(info.end);
        add_period(periods, seconds_of(info.begin), info.offset.count());
    }
    unroll(footer, std::max(first_second, seconds_of(info.begin)), periods);
    periods.front().begin = -for_ever;
    return periods;
}

}  // namespace

struct LocalCalendar::Zone {
    std::vector<Period> periods;
    std::vector<std::uint16_t> first_period_of_bucket;

    explicit Zone(std::vector<Period> sorted) : periods(std::move(sorted)) {
        VIGIE_ASSERT(periods.size() < UINT16_MAX);
        std::uint16_t current = 0;
        for (Seconds at = first_second; at < last_second; at += Seconds{1} << bucket_shift) {
            while (periods[current].end <= at) {
                ++current;
            }
            first_period_of_bucket.push_back(current);
        }
    }

    [[nodiscard]] const Period& period_at(Seconds at) const {
        const Seconds clamped = std::clamp(at, first_second, last_second - 1);
        std::size_t i = first_period_of_bucket[static_cast<std::size_t>((clamped - first_second) >>
                                                                        bucket_shift)];
        while (periods[i].end <= at) {
            ++i;
        }
        return periods[i];
    }

    struct Found {
        Seconds at = 0;
        ClockChange change = ClockChange::none;
        Seconds gap_end = 0;  ///< when skipped: the instant at which the clocks moved
    };

    /// UTC seconds of a local reading in seconds since 1970-01-01T00 of the wall clock.
    [[nodiscard]] Found find(Seconds local) const {
        const Period* period = &period_at(local - widest_offset);
        if (period->end > local + widest_offset) {
            return {local - period->offset, ClockChange::none, 0};
        }
        for (; local - period->offset >= period->end; ++period) {
            const Period& next = *(period + 1);  // the last period never ends
            if (local - next.offset < next.begin) {
                return {local - period->offset, ClockChange::skipped, period->end};
            }
        }
        const Seconds at = local - period->offset;
        const bool again = period->end < for_ever && local - (period + 1)->offset >= period->end;
        return {at, again ? ClockChange::repeated : ClockChange::none, 0};
    }
};

LocalCalendar::LocalCalendar(std::string name, std::shared_ptr<const Zone> zone)
    : name_(std::move(name)), zone_(std::move(zone)) {}

Result<LocalCalendar> LocalCalendar::open(std::string_view zone_name) {
    const std::string name(zone_name);
    try {
        const date::time_zone* zone = date::locate_zone(name);
        const std::optional<ZoneFooter> footer = parse_zone_footer(read_footer(name));
        if (!footer) {
            return fail(ErrorCode::unavailable,
                        "fuseau horaire « " + name + " » : fichier illisible ou trop ancien dans " +
                            zone_folder +
                            " (attendu : format TZif version 2 ou plus, paquet tzdata)");
        }
        return LocalCalendar(name, std::make_shared<const Zone>(read_periods(*zone, *footer)));
    } catch (const std::exception&) {
        return fail(ErrorCode::not_found,
                    "fuseau horaire inconnu : « " + name +
                        " » (attendu : un nom IANA tel que « Europe/Paris », présent dans " +
                        zone_folder + ")");
    }
}

Localised LocalCalendar::to_utc(CivilTime reading) const {
    const Seconds second_of_day = floor_div(reading.milliseconds_of_day, 1000);
    const Seconds milliseconds = reading.milliseconds_of_day - second_of_day * 1000;
    const Zone::Found found = zone_->find(Seconds{reading.day.raw()} * 86'400 + second_of_day);
    return {Instant{std::chrono::milliseconds{found.at * 1000 + milliseconds}}, found.change};
}

LocalHour LocalCalendar::local_hour_of(Instant at) const {
    const Seconds second = floor_div(at.time_since_epoch().count(), 1000);
    return LocalHour{
        static_cast<std::int32_t>(floor_div(second + zone_->period_at(second).offset, 3600))};
}

CivilTime LocalCalendar::to_civil(Instant at) const {
    const std::int64_t milliseconds = at.time_since_epoch().count();
    const Seconds second = floor_div(milliseconds, 1000);
    const std::int64_t local = milliseconds + zone_->period_at(second).offset * 1000;
    const std::int64_t day = floor_div(local, 86'400'000);
    return {LocalDay{static_cast<std::int32_t>(day)},
            static_cast<std::int32_t>(local - day * 86'400'000)};
}

Instant LocalCalendar::start_of(LocalDay day) const {
    const Zone::Found found = zone_->find(Seconds{day.raw()} * 86'400);
    // Where midnight itself is skipped (Beirut, Sao Paulo), the day starts when the clocks have
    // moved.
    const Seconds at = found.change == ClockChange::skipped ? found.gap_end : found.at;
    return Instant{std::chrono::milliseconds{at * 1000}};
}

}  // namespace vigie
