// What it costs to be told "it is on disk": events a second acknowledged by the real server over HTTP, in batches of 100 on
// 8 connections and one by one on 64, beside the bare fsync rate of the same disk in the same minute: with one write an
// acknowledgement (nothing waits for another) and with all waiting senders sharing one (group commit's limit).
//
//   ingest_bench VIGIE [SECONDS_EACH]     VIGIE: build/release/vigie; starts it on a free port with a contract of its own

#include <arpa/inet.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <atomic>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <string>
#include <thread>
#include <vector>

namespace {

using Clock = std::chrono::steady_clock;

double seconds_since(Clock::time_point begun) { return std::chrono::duration<double>(Clock::now() - begun).count(); }

constexpr const char* manifest = R"toml(key = "bench"
label = "Banc"
attribution = "Banc"
licence = "Données inventées"
owner = "Banc"
purposes = ["tranquillite_publique"]
synthetic = true
[time]
column = "t"
format = "iso"
[place]
lon = "lon"
lat = "lat"
[category]
column = "type"
[category.map]
"VOL" = "theft"
[origin]
fixed = "resident"
[id]
column = "id"
[contract]
clause = "Banc"
legal_basis = "Banc"
starts = "2020-01-01"
ends = "2060-12-31"
retention_months = 36
uses = ["analysis"]
[contract.access]
analyst = "cells"
[live]
format = "json"
[fields.id]
required = true
[fields.t]
[fields.lon]
type = "number"
[fields.lat]
type = "number"
[fields.type]
)toml";

std::string output_of(const std::string& command) {
    std::string text;
    FILE* pipe = popen(command.c_str(), "r");  // NOLINT(cert-env33-c): a bench's own commands
    std::array<char, 512> chunk{};
    while (pipe != nullptr && std::fgets(chunk.data(), chunk.size(), pipe) != nullptr) {
        text += chunk.data();
    }
    if (pipe != nullptr) {
        pclose(pipe);
    }
    return text;
}

/// The real server on a fresh folder, with one source and its token.
class Server {
  public:
    explicit Server(const std::string& vigie) {
        std::string pattern = std::filesystem::temp_directory_path() / "vigie_bench_XXXXXX";
        folder_ = mkdtemp(pattern.data());
        setenv("VIGIE_KEYS", (folder_ + "/keys").c_str(), 1);
        std::ofstream(folder_ + "/m.toml") << manifest;
        std::ofstream(folder_ + "/password") << "un-mot-de-passe-de-banc\n";
        const std::string data = " --data " + folder_ + "/data ";
        output_of(vigie + " init --synthetic" + data + "--account bench --password-file " + folder_ + "/password");
        output_of(vigie + " source add" + data + folder_ + "/m.toml");
        token = output_of(vigie + " source token" + data + "bench 2>/dev/null");
        token.erase(token.find_last_not_of('\n') + 1);
        const std::string command = vigie + " serve --quiet --port 0" + data + "> " + folder_ + "/out 2> " + folder_ + "/err & echo $!";
        pid_ = std::atoi(output_of(command).c_str());
        for (int i = 0; i < 100 && port == 0; ++i) {
            std::this_thread::sleep_for(std::chrono::milliseconds(50));
            std::ifstream out(folder_ + "/out");
            const std::string line((std::istreambuf_iterator<char>(out)), std::istreambuf_iterator<char>());
            if (const auto colon = line.rfind(':'); line.find("http") != std::string::npos) {
                port = static_cast<std::uint16_t>(std::atoi(line.c_str() + colon + 1));
            }
        }
    }
    ~Server() {
        kill(pid_, SIGTERM);
        std::this_thread::sleep_for(std::chrono::seconds(2));
        std::error_code ignored;
        std::filesystem::remove_all(folder_, ignored);
    }
    Server(const Server&) = delete;
    Server& operator=(const Server&) = delete;
    /// Processor seconds of the server so far.
    [[nodiscard]] double cpu_s() const {
        std::ifstream stat("/proc/" + std::to_string(pid_) + "/stat");
        std::string text((std::istreambuf_iterator<char>(stat)), std::istreambuf_iterator<char>());
        text.erase(0, text.rfind(')') + 2);
        unsigned long user = 0;
        unsigned long system = 0;
        std::sscanf(text.c_str(), "%*c %*d %*d %*d %*d %*d %*u %*u %*u %*u %*u %lu %lu", &user, &system);
        return static_cast<double>(user + system) / static_cast<double>(sysconf(_SC_CLK_TCK));
    }
    [[nodiscard]] const std::string& folder() const { return folder_; }

    std::string token;
    std::uint16_t port = 0;

  private:
    std::string folder_;
    int pid_ = 0;
};

struct Load {
    int connections = 1;
    int batch = 1;
    double seconds = 5.0;
};

struct Figures {
    std::uint64_t acknowledged = 0;  // events
    std::uint64_t refused = 0;       // messages
    double seconds = 0.0;
    std::vector<float> latencies_ms;
};

