#include "store/fact_cube_count.h"

#include <algorithm>
#include <array>
#include <atomic>
#include <mutex>
#include <numeric>
#include <thread>

#include "store/event_question.h"

namespace vigie {
namespace {

// Counters one thread holds at once: 16 MB. A larger key space is counted in several passes over ranges of places.
constexpr std::uint64_t counters_max = 4'000'000;
// More passes than this would read the facts too often: the rows answer such questions (they have too many keys for a screen).
constexpr std::uint64_t passes_max = 64;
// Up to this many counters every thread has its own, and the sums are added at the end.
constexpr std::uint64_t shared_counters_max = 250'000;
// Fewer facts than this are counted before another thread has started.
constexpr std::uint64_t facts_for_threads = 300'000;

// The first counters take what the filter leaves out, in turn: one alone would make every such fact wait for the last one's sum.
constexpr std::uint32_t left_out = 16;

// Look-ups hold counter offsets; these bits mark what the filter leaves out. Offsets stay below 2^22.
constexpr std::uint32_t hour_is_out = 1U << 30;
constexpr std::uint32_t kind_is_out = 1U << 31;

/// How far apart the counters of neighbouring classes lie, so that counters follow the order of the question's keys.
struct Strides {
    std::uint64_t place = 0;
    std::uint64_t hour = 0;
    std::uint64_t kind = 0;
    std::uint64_t size = 1;
};

struct Task {
    const CubeRun* run = nullptr;
    std::size_t segment = 0;
    std::size_t first_place = 0;  // of the run, in the question's places
    std::size_t hours = 0;        // row of the question's hours
};

template <bool test_hour, bool test_kind>
std::uint32_t count_all(std::span<const std::uint32_t> facts, const std::uint32_t* hours, const std::uint32_t* kinds) {
    if constexpr (!test_hour && !test_kind) {
        return static_cast<std::uint32_t>(facts.size());
    }
    std::uint32_t count = 0;
    for (const auto word : facts) {
        const std::uint32_t at = (test_hour ? hours[word >> 16] : 0) + (test_kind ? kinds[word & 0xffff] : 0);
        count += at < hour_is_out ? 1 : 0;
    }
    return count;
}

/// Where the filter leaves something out, that is counted too, apart, which spares a branch that could not be foretold.
template <bool test_hour, bool test_kind, bool some_out>
void count_each(std::span<const std::uint32_t> facts, const std::uint32_t* hours, const std::uint32_t* kinds, std::uint32_t* counters,
                std::uint32_t base) {
    for (const auto word : facts) {
        const std::uint32_t at = (test_hour ? hours[word >> 16] : 0) + (test_kind ? kinds[word & 0xffff] : 0);
        if constexpr (some_out) {
            const std::uint32_t in = at < hour_is_out ? UINT32_MAX : 0;
            ++counters[((base + at + left_out) & in) | (word & (left_out - 1) & ~in)];
        } else {
            ++counters[base + at + left_out];
        }
    }
}

class Counting {
  public:
    Counting(const CubeSnapshot& snapshot, const QuestionCodes& question, std::size_t dimensions, int threads)
        : question_(question), dimensions_(dimensions), threads_(threads) {
        std::size_t row = 0;
        for (const auto segment : question.segments) {
            for (std::size_t r = 0; r < snapshot.runs.size(); ++r) {
                add_task(*snapshot.runs[r], question.first_place[r], segment, row);
            }
            ++row;
        }
    }

    Result<std::optional<Table>> run() {
        Table table;
        table.dimensions = dimensions_;
        const std::uint64_t others = std::uint64_t{question_.hours.classes} * question_.kinds.classes;
        const std::uint64_t all = others * question_.places.classes;
        if (all == 0 || tasks_.empty()) {
            return table;
        }
        if (others > counters_max) {
            return std::nullopt;
        }
        const std::uint64_t places_a_pass = counters_max / others;
        const std::uint64_t passes = (question_.places.classes + places_a_pass - 1) / places_a_pass;
        if (passes > passes_max) {
            return std::nullopt;
        }
        look_at_rows();
        if (all <= shared_counters_max || question_.places.classes < 2) {
            count_together(table);
        } else {
            count_in_passes(table, std::max<std::uint64_t>(passes, static_cast<std::uint64_t>(workers())));
        }
        if (damaged_) {
            return fail(ErrorCode::corrupt, "cube des faits : un segment n'est pas ce qui avait été écrit");
        }
        if (rows_ > table_rows_max) {
            return tl::unexpected<Error>(too_many_rows());
        }
        sort_rows(table);
        return table;
    }

  private:
    void add_task(const CubeRun& run, std::size_t first_place, std::uint32_t segment, std::size_t row) {
        const auto at = std::ranges::lower_bound(run.segments, segment, {}, &CubeSegment::index);
        if (at != run.segments.end() && at->index == segment) {
            tasks_.push_back({&run, static_cast<std::size_t>(at - run.segments.begin()), first_place, row});
            facts_ += run.facts.size() / run.segments.size();
        }
    }

    [[nodiscard]] int workers() const { return facts_ < facts_for_threads ? 1 : std::max(1, threads_); }

