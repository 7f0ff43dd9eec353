#include "store/fact_cube.h"

#include <unistd.h>

#include <algorithm>
#include <tuple>

#include "store/fact_cube_count.h"

namespace vigie {
namespace {

// The base is written anew when what is only in memory passes a quarter of the base, within these bounds: each fact is
// then written about five times over the life of a growing store, an opening after a crash reads back a quarter of
// the rows at most, and memory (up to 12 bytes a fact, twice for the moment of a merge) does not grow with the store.
constexpr std::uint64_t base_share = 4;
constexpr std::uint64_t unsaved_facts_min = 2'000'000;
constexpr std::uint64_t unsaved_facts_max = 4'000'000;

std::uint64_t worth_saving(std::uint64_t saved_facts) {
    return std::clamp(saved_facts / base_share, unsaved_facts_min, unsaved_facts_max);
}

// Facts are numbered with 32 bits within a run.
constexpr std::uint64_t facts_max = UINT32_MAX - 1ULL;

}  // namespace

FactCube::FactCube(std::string path, NightTable& nights, int threads) : path_(std::move(path)), nights_(nights), threads_(threads) {
    unlink((path_ + ".new").c_str());
    take_kinds({});
    if (auto file = open_cube_file(path_)) {
        take_kinds(std::move(file->kinds));
        next_.snapshot.runs = {file->run};
        next_.snapshot.facts = file->run->facts.size();
        next_.stamp = file->stamp;
        next_.has_base = true;
        saved_ = file->stamp;
        saved_facts_ = next_.snapshot.facts;
    }
    save_above_ = worth_saving(saved_facts_);
    show(next_);
}

FactCube::~FactCube() = default;

void FactCube::take_kinds(std::vector<std::uint64_t> kinds) {
    kinds_ = std::move(kinds);
    kind_numbers_.clear();
    for (std::uint32_t i = 0; i < kinds_.size(); ++i) {
        kind_numbers_.emplace(kinds_[i], i);
    }
    next_.snapshot.kinds = std::make_shared<const std::vector<std::uint64_t>>(kinds_);
}

std::shared_ptr<const FactCube::State> FactCube::seen() const {
    const std::lock_guard lock(mutex_);
    return seen_;
}

void FactCube::show(const State& state) {
    auto shown = std::make_shared<const State>(state);
    const std::lock_guard lock(mutex_);
    seen_.swap(shown);
}

CubeStamp FactCube::stamp() const { return seen()->stamp; }

std::uint32_t FactCube::number_of_kind(std::uint64_t kind) {
    const auto [at, is_new] = kind_numbers_.try_emplace(kind, static_cast<std::uint32_t>(kinds_.size()));
    if (is_new) {
        kinds_.push_back(kind);
    }
    return at->second;
}

void FactCube::add(std::span<const CubeFact> facts) {
    if (!next_.is_complete || facts.empty()) {
        return;
    }
    std::vector<CubeEntry> entries;
    entries.reserve(facts.size());
    std::uint64_t last_kind = facts.front().kind;
    std::uint32_t number = number_of_kind(last_kind);
    for (const auto& fact : facts) {
        if (fact.kind != last_kind) {
            last_kind = fact.kind;
            number = number_of_kind(last_kind);
        }
        entries.push_back({fact.place, segment_of(fact.hour), hour_in_segment(fact.hour) << 16 | (number & 0xffff)});
    }
    next_.snapshot.facts += facts.size();
    if (kinds_.size() > kinds_max || next_.snapshot.facts > facts_max) {
        next_.is_complete = false;
        next_.has_base = false;
        next_.snapshot.runs.clear();
        return;
    }
    if (next_.snapshot.kinds->size() != kinds_.size()) {
        next_.snapshot.kinds = std::make_shared<const std::vector<std::uint64_t>>(kinds_);
    }
    next_.snapshot.runs.push_back(make_run(entries));
    merge_small_runs();
}

/// Each run in memory stays more than twice as large as the next, so that there are few: about the logarithm of their facts.
void FactCube::merge_small_runs() {
    auto& runs = next_.snapshot.runs;
    const std::size_t first = next_.has_base ? 1 : 0;
    while (runs.size() >= first + 2 && runs[runs.size() - 2]->facts.size() < 2 * runs.back()->facts.size()) {
        auto merged = merge_in_memory(std::span(runs).last(2), {});
        runs.resize(runs.size() - 2);
        runs.push_back(std::move(*merged));  // runs in memory are whole, and memory takes what it is given
    }
}

void FactCube::publish(CubeStamp stamp) {
    next_.stamp = stamp;
    show(next_);
    if (next_.is_complete && next_.snapshot.facts - saved_facts_ > save_above_) {
        // Without the file nothing is lost but time: a failure (full disk) is tried again when as much has come again.
        if (!save()) {
            save_above_ *= 2;
        }
    }
}

void FactCube::discard() { next_ = *seen(); }

void FactCube::clear() {
    unlink(path_.c_str());
    next_ = State{};
    take_kinds({});
    saved_ = {};
    saved_facts_ = 0;
    save_above_ = worth_saving(0);
    show(next_);
}

Status FactCube::erase(const EventFilter& filter, CubeStamp stamp) {
    const auto question = code_question(next_.snapshot, filter, {}, nights_);
    std::vector<std::uint32_t> row_of_segment(static_cast<std::size_t>(segment_count), no_class);
    for (std::uint32_t row = 0; row < question.segments.size(); ++row) {
        row_of_segment[question.segments[row]] = row;
    }
    const KeepFact keep = [&](std::size_t run, std::uint32_t place, std::uint32_t segment, std::uint32_t word) {
        const auto row = row_of_segment[segment];
        return row == no_class || question.places.codes[question.first_place[run] + place] == no_class ||
               question.hours.codes[row * segment_hours + (word >> 16)] == no_class || question.kinds.codes[word & 0xffff] == no_class;
    };
    if (!next_.is_complete) {
        publish(stamp);
        return {};
    }
    if (auto written = write_base(keep, stamp); !written) {
        if (written.error().code == ErrorCode::corrupt) {
            return written;
        }
        // No room for the file: the cube lives in memory, and the old file, which still holds what was erased, goes.
        auto merged = TRY(merge_in_memory(next_.snapshot.runs, keep));
        unlink(path_.c_str());
        next_.snapshot.facts = merged->facts.size();
        next_.snapshot.runs = {std::move(merged)};
        next_.has_base = false;
        next_.stamp = stamp;
        saved_ = {};
        saved_facts_ = 0;
    }
    show(next_);
    return {};
}

Status FactCube::write_base(const KeepFact& keep, CubeStamp stamp) {
    TRY(write_cube_file(path_, next_.snapshot.runs, keep, kinds_, stamp));
    auto file = TRY(open_cube_file(path_));
    next_.snapshot.facts = file.run->facts.size();
    next_.snapshot.runs = {std::move(file.run)};
    next_.has_base = true;
    next_.stamp = stamp;
    saved_ = stamp;
    saved_facts_ = next_.snapshot.facts;
    save_above_ = worth_saving(saved_facts_);
    return {};
}

Status FactCube::save() {
    if (!next_.is_complete || next_.stamp == saved_) {
        return {};
    }
    TRY(write_base({}, next_.stamp));
    show(next_);
    return {};
}

Result<std::optional<Table>> FactCube::answer(const EventFilter& filter, const GroupBy& group) {
    const auto state = seen();
    if (!state->is_complete) {
        return std::nullopt;
    }
    const auto question = code_question(state->snapshot, filter, group, nights_);
    return count_facts(state->snapshot, question, group.dimensions.size(), threads_);
}

}  // namespace vigie
