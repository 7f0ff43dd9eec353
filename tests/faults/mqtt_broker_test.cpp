// Our subscriber and the real Mosquitto: brokers and subscribers that are killed lose nothing that was acknowledged.
#include <doctest/doctest.h>
#include <fcntl.h>
#include <fmt/format.h>
#include <sys/wait.h>
#include <unistd.h>

#include <chrono>
#include <condition_variable>
#include <csignal>
#include <cstdlib>
#include <deque>
#include <mutex>
#include <set>
#include <sstream>
#include <thread>

#include "base/random.h"
#include "intake/mqtt/mqtt_subscriber.h"
#include "real_broker.h"
#include "support/process.h"

namespace {

using namespace vigie::tests;
using vigie::Random;
using vigie::intake::MqttMessage;
using vigie::intake::MqttOptions;
using vigie::intake::MqttSubscriber;
using vigie::intake::MqttVersion;
using std::chrono::milliseconds;
using std::chrono::seconds;

#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
constexpr bool measures_memory = false;
#else
constexpr bool measures_memory = true;
#endif

/// Random kills in the suite; VIGIE_KILLS=100 for the acceptance run.
int kills() {
    const char* wanted = std::getenv("VIGIE_KILLS");
    return wanted != nullptr ? std::atoi(wanted) : 4;
}

MqttOptions options_for(const RealBroker& broker, bool is_5) {
    MqttOptions options;
    options.host = "127.0.0.1";
    options.port = broker.port();
    options.client_id = "vigie-test";
    options.version = is_5 ? MqttVersion::v5 : MqttVersion::v3_1_1;
    options.filters = {"facts/#"};
    options.window = 64;
    options.retry_min = milliseconds(10);
    options.retry_max = milliseconds(200);
    return options;
}

std::string lines(int first, int count) {
    std::string text;
    for (int i = first; i < first + count; ++i) {
        text += fmt::format("fact-{}\n", i);
    }
    return text;
}

/// What a taker has kept, and whether it was flagged as sent again.
class Ledger {
  public:
    explicit Ledger(milliseconds delay = milliseconds(0)) : delay_(delay), thread_([this] { keep_all(); }) {}
    ~Ledger() {
        {
            const std::lock_guard lock(mutex_);
            ended_ = true;
        }
        arrival_.notify_all();
        thread_.join();
    }
    Ledger(const Ledger&) = delete;
    Ledger& operator=(const Ledger&) = delete;
    MqttSubscriber::Take take() {
        return [this](MqttMessage message, MqttSubscriber::Kept kept) {
            const std::lock_guard lock(mutex_);
            if (message.redelivered) {
                flagged_.insert(message.payload);
            }
            waiting_.push_back({std::move(message.payload), std::move(kept)});
            waiting_max_ = std::max(waiting_max_, waiting_.size());
            arrival_.notify_all();
        };
    }
    /// Whether `count` different messages are kept within `limit`.
    bool wait_for(std::size_t count, seconds limit = seconds(60)) {
        std::unique_lock lock(mutex_);
        return kept_arrival_.wait_for(lock, limit, [&] { return kept_.size() >= count; });
    }
    std::set<std::string> kept() {
        const std::lock_guard lock(mutex_);
        return kept_;
    }
    std::set<std::string> flagged() {
        const std::lock_guard lock(mutex_);
        return flagged_;
    }
    std::size_t waiting_max() {
        const std::lock_guard lock(mutex_);
        return waiting_max_;
    }

