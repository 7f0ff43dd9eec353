#include "store/fact_cube_run.h"

#include <algorithm>
#include <array>

#include "base/assert.h"
#include "base/random.h"

namespace vigie {
namespace {

// Places a run may hold and hours a segment has, as bits of the 64-bit key that entries are sorted by:
// segment 11, place 27, word 26.
constexpr int word_bits = 26;
constexpr int place_bits = 27;
static_assert(segment_count < (1 << (64 - word_bits - place_bits)) && segment_hours <= (1 << 10));

constexpr std::int32_t axis_lift = 1 << 19;  // finest columns and rows lie within +-200,000

struct RunMemory {
    RunTables tables;
    std::vector<std::uint32_t> facts;
};

std::shared_ptr<const CubeRun> run_of(std::shared_ptr<RunMemory> memory) {
    auto run = std::make_shared<CubeRun>();
    run->places = memory->tables.places;
    run->segments = memory->tables.segments;
    run->group_place = memory->tables.group_place;
    run->group_begin = memory->tables.group_begin;
    run->facts = memory->facts;
    run->segment_is_whole = [](std::size_t) { return true; };
    run->release = [] {};
    run->memory = std::move(memory);
    return run;
}

/// Numbers places in the order met, by open addressing.
class PlaceNumbers {
  public:
    std::uint32_t number_of(std::uint64_t place) {
        if ((places_.size() + 1) * 2 > slots_.size()) {
            grow();
        }
        auto& slot = find(place);
        if (slot == 0) {
            places_.push_back(place);
            slot = static_cast<std::uint32_t>(places_.size());
        }
        return slot - 1;
    }
    [[nodiscard]] const std::vector<std::uint64_t>& places() const { return places_; }

  private:
    std::uint32_t& find(std::uint64_t place) {
        std::size_t at = mix64(place) & (slots_.size() - 1);
        while (slots_[at] != 0 && places_[slots_[at] - 1] != place) {
            at = (at + 1) & (slots_.size() - 1);
        }
        return slots_[at];
    }
    void grow() {
        slots_.assign(std::max<std::size_t>(64, slots_.size() * 2), 0);
        for (std::size_t i = 0; i < places_.size(); ++i) {
            find(places_[i]) = static_cast<std::uint32_t>(i + 1);
        }
    }
    std::vector<std::uint64_t> places_;
    std::vector<std::uint32_t> slots_;  // 1 + number; 0 = free
};

/// Least significant digit first, 11 bits a digit; digits on which all keys agree cost one pass of counting.
void radix_sort(std::vector<std::uint64_t>& keys) {
    constexpr int digit_bits = 11;
    constexpr std::size_t digits = 1U << digit_bits;
    std::vector<std::uint64_t> other(keys.size());
    for (int shift = 0; shift < 64; shift += digit_bits) {
        std::array<std::size_t, digits> next{};
        for (const auto key : keys) {
            ++next[(key >> shift) & (digits - 1)];
        }
        if (keys.empty() || next[(keys.front() >> shift) & (digits - 1)] == keys.size()) {
            continue;
        }
        std::size_t sum = 0;
        for (auto& count : next) {
            sum += std::exchange(count, sum);
        }
        for (const auto key : keys) {
            other[next[(key >> shift) & (digits - 1)]++] = key;
        }
        keys.swap(other);
    }
}

/// Adds groups one after the other to the tables of a run.
class TablesBuilder {
  public:
    explicit TablesBuilder(RunTables& tables) : tables_(tables) {}
    void begin_segment(std::uint32_t index) {
        tables_.segments.push_back({index, static_cast<std::uint32_t>(tables_.group_place.size()), 0, 0, 0});
    }
    void add_group(std::uint32_t place, std::size_t facts) {
        tables_.group_place.push_back(place);
        tables_.group_begin.push_back(facts_);
        facts_ += static_cast<std::uint32_t>(facts);
        ++tables_.segments.back().groups;
    }
    /// False when the segment turned out to hold nothing.
    bool end_segment() {
        if (tables_.segments.back().groups > 0) {
            return true;
        }
        tables_.segments.pop_back();
        return false;
    }
    void finish() {
        tables_.group_begin.push_back(facts_);
        drop_unused_places();
    }

