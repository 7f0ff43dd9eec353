#include "simulator/live/step_maker.h"

#include <doctest/doctest.h>

#include <filesystem>
#include <fstream>
#include <map>

#include "simulator/live/flowing.h"
#include "simulator/output_folder.h"

using namespace vigie;
using namespace vigie::simulator;
using namespace std::chrono_literals;

namespace {

/// Deliveries and their truth, for a reader that shares nothing with this code: NNNN.bin, and lines
/// of messages.tsv and planted.tsv.
std::string write_out(const std::vector<LiveMessage>& messages, const std::string& name) {
    const std::string folder = fresh_folder(name);
    std::filesystem::create_directories(folder);
    std::ofstream list(folder + "/messages.tsv");
    std::ofstream planted(folder + "/planted.tsv");
    for (std::size_t i = 0; i < messages.size(); ++i) {
        const LiveMessage& message = messages[i];
        std::ofstream(folder + "/" + std::to_string(i) + ".bin", std::ios::binary) << message.bytes;
        list << i << '\t' << facts_of(message.source).short_name << '\t' << message.content_type
             << '\t' << message.name << '\t' << static_cast<int>(message.fault) << '\t';
        for (const LiveRecord& record : message.records) {
            list << record.id << ':' << name_of(record.fault) << ':' << record.category << ':'
                 << record.at.time_since_epoch().count() << ' ';
            for (const PlantedIdentifier& identifier : record.planted) {
                planted << i << '\t' << record.id << '\t' << name_of(identifier.kind) << '\t'
                        << identifier.text << '\t' << identifier.searched << '\n';
            }
        }
        list << '\n';
    }
    return folder;
}

}  // namespace

TEST_CASE("every delivery is what its page says, for a reader of another language") {
    LiveOptions options = usual_stream();
    options.steady_per_s = 400;
    auto messages = flow(options, 20s);
    for (const DeliveryFault fault : {DeliveryFault::face_id, DeliveryFault::new_column}) {
        options.fault = fault;
        messages.push_back(flow(options, 0s).front());
    }
    const std::string folder = write_out(messages, "live_messages");
    const std::string command =
        "python3 " VIGIE_SOURCE_DIR "/tests/simulator/live/live_messages.py '" + folder + "'";
    // NOLINTNEXTLINE(concurrency-mt-unsafe): this test has one thread
    CHECK(std::system(command.c_str()) == 0);
}

TEST_CASE("a step is the same whoever asked before") {
    auto one = StepMaker::create(usual_stream());
    auto other = StepMaker::create(usual_stream());
    REQUIRE(one.has_value());
    REQUIRE(other.has_value());
    for (const std::uint64_t step : {0U, 5U, 200U}) {
        static_cast<void>((*one)->make(LiveSource::logbook, step));
    }
    for (std::uint64_t step = 900; step > 700; --step) {
        const auto a = (*one)->make(LiveSource::logbook, step);
        const auto b = (*other)->make(LiveSource::logbook, step);
        REQUIRE(a.size() == b.size());
        for (std::size_t i = 0; i < a.size(); ++i) {
            CHECK(a[i].bytes == b[i].bytes);
        }
    }
}

TEST_CASE(
    "a third of the logbook has its category in the text only, and two thirds plant somebody") {
    LiveOptions options = usual_stream();
    options.steady_per_s = 2'000;
    std::size_t rows = 0;
    std::size_t text_only = 0;
    std::size_t with_person = 0;
    std::map<std::string_view, std::size_t> kinds_planted;
    for (const LiveMessage& message : flow(options, 5s)) {
        if (message.source != LiveSource::logbook) {
            continue;
        }
        for (const LiveRecord& record : message.records) {
            ++rows;
            text_only += record.category_in_text_only ? 1U : 0U;
            with_person += record.planted.empty() ? 0U : 1U;
            for (const PlantedIdentifier& identifier : record.planted) {
                ++kinds_planted[name_of(identifier.kind)];
            }
        }
    }
    REQUIRE(rows > 2'000);
    CHECK(static_cast<double>(text_only) / static_cast<double>(rows) ==
          doctest::Approx(0.35).epsilon(0.1));
    CHECK(static_cast<double>(with_person) / static_cast<double>(rows) ==
          doctest::Approx(0.7).epsilon(0.1));
    CHECK(kinds_planted.size() == identifier_kind_count);
    for (const auto& [kind, count] : kinds_planted) {
        INFO(kind);
        CHECK(count > rows / 100);
    }
}
