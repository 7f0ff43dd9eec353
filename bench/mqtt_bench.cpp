// What the MQTT subscriber costs: a queue that waits in a real Mosquitto is drained by ours and by libmosquitto's in the
// same run, and 1,000 devices that speak every 10 s are listened to. Ours acknowledges what its caller has kept; the
// other when its callback returns, which is why it can not be ours.
//
//   mqtt_bench [MESSAGES [SECONDS]]     needs mosquitto; loopback only

#include <arpa/inet.h>
#include <fcntl.h>
#include <mosquitto.h>
#include <netinet/in.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include <atomic>
#include <chrono>
#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <string>
#include <thread>

#include "intake/mqtt/mqtt_subscriber.h"

using namespace vigie::intake;

namespace {

using Clock = std::chrono::steady_clock;
using std::chrono::milliseconds;

constexpr int payload_bytes = 200;
constexpr int devices = 1000;
constexpr int repeats = 3;

sockaddr_in loopback(std::uint16_t port) {
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(port);
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    return address;
}

/// Mosquitto on a loopback port of its own, keeping everything in memory.
class Broker {
  public:
    explicit Broker(const std::filesystem::path& folder) {
        const int number = socket(AF_INET, SOCK_STREAM, 0);
        sockaddr_in address = loopback(0);
        socklen_t size = sizeof address;
        bind(number, reinterpret_cast<const sockaddr*>(&address), size);
        getsockname(number, reinterpret_cast<sockaddr*>(&address), &size);
        close(number);
        port_ = ntohs(address.sin_port);
        const std::string config = folder / "mosquitto.conf";
        std::ofstream(config) << "allow_anonymous true\nmax_queued_messages 0\nmax_inflight_messages 1000\nset_tcp_nodelay true\n"
                              << "log_dest none\nlistener " << port_ << " 127.0.0.1\n";
        process_ = fork();
        if (process_ == 0) {
            execl("/usr/sbin/mosquitto", "mosquitto", "-c", config.c_str(), nullptr);
            _exit(127);
        }
        while (!listens() && waitpid(process_, nullptr, WNOHANG) == 0) {
            std::this_thread::sleep_for(milliseconds(10));
        }
    }
    ~Broker() {
        kill(process_, SIGTERM);
        waitpid(process_, nullptr, 0);
    }
    Broker(const Broker&) = delete;
    Broker& operator=(const Broker&) = delete;
    [[nodiscard]] std::uint16_t port() const { return port_; }
    /// Of user and system, so far.
    [[nodiscard]] double cpu_seconds() const {
        std::ifstream file("/proc/" + std::to_string(process_) + "/stat");
        std::string word;
        double ticks = 0;
        for (int field = 1; file >> word && field <= 15; ++field) {
            ticks += field >= 14 ? std::stod(word) : 0.0;
        }
        return ticks / static_cast<double>(sysconf(_SC_CLK_TCK));
    }

  private:
    [[nodiscard]] bool listens() const {
        const int number = socket(AF_INET, SOCK_STREAM, 0);
        const sockaddr_in address = loopback(port_);
        const bool accepted = connect(number, reinterpret_cast<const sockaddr*>(&address), sizeof address) == 0;
        close(number);
        return accepted;
    }
    pid_t process_ = -1;
    std::uint16_t port_ = 0;
};

double own_cpu_seconds() {
    rusage used{};
    getrusage(RUSAGE_SELF, &used);
    const auto seconds = [](const timeval& time) { return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_usec) * 1e-6; };
    return seconds(used.ru_utime) + seconds(used.ru_stime);
}

MqttOptions options_for(std::uint16_t port, MqttVersion version) {
    MqttOptions options;
    options.host = "127.0.0.1";
    options.port = port;
    options.client_id = "bench";
    options.version = version;
    options.filters = {"vigie/#"};
    return options;
}

template <class Fact>
void wait_until(const Fact& fact) {
    while (!fact()) {
        std::this_thread::sleep_for(milliseconds(1));
    }
}

struct Drained {
    double seconds = 0;
    double cpu_seconds = 0;
};

/// Connects and takes `messages`, each kept at once, until the last is acknowledged.
Drained drain_ours(std::uint16_t port, MqttVersion version, int messages) {
    std::atomic<int> taken = 0;
    const auto begun = Clock::now();
    const double cpu = own_cpu_seconds();
    const auto subscriber = MqttSubscriber::start(
        options_for(port, version),
        [&](const MqttMessage& message, const MqttSubscriber::Kept& kept) {
            taken += message.payload.size() == payload_bytes ? 1 : 0;
            kept(true);
        },
        {});
    wait_until([&] {
        const auto state = (*subscriber)->state();
        return state.connected && state.counts.acknowledged >= static_cast<std::uint64_t>(messages) && taken >= messages;
    });
    return {std::chrono::duration<double>(Clock::now() - begun).count(), own_cpu_seconds() - cpu};
}

