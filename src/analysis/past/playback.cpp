// The playback of yesterday.h: one pass of the store, by step and place.
#include <algorithm>
#include <array>
#include <iterator>

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

// A table by (time, place) is sorted by both: what follows walks it, once and in order, and searches nothing.

/// Places of all rows, ascending.
std::vector<std::int64_t> places_met(const Table& table, std::int64_t nowhere) {
    std::vector<std::int64_t> met;
    std::vector<std::int64_t> of_step;
    std::vector<std::int64_t> united;
    for (std::size_t row = 0; row < table.rows();) {
        const std::int64_t step = table.key(row, 0);
        of_step.clear();
        for (; row < table.rows() && table.key(row, 0) == step; ++row) {
            if (table.key(row, 1) != nowhere) {
                of_step.push_back(table.key(row, 1));
            }
        }
        united.clear();
        std::ranges::set_union(met, of_step, std::back_inserter(united));
        met.swap(united);
    }
    return met;
}

/// One entry a row that has a place.
void add_entries(Frames& frames, const Table& table, std::int64_t nowhere, std::int64_t first_step) {
    frames.step_of.reserve(table.rows());
    frames.place_of.reserve(table.rows());
    frames.count_of.reserve(table.rows());
    std::size_t at = 0;
    for (std::size_t row = 0; row < table.rows(); ++row) {
        if (table.key(row, 1) == nowhere) {
            continue;
        }
        const std::int64_t step = table.key(row, 0) - first_step;
        if (!frames.step_of.empty() && frames.step_of.back() != step) {
            at = 0;
        }
        while (frames.places[at] != table.key(row, 1)) {
            ++at;
        }
        frames.step_of.push_back(static_cast<std::uint32_t>(step));
        frames.place_of.push_back(static_cast<std::uint32_t>(at));
        frames.count_of.push_back(static_cast<std::uint32_t>(table.counts[row]));
    }
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
    frames.places = places_met(table, nowhere);
    add_entries(frames, table, nowhere, step_number(step, period.begin));
    return frames;
}

}  // namespace vigie::past
