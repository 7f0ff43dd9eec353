#include "simulator/truth.h"

namespace vigie::simulator {

Tally::Tally(const World& world)
    : world_(&world), first_month_(month_of(world.rhythm.first_day())), months_(1) {
    months_ = static_cast<std::size_t>(month_of(world.rhythm.last_day()) - first_month_ + 1);
    for (FileTally& file : files_) {
        file.kept.assign((kinds().size() + 1) * months_, 0);
    }
}

void Tally::count(const std::vector<Fact>& facts, const DayRecords& day) {
    facts_ += facts.size();
    for (std::size_t i = 0; i < source_count; ++i) {
        FileTally& file = files_[i];
        for (const Record& record : day.by_file[i]) {
            ++file.rows;
            file.repeats += record.repeats_id ? 1U : 0U;
            ++file.faults[static_cast<std::size_t>(record.fault)];
            if (record.repeats_id || is_refused(record.fault)) {
                continue;
            }
            const std::size_t category =
                record.fault != Fault::none ? kinds().size() : record.category;
            const LocalDay local = world_->calendar.to_civil(record.at).day;
            ++file.kept[category * months_ +
                        static_cast<std::size_t>(month_of(local) - first_month_)];
        }
    }
}

std::uint64_t Tally::rows() const {
    std::uint64_t sum = 0;
    for (const FileTally& file : files_) {
        sum += file.rows;
    }
    return sum;
}

}  // namespace vigie::simulator