    /// The families in the order of the dimensions they answer, so that counters come out sorted when they can.
    [[nodiscard]] Strides strides_of(std::uint64_t places) const {
        const auto first = [](const Coding& c) { return c.dimensions.empty() ? SIZE_MAX : c.dimensions.front(); };
        Strides strides;
        struct Family {
            std::size_t first;
            std::uint64_t classes;
            std::uint64_t* stride;
        };
        std::array<Family, 3> families{{{first(question_.places), places, &strides.place},
                                        {first(question_.hours), question_.hours.classes, &strides.hour},
                                        {first(question_.kinds), question_.kinds.classes, &strides.kind}}};
        std::ranges::stable_sort(families, std::ranges::greater{}, &Family::first);
        for (const auto& family : families) {
            *family.stride = strides.size;
            strides.size *= family.classes;
        }
        return strides;
    }

    void look_at_rows() {
        for (std::size_t row = 0; row < question_.segments.size(); ++row) {
            const auto codes = std::span(question_.hours.codes).subspan(row * segment_hours, segment_hours);
            const bool some_out = std::ranges::find(codes, no_class) != codes.end();
            const bool one = std::ranges::all_of(codes, [&](auto c) { return c == codes.front(); });
            hours_.push_back(some_out ? HourRow::some_out : one ? HourRow::one_class : HourRow::classes);
        }
        kinds_out_ = std::ranges::find(question_.kinds.codes, no_class) != question_.kinds.codes.end();
    }

    struct LookUps {
        std::vector<std::uint32_t> hours;  // rows x segment_hours
        std::vector<std::uint32_t> kinds;
    };
    [[nodiscard]] LookUps look_ups(const Strides& strides) const {
        LookUps l;
        const auto offset = [](std::uint64_t stride, std::uint32_t out) {
            return [stride, out](std::uint32_t code) { return code == no_class ? out : static_cast<std::uint32_t>(code * stride); };
        };
        l.hours.resize(question_.hours.codes.size());
        l.kinds.resize(question_.kinds.codes.size());
        std::ranges::transform(question_.hours.codes, l.hours.begin(), offset(strides.hour, hour_is_out));
        std::ranges::transform(question_.kinds.codes, l.kinds.begin(), offset(strides.kind, kind_is_out));
        return l;
    }

    /// Runs work(i) for i in [0, count) on the workers, each thread taking the next.
    template <class Work>
    void share(std::size_t count, const Work& work) {
        std::atomic<std::size_t> next = 0;
        const auto pull = [&](int worker) {
            for (auto i = next++; i < count; i = next++) {
                work(worker, i);
            }
        };
        std::vector<std::thread> others;
        for (int w = 1; w < std::min(workers(), static_cast<int>(count)); ++w) {
            others.emplace_back(pull, w);
        }
        pull(0);
        for (auto& other : others) {
            other.join();
        }
    }

    void count_together(Table& table) {
        const auto strides = strides_of(question_.places.classes);
        const auto l = look_ups(strides);
        std::vector<std::vector<std::uint32_t>> counters(static_cast<std::size_t>(workers()));
        share(tasks_.size(), [&](int worker, std::size_t i) {
            auto& own = counters[static_cast<std::size_t>(worker)];
            own.resize(strides.size + left_out);
            count_task(tasks_[i], l, strides, {0, question_.places.classes}, own.data());
        });
        auto& sum = counters.front();
        sum.resize(strides.size + left_out);
        for (std::size_t w = 1; w < counters.size(); ++w) {
            for (std::size_t i = 0; i < counters[w].size(); ++i) {
                sum[i] += counters[w][i];
            }
        }
        emit(table, sum, strides, 0);
    }

    void count_in_passes(Table& table, std::uint64_t passes) {
        const std::uint64_t places = question_.places.classes;
        std::vector<Table> parts(passes);
        share(passes, [&](int, std::size_t pass) {
            const auto low = static_cast<std::uint32_t>(places * pass / passes);
            const auto high = static_cast<std::uint32_t>(places * (pass + 1) / passes);
            const auto strides = strides_of(high - low);
            const auto l = look_ups(strides);
            std::vector<std::uint32_t> counters(strides.size + left_out);
            for (const auto& task : tasks_) {
                count_task(task, l, strides, {low, high}, counters.data());
            }
            emit(parts[pass], counters, strides, low);
        });
        for (const auto& part : parts) {
            table.keys.insert(table.keys.end(), part.keys.begin(), part.keys.end());
            table.counts.insert(table.counts.end(), part.counts.begin(), part.counts.end());
        }
    }

    struct PlaceRange {
        std::uint32_t low;
        std::uint32_t high;
    };

    struct Codes {
        const std::uint32_t* hours;  ///< of one segment's hours
        const std::uint32_t* kinds;
    };

