// Import of a CSV with deduplication, beside DuckDB's own COPY of the same file into a plain table of the same columns.
//
//   import_bench [rows (5000000)] [memory limit of the store, MiB (256)] [times DuckDB copies (3)]
//
// Prints rows per second, the share of each step, the ratio to COPY (goal: 3 times its time at most, 5 accepted), a second import of the same
// file (which stores nothing), and the peak resident memory of the process up to the end of the imports.
#include <duckdb.h>
#include <fmt/format.h>
#include <sys/resource.h>

#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <string>

#include "base/random.h"
#include "intake/import.h"
#include "intake/stopwatch.h"

namespace {

using namespace vigie;
using namespace vigie::intake;

constexpr const char* manifest_text = R"(key = "bench"
label = "Bench"
attribution = "aucune"
licence = "aucune"
owner = "aucun"
purposes = ["mesure"]
[time]
column = "t"
format = "YYYY-MM-DDTHH:mm"
[place]
lon = "lon"
lat = "lat"
[category]
column = "type"
[category.map]
"THEFT" = "theft"
"BATTERY" = "assault"
"BURGLARY" = "burglary"
"CRIMINAL DAMAGE" = "vandalism"
[severity]
column = "severity"
[severity.map]
"1" = 1
"2" = 2
"3" = 3
[origin]
column = "origin"
[origin.map]
"resident" = "resident"
"patrol" = "patrol"
)";

template <class T>
T must(Result<T> result) {
    if (!result) {
        fmt::print(stderr, "{}\n", result.error().message);
        std::exit(1);
    }
    if constexpr (!std::is_void_v<T>) {
        return *std::move(result);
    }
}

void write_csv(const std::string& path, std::uint64_t rows) {
    static constexpr const char* kinds[] = {"THEFT", "BATTERY", "BURGLARY", "CRIMINAL DAMAGE"};
    static constexpr const char* origins[] = {"resident", "patrol"};
    Random random(1);
    std::FILE* file = std::fopen(path.c_str(), "wb");
    std::fputs("t,type,lat,lon,origin,severity\n", file);
    std::string line;
    for (std::uint64_t i = 0; i < rows; ++i) {
        line.clear();
        const std::uint64_t day = i * 3650 / rows;
        fmt::format_to(std::back_inserter(line), "{}-{:02}-{:02}T{:02}:{:02},{},{:.6f},{:.6f},{},{}\n", 2015 + day / 365, day % 365 / 31 + 1, day % 28 + 1,
                       random.below(24), random.below(60), kinds[random.below(4)], 43.20 + 0.18 * random.uniform(), 5.28 + 0.24 * random.uniform(),
                       origins[random.below(2)], random.below(3) + 1);
        std::fputs(line.c_str(), file);
    }
    std::fclose(file);
}

double copy_seconds(const std::string& csv, const std::string& database_path) {
    std::filesystem::remove(database_path);
    duckdb_database database = nullptr;
    duckdb_connection connection = nullptr;
    duckdb_open(database_path.c_str(), &database);
    duckdb_connect(database, &connection);
    const auto run = [&](const std::string& sql) {
        duckdb_result result;
        if (duckdb_query(connection, sql.c_str(), &result) == DuckDBError) {
            fmt::print(stderr, "DuckDB: {}\n", duckdb_result_error(&result));
            std::exit(1);
        }
        duckdb_destroy_result(&result);
    };
    run("SET threads=2");
    run("CREATE TABLE e(t TIMESTAMP, type VARCHAR, lat DOUBLE, lon DOUBLE, origin VARCHAR, severity INTEGER)");
    const Stopwatch watch;
    run(fmt::format("COPY e FROM '{}' (HEADER, TIMESTAMPFORMAT '%Y-%m-%dT%H:%M')", csv));
    run("CHECKPOINT");
    const double seconds = watch.seconds();
    duckdb_disconnect(&connection);
    duckdb_close(&database);
    std::filesystem::remove(database_path);
    return seconds;
}

