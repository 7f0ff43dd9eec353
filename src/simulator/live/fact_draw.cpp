#include "simulator/live/fact_draw.h"

#include <algorithm>

namespace vigie::simulator {
namespace {

constexpr int place_tries_max = 4;  // before a resident who does not report is taken all the same

bool is_summer(LocalDay day) {
    const auto month = static_cast<unsigned>(civil_from_day(day).month());
    return month >= 6 && month <= 9;
}

}  // namespace

FactDraw::FactDraw(const World& world, SourceFile file)
    : world_(&world), file_(file), weighed_(first_local_hour) {
    for (std::size_t kind = 0; kind < kinds().size(); ++kind) {
        for (const Route& route : kinds()[kind].routes) {
            if (route.file == file && !route.codes[0].empty()) {
                ways_.push_back({kind, &route});
            }
        }
    }
    sums_.assign(ways_.size(), 0.0);
}

double FactDraw::weight_of(const Way& way, LocalHour hour) const {
    const Kind& kind = kinds()[way.kind];
    const double a_day = world_->rhythm.mean_of(kind, day_of(hour));
    const auto& hours = hours_profile(kind.hours);
    return a_day / 24.0 * hours[static_cast<std::size_t>(hour_of_day(hour))] * way.route->chance;
}

void FactDraw::weigh(Instant at) {
    const LocalHour hour = world_->calendar.local_hour_of(at);
    if (hour == weighed_) {
        return;
    }
    double sum = 0.0;
    for (std::size_t i = 0; i < ways_.size(); ++i) {
        sum += weight_of(ways_[i], hour);
        sums_[i] = sum;
    }
    weighed_ = hour;
}

double FactDraw::mean_per_hour(Instant at) {
    weigh(at);
    return sums_.back();
}

double FactDraw::usual_per_hour() const {
    double sum = 0.0;
    for (const Way& way : ways_) {
        sum += kinds()[way.kind].weight * way.route->chance / 24.0;
    }
    return sum;
}

Record FactDraw::draw(Instant at, Random& random) {
    weigh(at);
    const Way& way = ways_[draw_index(sums_, random)];
    const bool summer = is_summer(world_->calendar.to_civil(at).day);
    Fact fact;
    fact.at = at;
    fact.kind = static_cast<std::uint8_t>(way.kind);
    for (int i = 0; i < place_tries_max; ++i) {
        fact.place = world_->levels.draw_place(world_->ground, way.kind, summer, random);
        fact.district = world_->ground.district_of_fact(fact.place).raw();
        if (way.route->finder != Finder::resident ||
            random.uniform() < world_->readiness[fact.district]) {
            break;
        }
    }
    Record record = describe_fact(*world_, fact, *way.route, random);
    record.at = written_time(file_, at, random);
    return record;
}

}  // namespace vigie::simulator
