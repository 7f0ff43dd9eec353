// An import that is killed, interrupted or raced leaves a whole store, and running it again finishes the job:
// the store is then the same as if nothing had happened.
#include <doctest/doctest.h>
#include <fmt/format.h>

#include <chrono>
#include <csignal>
#include <cstdlib>
#include <filesystem>
#include <thread>

#include "base/random.h"
#include "support/fact_files.h"
#include "support/process.h"

namespace {

using namespace vigie::tests;
using vigie::Random;

constexpr std::uint64_t rows = 60'000;

/// Random kills in the suite; VIGIE_KILLS=50 for the acceptance run.
int kills() {
    const char* wanted = std::getenv("VIGIE_KILLS");
    return wanted != nullptr ? std::atoi(wanted) : 6;
}

struct Scene {
    TemporaryFolder folder;
    std::string facts = folder.path("facts.csv");
    Scene() { write_text(facts, facts_csv(rows, 2026)); }
    [[nodiscard]] std::vector<std::string> import_into(const std::string& data) const {
        return {"import", "--data", data, "--source", facts_manifest(), facts, "--json"};
    }
};

bool adds_up(const std::string& outcome) {
    return number_in(outcome, "read") == rows &&
           number_in(outcome, "stored") + number_in(outcome, "duplicates") + number_in(outcome, "quarantined") == rows;
}

}  // namespace

TEST_CASE("an import killed at random moments and run again gives the same store") {
    const Scene scene;
    const auto reference = scene.folder.path("reference");
    make_observatory(reference);
    const auto started = std::chrono::steady_clock::now();
    const auto whole = run_vigie(scene.import_into(reference));
    const std::chrono::duration<double> duration = std::chrono::steady_clock::now() - started;
    REQUIRE_MESSAGE(whole.exit_code == 0, whole.err);
    CHECK(adds_up(whole.out));
    CHECK(number_in(whole.out, "quarantined") == rows / 1000);
    const std::string expected = contents_of(reference);

    Random random(7);
    for (int kill = 0; kill < kills(); ++kill) {
        const auto data = scene.folder.path(fmt::format("killed-{}", kill));
        make_observatory(data);
        Process import(scene.import_into(data));
        std::this_thread::sleep_for(duration * random.uniform());
        import.send(SIGKILL);
        import.wait();
        const auto again = run_vigie(scene.import_into(data));
        REQUIRE_MESSAGE(again.exit_code == 0, again.err);
        CHECK(adds_up(again.out));
        CHECK(contents_of(data) == expected);
    }
}

TEST_CASE("Ctrl-C ends an import with a whole store, and a second run finishes it") {
    const Scene scene;
    const auto data = scene.folder.path("data");
    make_observatory(data);
    Process import(scene.import_into(data));
    // The import has begun once its lock lies beside the identity index; before, the signal finds a program still loading.
    while (import.is_running() && !std::filesystem::exists(data + "/derived/identity.index.import")) {
        std::this_thread::sleep_for(std::chrono::milliseconds(1));
    }
    import.send(SIGINT);
    const Finished interrupted = import.wait();
    CHECK(interrupted.signal_number == 0);
    CHECK((interrupted.exit_code == 0 || interrupted.err.find("vigie: ") == 0));
    const auto again = run_vigie(scene.import_into(data));
    REQUIRE_MESSAGE(again.exit_code == 0, again.err);
    CHECK(adds_up(again.out));
    const auto third = run_vigie(scene.import_into(data));
    CHECK(number_in(third.out, "stored") == 0);
}

TEST_CASE("a second import at the same time is refused with a reason, or waits its turn, and nothing is stored twice") {
    const Scene scene;
    const auto data = scene.folder.path("data");
    make_observatory(data);
    Process first(scene.import_into(data));
    const auto second = run_vigie(scene.import_into(data));
    if (second.exit_code != 0) {
        CHECK(second.err.find("vigie: ") == 0);
        CHECK(second.err.size() > 30);
    }
    const auto other = first.wait();
    CHECK((other.exit_code == 0 || second.exit_code == 0));
    const auto again = run_vigie(scene.import_into(data));
    REQUIRE_MESSAGE(again.exit_code == 0, again.err);
    CHECK(number_in(again.out, "stored") == 0);
    const auto stats = run_vigie({"query", "--data", data, "stats", "--json"});
    CHECK(number_in(stats.out, "events") == rows - rows / 1000);
}
