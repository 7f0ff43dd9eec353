// A server that serves, imports and is backed up at once; the copy restored elsewhere is whole.
#include <doctest/doctest.h>
#include <fmt/format.h>
#include <sys/stat.h>

#include <chrono>
#include <csignal>
#include <thread>

#include "support/fact_files.h"
#include "support/process.h"

namespace {

using namespace vigie::tests;

constexpr std::uint64_t rows = 60'000;

}  // namespace

TEST_CASE("import, query and backup go through the server that holds the folder") {
    const TemporaryFolder folder;
    const auto data = folder.path("data");
    make_observatory(data);
    Process server({"serve", "--data", data, "--port", "0", "--quiet"});
    REQUIRE(!server.wait_for_output("http://").empty());
    struct stat socket {};
    REQUIRE(stat((data + "/vigie.sock").c_str(), &socket) == 0);
    CHECK((socket.st_mode & 0777) == 0600);

    write_text(folder.path("first.csv"), facts_csv(rows, 1));
    write_text(folder.path("second.csv"), facts_csv(rows, 2));
    const auto first = run_vigie({"import", "--data", data, "--source", facts_manifest(), folder.path("first.csv"), "--json"});
    REQUIRE_MESSAGE(first.exit_code == 0, first.err);
    CHECK(number_in(first.out, "stored") == rows - rows / 1000);

    Process second({"import", "--data", data, "--source", facts_manifest(), folder.path("second.csv"), "--json"});
    const auto copied = run_vigie({"backup", "--data", data, "--to", folder.path("copy"), "--json"});
    REQUIRE_MESSAGE(copied.exit_code == 0, copied.err);
    REQUIRE(second.wait().exit_code == 0);
    const std::string whole = contents_of(data);
    const auto last = run_vigie({"backup", "--data", data, "--to", folder.path("copy2")});
    REQUIRE_MESSAGE(last.exit_code == 0, last.err);

    for (const char* copy : {"copy", "copy2"}) {
        const auto restored = folder.path(std::string("restored-") + copy);
        const auto made = run_vigie({"restore", "--data", restored, "--from", folder.path(copy)});
        REQUIRE_MESSAGE(made.exit_code == 0, made.err);
        // A copy taken during an import is some whole state: finishing the import there gives the same store.
        const auto again = run_vigie({"import", "--data", restored, "--source", facts_manifest(), folder.path("second.csv"), "--json"});
        REQUIRE_MESSAGE(again.exit_code == 0, again.err);
        CHECK(contents_of(restored) == whole);
    }

    server.send(SIGTERM);
    CHECK(server.wait().exit_code == 0);
    CHECK(stat((data + "/vigie.sock").c_str(), &socket) != 0);
}

TEST_CASE("a client that goes away cancels its import, and the server lives on") {
    const TemporaryFolder folder;
    const auto data = folder.path("data");
    make_observatory(data);
    Process server({"serve", "--data", data, "--port", "0", "--quiet"});
    REQUIRE(!server.wait_for_output("http://").empty());
    write_text(folder.path("facts.csv"), facts_csv(rows, 1));
    {
        Process import({"import", "--data", data, "--source", facts_manifest(), folder.path("facts.csv")});
        std::this_thread::sleep_for(std::chrono::milliseconds(50));
        import.send(SIGKILL);
        import.wait();
    }
    // The server ends the abandoned import between two blocks; until then a new one is told to wait.
    Finished again;
    for (int attempt = 0; attempt < 50 && again.exit_code != 0; ++attempt) {
        std::this_thread::sleep_for(std::chrono::milliseconds(200));
        again = run_vigie({"import", "--data", data, "--source", facts_manifest(), folder.path("facts.csv"), "--json"});
    }
    REQUIRE_MESSAGE(again.exit_code == 0, again.err);
    const auto stats = run_vigie({"query", "--data", data, "stats", "--json"});
    CHECK(number_in(stats.out, "events") == rows - rows / 1000);
    server.send(SIGINT);
    CHECK(server.wait().exit_code == 0);
}

TEST_CASE("SIGHUP reloads and the server goes on") {
    const TemporaryFolder folder;
    const auto data = folder.path("data");
    make_observatory(data);
    Process server({"serve", "--data", data, "--port", "0"});
    REQUIRE(!server.wait_for_output("http://").empty());
    server.send(SIGHUP);
    std::this_thread::sleep_for(std::chrono::milliseconds(300));
    CHECK(server.is_running());
    server.send(SIGTERM);
    const auto ended = server.wait();
    CHECK(ended.exit_code == 0);
    CHECK(ended.err.find("\"event\":\"reloaded\"") != std::string::npos);
}
