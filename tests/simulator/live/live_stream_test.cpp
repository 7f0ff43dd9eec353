#include "simulator/live/live_stream.h"

#include <doctest/doctest.h>

#include <map>
#include <set>

#include "simulator/live/flowing.h"

using namespace vigie;
using namespace vigie::simulator;
using namespace std::chrono_literals;

namespace {

LiveOptions only(LiveSource source) {
    LiveOptions options = usual_stream();
    options.wanted.fill(false);
    options.wanted[static_cast<std::size_t>(source)] = true;
    return options;
}

std::size_t rows_in(const std::vector<LiveMessage>& messages) {
    std::size_t rows = 0;
    for (const LiveMessage& message : messages) {
        rows += message.records.size();
    }
    return rows;
}

bool same(const std::vector<LiveMessage>& a, const std::vector<LiveMessage>& b) {
    return std::equal(a.begin(), a.end(), b.begin(), b.end(),
                      [](const LiveMessage& x, const LiveMessage& y) {
                          return x.bytes == y.bytes && x.name == y.name && x.key == y.key;
                      });
}

}  // namespace

TEST_CASE("the same seed and beginning give the same bytes, however often one asks") {
    LiveOptions options = usual_stream();
    options.facts_per_hour = 5'000;
    options.repeated_share = 0.2;
    options.disorder_share = 0.2;
    options.late_share = 0.1;
    const auto by_second = flow(options, 10min);
    CHECK(rows_in(by_second) > 800);
    CHECK(same(by_second, flow(options, 10min)));
    CHECK(same(by_second, flow(options, 10min, 100ms)));
    options.seed = 8;
    CHECK_FALSE(same(by_second, flow(options, 10min)));
    options.seed = 7;
    options.begin += 1s;
    CHECK_FALSE(same(by_second, flow(options, 10min)));
}