    void count_task(const Task& task, const LookUps& l, const Strides& strides, PlaceRange range, std::uint32_t* counters) {
        if (!task.run->segment_is_whole(task.segment)) {
            damaged_ = true;
            return;
        }
        const Codes codes{l.hours.data() + task.hours * segment_hours, l.kinds.data()};
        const bool by_hour = hours_[task.hours] != HourRow::one_class;
        const bool by_kind = !question_.kinds.is_plain;
        const bool some_out = kinds_out_ || hours_[task.hours] == HourRow::some_out;
        const auto count = [&]<bool hour, bool kind>() {
            some_out ? count_groups<hour, kind, true>(task, codes, strides, range, counters)
                     : count_groups<hour, kind, false>(task, codes, strides, range, counters);
        };
        if (by_hour) {
            by_kind ? count.operator()<true, true>() : count.operator()<true, false>();
        } else {
            by_kind ? count.operator()<false, true>() : count.operator()<false, false>();
        }
    }

    template <bool by_hour, bool by_kind, bool some_out>
    void count_groups(const Task& task, Codes codes, const Strides& strides, PlaceRange range, std::uint32_t* counters) {
        const auto& run = *task.run;
        const auto& segment = run.segments[task.segment];
        const std::uint32_t hour_base = by_hour ? 0 : codes.hours[0];
        const bool one_counter = question_.hours.classes == 1 && question_.kinds.classes == 1;
        const auto count = [&](std::span<const std::uint32_t> facts, std::uint32_t base) {
            if (one_counter || (!by_hour && !by_kind)) {
                counters[base + left_out] += count_all<by_hour, by_kind>(facts, codes.hours, codes.kinds);
            } else {
                count_each<by_hour, by_kind, some_out>(facts, codes.hours, codes.kinds, counters, base);
            }
        };
        if (question_.places.is_plain) {
            count(run.facts_of(segment), hour_base);
            return;
        }
        const auto* place_codes = question_.places.codes.data() + task.first_place;
        for (std::uint32_t g = segment.first_group; g < segment.first_group + segment.groups; ++g) {
            const auto code = place_codes[run.group_place[g]];
            if (code >= range.low && code < range.high) {
                const auto begin = run.group_begin[g];
                count(run.facts.subspan(begin, run.group_begin[g + 1] - begin),
                      hour_base + static_cast<std::uint32_t>((code - range.low) * strides.place));
            }
        }
    }

    void emit(Table& table, const std::vector<std::uint32_t>& counters, const Strides& strides, std::uint32_t first_place) {
        for (std::uint64_t i = 0; i < strides.size; ++i) {
            if (counters[i + left_out] == 0) {
                continue;
            }
            if (++rows_ > table_rows_max) {
                return;
            }
            const auto row = table.keys.size();
            table.keys.resize(row + dimensions_);
            put_keys(table.keys.data() + row, question_.places, i / strides.place % place_classes(strides) + first_place);
            put_keys(table.keys.data() + row, question_.hours, i / strides.hour % question_.hours.classes);
            put_keys(table.keys.data() + row, question_.kinds, i / strides.kind % question_.kinds.classes);
            table.counts.push_back(counters[i + left_out]);
        }
    }
    [[nodiscard]] std::uint64_t place_classes(const Strides& strides) const {
        return strides.size / question_.hours.classes / question_.kinds.classes;
    }
    static void put_keys(std::int64_t* row, const Coding& coding, std::uint64_t code) {
        for (std::size_t d = 0; d < coding.dimensions.size(); ++d) {
            row[coding.dimensions[d]] = coding.keys[code * coding.dimensions.size() + d];
        }
    }

    /// Counters follow the keys unless one family's dimensions stand apart, or passes cut a family that is not the first.
    void sort_rows(Table& table) const {
        const auto less = [&](std::size_t a, std::size_t b) {
            const auto* k = table.keys.data();
            return std::lexicographical_compare(k + a * dimensions_, k + (a + 1) * dimensions_, k + b * dimensions_,
                                                k + (b + 1) * dimensions_);
        };
        std::vector<std::size_t> order(table.rows());
        std::iota(order.begin(), order.end(), 0U);
        if (std::ranges::is_sorted(order, less)) {
            return;
        }
        std::ranges::sort(order, less);
        Table sorted;
        sorted.dimensions = table.dimensions;
        sorted.keys.reserve(table.keys.size());
        sorted.counts.reserve(table.counts.size());
        for (const auto row : order) {
            const auto* keys = table.keys.data() + row * dimensions_;
            sorted.keys.insert(sorted.keys.end(), keys, keys + dimensions_);
            sorted.counts.push_back(table.counts[row]);
        }
        table = std::move(sorted);
    }

    const QuestionCodes& question_;
    std::size_t dimensions_;
    int threads_;
    std::vector<Task> tasks_;
    std::uint64_t facts_ = 0;  // about; decides whether threads are worth it
    enum class HourRow : std::uint8_t { one_class, classes, some_out };
    std::vector<HourRow> hours_;  // what the hours of each segment ask of the loop
    bool kinds_out_ = false;
    std::atomic<bool> damaged_ = false;
    std::atomic<std::uint64_t> rows_ = 0;
};

}  // namespace

Result<std::optional<Table>> count_facts(const CubeSnapshot& snapshot, const QuestionCodes& question, std::size_t dimensions, int threads) {
    return Counting(snapshot, question, dimensions, threads).run();
}

}  // namespace vigie
