// Every planted fault is listed with its line and its reason, and everything else is stored.
#include <doctest/doctest.h>
#include <fmt/format.h>

#include <map>

#include "base/random.h"
#include "scratch_observatory.h"

using namespace vigie;
using namespace vigie::intake;

namespace {

struct Fault {
    const char* reason;
    const char* line;  ///< {} is an id of its own
};

// Twelve kinds of fault that a line can have in a CSV of id, time, kind, latitude, longitude.
constexpr Fault faults[] = {
    {"bad_time", "{},31/02/2025 10:00,VOL,43.29,5.37"},
    {"missing_time", "{},,VOL,43.29,5.37"},
    {"implausible_time", "{},14/07/1925 10:00,VOL,43.29,5.37"},
    {"future_time", "{},14/07/2027 10:00,VOL,43.29,5.37"},
    {"missing_place", "{},14/07/2025 10:00,VOL,,"},
    {"bad_coordinate", "{},14/07/2025 10:00,VOL,quarante-trois,5.37"},
    {"outside_city", "{},14/07/2025 10:00,VOL,5.37,43.29"},
    {"outside_city", "{},14/07/2025 10:00,VOL,48.85,2.35"},
    {"missing_id", ",14/07/2025 10:00,VOL,43.29,5.37"},
    {"repeated_id", "ID-0,14/07/2025 10:00,VOL,43.29,5.37"},
    {"too_few_fields", "{},14/07/2025 10:00,VOL"},
    {"too_many_fields", "{},14/07/2025 10:00,VOL,43.29,5.37,trop"},
    {"bad_encoding", "{},14/07/2025 10:00,\xff\xfe,43.29,5.37"},
    {"stray_quote", "{},14/07/2025 10:00,\"VOL\"x,43.29,5.37"},
};

}  // namespace

TEST_CASE("two hundred faults among good lines are all listed with their lines") {
    constexpr int fault_count = 200;
    constexpr int good_per_fault = 40;
    Random random(20251121);
    std::string text = "id,t,type,lat,lon\n";
    std::map<std::uint64_t, std::string> planted;
    std::uint64_t line = 2;
    int good = 0;
    for (int f = 0; f < fault_count; ++f) {
        const auto count = good == 0 ? std::uint64_t{1} : random.below(2 * good_per_fault);
        for (std::uint64_t i = 0; i < count; ++i, ++good) {
            const bool two_lines = random.below(10) == 0;  // a quoted line break moves all the lines after it
            text += fmt::format("ID-{},{:02}/{:02}/2025 {:02}:{:02},{},43.29{:03},5.37{:03}\n", good, random.below(28) + 1, random.below(12) + 1, random.below(24), random.below(60),
                                two_lines ? "\"VOL\nsuite\"" : "VOL", random.below(1000), random.below(1000));
            line += two_lines ? 2 : 1;
        }
        const Fault& fault = faults[static_cast<std::size_t>(f) % std::size(faults)];
        text += fmt::format(fmt::runtime(fault.line), fmt::format("F-{}", f)) + "\n";
        planted[line++] = fault.reason;
    }
    ScratchObservatory city("import_faults");
    const std::string manifest = example_manifest("DD/MM/YYYY HH:mm", "[id]\ncolumn = \"id\"\n[file]\nencoding = \"utf-8\"\nseparator = \",\"\n");
    const std::string file = city.files().write("fautes.csv", text);
    const ImportOutcome outcome = city.import(manifest, {file});
    CHECK(outcome.quarantined == fault_count);
    CHECK(outcome.stored == static_cast<std::uint64_t>(good));
    std::map<std::uint64_t, std::string> listed;
    for (const QuarantineRecord& record : city.quarantine()) {
        listed[record.line] = record.reason;
        CHECK(record.file_name == "fautes.csv");
        CHECK_FALSE(record.detail.empty());
        CHECK(record.detail.find("quarante-trois") == std::string::npos);
    }
    CHECK(listed == planted);
    // A second import of the same file stores nothing, and lists each fault once.
    CHECK(city.import(manifest, {file}).stored == 0);
    std::uint64_t counted = 0;
    const auto counts = city.folder().metadata().quarantine_counts();
    for (const QuarantineCount& count : *counts) {
        counted += count.count;
    }
    CHECK(counted == fault_count);
}

TEST_CASE("a file of nothing but faults is listed up to a bound, and counted beyond it") {
    ScratchObservatory city("import_all_faults");
    std::string text = "t,type,lat,lon\n";
    for (int i = 0; i < 120'000; ++i) {
        text += "x,VOL,43.29,5.37\n";
    }
    const ImportOutcome outcome = city.import(example_manifest(), {city.files().write("a.csv", text)});
    CHECK(outcome.quarantined == 120'000);
    CHECK(city.quarantine(200'000).size() == quarantine_rows_max);
    const auto counts = city.folder().metadata().quarantine_counts();
    REQUIRE(counts->size() == 1);
    CHECK(counts->at(0).count == 120'000);
}