TEST_CASE("ids and keys are unique over sources, steps and streams") {
    LiveOptions options = usual_stream();
    options.steady_per_s = 500;
    std::set<std::string> ids;
    std::set<std::string> keys;
    std::size_t rows = 0;
    for (const std::uint64_t seed : {1U, 2U}) {
        options.seed = seed;
        for (const LiveMessage& message : flow(options, 20s)) {
            CHECK(keys.insert(message.key).second);
            for (const LiveRecord& record : message.records) {
                REQUIRE(ids.insert(record.id).second);
                CHECK(message.bytes.find(record.id) != std::string::npos);
                ++rows;
            }
        }
    }
    CHECK(rows > 18'000);
}

TEST_CASE("a constant rate is kept, by source in its share") {
    LiveOptions options = usual_stream();
    options.steady_per_s = 1'000;
    std::array<std::size_t, live_source_count> rows{};
    for (const LiveMessage& message : flow(options, 10s)) {
        rows[static_cast<std::size_t>(message.source)] += message.records.size();
    }
    for (const LiveSourceFacts& facts : live_sources()) {
        const double wanted = 10'000 * facts.steady_share;
        INFO(facts.key);
        CHECK(static_cast<double>(rows[static_cast<std::size_t>(facts.source)]) ==
              doctest::Approx(wanted).epsilon(0.02));
    }
}

TEST_CASE(
    "facts come at the rate asked for, over a week, and more on Friday night than before dawn") {
    LiveOptions options = only(LiveSource::logbook);
    for (const LiveSource more : {LiveSource::tickets, LiveSource::tows, LiveSource::fire}) {
        options.wanted[static_cast<std::size_t>(more)] = true;
    }
    options.facts_per_hour = 300;
    std::size_t night = 0;  // Friday 20 h to midnight, UTC + 1
    std::size_t dawn = 0;   // Friday 3 h to 7 h
    std::size_t rows = 0;
    const Instant friday = std::chrono::floor<std::chrono::days>(tuesday_morning) + 72h;
    for (const LiveMessage& message : flow(options, 7 * 24h, 1min)) {
        rows += message.records.size();
        if (message.source != LiveSource::logbook) {
            continue;
        }
        for (const LiveRecord& record : message.records) {
            night += record.at >= friday + 19h && record.at < friday + 23h ? 1U : 0U;
            dawn += record.at >= friday + 2h && record.at < friday + 6h ? 1U : 0U;
        }
    }
    // Weather and season bend a week of March; the yearly mean is what is asked for.
    CHECK(static_cast<double>(rows) == doctest::Approx(300 * 24 * 7).epsilon(0.15));
    CHECK(night > 2 * dawn);
}

TEST_CASE("sensors publish four times an hour, and at most once a minute") {
    LiveOptions options = only(LiveSource::noise);
    std::map<std::string, int> by_topic;
    for (const LiveMessage& message : flow(options, 2h)) {
        ++by_topic[message.name];
    }
    CHECK(by_topic.size() > 4);
    for (const auto& [topic, count] : by_topic) {
        CHECK(topic.rfind("vigie/v1/marseille/B", 0) == 0);
        CHECK(count >= 7);
        CHECK(count <= 9);
    }
    options.facts_per_hour = 1'000 * usual_facts_per_hour;
    by_topic.clear();
    for (const LiveMessage& message : flow(options, 10min)) {
        ++by_topic[message.name];
    }
    for (const auto& [topic, count] : by_topic) {
        CHECK(count <= 11);
    }
}

TEST_CASE("a long pause is caught up for ten minutes, and says what it left out") {
    LiveOptions options = only(LiveSource::logbook);
    options.facts_per_hour = 36'000;
    auto stream = LiveStream::create(options);
    REQUIRE(stream.has_value());
    std::vector<LiveMessage> messages;
    for (auto some = stream->due(tuesday_morning + 3h, 100); !some.empty();
         some = stream->due(tuesday_morning + 3h, 100)) {
        CHECK(some.size() <= 100);  // a step of five seconds is one delivery here
        std::move(some.begin(), some.end(), std::back_inserter(messages));
    }
    CHECK(stream->skipped_steps() == doctest::Approx(170 * 12).epsilon(0.01));
    for (const LiveMessage& message : messages) {
        CHECK(message.records.front().at >= tuesday_morning + 2h + 44min);
    }
    CHECK(stream->next_due() > tuesday_morning + 3h);
    CHECK(stream->due(tuesday_morning, 100).empty());
}

TEST_CASE("repeats are what was delivered before, half of them under another key") {
    LiveOptions options = usual_stream();
    options.steady_per_s = 200;
    options.repeated_share = 0.3;
    std::map<std::string, std::string> by_id;  // id -> bytes of its delivery
    std::size_t repeats = 0;
    std::size_t renamed = 0;
    const auto messages = flow(options, 60s);
    for (const LiveMessage& message : messages) {
        const std::string& id = message.records.front().id;
        if (!message.is_repeat) {
            by_id[id] = message.bytes;
            continue;
        }
        ++repeats;
        renamed += message.key.ends_with("-bis") ? 1U : 0U;
        REQUIRE(by_id.contains(id));
        CHECK(by_id[id] == message.bytes);
    }
    CHECK(static_cast<double>(repeats) / static_cast<double>(messages.size()) ==
          doctest::Approx(0.23).epsilon(0.2));
    CHECK(renamed > repeats / 3);
    CHECK(renamed < repeats * 2 / 3);
}

TEST_CASE("late records fall up to two days back, and overtaken deliveries come once, later") {
    LiveOptions options = usual_stream();
    options.steady_per_s = 200;
    const std::size_t usual_rows = rows_in(flow(options, 60s));
    options.late_share = 0.2;
    options.disorder_share = 0.3;
    std::size_t late = 0;
    std::size_t rows = 0;
    std::size_t backwards = 0;
    std::array<Instant, live_source_count> latest{};
    for (const LiveMessage& message : flow(options, 60s)) {
        for (const LiveRecord& record : message.records) {
            ++rows;
            late += record.is_late ? 1U : 0U;
            CHECK(record.at > tuesday_morning - 48h - 6min);
            if (!record.is_late) {
                Instant& before = latest[static_cast<std::size_t>(message.source)];
                backwards +=
                    record.at + 2s < before && message.source == LiveSource::noise ? 1U : 0U;
                before = std::max(before, record.at);
            }
        }
    }
    CHECK(static_cast<double>(late) / static_cast<double>(rows) ==
          doctest::Approx(0.2).epsilon(0.1));
    CHECK(backwards == 0);  // a tenth of a second by ten steps: never more than two seconds
    CHECK(static_cast<double>(rows) ==
          doctest::Approx(static_cast<double>(usual_rows)).epsilon(0.05));
}

TEST_CASE("faults asked for come first and once, with what they planted") {
    LiveOptions options = usual_stream();
    options.fault = DeliveryFault::face_id;
    auto messages = flow(options, 1h);
    REQUIRE(messages.front().fault == DeliveryFault::face_id);
    CHECK(messages.front().source == LiveSource::camera);
    CHECK(messages.front().bytes.find(
              "\"face_id\":\"" + messages.front().records[0].planted[0].text) != std::string::npos);
    options.fault = DeliveryFault::new_column;
    messages = flow(options, 1h);
    REQUIRE(messages.front().fault == DeliveryFault::new_column);
    CHECK(messages.front().bytes.rfind("id;horodatage;code;libelle;x_l93;y_l93;nom\r\n", 0) == 0);
    CHECK(messages.front().records.size() == 3);
    for (std::size_t i = 1; i < messages.size(); ++i) {
        CHECK(messages[i].fault == DeliveryFault::none);
    }
}

TEST_CASE("bounds are refused with what was expected") {
    const auto refused = [](auto change) {
        LiveOptions options = usual_stream();
        change(options);
        const auto stream = LiveStream::create(options);
        return !stream && stream.error().code == ErrorCode::invalid_input &&
               !stream.error().message.empty();
    };
    CHECK(refused([](LiveOptions& o) { o.city = nullptr; }));
    CHECK(refused([](LiveOptions& o) { o.wanted.fill(false); }));
    CHECK(refused([](LiveOptions& o) { o.facts_per_hour = 0; }));
    CHECK(refused([](LiveOptions& o) { o.facts_per_hour = 1e9; }));
    CHECK(refused([](LiveOptions& o) { o.steady_per_s = -1; }));
    CHECK(refused([](LiveOptions& o) { o.steady_per_s = 1e6; }));
    CHECK(refused([](LiveOptions& o) { o.batch_rows = 0; }));
    CHECK(refused([](LiveOptions& o) { o.late_share = 1.5; }));
    CHECK(refused([](LiveOptions& o) { o.repeated_share = -0.1; }));
}