  private:
    // A place whose facts were all erased must leave no trace in the derived file either.
    void drop_unused_places() {
        std::vector<std::uint32_t> number(tables_.places.size(), 0);
        for (const auto place : tables_.group_place) {
            number[place] = 1;
        }
        std::uint32_t used = 0;
        for (std::size_t i = 0; i < number.size(); ++i) {
            if (number[i] != 0) {
                tables_.places[used] = tables_.places[i];
                number[i] = used++;
            }
        }
        tables_.places.resize(used);
        for (auto& place : tables_.group_place) {
            place = number[place];
        }
    }
    RunTables& tables_;
    std::uint32_t facts_ = 0;
};

/// Where a merge stands in one of its runs.
struct Cursor {
    std::size_t run = 0;
    std::uint32_t group = 0;
    std::uint32_t end = 0;
};

class Merge {
  public:
    Merge(std::span<const std::shared_ptr<const CubeRun>> runs, const KeepFact& keep, FactSink& sink)
        : runs_(runs), keep_(keep), sink_(sink), builder_(tables_) {}

    Result<RunTables> run() {
        unite_places();
        reserve_groups();
        std::vector<std::size_t> at(runs_.size(), 0);
        for (std::uint32_t index = 0; index < static_cast<std::uint32_t>(segment_count); ++index) {
            std::vector<Cursor> cursors;
            for (std::size_t r = 0; r < runs_.size(); ++r) {
                if (at[r] < runs_[r]->segments.size() && runs_[r]->segments[at[r]].index == index) {
                    if (!runs_[r]->segment_is_whole(at[r])) {
                        return fail(ErrorCode::corrupt, "cube des faits : un segment n'est pas ce qui avait été écrit");
                    }
                    const auto& segment = runs_[r]->segments[at[r]++];
                    cursors.push_back({r, segment.first_group, segment.first_group + segment.groups});
                }
            }
            if (!cursors.empty()) {
                TRY(merge_segment(index, cursors));
                // A base is walked through once, from end to end: it needs no room in memory.
                for (const auto& run : runs_) {
                    run->release();
                }
            }
        }
        builder_.finish();
        return std::move(tables_);
    }

  private:
    /// As many as there can be: growing by doubling would take twice as much for a moment.
    void reserve_groups() {
        std::size_t groups = 0;
        for (const auto& run : runs_) {
            groups += run->group_place.size();
        }
        tables_.group_place.reserve(groups);
        tables_.group_begin.reserve(groups + 1);
    }

    void unite_places() {
        for (const auto& run : runs_) {
            std::vector<std::uint64_t> united;
            std::ranges::set_union(tables_.places, run->places, std::back_inserter(united));
            tables_.places.swap(united);
        }
        for (const auto& run : runs_) {
            auto& numbers = numbers_.emplace_back();
            numbers.reserve(run->places.size());
            std::uint32_t at = 0;
            for (const auto place : run->places) {
                while (tables_.places[at] != place) {
                    ++at;
                }
                numbers.push_back(at);
            }
        }
    }

    [[nodiscard]] std::uint32_t place_at(const Cursor& c) const { return numbers_[c.run][runs_[c.run]->group_place[c.group]]; }

    Status merge_segment(std::uint32_t index, std::vector<Cursor>& cursors) {
        builder_.begin_segment(index);
        while (!cursors.empty()) {
            std::uint32_t place = UINT32_MAX;
            for (const auto& c : cursors) {
                place = std::min(place, place_at(c));
            }
            const auto words = words_at(index, place, cursors);
            if (!words.empty()) {
                builder_.add_group(place, words.size());
                TRY(sink_.put(words));
            }
            std::erase_if(cursors, [](const Cursor& c) { return c.group == c.end; });
        }
        if (builder_.end_segment()) {
            sink_.end_segment();
        }
        return {};
    }

    /// The facts of `place`, from every cursor that stands on it, which moves on.
    std::span<const std::uint32_t> words_at(std::uint32_t index, std::uint32_t place, std::vector<Cursor>& cursors) {
        std::span<const std::uint32_t> only;
        int parts = 0;
        words_.clear();
        for (auto& c : cursors) {
            if (place_at(c) != place) {
                continue;
            }
            const auto& run = *runs_[c.run];
            only = run.facts.subspan(run.group_begin[c.group], run.group_begin[c.group + 1] - run.group_begin[c.group]);
            const auto local_place = run.group_place[c.group];
            std::ranges::copy_if(only, std::back_inserter(words_),
                                 [&](std::uint32_t word) { return !keep_ || keep_(c.run, local_place, index, word); });
            ++parts;
            ++c.group;
        }
        if (parts > 1) {
            std::ranges::sort(words_);
        }
        return words_;
    }

    std::span<const std::shared_ptr<const CubeRun>> runs_;
    const KeepFact& keep_;
    FactSink& sink_;
    RunTables tables_;
    TablesBuilder builder_;
    std::vector<std::vector<std::uint32_t>> numbers_;  // run place -> united place
    std::vector<std::uint32_t> words_;
};

class MemorySink final : public FactSink {
  public:
    explicit MemorySink(std::vector<std::uint32_t>& facts) : facts_(facts) {}
    Status put(std::span<const std::uint32_t> words) override {
        facts_.insert(facts_.end(), words.begin(), words.end());
        return {};
    }
    void end_segment() override {}

