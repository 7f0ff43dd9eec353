// Input: a format, a line break, a text. Whatever the format accepts lies on an existing day, and the clock places it within its bounds or
// refuses it. Numbers are read from the same text: what is read is finite.
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <string_view>

#include "base/assert.h"
#include "intake/number.h"
#include "intake/record_time.h"

using namespace vigie;
using namespace vigie::intake;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string_view input(reinterpret_cast<const char*>(data), size);
    const std::string_view format = input.substr(0, input.find('\n'));
    const std::string_view text = format.size() < input.size() ? trimmed(input.substr(format.size() + 1)) : std::string_view();
    for (const char decimal : {'\0', '.', ','}) {
        const auto number = parse_number(text, decimal);
        VIGIE_ASSERT(!number || std::isfinite(*number));
    }
    const auto compiled = TimeFormat::compile(format);
    if (!compiled) {
        return 0;
    }
    TimeRule rule;
    rule.column = "t";
    rule.format = *compiled;
    const Instant now = std::chrono::sys_days{std::chrono::year{2026} / 1 / 1};
    for (const TimePrecision precision : {TimePrecision::minute, TimePrecision::hour, TimePrecision::day}) {
        rule.precision = precision;
        const auto clock = RecordClock::open(rule, "Europe/Paris", now);
        VIGIE_ASSERT(clock.has_value());
        const RecordTime time = clock->read(text, "");
        if (time.refusal == nullptr) {
            VIGIE_ASSERT(time.local_hour >= first_local_hour && time.local_hour < last_local_hour);
            VIGIE_ASSERT(time.at <= now + future_tolerance);
            VIGIE_ASSERT(time.reading.kind != TimeReading::Kind::none);
        }
    }
    return 0;
}