/// The same by libmosquitto, with the same window and session, until the last is taken: it does not say what it acknowledged.
Drained drain_theirs(std::uint16_t port, MqttVersion version, int messages) {
    std::atomic<int> taken = 0;
    const auto begun = Clock::now();
    const double cpu = own_cpu_seconds();
    mosquitto* client = mosquitto_new("bench", false, &taken);
    mosquitto_int_option(client, MOSQ_OPT_PROTOCOL_VERSION, version == MqttVersion::v5 ? MQTT_PROTOCOL_V5 : MQTT_PROTOCOL_V311);
    mosquitto_int_option(client, MOSQ_OPT_RECEIVE_MAXIMUM, 512);
    mosquitto_int_option(client, MOSQ_OPT_TCP_NODELAY, 1);
    mosquitto_message_callback_set(client, [](mosquitto*, void* user, const mosquitto_message* message) {
        *static_cast<std::atomic<int>*>(user) += message->payloadlen == payload_bytes ? 1 : 0;
    });
    mosquitto_connect(client, "127.0.0.1", port, 30);
    mosquitto_loop_start(client);
    wait_until([&] { return taken >= messages; });
    const Drained drained{std::chrono::duration<double>(Clock::now() - begun).count(), own_cpu_seconds() - cpu};
    std::this_thread::sleep_for(milliseconds(200));  // its last acknowledgements
    mosquitto_disconnect(client);
    mosquitto_loop_stop(client, false);
    mosquitto_destroy(client);
    return drained;
}

/// Publishes at QoS 1 from a process of its own: `per_second` at an even pace, or as fast as can be (0). Returns when all are acknowledged.
void publish(std::uint16_t port, int messages, int per_second) {
    const pid_t child = fork();
    if (child == 0) {
        mosquitto_lib_init();
        std::atomic<int> acknowledged = 0;
        mosquitto* client = mosquitto_new(nullptr, true, &acknowledged);
        mosquitto_publish_callback_set(client, [](mosquitto*, void* user, int) { ++*static_cast<std::atomic<int>*>(user); });
        mosquitto_connect(client, "127.0.0.1", port, 30);
        mosquitto_loop_start(client);
        const std::string payload(payload_bytes, 'x');
        const auto begun = Clock::now();
        for (int i = 0; i < messages; ++i) {
            const std::string topic = "vigie/v1/site/" + std::to_string(i % devices) + "/event";
            mosquitto_publish(client, nullptr, topic.c_str(), payload_bytes, payload.data(), 1, false);
            if (per_second > 0) {
                std::this_thread::sleep_until(begun + std::chrono::microseconds(1'000'000LL * (i + 1) / per_second));
            } else if (i % 1000 == 0) {
                wait_until([&] { return i - acknowledged < 2000; });
            }
        }
        wait_until([&] { return acknowledged >= messages; });
        _exit(0);
    }
    waitpid(child, nullptr, 0);
}

void compare_drains(const Broker& broker, int messages) {
    for (const auto version : {MqttVersion::v3_1_1, MqttVersion::v5}) {
        Drained ours{1e9, 0};
        Drained theirs{1e9, 0};
        for (int i = 0; i < repeats; ++i) {
            drain_ours(broker.port(), version, 0);  // the broker has a session to queue for
            publish(broker.port(), messages, 0);
            const Drained one = drain_ours(broker.port(), version, messages);
            publish(broker.port(), messages, 0);
            const Drained other = drain_theirs(broker.port(), version, messages);
            ours = one.seconds < ours.seconds ? one : ours;
            theirs = other.seconds < theirs.seconds ? other : theirs;
        }
        const char* name = version == MqttVersion::v5 ? "5" : "3.1.1";
        const auto print = [&](const char* who, const Drained& drained) {
            std::printf("MQTT %-5s %6d messages of %d bytes drained by %-12s %9.0f messages/s, %6.2f us of CPU each\n", name, messages, payload_bytes, who,
                        messages / drained.seconds, drained.cpu_seconds * 1e6 / messages);
        };
        print("ours", ours);
        print("libmosquitto", theirs);
    }
}

void listen_to_devices(const Broker& broker, int seconds) {
    std::atomic<int> taken = 0;
    const auto subscriber = MqttSubscriber::start(
        options_for(broker.port(), MqttVersion::v5),
        [&](const MqttMessage&, const MqttSubscriber::Kept& kept) {
            ++taken;
            kept(true);
        },
        {});
    wait_until([&] { return (*subscriber)->state().connected; });
    const int messages = devices / 10 * seconds;
    const auto begun = Clock::now();
    const double cpu = own_cpu_seconds();
    const double broker_cpu = broker.cpu_seconds();
    publish(broker.port(), messages, devices / 10);
    wait_until([&] { return taken >= messages; });
    const double elapsed = std::chrono::duration<double>(Clock::now() - begun).count();
    std::printf("%d devices, one message each every 10 s, for %.0f s: %d messages, %.2f %% of a core (target: under 5 %%); the broker %.2f %%\n", devices,
                elapsed, taken.load(), 100 * (own_cpu_seconds() - cpu) / elapsed, 100 * (broker.cpu_seconds() - broker_cpu) / elapsed);
}

}  // namespace

int main(int count, char** words) {
    const int messages = count > 1 ? std::atoi(words[1]) : 50'000;  // Mosquitto queues 65,535 at most
    const int seconds = count > 2 ? std::atoi(words[2]) : 30;
    if (!std::filesystem::exists("/usr/sbin/mosquitto")) {
        std::puts("mosquitto is not installed: nothing measured");
        return 0;
    }
    mosquitto_lib_init();
    std::string folder = std::filesystem::temp_directory_path() / "vigie-mqtt-XXXXXX";
    if (mkdtemp(folder.data()) == nullptr) {
        return 1;
    }
    {
        const Broker broker(folder);
        compare_drains(broker, messages);
        listen_to_devices(broker, seconds);
    }
    std::filesystem::remove_all(folder);
    return 0;
}
