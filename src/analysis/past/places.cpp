#include "analysis/past/places.h"

#include <unordered_map>

#include "analysis/past/exact_intervals.h"
#include "governance/disclosure.h"

namespace vigie::past {
namespace {

/// The key of facts that belong to no place of the unit.
std::int64_t nowhere_key(Unit unit) {
    return unit == Unit::cells ? no_cell_key : std::int64_t{no_district.raw()};
}

const District* district_of(const City& city, std::int64_t key) {
    const bool known = key >= 0 && static_cast<std::uint64_t>(key) < city.districts.size();
    return known ? &city.districts[static_cast<std::size_t>(key)] : nullptr;
}

/// Gives places their value. Intervals are kept by count: 20,000 places share a few hundred counts.
class Valuer {
  public:
    Valuer(const Question& question, const City& city) : question_(question), city_(city) {}

    void set_value(Place& place) {
        if (place.count > 0 && place.count < governance::place_count_min) {
            return;
        }
        if (question_.measure == Measure::change) {
            set_change(place);
            return;
        }
        const double unit_size = size_of(place.key);
        if (unit_size > 0.0) {
            const Interval mean = interval_of(place.count);
            place.value = static_cast<double>(place.count) / unit_size;
            place.low = mean.low / unit_size;
            place.high = mean.high / unit_size;
        }
    }

  private:
    /// What a count is divided by: 1, km2 or thousands of residents; 0 when not known.
    [[nodiscard]] double size_of(std::int64_t key) const {
        if (question_.measure == Measure::count) {
            return 1.0;
        }
        if (question_.unit == Unit::cells) {
            const double side_km = question_.cell_m / 1000.0;
            return side_km * side_km;
        }
        const District* const district = district_of(city_, key);
        if (district == nullptr) {
            return 0.0;
        }
        return question_.measure == Measure::rate_per_km2
                   ? district->area_km2
                   : district->residents.value_or(0) / 1000.0;
    }

    void set_change(Place& place) {
        if (!place.compared || *place.compared < compared_count_min) {
            return;
        }
        const auto compared = static_cast<double>(*place.compared);
        const Interval change = change_of(place.count, *place.compared);
        place.value = (static_cast<double>(place.count) - compared) / compared;
        place.low = change.low;
        place.high = change.high;
    }

    Interval interval_of(std::uint64_t count) {
        const auto [it, is_new] = intervals_.try_emplace(count);
        if (is_new) {
            it->second = poisson_interval(count);
        }
        return it->second;
    }

    Interval change_of(std::uint64_t count, std::uint64_t compared) {
        if (count >= pair_count_max || compared >= pair_count_max) {
            return change_interval(count, compared);
        }
        const auto [it, is_new] = changes_.try_emplace(count * pair_count_max + compared);
        if (is_new) {
            it->second = change_interval(count, compared);
        }
        return it->second;
    }

    static constexpr std::uint64_t pair_count_max = 1ULL << 32;  // two counts in one key
    const Question& question_;
    const City& city_;
    std::unordered_map<std::uint64_t, Interval> intervals_;
    std::unordered_map<std::uint64_t, Interval> changes_;
};

}  // namespace

std::vector<Place> places_of(const Table& counts, const Table* compared, const Question& question,
                             const City& city) {
    Valuer valuer(question, city);
    std::vector<Place> places;
    places.reserve(counts.rows());
    const Table nothing;
    const Table& before = compared == nullptr ? nothing : *compared;
    std::size_t i = 0;
    std::size_t j = 0;
    while (i < counts.rows() || j < before.rows()) {
        const bool only_compared =
            i == counts.rows() || (j < before.rows() && before.key(j, 0) < counts.key(i, 0));
        Place place;
        place.key = only_compared ? before.key(j, 0) : counts.key(i, 0);
        place.count = only_compared ? 0 : counts.counts[i++];
        if (compared != nullptr) {
            const bool both = j < before.rows() && before.key(j, 0) == place.key;
            place.compared = both ? before.counts[j++] : 0;
        }
        if (place.key != nowhere_key(question.unit)) {
            valuer.set_value(place);
            places.push_back(place);
        }
    }
    return places;
}

std::uint64_t off_the_map(const Table& counts, Unit unit, const City& city) {
    std::uint64_t hidden = 0;
    for (std::size_t row = 0; row < counts.rows(); ++row) {
        const std::int64_t key = counts.key(row, 0);
        const District* const district = unit == Unit::districts ? district_of(city, key) : nullptr;
        const bool drawn = unit == Unit::cells ? key != no_cell_key
                                               : district != nullptr && !district->rings.empty();
        hidden += drawn ? 0 : counts.counts[row];
    }
    return hidden;
}

}  // namespace vigie::past