  private:
    struct Waiting {
        std::string payload;
        MqttSubscriber::Kept kept;
    };
    void keep_all() {
        std::unique_lock lock(mutex_);
        while (true) {
            arrival_.wait(lock, [&] { return ended_ || !waiting_.empty(); });
            if (ended_) {
                return;
            }
            std::deque<Waiting> batch;
            batch.swap(waiting_);
            lock.unlock();
            std::this_thread::sleep_for(delay_);  // the disk
            lock.lock();
            for (auto& each : batch) {
                kept_.insert(each.payload);
                each.kept(true);
            }
            kept_arrival_.notify_all();
        }
    }
    const milliseconds delay_;
    std::mutex mutex_;
    std::condition_variable arrival_;
    std::condition_variable kept_arrival_;
    std::deque<Waiting> waiting_;
    std::set<std::string> kept_;
    std::set<std::string> flagged_;
    std::size_t waiting_max_ = 0;
    bool ended_ = false;
    std::thread thread_;
};

template <class Fact>
bool comes_true(const Fact& fact) {
    for (int i = 0; i < 4000 && !fact(); ++i) {
        std::this_thread::sleep_for(milliseconds(5));
    }
    return fact();
}

std::unique_ptr<MqttSubscriber> connected(const MqttOptions& options, const MqttSubscriber::Take& take) {
    auto subscriber = MqttSubscriber::start(options, take, {});
    REQUIRE(subscriber);
    REQUIRE(comes_true([&] { return (*subscriber)->state().connected; }));
    return std::move(*subscriber);
}

/// In a process of its own: keeps each message as a line of `kept_path`, on disk before it says so, and notes what it takes.
[[noreturn]] void keep_until_killed(const MqttOptions& options, const std::string& kept_path, const std::string& taken_path) {
    const int kept_file = open(kept_path.c_str(), O_WRONLY | O_CREAT | O_APPEND, 0600);
    const int taken_file = open(taken_path.c_str(), O_WRONLY | O_CREAT | O_APPEND, 0600);
    const auto subscriber = MqttSubscriber::start(
        options,
        [=](const MqttMessage& message, const MqttSubscriber::Kept& kept) {
            const std::string line = message.payload + "\n";
            const bool written = write(taken_file, line.data(), line.size()) > 0 && write(kept_file, line.data(), line.size()) > 0 && fdatasync(kept_file) == 0;
            kept(written);
        },
        {});
    while (true) {
        pause();
    }
}

std::set<std::string> lines_of(const std::string& path) {
    std::set<std::string> found;
    std::istringstream text(read_text(path));
    for (std::string line; std::getline(text, line);) {
        found.insert(line);
    }
    return found;
}

}  // namespace

TEST_CASE("a broker killed while it is fed and read, and started again, loses nothing it had acknowledged and saved") {
    if (!RealBroker::is_installed()) {
        return;
    }
    constexpr int batch = 300;
    Random random(11);
    for (const bool is_5 : {false, true}) {
        const TemporaryFolder folder;
        RealBroker broker(folder, std::string("allow_anonymous true\n") + saves_each_change);
        REQUIRE(broker.start());
        Ledger ledger(milliseconds(3));
        const auto subscriber = connected(options_for(broker, is_5), ledger.take());
        for (int round = 0; round < kills(); ++round) {
            write_text(folder.path("lines"), lines(round * batch, batch));
            const pid_t cut_short = broker.publish("facts/a", folder.path("lines"));
            std::this_thread::sleep_for(milliseconds(random.below(80)));
            broker.kill_hard();
            kill(cut_short, SIGKILL);  // it would say again what it has read
            exit_code_of(cut_short);
            REQUIRE(broker.start());
            // What its publisher did not see acknowledged is published again, until it is.
            REQUIRE(exit_code_of(broker.publish("facts/a", folder.path("lines"))) == 0);
            std::this_thread::sleep_for(milliseconds(300));  // acknowledged a moment before it is saved
        }
        CHECK(ledger.wait_for(static_cast<std::size_t>(kills() * batch)));
        CHECK(comes_true([&] { return subscriber->state().counts.in_flight == 0; }));
        const auto state = subscriber->state();
        CHECK(state.counts.connections == static_cast<std::uint64_t>(kills()) + 1);
        CHECK(state.counts.acknowledged >= static_cast<std::uint64_t>(kills() * batch));
        CHECK(state.counts.refused == 0);
        subscriber->stop();
    }
}

TEST_CASE("messages that wait in a broker for an absent subscriber survive its death") {
    if (!RealBroker::is_installed()) {
        return;
    }
    for (const bool is_5 : {false, true}) {
        const TemporaryFolder folder;
        RealBroker broker(folder, std::string("allow_anonymous true\n") + saves_each_change);
        REQUIRE(broker.start());
        Ledger ledger;
        connected(options_for(broker, is_5), ledger.take())->stop();
        write_text(folder.path("lines"), lines(0, 400));
        REQUIRE(exit_code_of(broker.publish("facts/a", folder.path("lines"))) == 0);
        std::this_thread::sleep_for(milliseconds(300));
        broker.kill_hard();
        REQUIRE(broker.start());
        const auto subscriber = connected(options_for(broker, is_5), ledger.take());
        CHECK(ledger.wait_for(400));
        subscriber->stop();
        CHECK(subscriber->state().counts.received == 400);
        CHECK(subscriber->state().counts.redelivered == 0);
    }
}

