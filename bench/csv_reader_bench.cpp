// Megabytes a second of the CSV reader on one core, beside the physical limit (counting line ends
// with memchr over the same bytes) and DuckDB's own reader of the same file on one thread.
#include <duckdb.h>
#include <fmt/format.h>

#include <cstdio>
#include <cstring>
#include <fstream>
#include <string>

#include "base/random.h"
#include "best_of.h"
#include "intake/sources/byte_stream.h"
#include "intake/sources/csv_reader.h"

using namespace vigie;
using vigie::bench::best_seconds;
using namespace vigie::intake;

namespace {

constexpr std::size_t rows = 2'000'000;

std::string make_text(bool quoted, const char* accent) {
    static const char* const kinds[] = {"vol", "feu", "rixe", "bruit nocturne", "stationnement"};
    Random random(1);
    const char* q = quoted ? "\"" : "";
    std::string text = "t,type,lat,lon\n";
    for (std::size_t i = 0; i < rows; ++i) {
        fmt::format_to(
            std::back_inserter(text),
            "{4}2016-{0:02}-{1:02}T12:30{4},{4}{2}{5}{4},{4}43.{3:06}{4},{4}5.{3:06}{4}\n",
            1 + random.below(12), 1 + random.below(28), kinds[random.below(5)],
            random.below(1'000'000), q, accent);
    }
    return text;
}

void say(const char* what, double bytes, double seconds) {
    fmt::print("{:<44} {:8.0f} MB/s\n", what, bytes / seconds / 1e6);
}

std::size_t read_all(Result<std::unique_ptr<ByteStream>> bytes, TextEncoding encoding) {
    ReaderOptions options;
    options.encoding = encoding;
    auto reader = make_csv_reader(std::move(*bytes), options);
    std::size_t records = 0;
    RecordBatch batch;
    while ((*reader)->next(batch) && batch.size() > 0) {
        records += batch.size();
    }
    return records;
}

void bench_text(const char* name, const std::string& text, TextEncoding encoding) {
    const auto bytes = static_cast<double>(text.size());
    const double seconds = best_seconds([&] {
        if (read_all(memory_byte_stream(text), encoding) != rows) {
            fmt::print("WRONG NUMBER OF RECORDS\n");
        }
    });
    say(name, bytes, seconds);
}

std::size_t count_lines(const std::string& text) {
    std::size_t lines = 0;
    const char* end = text.data() + text.size();
    for (const char* p = text.data();
         (p = static_cast<const char*>(std::memchr(p, '\n', static_cast<std::size_t>(end - p)))) !=
         nullptr;
         ++p) {
        ++lines;
    }
    return lines;
}

double duckdb_seconds(const std::string& path) {
    duckdb_database database = nullptr;
    duckdb_connection connection = nullptr;
    if (duckdb_open(nullptr, &database) != DuckDBSuccess ||
        duckdb_connect(database, &connection) != DuckDBSuccess) {
        return 0;
    }
    duckdb_query(connection, "SET threads = 1", nullptr);
    const std::string sql = "SELECT count(t), count(type), count(lat), count(lon) FROM read_csv('" +
                            path + "', all_varchar = true)";
    const double seconds = best_seconds([&] {
        duckdb_result result;
        duckdb_query(connection, sql.c_str(), &result);
        duckdb_destroy_result(&result);
    });
    duckdb_disconnect(&connection);
    duckdb_close(&database);
    return seconds;
}

}  // namespace

int main() {
    const std::string plain = make_text(false, "");
    const auto bytes = static_cast<double>(plain.size());
    fmt::print("{} rows, {:.0f} MB, one core\n", rows, bytes / 1e6);
    std::size_t lines = 0;
    say("limit: memchr over line ends", bytes, best_seconds([&] { lines = count_lines(plain); }));
    fmt::print("{:<44} {}\n", "lines", lines);
    bench_text("reader, plain, in memory (with BLAKE2b)", plain, TextEncoding::detect);
    bench_text("reader, every field quoted", make_text(true, ""), TextEncoding::detect);
    bench_text("reader, UTF-8 accents", make_text(false, "é"), TextEncoding::detect);
    bench_text("reader, cp1252 accents", make_text(false, "\xe9"), TextEncoding::detect);
    const std::string path = std::string(VIGIE_BINARY_DIR) + "/csv_reader_bench.csv";
    std::ofstream(path, std::ios::binary) << plain;
    say("reader, plain, from a file (read ahead)", bytes,
        best_seconds([&] { read_all(open_byte_stream(path), TextEncoding::detect); }));
    say("DuckDB read_csv, all text, one thread", bytes, duckdb_seconds(path));
    std::remove(path.c_str());
    return 0;
}
