#include "simulator/records.h"

#include <algorithm>
#include <cmath>

namespace vigie::simulator {
namespace {

using namespace std::chrono_literals;

/// How late and how far off a source is.
struct Habit {
    double delay_minutes = 0.0;  ///< mean of an exponential law
    double error_m = 0.0;
};

// Order of the enumerators of SourceFile.
constexpr std::array<Habit, source_count> habits{
    {{12.0, 25.0}, {3.0, 15.0}, {0.0, 4.0}, {75.0, 30.0}, {0.0, 0.0}, {40.0, 0.0}}};

constexpr double first_code_share = 0.6;
constexpr double five_minutes_share = 0.4;  // logbook times rounded to five minutes
constexpr double unknown_origin_share = 0.04;
constexpr double no_severity_share = 0.15;
constexpr double heard_m = 700.0;          // a box on a mast hears so far
constexpr double twice_share = 0.003;      // rows written twice, to the byte
constexpr double corrected_share = 0.012;  // reports written again under the same id
constexpr double fault_share = 0.003;
constexpr double unknown_code_share = 0.0005;

std::size_t index_of(SourceFile file) {
    return static_cast<std::size_t>(file);
}

/// A fault that the file can have: tows carry no position, noise alerts no date to spell.
Fault draw_fault(SourceFile file, Random& random) {
    if (random.uniform() < unknown_code_share) {
        return Fault::unknown_code;
    }
    if (random.uniform() >= fault_share) {
        return Fault::none;
    }
    if (file == SourceFile::tows) {
        return Fault::bad_date;
    }
    constexpr std::array<Fault, 4> faults{Fault::outside, Fault::bad_date, Fault::no_category,
                                          Fault::bad_position};
    return faults[random.below(faults.size())];
}

std::uint8_t draw_code(const Route& route, Random& random) {
    std::uint64_t count = 0;
    while (count < route.codes.size() && !route.codes[count].empty()) {
        ++count;
    }
    if (count < 2 || random.uniform() < first_code_share) {
        return 0;
    }
    return static_cast<std::uint8_t>(1 + random.below(count - 1));
}

std::uint8_t draw_severity(std::uint8_t usual, Random& random) {
    const double drawn = random.uniform();
    if (drawn < no_severity_share) {
        return 0;
    }
    const int step = drawn < 0.28 ? -1 : drawn > 0.88 ? 1 : 0;
    return static_cast<std::uint8_t>(std::clamp(usual + step, 1, 4));
}

}  // namespace

std::string_view name_of(Fault fault) {
    constexpr std::array<std::string_view, fault_count> names{
        "none", "outside", "bad_date", "no_category", "bad_position", "unknown_code"};
    return names[static_cast<std::size_t>(fault)];
}

Instant written_time(SourceFile file, Instant at, Random& random) {
    if (file == SourceFile::tickets || file == SourceFile::noise) {
        return std::chrono::floor<std::chrono::seconds>(at);
    }
    if (file == SourceFile::logbook && random.uniform() < five_minutes_share) {
        return std::chrono::floor<std::chrono::duration<std::int64_t, std::ratio<300>>>(at);
    }
    return std::chrono::floor<std::chrono::minutes>(at);
}

Record describe_fact(const World& world, const Fact& fact, const Route& route, Random& random) {
    const Habit& habit = habits[index_of(route.file)];
    Record record;
    const Spot spot =
        habit.error_m > 0.0 ? world.ground.blur(fact.place, habit.error_m, random) : fact.place;
    record.position = world.ground.lon_lat_of(spot);
    record.route = &route;
    record.district = fact.district;
    record.category = static_cast<std::uint16_t>(
        route.record_key.empty() ? fact.kind : kind_index(route.record_key));
    record.code = draw_code(route, random);
    record.severity = draw_severity(kinds()[fact.kind].severity, random);
    record.origin_known = random.uniform() >= unknown_origin_share;
    record.fault = draw_fault(route.file, random);
    return record;
}

Recorder::Recorder(const World& world, std::uint64_t seed)
    : world_(&world),
      end_(world.calendar.start_of(world.rhythm.last_day())),
      random_(seed),
      patrols_(world) {}

const DayRecords& Recorder::record(const std::vector<Fact>& facts) {
    for (auto& records : day_.by_file) {
        records.clear();
    }
    day_.seen.assign(facts.size(), 0);
    for (std::size_t i = 0; i < facts.size(); ++i) {
        record_fact(facts[i], day_.seen[i]);
    }
    for (auto& records : day_.by_file) {
        std::stable_sort(records.begin(), records.end(),
                         [](const Record& a, const Record& b) { return a.at < b.at; });
        // Numbers are given as the service writes, a correction keeping the number of its report.
        for (std::size_t i = 0; i < records.size(); ++i) {
            auto& last = numbers_[index_of(records[i].route->file)];
            records[i].number = records[i].repeats_id ? last : ++last;
        }
    }
    return day_;
}

bool Recorder::is_noticed(const Route& route, std::size_t district) {
    double chance = route.chance;
    if (route.finder == Finder::resident) {
        chance *= world_->readiness[district] / 0.65;
    } else if (route.finder == Finder::patrol) {
        chance = patrols_.chance_in(district, route.chance);
    }
    return random_.uniform() < chance;
}

void Recorder::record_fact(const Fact& fact, std::uint8_t& seen) {
    const Kind& kind = kinds()[fact.kind];
    std::array<bool, source_count> written{};
    for (const Route& route : kind.routes) {
        // One service writes a fact once, by the first of its routes that notices it.
        if (route.codes[0].empty() || written[index_of(route.file)] ||
            !is_noticed(route, fact.district)) {
            continue;
        }
        Record record;
        if (!describe(fact, route, record)) {
            continue;
        }
        written[index_of(route.file)] = true;
        if (!is_refused(record.fault)) {
            seen = static_cast<std::uint8_t>(seen | (1U << index_of(route.file)));
        }
        if (route.file == SourceFile::logbook || route.file == SourceFile::tickets) {
            patrols_.count_record(fact.district);
        }
        keep(record);
    }
}

/// False when the record is never made: too far from a mast, or after the end.
bool Recorder::describe(const Fact& fact, const Route& route, Record& record) {
    const Habit& habit = habits[index_of(route.file)];
    const double delay_ms =
        habit.delay_minutes > 0.0 ? random_.exponential(habit.delay_minutes * 60'000.0) : 0.0;
    const Instant at = written_time(
        route.file, fact.at + std::chrono::milliseconds{static_cast<std::int64_t>(delay_ms)},
        random_);
    if (at >= end_) {
        return false;
    }
    Fact noticed = fact;
    std::uint8_t mast = 0;
    if (route.file == SourceFile::noise) {
        const auto& masts = world_->ground.masts();
        const auto distance_m = [&](const Spot& spot) {
            return std::hypot(spot.x_m - fact.place.x_m, spot.y_m - fact.place.y_m);
        };
        const auto nearest = std::min_element(
            masts.begin(), masts.end(),
            [&](const Spot& a, const Spot& b) { return distance_m(a) < distance_m(b); });
        if (nearest == masts.end() || distance_m(*nearest) > heard_m) {
            return false;
        }
        mast = static_cast<std::uint8_t>(nearest - masts.begin());
        noticed.place = *nearest;
    }
    record = describe_fact(*world_, noticed, route, random_);
    record.at = at;
    record.mast = mast;
    return true;
}

void Recorder::keep(const Record& record) {
    auto& records = day_.by_file[index_of(record.route->file)];
    records.push_back(record);
    const bool correctable = record.route->file == SourceFile::reports;
    if (record.fault != Fault::none ||
        random_.uniform() >= (correctable ? corrected_share : twice_share)) {
        return;
    }
    records.push_back(record);
    if (correctable) {
        records.back().repeats_id = true;
        records.back().position.lat_deg += 1e-5;  // about a metre: the pin was moved
    }
}

}  // namespace vigie::simulator