  private:
    std::vector<std::uint32_t>& facts_;
};

}  // namespace

std::uint64_t pack_place(const CubePlace& place) {
    const auto axis = [&](std::int32_t v) { return place.placed ? static_cast<std::uint64_t>(v + axis_lift) : 0; };
    return axis(place.cell.column) << 44 | axis(place.cell.row) << 24 | static_cast<std::uint64_t>(place.district.raw()) << 8 |
           static_cast<std::uint64_t>(place.precision);
}

CubePlace unpack_place(std::uint64_t key) {
    CubePlace place;
    place.district = DistrictId{static_cast<std::uint16_t>(key >> 8)};
    place.precision = static_cast<PlacePrecision>(key & 0xff);
    place.placed = is_placed(place.precision);
    if (place.placed) {
        place.cell = Cell{static_cast<std::int32_t>(key >> 44) - axis_lift, static_cast<std::int32_t>(key >> 24 & 0xfffff) - axis_lift};
    }
    return place;
}

std::uint64_t pack_kind(const CubeKind& kind) {
    return static_cast<std::uint64_t>(kind.source.raw()) << 32 | static_cast<std::uint64_t>(kind.category.raw()) << 16 |
           static_cast<std::uint64_t>(kind.origin) << 8 | static_cast<std::uint64_t>(kind.time_precision);
}

CubeKind unpack_kind(std::uint64_t key) {
    return CubeKind{SourceId{static_cast<std::uint16_t>(key >> 32)}, CategoryId{static_cast<std::uint16_t>(key >> 16)},
                    static_cast<Origin>(key >> 8 & 0xff), static_cast<TimePrecision>(key & 0xff)};
}

CubeFact cube_fact(const Event& event) {
    const bool placed = is_placed(event.place_precision);
    const auto cell = placed ? cell_of(event.point, finest_cell_m) : Cell{};
    return CubeFact{pack_place({placed, cell, event.district, event.place_precision}),
                    pack_kind({event.source, event.category, event.origin, event.time_precision}), event.local_hour};
}

std::shared_ptr<const CubeRun> make_run(std::span<const CubeEntry> entries) {
    auto memory = std::make_shared<RunMemory>();
    PlaceNumbers numbers;
    std::vector<std::uint64_t> keys;
    keys.reserve(entries.size());
    for (const auto& entry : entries) {
        keys.push_back(numbers.number_of(entry.place));
    }
    auto& places = memory->tables.places;
    places = numbers.places();
    VIGIE_ASSERT(places.size() < (1U << place_bits));
    std::ranges::sort(places);
    std::vector<std::uint64_t> ranks;
    for (const auto place : numbers.places()) {
        ranks.push_back(static_cast<std::uint64_t>(std::ranges::lower_bound(places, place) - places.begin()));
    }
    for (std::size_t i = 0; i < keys.size(); ++i) {
        keys[i] = static_cast<std::uint64_t>(entries[i].segment) << (word_bits + place_bits) | ranks[keys[i]] << word_bits | entries[i].word;
    }
    radix_sort(keys);

    TablesBuilder builder(memory->tables);
    memory->facts.reserve(keys.size());
    for (std::size_t i = 0; i < keys.size();) {
        const auto segment = keys[i] >> (word_bits + place_bits);
        builder.begin_segment(static_cast<std::uint32_t>(segment));
        while (i < keys.size() && keys[i] >> (word_bits + place_bits) == segment) {
            const auto group = keys[i] >> word_bits;
            const auto first = i;
            for (; i < keys.size() && keys[i] >> word_bits == group; ++i) {
                memory->facts.push_back(static_cast<std::uint32_t>(keys[i] & ((1U << word_bits) - 1)));
            }
            builder.add_group(static_cast<std::uint32_t>(group & ((1U << place_bits) - 1)), i - first);
        }
    }
    builder.finish();
    return run_of(std::move(memory));
}

Result<RunTables> merge_runs(std::span<const std::shared_ptr<const CubeRun>> runs, const KeepFact& keep, FactSink& sink) {
    return Merge(runs, keep, sink).run();
}

Result<std::shared_ptr<const CubeRun>> merge_in_memory(std::span<const std::shared_ptr<const CubeRun>> runs, const KeepFact& keep) {
    auto memory = std::make_shared<RunMemory>();
    std::size_t facts = 0;
    for (const auto& run : runs) {
        facts += run->facts.size();
    }
    memory->facts.reserve(facts);
    MemorySink sink(memory->facts);
    memory->tables = TRY(merge_runs(runs, keep, sink));
    return run_of(std::move(memory));
}

}  // namespace vigie
