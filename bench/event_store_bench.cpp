// The event store under load: appends beside DuckDB's own appender and the disk's floor, then every question of
// the HIER screen answered by the fact cube and by the same question on raw rows, with equal answers required.
//   event_store_bench [events=20000000] [folder=<build>/event_store_bench]     the folder is made once and kept
#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <filesystem>
#include <fstream>

#include "append_reference.h"
#include "base/random.h"
#include "store/data_folder.h"

namespace vigie {
namespace {

using bench::Clock;
using bench::seconds_since;

constexpr std::size_t block_rows = 1'000'000;
constexpr std::int32_t first_hour = 24 * day_from_civil(std::chrono::year{2024} / 1 / 1).raw();
constexpr std::int32_t bench_hours = 24 * 730;

/// Hotspots and noise over 14 km, after the reference's generator: 3 facts in 4 lie around 64 hotspots.
Event make_event(std::uint64_t i, std::uint64_t events) {
    Random random(i);
    Event e;
    e.id = EventId{mix64(i)};
    const auto minute = static_cast<std::int64_t>(static_cast<double>(i) / static_cast<double>(events) * bench_hours * 60);
    e.local_hour = LocalHour{first_hour + static_cast<std::int32_t>(minute / 60)};
    e.at = Instant{std::chrono::minutes{first_hour * std::int64_t{60} + minute} + std::chrono::milliseconds{random.below(60'000)}};
    const auto spot = random.below(64);
    const auto near = [&](std::uint64_t seed) {
        const auto centre = static_cast<double>(mix64(seed) % 14'000);
        const double wide = random.uniform() * 14'000;
        const double close = centre + (random.uniform() + random.uniform() - 1.0) * 400;
        return std::pair{wide, std::clamp(close, 0.0, 13'999.0)};
    };
    const bool hot = random.below(4) != 0;
    const auto x = near(spot);
    const auto y = near(spot + 1'000);
    const auto east = static_cast<std::int32_t>(hot ? x.second : x.first);
    const auto north = static_cast<std::int32_t>(hot ? y.second : y.first);
    e.point = PointM{886'000 + east, 6'240'000 + north};
    e.lon_e7 = 53'000'000 + east * 12;
    e.lat_e7 = 432'000'000 + north * 9;
    e.district = DistrictId{static_cast<std::uint16_t>(east / 1'300 * 10 + north / 1'400)};
    e.source = SourceId{static_cast<std::uint16_t>(random.below(14))};
    e.category = CategoryId{static_cast<std::uint16_t>((e.source.raw() * 17U + std::min(random.below(30), random.below(30))) % 120)};
    e.origin = static_cast<Origin>(e.source.raw() % 4);
    e.severity = Severity{static_cast<std::uint8_t>(random.below(5))};
    const auto precision = random.below(100);
    e.time_precision = precision < 90 ? TimePrecision::minute : precision < 98 ? TimePrecision::hour : TimePrecision::day;
    if (e.time_precision == TimePrecision::day) {
        e.local_hour = first_hour_of(day_of(e.local_hour));
    }
    return e;
}

std::vector<Event> make_block(std::uint64_t first, std::uint64_t rows, std::uint64_t events) {
    std::vector<Event> block;
    block.reserve(rows);
    for (std::uint64_t i = first; i < first + rows; ++i) {
        block.push_back(make_event(i, events));
    }
    return block;
}

std::string resident() {
    std::ifstream status("/proc/self/status");
    std::string line;
    std::string text;
    while (std::getline(status, line)) {
        if (line.starts_with("VmRSS") || line.starts_with("RssAnon")) {
            text += fmt::format("{} {} MB  ", line.substr(0, line.find(':')), std::stoull(line.substr(line.find(':') + 1)) / 1024);
        }
    }
    return text;
}

DuckStoreOptions options_in(const std::string& folder, bool raw_only) {
    DuckStoreOptions options;
    options.database_path = folder + "/events.duckdb";
    options.derived_dir = folder + "/derived";
    options.limits = StoreLimits{.memory_bytes = 1ULL << 30, .threads = 2};
    options.zone = "Europe/Paris";
    options.lon_deg = 5.37;
    options.lat_deg = 43.30;
    options.raw_only = raw_only;
    return options;
}

std::unique_ptr<EventStore> open_or_die(const DuckStoreOptions& options) {
    auto store = open_duck_event_store(options);
    if (!store) {
        fmt::print(stderr, "{}\n", store.error().message);
        std::exit(1);
    }
    return std::move(*store);
}

void append_all(const std::string& folder, std::uint64_t events) {
    {
        auto store = open_or_die(options_in(folder, false));
        std::vector<double> times;
        for (std::uint64_t first = 0; first < events; first += block_rows) {
            const auto block = make_block(first, std::min<std::uint64_t>(block_rows, events - first), events);
            const auto start = Clock::now();
            if (const auto done = store->append(block, {1, first}); !done) {
                fmt::print(stderr, "{}\n", done.error().message);
                std::exit(1);
            }
            times.push_back(seconds_since(start));
        }
        double total = 0;
        for (const auto t : times) {
            total += t;
        }
        std::ranges::sort(times);
        fmt::print("append        {} events in blocks of {}: {:.2f} s, {:.2f} M rows/s; a block p50 {:.2f} s, max {:.2f} s\n", events, block_rows,
                   total, static_cast<double>(events) / total / 1e6, times[times.size() / 2], times.back());
        const auto start = Clock::now();
        store.reset();
        fmt::print("close         {:.2f} s\n", seconds_since(start));
    }
    const int blocks = 5;
    const auto block = make_block(0, block_rows, events);
    const auto raw = bench::raw_append_seconds(folder, block, blocks);
    const double rows = static_cast<double>(block_rows) * blocks;
    fmt::print("  DuckDB's own appender, same columns, vectors ready: {:.2f} M rows/s\n", rows / raw / 1e6);
    const auto floor = bench::disk_floor_seconds(folder, 40 * block_rows, blocks);
    fmt::print("  write + fdatasync of 40 B a row: {:.2f} M rows/s\n", rows / floor / 1e6);
    unlink((folder + "/raw.duckdb").c_str());
}

struct Question {
    std::string label;
    EventFilter filter;
    GroupBy group;
};

std::vector<Question> screen_questions() {
    using D = Dimension;
    EventFilter all;
    EventFilter last_month;
    last_month.hours = {LocalHour{first_hour + bench_hours - 24 * 28}, LocalHour{first_hour + bench_hours}};
    const auto with = [](EventFilter f, auto change) {
        change(f);
        return f;
    };
    const auto two_districts = with(all, [](auto& f) { f.districts = {DistrictId{33}, DistrictId{34}}; });
    const auto evening = with(all, [](auto& f) { f.hours_of_day = 0xfc0000; });
    const auto night = with(all, [](auto& f) { f.daylight = Daylight::night; });
    const auto kind = with(all, [](auto& f) { f.categories = {CategoryId{5}, CategoryId{20}, CategoryId{37}}; });
    const auto mixed = with(night, [](auto& f) {
        f.origins = {Origin::resident, Origin::patrol};
        f.weekdays = 0x70;
        f.box = BoxM{{888'000, 6'242'000}, {896'000, 6'250'000}};
    });
    std::vector<Question> questions = {
        {"total", all, {}},
        {"by category", all, {{D::category}}},
        {"by source x category", all, {{D::source, D::category}}},
        {"by category, 28 d", last_month, {{D::category}}},
        {"ribbon: day", all, {{D::day}}},
        {"ribbon: day x category", all, {{D::day, D::category}}},
        {"series: day, 2 districts", two_districts, {{D::day}}},
        {"series: week, evenings", evening, {{D::week}}},
        {"series: month, 3 categories", kind, {{D::month}}},
        {"series: day, night", night, {{D::day}}},
        {"series: day, mixed filter", mixed, {{D::day}}},
        {"hour of week", all, {{D::hour_of_week}}},
        {"hour of week, 28 d", last_month, {{D::hour_of_week}}},
        {"districts", all, {{D::district}}},
        {"districts, 28 d", last_month, {{D::district}}},
        {"districts, 3 categories", kind, {{D::district}}},
        {"district x day", all, {{D::district, D::day}}},
        {"district x category", all, {{D::district, D::category}}},
        {"cells 100 m, night", night, {{D::cell}, 100}},
        {"cells 200 m, 3 categories", kind, {{D::cell}, 200}},
        {"cells 200 m, mixed filter", mixed, {{D::cell}, 200}},
        {"playback: cell 200 m x day, 28 d", last_month, {{D::cell, D::day}, 200}},
        {"playback: day x cell 200 m, 28 d", last_month, {{D::day, D::cell}, 200}},
        {"playback: cell 200 m x week, 2 y", all, {{D::cell, D::week}, 200}},
    };
    for (const std::int32_t cell_m : {100, 200, 1'000}) {
        questions.push_back({fmt::format("cells {} m", cell_m), all, {{D::cell}, cell_m}});
        questions.push_back({fmt::format("cells {} m, 28 d", cell_m), last_month, {{D::cell}, cell_m}});
    }
    return questions;
}

double cpu_ms() {
    timespec now{};
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
    return static_cast<double>(now.tv_sec) * 1e3 + static_cast<double>(now.tv_nsec) / 1e6;
}

struct Measured {
    std::vector<double> ms;  // ascending
    double cpu = 0;          // a time, all threads together: what a busy machine does not stretch
    Table table;
    [[nodiscard]] double p50() const { return ms[ms.size() / 2]; }
    [[nodiscard]] double p95() const { return ms[ms.size() * 95 / 100]; }
};

Measured measure(EventStore& store, const Question& question, int times) {
    Measured measured;
    const auto cpu_before = cpu_ms();
    for (int i = 0; i < times; ++i) {
        const auto start = Clock::now();
        auto table = store.aggregate(question.filter, question.group);
        measured.ms.push_back(seconds_since(start) * 1e3);
        if (!table) {
            fmt::print(stderr, "{}: {}\n", question.label, table.error().message);
            std::exit(1);
        }
        measured.table = std::move(*table);
    }
    measured.cpu = (cpu_ms() - cpu_before) / times;
    std::ranges::sort(measured.ms);
    return measured;
}

void ask_all(const std::string& folder) {
    const auto questions = screen_questions();
    std::vector<Measured> cube;
    std::vector<Measured> raw;
    {
        const auto start = Clock::now();
        auto store = open_or_die(options_in(folder, false));
        fmt::print("open          {:.0f} ms with the cube's file; {}\n", seconds_since(start) * 1e3, resident());
        const auto first = measure(*store, questions.front(), 1);
        fmt::print("first answer  {:.1f} ms (bytes checked)\n", first.p50());
        for (const auto& question : questions) {
            cube.push_back(measure(*store, question, 15));
        }
        fmt::print("after the questions, by the cube: {}\n", resident());
    }
    {
        auto store = open_or_die(options_in(folder, true));
        for (const auto& question : questions) {
            raw.push_back(measure(*store, question, 7));
        }
        fmt::print("after the questions, by raw rows: {}\n", resident());
    }
    fmt::print("{:34} {:>7} {:>9} {:>9} {:>9} {:>8} {:>8} {:>8} {:>6}\n", "question (ms)", "rows", "cube p50", "cube p95", "cube cpu", "raw p50", "raw p95",
               "raw cpu", "ratio");
    bool equal = true;
    for (std::size_t i = 0; i < questions.size(); ++i) {
        const bool same = cube[i].table == raw[i].table;
        equal = equal && same;
        fmt::print("{:34} {:>7} {:>9.2f} {:>9.2f} {:>9.2f} {:>8.1f} {:>8.1f} {:>8.1f} {:>5.0f}x{}\n", questions[i].label, cube[i].table.rows(),
                   cube[i].p50(), cube[i].p95(), cube[i].cpu, raw[i].p50(), raw[i].p95(), raw[i].cpu, raw[i].p50() / cube[i].p50(),
                   same ? "" : "  DIFFERENT");
    }
    if (!equal) {
        std::exit(1);
    }
}

void small_blocks_and_reopening(const std::string& folder, std::uint64_t events) {
    {
        auto store = open_or_die(options_in(folder, false));
        auto more = make_block(0, 20'000, events);
        for (auto& e : more) {
            e.local_hour = LocalHour{e.local_hour.raw() + bench_hours};
        }
        const auto version = store->stats()->version;
        const auto start = Clock::now();
        const auto cpu = cpu_ms();
        std::uint64_t blocks = 0;
        for (; blocks < 200; ++blocks) {
            if (!store->append(std::span(more).subspan(blocks * 100, 100), {version + 2, blocks})) {
                break;
            }
        }
        fmt::print("small blocks  {:.0f} durable appends of 100 events a second, {:.2f} ms of processor each\n",
                   static_cast<double>(blocks) / seconds_since(start), (cpu_ms() - cpu) / static_cast<double>(blocks));
        // They would change the next run's questions.
        EventFilter tail;
        tail.hours.begin = LocalHour{first_hour + bench_hours};
        const auto erasing = Clock::now();
        const auto removed = store->erase(tail);
        fmt::print("erase         {:.2f} s for {} of {} events\n", seconds_since(erasing), removed.value_or(0), store->stats()->events);
    }
    unlink((folder + "/derived/facts.cube").c_str());
    const auto start = Clock::now();
    auto store = open_or_die(options_in(folder, false));
    fmt::print("open          {:.2f} s without the cube's file (made again from the rows)\n", seconds_since(start));
    const auto stats = *store->stats();
    struct stat cube {};
    stat((folder + "/derived/facts.cube").c_str(), &cube);
    fmt::print("disk          {:.1f} B an event in all, {:.1f} B of it the cube\n", static_cast<double>(stats.bytes) / static_cast<double>(stats.events),
               static_cast<double>(cube.st_size) / static_cast<double>(stats.events));
}

int run(int argc, char** argv) {
    setvbuf(stdout, nullptr, _IOLBF, BUFSIZ);  // long silences say what they wait for
    const std::uint64_t events = argc > 1 ? std::stoull(argv[1]) : 20'000'000;
    const std::string folder = argc > 2 ? argv[2] : std::string(VIGIE_BINARY_DIR) + "/event_store_bench";
    if (!std::filesystem::exists(folder + "/events.duckdb")) {
        std::filesystem::create_directories(folder);
        append_all(folder, events);
    }
    ask_all(folder);
    small_blocks_and_reopening(folder, events);
    return 0;
}

}  // namespace
}  // namespace vigie

int main(int argc, char** argv) { return vigie::run(argc, argv); }