/// One sender after the other's acknowledgement, on its own connection.
void send_all(const Server& server, const Load& load, int sender, std::atomic<bool>& stop, Figures& figures) {
    const int number = socket(AF_INET, SOCK_STREAM, 0);
    const int one = 1;
    setsockopt(number, IPPROTO_TCP, TCP_NODELAY, &one, sizeof one);
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(server.port);
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    if (connect(number, reinterpret_cast<const sockaddr*>(&address), sizeof address) != 0) {
        close(number);
        return;
    }
    std::uint64_t event = 0;
    std::array<char, 4096> answer{};
    std::string body;
    while (!stop.load(std::memory_order_relaxed)) {
        body.clear();
        for (int i = 0; i < load.batch; ++i, ++event) {
            std::array<char, 192> line{};
            const int size = std::snprintf(line.data(), line.size(),
                                           "{\"id\":\"%d-%d-%llu\",\"t\":\"2026-11-%02lluT%02llu:%02llu:00Z\",\"type\":\"VOL\",\"lon\":5.%05llu,\"lat\":43.%05llu}\n",
                                           load.batch, sender, static_cast<unsigned long long>(event), static_cast<unsigned long long>(event % 20 + 1),
                                           static_cast<unsigned long long>(event % 24), static_cast<unsigned long long>(event % 60),
                                           static_cast<unsigned long long>(35'000 + event % 5'000), static_cast<unsigned long long>(28'000 + event % 2'000));
            body.append(line.data(), static_cast<std::size_t>(size));
        }
        const std::string request = "POST /api/v1/ingest/bench HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer " + server.token +
                                    "\r\nContent-Type: application/x-ndjson\r\nContent-Length: " + std::to_string(body.size()) + "\r\n\r\n" + body;
        const auto begun = Clock::now();
        if (send(number, request.data(), request.size(), MSG_NOSIGNAL) != static_cast<ssize_t>(request.size())) {
            break;
        }
        const ssize_t n = recv(number, answer.data(), answer.size(), 0);
        if (n <= 12) {
            break;
        }
        if (std::string_view(answer.data() + 9, 3) == "202") {
            figures.acknowledged += static_cast<std::uint64_t>(load.batch);
            figures.latencies_ms.push_back(static_cast<float>(1e3 * seconds_since(begun)));
        } else {
            ++figures.refused;
            std::this_thread::sleep_for(std::chrono::milliseconds(50));
        }
    }
    close(number);
}

Figures run(const Server& server, const Load& load) {
    std::atomic<bool> stop{false};
    std::vector<Figures> each(static_cast<std::size_t>(load.connections));
    std::vector<std::thread> senders;
    const auto begun = Clock::now();
    for (int i = 0; i < load.connections; ++i) {
        senders.emplace_back([&, i] { send_all(server, load, i, stop, each[static_cast<std::size_t>(i)]); });
    }
    std::this_thread::sleep_for(std::chrono::duration<double>(load.seconds));
    stop.store(true);
    for (std::thread& sender : senders) {
        sender.join();
    }
    Figures all;
    all.seconds = seconds_since(begun);
    for (Figures& one : each) {
        all.acknowledged += one.acknowledged;
        all.refused += one.refused;
        all.latencies_ms.insert(all.latencies_ms.end(), one.latencies_ms.begin(), one.latencies_ms.end());
    }
    std::sort(all.latencies_ms.begin(), all.latencies_ms.end());
    return all;
}

/// Appends of `bytes`, each followed by fdatasync, a second.
double fsync_rate(const std::string& folder, std::size_t bytes, double seconds) {
    const std::string path = folder + "/fsync";
    const int file = open(path.c_str(), O_WRONLY | O_CREAT | O_TRUNC, 0600);
    const std::string block(bytes, 'x');
    std::uint64_t done = 0;
    const auto begun = Clock::now();
    while (seconds_since(begun) < seconds && write(file, block.data(), block.size()) > 0 && fdatasync(file) == 0) {
        ++done;
    }
    const double rate = static_cast<double>(done) / seconds_since(begun);
    close(file);
    unlink(path.c_str());
    return rate;
}

double at(const std::vector<float>& sorted, double share) {
    return sorted.empty() ? 0.0 : static_cast<double>(sorted[std::min(sorted.size() - 1, static_cast<std::size_t>(share * static_cast<double>(sorted.size())))]);
}

}  // namespace

int main(int argc, char** argv) {
    const std::string vigie = argc > 1 ? argv[1] : "build/release/vigie";
    const double seconds = argc > 2 ? std::atof(argv[2]) : 5.0;
    const Server server(vigie);
    if (server.port == 0) {
        std::fprintf(stderr, "ingest_bench: %s n'a pas démarré\n", vigie.c_str());
        return 1;
    }
    for (const Load& load : {Load{8, 100, seconds}, Load{64, 1, seconds}}) {
        const std::size_t message = static_cast<std::size_t>(load.batch) * 95;
        const double alone = fsync_rate(server.folder(), message, seconds / 3);
        const double shared = fsync_rate(server.folder(), message * static_cast<std::size_t>(load.connections), seconds / 3);
        const double cpu = server.cpu_s();
        const Figures figures = run(server, load);
        const double spent = server.cpu_s() - cpu;
        const double rate = static_cast<double>(figures.acknowledged) / figures.seconds;
        std::printf("%2d connections, %3d events a message\n", load.connections, load.batch);
        std::printf("  acknowledged   %9.0f events/s   p50 %.2f ms   p99 %.2f ms   refused %llu\n", rate, at(figures.latencies_ms, 0.5),
                    at(figures.latencies_ms, 0.99), static_cast<unsigned long long>(figures.refused));
        std::printf("  server         %9.2f us of processor an event, its draining included\n", 1e6 * spent / std::max(1.0, static_cast<double>(figures.acknowledged)));
        std::printf("  bare fsync     %9.0f events/s if each message had its own (ratio %.2f)\n", alone * load.batch, rate / (alone * load.batch));
        std::printf("  shared fsync   %9.0f events/s if all senders shared one (ratio %.2f)\n", shared * load.batch * load.connections,
                    rate / (shared * load.batch * load.connections));
    }
    return 0;
}
