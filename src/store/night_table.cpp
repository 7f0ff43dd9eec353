#include "store/night_table.h"

#include <fmt/format.h>

#include <algorithm>

#include "city/time/sun.h"

namespace vigie {

Result<std::unique_ptr<NightTable>> NightTable::open(const std::string& zone, LonLat from) {
    std::unique_ptr<NightTable> table(new NightTable());
    if (!zone.empty()) {
        table->calendar_ = TRY(LocalCalendar::open(zone));
        table->from_ = from;
        table->rule_ = fmt::format("{} {:.7f} {:.7f}", zone, from.lon_deg, from.lat_deg);
    }
    return table;
}

NightTable::~NightTable() {
    for (auto& segment : segments_) {
        delete segment.load();
    }
}

const SegmentNights& NightTable::of_segment(std::uint32_t segment) {
    auto& slot = segments_[segment];
    if (const auto* known = slot.load(std::memory_order_acquire)) {
        return *known;
    }
    const std::lock_guard lock(mutex_);
    if (const auto* known = slot.load(std::memory_order_acquire)) {
        return *known;
    }
    auto nights = std::make_unique<SegmentNights>();
    nights->fill(0);
    if (calendar_) {
        const LocalHour first = first_hour_of_segment(segment);
        const HourRange range{first, LocalHour{first.raw() + segment_hours}};
        std::ranges::copy(night_hours(range, *calendar_, from_), nights->begin());
    }
    const auto* ready = nights.release();
    slot.store(ready, std::memory_order_release);
    return *ready;
}

}  // namespace vigie