/// Processor seconds of this process so far, all threads: what stays comparable on a busy machine.
double cpu_seconds() {
    rusage usage{};
    getrusage(RUSAGE_SELF, &usage);
    const auto seconds = [](timeval t) { return static_cast<double>(t.tv_sec) + static_cast<double>(t.tv_usec) * 1e-6; };
    return seconds(usage.ru_utime) + seconds(usage.ru_stime);
}

/// Highest resident memory of this process so far, MiB.
double peak_mib() {
    std::ifstream status("/proc/self/status");
    std::string word;
    double kib = 0.0;
    while (status >> word) {
        if (word == "VmHWM:") {
            status >> kib;
        }
    }
    return kib / 1024.0;
}

double import_once(DataFolder& folder, const std::string& manifest, const std::string& csv, const char* what) {
    ImportRequest request;
    request.manifest_path = manifest;
    request.files = {csv};
    request.now = std::chrono::sys_days{std::chrono::year{2026} / 1 / 1};
    const Stopwatch watch;
    const double cpu = cpu_seconds();
    const ImportOutcome outcome = must(import_files(folder, request));
    const double seconds = watch.seconds();
    const StepSeconds& s = outcome.steps;
    fmt::print("{}: {} read, {} stored, {} duplicates, {} quarantined in {:.2f} s (processor {:.2f} s) = {:.0f} rows/s; decode {:.2f} s, parse {:.2f} s, deduplicate {:.2f} s, append {:.2f} s\n", what,
               outcome.read, outcome.stored, outcome.duplicates, outcome.quarantined, seconds, cpu_seconds() - cpu, static_cast<double>(outcome.read) / seconds, s.decode, s.parse,
               s.deduplicate, s.append);
    return seconds;
}

}  // namespace

int main(int argc, char** argv) {
    const std::uint64_t rows = argc > 1 ? std::strtoull(argv[1], nullptr, 10) : 5'000'000;
    const std::uint64_t limit_mib = argc > 2 ? std::strtoull(argv[2], nullptr, 10) : 256;
    const int copies = argc > 3 ? std::atoi(argv[3]) : 3;
    const std::filesystem::path scratch = std::filesystem::path(VIGIE_BINARY_DIR) / "import_bench";
    std::filesystem::remove_all(scratch);
    std::filesystem::create_directories(scratch);
    const std::string csv = (scratch / "events.csv").string();
    const std::string manifest = (scratch / "bench.toml").string();
    std::ofstream(manifest) << manifest_text;
    write_csv(csv, rows);
    fmt::print("{} rows, {:.0f} MB\n", rows, static_cast<double>(std::filesystem::file_size(csv)) / 1e6);

    const std::string data = (scratch / "data").string();
    must(DataFolder::create(data));
    double seconds = 0.0;
    {
        DataFolder folder = must(DataFolder::open(data, StoreLimits{limit_mib << 20, 2}));
        std::vector<std::string> warnings;
        const Instant now = std::chrono::sys_days{std::chrono::year{2026} / 1 / 1};
        must(folder.metadata().save_city(must(load_city(VIGIE_SOURCE_DIR "/config/cities/marseille.toml", warnings)), now));
        must(folder.metadata().save_taxonomy(must(load_taxonomy(VIGIE_SOURCE_DIR "/config/taxonomy/city.toml")), now));
        seconds = import_once(folder, manifest, csv, "import");
        import_once(folder, manifest, csv, "again ");
    }
    fmt::print("peak resident {:.0f} MiB with a store limit of {} MiB\n", peak_mib(), limit_mib);
    double best = 0.0;
    for (int i = 0; i < copies; ++i) {
        const double cpu = cpu_seconds();
        const double copied = copy_seconds(csv, (scratch / "copy.duckdb").string());
        best = i == 0 ? copied : std::min(best, copied);
        fmt::print("DuckDB COPY: {:.2f} s (processor {:.2f} s) = {:.0f} rows/s\n", copied, cpu_seconds() - cpu, static_cast<double>(rows) / copied);
    }
    if (copies > 0) {
        fmt::print("ratio to COPY: {:.2f} (goal 3, accepted 5)\n", seconds / best);
    }
    std::filesystem::remove_all(scratch);
}
