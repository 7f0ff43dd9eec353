// The playback of yesterday.h: one pass of the store, by step and place.
#include <algorithm>
#include <array>

#include "analysis/past/question_check.h"
#include "analysis/past/series.h"

namespace vigie::past {
namespace {

struct StepKind {
    Step step;
    Dimension dimension;
    const char* name_fr;
};
constexpr std::array<StepKind, 4> step_kinds{{{Step::hour, Dimension::hour, "heure"},
                                              {Step::day, Dimension::day, "jour"},
                                              {Step::week, Dimension::week, "semaine"},
                                              {Step::month, Dimension::month, "mois"}}};

Bin bin_of(Step step) {
    switch (step) {
        case Step::hour:
        case Step::day:
            return Bin::day;
        case Step::week:
            return Bin::week;
        case Step::month:
            return Bin::month;
    }
    return Bin::day;
}

/// The store's key of the step that holds a local hour.
std::int64_t step_number(Step step, LocalHour hour) {
    return step == Step::hour ? hour.raw() : bin_number(bin_of(step), day_of(hour));
}

LocalHour start_of_step(Step step, std::int64_t number) {
    const auto raw = static_cast<std::int32_t>(number);
    return step == Step::hour ? LocalHour{raw} : first_hour_of(start_of_bin(bin_of(step), raw));
}

std::int64_t count_steps(Step step, HourRange period) {
    return step_number(step, LocalHour{period.end.raw() - 1}) - step_number(step, period.begin) + 1;
}

tl::unexpected<Error> too_many_steps(Step asked, HourRange period) {
    const auto& kind = step_kinds[static_cast<std::size_t>(asked)];
    std::string message = "La lecture compterait " + std::to_string(count_steps(asked, period)) +
                          " pas (un par " + kind.name_fr + ") ; attendu : au plus " +
                          std::to_string(frames_max) + ". Choisissez ";
    for (const StepKind& other : step_kinds) {
        const std::int64_t steps = count_steps(other.step, period);
        if (other.step > asked && steps <= static_cast<std::int64_t>(frames_max)) {
            message += std::string("un pas par ") + other.name_fr + " (" + std::to_string(steps) +
                       " pas) ou ";
            break;
        }
    }
    return fail(ErrorCode::invalid_input, message + "une période plus courte.");
}

std::vector<HourRange> steps_of(Step step, HourRange period) {
    std::vector<HourRange> steps;
    const std::int64_t first = step_number(step, period.begin);
    const std::int64_t count = count_steps(step, period);
    for (std::int64_t number = first; number < first + count; ++number) {
        steps.push_back({std::max(period.begin, start_of_step(step, number)),
                         std::min(period.end, start_of_step(step, number + 1))});
    }
    return steps;
}

}  // namespace

Result<Frames> play_yesterday(EventStore& store, const Question& question, Step step) {
    TRY(check_period_and_unit(question));
    const HourRange period = question.filter.hours;
    if (count_steps(step, period) > static_cast<std::int64_t>(frames_max)) {
        return too_many_steps(step, period);
    }
    const bool by_cell = question.unit == Unit::cells;
    const Dimension place = by_cell ? Dimension::cell : Dimension::district;
    const Dimension time = step_kinds[static_cast<std::size_t>(step)].dimension;
    const Table table = TRY(store.aggregate(
        question.filter, GroupBy{{time, place}, by_cell ? question.cell_m : finest_cell_m}));

    Frames frames;
    frames.steps = steps_of(step, period);
    const std::int64_t nowhere = by_cell ? no_cell_key : std::int64_t{no_district.raw()};
    for (std::size_t row = 0; row < table.rows(); ++row) {
        if (table.key(row, 1) != nowhere) {
            frames.places.push_back(table.key(row, 1));
        }
    }
    std::ranges::sort(frames.places);
    frames.places.erase(std::unique(frames.places.begin(), frames.places.end()),
                        frames.places.end());

    const std::int64_t first = step_number(step, period.begin);
    for (std::size_t row = 0; row < table.rows();
         ++row) {  // sorted by step, then place, as the answer is
        if (table.key(row, 1) == nowhere) {
            continue;
        }
        const auto at = std::ranges::lower_bound(frames.places, table.key(row, 1));
        frames.step_of.push_back(static_cast<std::uint32_t>(table.key(row, 0) - first));
        frames.place_of.push_back(static_cast<std::uint32_t>(at - frames.places.begin()));
        frames.count_of.push_back(static_cast<std::uint32_t>(table.counts[row]));
    }
    return frames;
}

}  // namespace vigie::past
