#include "support/fact_files.h"

#include <doctest/doctest.h>
#include <fmt/format.h>

#include <cstdlib>

#include "base/random.h"
#include "support/process.h"

#ifndef VIGIE_SOURCE_DIR
#define VIGIE_SOURCE_DIR "."
#endif

namespace vigie::tests {

std::string facts_csv(std::uint64_t rows, std::uint64_t seed) {
    Random random(seed);
    std::string text = "t,type,lat,lon\n";
    std::string last;
    for (std::uint64_t row = 0; row < rows; ++row) {
        if (row % 1000 == 500) {
            text += fmt::format("hier soir {},noise,43.3,5.4\n", row);
            continue;
        }
        if (row % 50 != 7) {
            const auto day = row * 730 / rows;
            last = fmt::format("{}-{:02}-{:02}T{:02}:{:02},{},{:.5f},{:.5f}\n", 2014 + day / 365, day % 365 / 31 + 1, day % 28 + 1,
                               random.below(24), random.below(60), random.below(2) == 0 ? "noise" : "theft",
                               43.25 + 0.08 * random.uniform(), 5.35 + 0.08 * random.uniform());
        }
        text += last;
    }
    return text;
}

std::string facts_manifest() { return VIGIE_SOURCE_DIR "/tests/faults/facts.toml"; }

void make_observatory(const std::string& data) {
    write_text(data + ".password", "un-bon-mot-de-passe\n");
    const auto made = run_vigie({"init", "--data", data, "--account", "essai", "--password-file", data + ".password"});
    REQUIRE_MESSAGE(made.exit_code == 0, made.err);
}

std::string contents_of(const std::string& data) {
    std::string all;
    for (const char* by : {"day,category,cell", "hour,origin", "place_precision,time_precision,district"}) {
        const auto answer = run_vigie({"query", "--data", data, "counts", "--by", by, "--cell", "100"});
        REQUIRE_MESSAGE(answer.exit_code == 0, answer.err);
        all += answer.out;
    }
    return all;
}

std::uint64_t number_in(const std::string& json, const std::string& name) {
    const auto at = json.find("\"" + name + "\":");
    REQUIRE_MESSAGE(at != std::string::npos, json);
    return std::strtoull(json.c_str() + at + name.size() + 3, nullptr, 10);
}

}  // namespace vigie::tests