TEST_CASE("a subscriber killed at random moments has on disk, or is sent again, all that was published") {
    if (!RealBroker::is_installed()) {
        return;
    }
    constexpr int published = 2000;
    Random random(23);
    for (const bool is_5 : {false, true}) {
        const TemporaryFolder folder;
        RealBroker broker(folder, "allow_anonymous true\n");
        REQUIRE(broker.start());
        const auto options = options_for(broker, is_5);
        const MqttSubscriber::Take refuse = [](const MqttMessage&, const MqttSubscriber::Kept& kept) { kept(false); };
        connected(options, refuse)->stop();  // the broker now has a session for us
        write_text(folder.path("lines"), lines(0, published));
        const pid_t publisher = broker.publish("facts/a", folder.path("lines"));
        for (int kill_number = 0; kill_number < kills(); ++kill_number) {
            const pid_t keeper = fork();
            if (keeper == 0) {
                keep_until_killed(options, folder.path("kept"), folder.path("taken"));
            }
            std::this_thread::sleep_for(milliseconds(10 + random.below(150)));
            kill(keeper, SIGKILL);
            waitpid(keeper, nullptr, 0);
        }
        CHECK(exit_code_of(publisher) == 0);
        const auto kept = lines_of(folder.path("kept"));
        const auto taken = lines_of(folder.path("taken"));
        Ledger ledger;
        const auto last = connected(options, ledger.take());
        std::size_t missing = published;
        CHECK(comes_true([&] {
            auto all = kept;
            all.merge(ledger.kept());
            missing = published - all.size();
            return missing == 0;
        }));
        last->stop();
        CHECK(missing == 0);
        MESSAGE(fmt::format("{} kept by {} killed subscribers, {} taken again", kept.size(), kills(), ledger.flagged().size()));
        // What one of them took and the broker sends again is flagged.
        const auto flagged = ledger.flagged();
        for (const auto& payload : ledger.kept()) {
            CHECK((flagged.contains(payload) || !taken.contains(payload)));
        }
    }
}

TEST_CASE("a hundred thousand messages and a slow disk: the window holds, and memory stays flat") {
    if (!RealBroker::is_installed()) {
        return;
    }
    constexpr int published = 100'000;
    constexpr int part_size = 20'000;
    const TemporaryFolder folder;
    RealBroker broker(folder, "allow_anonymous true\n");
    REQUIRE(broker.start());
    auto options = options_for(broker, true);
    options.window = 512;
    Ledger ledger(milliseconds(10));
    const auto subscriber = connected(options, ledger.take());
    const auto resident_pages = [] {
        std::istringstream text(read_text("/proc/self/statm"));
        long all = 0;
        long resident = 0;
        text >> all >> resident;
        return resident;
    };
    long early = 0;
    // Mosquitto holds at most 65,535 messages for one subscriber: it is fed in parts.
    for (int part = 0; part < published / part_size; ++part) {
        write_text(folder.path("lines"), lines(part * part_size, part_size));
        REQUIRE(exit_code_of(broker.publish("facts/a", folder.path("lines"))) == 0);
        REQUIRE(ledger.wait_for(static_cast<std::size_t>((part + 1) * part_size)));
        early = part == 0 ? resident_pages() : early;
    }
    // What the ledger itself remembers of 80,000 payloads, and 4 MiB; sanitizers keep what is freed.
    CHECK((measures_memory ? resident_pages() - early : 0) * sysconf(_SC_PAGESIZE) < 80'000L * 200 + (4L << 20));
    CHECK(ledger.waiting_max() <= options.window);
    CHECK(comes_true([&] { return subscriber->state().counts.acknowledged == published; }));
    CHECK(subscriber->state().counts.received == published);
    CHECK(subscriber->state().counts.connections == 1);
}
