// The HIER screen on 20 million facts: every question it asks over HTTP (p50, p95), beside the same question answered from raw
// DuckDB rows in the same run; memory idle and under these questions; start-up.
//
//   hier_http_bench [FACTS] [REPEATS]     the store is made under build/release/bench-data and kept
//
// Every repetition shifts the period by a day, so that no answer comes from the server's cache.
#include <arpa/inet.h>
#include <fmt/format.h>
#include <netinet/tcp.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <cmath>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <string>
#include <vector>

#include "analysis/past/question_text.h"
#include "analysis/past/yesterday.h"
#include "api/passwords.h"
#include "base/random.h"
#include "city/place/projection.h"
#include "city/time/local_calendar.h"
#include "intake/import.h"
#include "store/data_folder.h"

namespace {

namespace fs = std::filesystem;
using namespace vigie;
using Clock = std::chrono::steady_clock;

constexpr std::uint64_t default_facts = 20'000'000;
constexpr int default_repeats = 20;
constexpr std::uint64_t server_memory_mb = 512;
constexpr std::size_t block_rows = 500'000;
constexpr const char* password = "banc-de-mesure-2026";
constexpr auto first_day = LocalDay{19'723};  // 2024-01-01
constexpr int days = 731;

[[noreturn]] void stop(const std::string& why) {
    fmt::print(stderr, "hier_http_bench: {}\n", why);
    std::exit(1);
}

template <class T>
T must(Result<T> result) {
    if (!result) {
        stop(result.error().message);
    }
    return std::move(*result);
}
void must(const Status& status) {
    if (!status) {
        stop(status.error().message);
    }
}

double ms_since(Clock::time_point start) { return std::chrono::duration<double, std::milli>(Clock::now() - start).count(); }

// --- the store ------------------------------------------------------------------------------------------------------------

struct Spot {
    double x = 0.0;
    double y = 0.0;
};

Event random_event(Random& random, std::uint64_t row, std::uint64_t facts, const std::vector<Spot>& spots) {
    Event event;
    const auto hours = static_cast<std::uint64_t>(days) * 24;
    const auto hour = std::min(hours - 1, row * hours / facts);
    event.id = EventId{mix64(row)};
    event.local_hour = LocalHour{first_hour_of(first_day).raw() + static_cast<std::int32_t>(hour)};
    event.at = Instant{std::chrono::milliseconds{std::int64_t{event.local_hour.raw()} * 3'600'000 - 3'600'000}};
    const Spot& spot = spots[random.below(spots.size())];
    const bool diffuse = random.below(4) == 0;
    const double spread = diffuse ? 6000.0 : 250.0;
    event.point = PointM{static_cast<std::int32_t>(std::lround((diffuse ? 893'000.0 : spot.x) + spread * (random.uniform() - 0.5) * 2)),
                         static_cast<std::int32_t>(std::lround((diffuse ? 6'247'000.0 : spot.y) + spread * (random.uniform() - 0.5) * 2))};
    event.source = SourceId{static_cast<std::uint16_t>(random.below(6))};
    event.category = CategoryId{static_cast<std::uint16_t>(random.below(30))};
    event.origin = static_cast<Origin>(random.below(4));
    event.time_precision = random.below(20) == 0 ? TimePrecision::day : TimePrecision::minute;
    event.district = DistrictId{static_cast<std::uint16_t>(static_cast<std::uint32_t>(event.point.x_m / 1500 * 7 + event.point.y_m / 1500) % 111)};
    return event;
}

void fill(EventStore& store, std::uint64_t facts) {
    Random random(20);
    std::vector<Spot> spots;
    for (int i = 0; i < 64; ++i) {
        spots.push_back({887'000.0 + 12'000.0 * random.uniform(), 6'241'000.0 + 12'000.0 * random.uniform()});
    }
    std::vector<Event> block;
    for (std::uint64_t row = 0; row < facts; ++row) {
        block.push_back(random_event(random, row, facts, spots));
        if (block.size() == block_rows || row + 1 == facts) {
            must(store.append(block, BlockId{1, row}));
            block.clear();
        }
    }
}

void make_store(const std::string& directory, std::uint64_t facts) {
    if (fs::exists(directory + "/VERSION")) {
        return;
    }
    fmt::print("making a store of {} facts\n", facts);
    std::vector<std::string> warnings;
    const std::string config = VIGIE_SOURCE_DIR "/config";
    must(DataFolder::create(directory));
    {
        auto folder = must(DataFolder::open(directory, {}));
        must(folder.metadata().save_city(must(intake::load_city(config + "/cities/marseille.toml", warnings)), Instant{}));
        must(folder.metadata().save_taxonomy(must(intake::load_taxonomy(config + "/taxonomy/city.toml")), Instant{}));
        for (int source = 0; source < 6; ++source) {
            const auto key = fmt::format("source_{}", source);
            must(folder.metadata().register_source({.id = {}, .key = key, .label = key, .attribution = {}, .licence = {}, .manifest = {}, .registered = {}}));
        }
        must(folder.metadata().save_account({.login = "banc", .role = governance::Role::analyst, .password_hash = must(api::hash_password(password))}));
    }
    auto folder = must(DataFolder::open(directory, {}));  // reopened: the engine now knows the city's sun
    fill(folder.events(), facts);
}

// --- the server ------------------------------------------------------------------------------------------------------------

struct ServerProcess {
    pid_t pid = -1;
    std::uint16_t port = 0;
    double start_ms = 0.0;
};

ServerProcess start_server(const std::string& directory) {
    int ends[2];
    if (pipe(ends) != 0) {
        stop("no pipe");
    }
    ServerProcess server;
    const auto start = Clock::now();
    server.pid = fork();
    const std::string memory = std::to_string(server_memory_mb);
    if (server.pid == 0) {
        prctl(PR_SET_PDEATHSIG, SIGTERM);  // a bench that stops leaves no server behind
        dup2(ends[1], STDOUT_FILENO);
        execl(VIGIE_BINARY_DIR "/vigie", "vigie", "serve", "--quiet", "--data", directory.c_str(), "--port", "0", "--memory-mb", memory.c_str(), nullptr);
        _exit(127);
    }
    close(ends[1]);
    std::string text;
    char byte = 0;
    while (text.find('\n') == std::string::npos && read(ends[0], &byte, 1) == 1) {
        text += byte;
    }
    server.start_ms = ms_since(start);
    const auto colon = text.rfind(':');
    if (colon == std::string::npos) {
        stop("the server did not start");
    }
    server.port = static_cast<std::uint16_t>(std::atoi(text.c_str() + colon + 1));
    return server;
}

double memory_mb(pid_t pid, const char* field) {
    std::ifstream status(fmt::format("/proc/{}/status", pid));
    for (std::string line; std::getline(status, line);) {
        if (line.rfind(field, 0) == 0) {
            return std::atof(line.c_str() + std::string(field).size() + 1) / 1024.0;
        }
    }
    return 0.0;
}

class Client {
  public:
    explicit Client(std::uint16_t port) : port_(port), socket_(socket(AF_INET, SOCK_STREAM, 0)) {
        sockaddr_in address{};
        address.sin_family = AF_INET;
        address.sin_port = htons(port);
        address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
        const int one = 1;
        setsockopt(socket_, IPPROTO_TCP, TCP_NODELAY, &one, sizeof one);
        if (connect(socket_, reinterpret_cast<const sockaddr*>(&address), sizeof address) != 0) {
            stop("the server does not answer");
        }
    }
    ~Client() { close(socket_); }
    Client(const Client&) = delete;
    Client& operator=(const Client&) = delete;

    void sign_in() {
        const std::string body = fmt::format(R"({{"user":"banc","password":"{}","purpose":"analysis"}})", password);
        const auto answer = exchange(fmt::format("POST /api/v1/session HTTP/1.1\r\nHost: 127.0.0.1:{0}\r\nOrigin: http://127.0.0.1:{0}\r\n"
                                                 "Content-Type: application/json\r\nContent-Length: {1}\r\n\r\n{2}", port_, body.size(), body));
        const auto at = answer.find("vigie_session=");
        if (at == std::string::npos) {
            stop("sign-in failed: " + answer.substr(0, 300));
        }
        cookie_ = answer.substr(at, answer.find(';', at) - at);
    }
    /// Bytes of the body of a 200 answer.
    std::size_t get(const std::string& target) {
        const auto answer = exchange(fmt::format("GET {} HTTP/1.1\r\nHost: 127.0.0.1:{}\r\nCookie: {}\r\n\r\n", target, port_, cookie_));
        if (answer.rfind("HTTP/1.1 200", 0) != 0) {
            stop(target + ": " + answer.substr(answer.find("\r\n\r\n") + 4));
        }
        return answer.size();
    }

  private:
    std::string exchange(const std::string& request) {
        if (send(socket_, request.data(), request.size(), 0) != static_cast<ssize_t>(request.size())) {
            stop("the request could not be sent");
        }
        std::string answer;
        std::size_t wanted = std::string::npos;
        std::vector<char> chunk(1 << 18);
        while (answer.size() < wanted) {
            const auto n = recv(socket_, chunk.data(), chunk.size(), 0);
            if (n <= 0) {
                stop("the server closed the connection");
            }
            answer.append(chunk.data(), static_cast<std::size_t>(n));
            const auto head = answer.find("\r\n\r\n");
            if (wanted == std::string::npos && head != std::string::npos) {
                const auto length = answer.find("Content-Length: ");
                wanted = head + 4 + (length < head ? static_cast<std::size_t>(std::atoll(answer.c_str() + length + 16)) : 0);
            }
        }
        return answer;
    }

    std::uint16_t port_;
    int socket_;
    std::string cookie_;
};

// --- the questions ----------------------------------------------------------------------------------------------------------

struct Screen {
    const char* name;
    int days_back;
    const char* parameters;
    const char* path = "view";
};

constexpr Screen screens[] = {
    {"two years, cells 200 m", 700, "unit=cells&cell=200"},
    {"two years, cells 100 m", 700, "unit=cells&cell=100"},
    {"two years, districts", 700, "unit=districts"},
    {"12 months against the year before", 350, "unit=cells&cell=200&compare=year"},
    {"28 days, cells 100 m, against the previous", 28, "unit=cells&cell=100&compare=previous"},
    {"two years, Friday and Saturday nights", 700, "unit=cells&cell=200&wd=5,6&hours=22-6"},
    {"two years, by night (sun)", 700, "unit=districts&sun=night"},
    {"two years, one district, by week", 700, "unit=cells&cell=100&district=1320906&bin=week"},
    {"two years, two categories, one origin", 700, "unit=cells&cell=500&cat=theft,vandalism&origin=resident&bin=month"},
    {"two years, rate per km2, cells 1 km", 700, "unit=cells&cell=1000&measure=rate_km2"},
    {"playback, 28 days by hour, cells 500 m", 28, "unit=cells&cell=500&step=hour", "frames"},
    {"playback, 12 months by day, cells 500 m", 350, "unit=cells&cell=500&step=day", "frames"},
};

std::string period(const Screen& screen, int repeat) {
    const LocalDay end{first_day.raw() + days - repeat % 25};
    const LocalDay begin{std::max(first_day.raw(), end.raw() - screen.days_back)};
    return fmt::format("from={}&to={}", past::write_local_hour(first_hour_of(begin)), past::write_local_hour(first_hour_of(end)));
}

struct Times {
    double p50 = 0.0;
    double p95 = 0.0;
};

Times quantiles(std::vector<double> values) {
    std::sort(values.begin(), values.end());
    const auto at = [&](double q) { return values[std::min(values.size() - 1, static_cast<std::size_t>(std::ceil(q * static_cast<double>(values.size()))) - 1)]; };
    return {at(0.5), at(0.95)};
}

Times ask_over_http(Client& client, const Screen& screen, int repeats) {
    std::vector<double> times;
    for (int repeat = 0; repeat < repeats; ++repeat) {
        const auto start = Clock::now();
        client.get(fmt::format("/api/v1/past/{}?{}&{}", screen.path, period(screen, repeat), screen.parameters));
        times.push_back(ms_since(start));
    }
    return quantiles(times);
}

Times ask_raw(EventStore& store, const City& city, const Taxonomy& taxonomy, const Screen& screen, int repeats) {
    const auto span = must(store.stats()).span.value_or(HourRange{});
    std::vector<double> times;
    for (int repeat = 0; repeat < repeats; ++repeat) {
        const auto parameters = must(past::split_question_text(period(screen, repeat) + "&" + screen.parameters));
        const auto asked = must(past::parse_question(parameters, past::Names{taxonomy, {}, city}, span));
        const auto start = Clock::now();
        if (std::string(screen.path) == "frames") {
            must(past::play_yesterday(store, asked.question, asked.step));
        } else {
            must(past::look_at_yesterday(store, city, span, asked.question));
        }
        times.push_back(ms_since(start));
    }
    return quantiles(times);
}

}  // namespace

int main(int argc, char** argv) {
    const std::uint64_t facts = argc > 1 ? std::strtoull(argv[1], nullptr, 10) : default_facts;
    const int repeats = argc > 2 ? std::atoi(argv[2]) : default_repeats;
    const std::string directory = fmt::format("{}/bench-data/hier-{}", VIGIE_BINARY_DIR, facts);
    fs::create_directories(VIGIE_BINARY_DIR "/bench-data");
    make_store(directory, facts);

    const auto server = start_server(directory);
    const double idle_mb = memory_mb(server.pid, "VmRSS:");
    std::vector<Times> served;
    {
        Client client(server.port);
        client.sign_in();
        for (const auto& screen : screens) {
            served.push_back(ask_over_http(client, screen, repeats));
        }
    }
    const double busy_mb = memory_mb(server.pid, "VmRSS:");
    const double anonymous_mb = memory_mb(server.pid, "RssAnon:");
    const double peak_mb = memory_mb(server.pid, "VmHWM:");
    kill(server.pid, SIGTERM);
    waitpid(server.pid, nullptr, 0);

    City city;
    Taxonomy taxonomy;
    {
        auto folder = must(DataFolder::open(directory, {}));
        city = must(folder.metadata().city()).value();
        taxonomy = must(folder.metadata().taxonomy()).value();
    }
    const auto raw = must(open_duck_event_store({.database_path = directory + "/events.duckdb", .derived_dir = directory + "/derived",
                                                 .limits = {.memory_bytes = 2ULL << 30, .threads = 2}, .zone = city.zone,
                                                 .lon_deg = city.centre.lon_deg, .lat_deg = city.centre.lat_deg, .raw_only = true}));
    fmt::print("\n{} facts, {} repetitions; milliseconds\n{:<46} {:>8} {:>8}   {:>8} {:>8}   {}\n", facts, repeats, "question over HTTP", "p50", "p95",
               "raw p50", "raw p95", "verdict (p95 <= 100 and <= raw + 15)");
    bool all_good = true;
    for (std::size_t i = 0; i < std::size(screens); ++i) {
        const auto reference = ask_raw(*raw, city, taxonomy, screens[i], std::min(repeats, 5));
        const bool good = served[i].p95 <= 100.0 && served[i].p95 <= reference.p95 + 15.0;
        all_good = all_good && good;
        fmt::print("{:<46} {:8.1f} {:8.1f}   {:8.1f} {:8.1f}   {}\n", screens[i].name, served[i].p50, served[i].p95, reference.p50, reference.p95,
                   good ? "good" : "SLOW");
    }
    fmt::print("\nstart-up {:.0f} ms (goal 1000)   memory idle {:.0f} MB (goal 100), after the questions {:.0f} MB of which anonymous {:.0f}, peak {:.0f} "
               "(engine limit {} MB, whole limit 1000)\n", server.start_ms, idle_mb, busy_mb, anonymous_mb, peak_mb, server_memory_mb);
    return all_good ? 0 : 1;
}
