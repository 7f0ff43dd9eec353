// The rule by which a zone changes its clocks for ever after its last listed change: the last line
// of a TZif file, written as a POSIX TZ string ("CET-1CEST,M3.5.0,M10.5.0/3").
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

namespace vigie {

/// One yearly change of clocks.
struct YearlyChange {
    enum class Kind : std::uint8_t { nth_weekday, day_without_leap, day_with_leap };
    Kind kind = Kind::nth_weekday;
    int month = 1;    ///< 1..12, for nth_weekday
    int week = 1;     ///< 1..5, 5 = last
    int weekday = 0;  ///< 0 = Sunday, as POSIX counts
    int day = 0;      ///< 1..365 without 29 February, or 0..365 with it
    std::int32_t at_s =
        7200;  ///< wall-clock seconds after midnight, before the change; -167..167 hours

    /// Wall-clock seconds since 1970-01-01T00 at which the change takes place in `year`.
    [[nodiscard]] std::int64_t local_seconds(int year) const;
};

/// Offsets are added to UTC, in seconds.
struct ZoneFooter {
    std::int32_t standard_offset_s = 0;
    std::int32_t summer_offset_s = 0;
    bool changes = false;  ///< false: the standard offset all year
    YearlyChange summer_begins;
    YearlyChange summer_ends;
};

/// Reads a footer, or nothing when it is not one.
/// Source: RFC 8536, section 3.3; IEEE Std 1003.1-2017, section 8.3 (TZ).
[[nodiscard]] std::optional<ZoneFooter> parse_zone_footer(std::string_view text);

}  // namespace vigie
