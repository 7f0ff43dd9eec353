#include "simulator/facts.h"

#include <cmath>

namespace vigie::simulator {
namespace {

constexpr unsigned summer_begins_month = 6;
constexpr unsigned summer_ends_month = 9;  // included

bool is_summer(LocalDay day) {
    const auto month = static_cast<unsigned>(civil_from_day(day).month());
    return month >= summer_begins_month && month <= summer_ends_month;
}

}  // namespace

FactSource::FactSource(const World& world, double intensity, std::uint64_t seed)
    : world_(&world), intensity_(intensity), random_(seed), day_(world.rhythm.first_day()) {}

const std::vector<Fact>& FactSource::next_day() {
    facts_.clear();
    draw_background(day_);
    draw_planned(day_);
    draw_repeats(day_);
    day_ = LocalDay{day_.raw() + 1};
    return facts_;
}

Instant FactSource::moment(LocalDay day, int minute) {
    const auto milliseconds = minute * 60'000 + static_cast<std::int32_t>(random_.below(60'000));
    return world_->calendar.to_utc({day, milliseconds}).at;
}

Instant FactSource::moment_of_kind(std::size_t kind, LocalDay day) {
    const int hour = world_->rhythm.draw_hour(kinds()[kind], day, random_);
    return moment(day, hour * 60 + static_cast<int>(random_.below(60)));
}

/// Keeps a fact and draws the near repeats it gives birth to.
void FactSource::add(Fact fact) {
    fact.number = ++count_;
    fact.district = world_->ground.district_of_fact(fact.place).raw();
    facts_.push_back(fact);
    const std::uint64_t births = random_.poisson(kinds()[fact.kind].repeat_mean);
    for (std::uint64_t i = 0; i < births; ++i) {
        const double wait_days = random_.exponential(repeat_days_mean);
        const Child child{fact.number,
                          world_->ground.draw_near(fact.place, repeat_distance_mean_m, random_),
                          fact.kind};
        if (wait_days < repeat_days_max - 1) {
            const auto day =
                static_cast<std::size_t>(day_.raw() - world_->rhythm.first_day().raw() + 1) +
                static_cast<std::size_t>(wait_days);
            children_[day % children_.size()].push_back(child);
        }
    }
}

void FactSource::draw_background(LocalDay day) {
    const bool summer = is_summer(day);
    const Planted& planted = world_->planted;
    for (std::size_t kind = 0; kind < kinds().size(); ++kind) {
        const std::uint64_t count =
            random_.poisson(intensity_ * world_->rhythm.mean_of(kinds()[kind], day));
        for (std::uint64_t i = 0; i < count; ++i) {
            Fact fact;
            fact.kind = static_cast<std::uint8_t>(kind);
            fact.at = moment_of_kind(kind, day);
            fact.place = world_->levels.draw_place(world_->ground, kind, summer, random_);
            add(fact);
            const bool changed = kind == planted.change_kind && day >= planted.change_day &&
                                 facts_.back().district == planted.change_district;
            if (changed && random_.uniform() < planted.change_ratio - 1.0) {
                fact.at = moment_of_kind(kind, day);
                fact.place = world_->ground.draw_in_quarter(planted.change_district, random_);
                fact.cause = Cause::planted_change;
                add(fact);
            }
        }
    }
}

void FactSource::draw_planned(LocalDay day) {
    for (; next_event_ < world_->events.size() && world_->events[next_event_].day == day;
         ++next_event_) {
        const PlannedEvent& event = world_->events[next_event_];
        const int from = event.start_minute - event.type->minutes_before;
        const int length = event.end_minute + event.type->minutes_after - from;
        for (const Excess& excess : event.type->excess) {
            const double mean = intensity_ * event.attendance / 1000.0 * excess.per_thousand;
            const std::uint64_t count = random_.poisson(mean);
            for (std::uint64_t i = 0; i < count; ++i) {
                const int minute =
                    from + static_cast<int>(random_.below(static_cast<std::uint64_t>(length)));
                Fact fact;
                fact.kind = static_cast<std::uint8_t>(kind_index(excess.kind));
                // After midnight it is the next day's small hours.
                fact.at = moment(LocalDay{day.raw() + minute / 1440}, minute % 1440);
                fact.place = world_->ground.blur(event.place, event.type->radius_m, random_);
                fact.cause = Cause::planned_event;
                add(fact);
            }
        }
    }
}

void FactSource::draw_repeats(LocalDay day) {
    const auto slot =
        static_cast<std::size_t>(day.raw() - world_->rhythm.first_day().raw()) % children_.size();
    const std::vector<Child> born = std::move(children_[slot]);
    children_[slot].clear();
    for (const Child& child : born) {
        Fact fact;
        fact.kind = child.kind;
        fact.parent = child.parent;
        fact.cause = Cause::near_repeat;
        fact.at = moment_of_kind(child.kind, day);
        fact.place = child.place;
        add(fact);
    }
}

}  // namespace vigie::simulator
