// What the HTTP side costs: the page and a kept answer, with 900 idle connections open, beside a
// bare Beast responder that sends the same number of bytes from the same machine in the same
// minute.
//
//   http_bench [SECONDS_EACH]     needs wrk; loopback only

#include <arpa/inet.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <unistd.h>

#include <array>
#include <boost/asio.hpp>
#include <boost/beast/core.hpp>
#include <boost/beast/http.hpp>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <string>
#include <thread>
#include <vector>

#include "api/passwords.h"
#include "api/server.h"
#include "api/session_desk.h"
#include "base/random.h"

using namespace vigie;

namespace {

constexpr int idle_connections = 900;
constexpr int busy_connections = 50;
constexpr int events_of_bench = 200'000;

Instant now() {
    return std::chrono::floor<std::chrono::milliseconds>(std::chrono::system_clock::now());
}

/// The least a Beast server can do: reads a request, sends a fixed body.
class BareResponder {
  public:
    explicit BareResponder(std::size_t bytes) : body_(bytes, 'x') {
        boost::asio::co_spawn(io_, accept_all(), boost::asio::detached);
        thread_ = std::thread([this] { io_.run(); });
    }
    ~BareResponder() {
        io_.stop();
        thread_.join();
    }
    [[nodiscard]] std::uint16_t port() const { return acceptor_.local_endpoint().port(); }

  private:
    using tcp = boost::asio::ip::tcp;
    static constexpr auto no_throw = boost::asio::as_tuple(boost::asio::use_awaitable);

    boost::asio::awaitable<void> accept_all() {
        for (;;) {
            auto [error, socket] = co_await acceptor_.async_accept(no_throw);
            if (error) {
                co_return;
            }
            socket.set_option(tcp::no_delay(true));
            boost::asio::co_spawn(io_, converse(std::move(socket)), boost::asio::detached);
        }
    }
    boost::asio::awaitable<void> converse(tcp::socket socket) {
        namespace http = boost::beast::http;
        boost::beast::tcp_stream stream(std::move(socket));
        boost::beast::flat_buffer buffer;
        for (;;) {
            http::request<http::string_body> request;
            auto [read_error, read] = co_await http::async_read(stream, buffer, request, no_throw);
            if (read_error) {
                co_return;
            }
            http::response<http::string_body> response{http::status::ok, request.version()};
            response.keep_alive(request.keep_alive());
            response.body() = body_;
            response.prepare_payload();
            auto [write_error, written] = co_await http::async_write(stream, response, no_throw);
            if (write_error) {
                co_return;
            }
        }
    }

    std::string body_;
    boost::asio::io_context io_{1};
    tcp::acceptor acceptor_{io_, tcp::endpoint(boost::asio::ip::address_v4::loopback(), 0)};
    std::thread thread_;
};

/// Connections that have asked once and then say nothing.
class IdleConnections {
  public:
    explicit IdleConnections(std::uint16_t port) {
        const std::string request = "GET / HTTP/1.1\r\nHost: localhost\r\n\r\n";
        for (int i = 0; i < idle_connections; ++i) {
            const int number = socket(AF_INET, SOCK_STREAM, 0);
            sockaddr_in address{};
            address.sin_family = AF_INET;
            address.sin_port = htons(port);
            address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
            if (connect(number, reinterpret_cast<const sockaddr*>(&address), sizeof address) == 0) {
                std::array<char, 65536> answer{};
                if (send(number, request.data(), request.size(), 0) > 0 &&
                    recv(number, answer.data(), answer.size(), 0) > 0) {
                    ++open_;
                }
            }
            numbers_.push_back(number);
        }
    }
    ~IdleConnections() {
        for (const int number : numbers_) {
            close(number);
        }
    }
    [[nodiscard]] int open() const { return open_; }

  private:
    std::vector<int> numbers_;
    int open_ = 0;
};

struct Figures {
    std::string requests_per_s = "?";
    std::string p50 = "?";
    std::string p99 = "?";
    std::string failures;
};

Figures run_wrk(const std::string& target, const std::string& headers, int seconds) {
    const std::string command = "wrk -t1 -c" + std::to_string(busy_connections) + " -d" +
                                std::to_string(seconds) + "s --latency " + headers +
                                " 'http://127.0.0.1:" + target + "' 2>&1";
    Figures figures;
    FILE* pipe = popen(command.c_str(), "r");
    if (pipe == nullptr) {
        return figures;
    }
    std::array<char, 512> line{};
    while (std::fgets(line.data(), line.size(), pipe) != nullptr) {
        std::array<char, 64> word{};
        if (std::sscanf(line.data(), " 50%% %63s", word.data()) == 1) {
            figures.p50 = word.data();
        } else if (std::sscanf(line.data(), " 99%% %63s", word.data()) == 1) {
            figures.p99 = word.data();
        } else if (std::sscanf(line.data(), "Requests/sec: %63s", word.data()) == 1) {
            figures.requests_per_s = word.data();
        } else if (std::string_view(line.data()).find("Non-2xx") != std::string_view::npos) {
            figures.failures = "  NOT 2xx";
        }
    }
    pclose(pipe);
    return figures;
}

void print(const char* what, const Figures& figures) {
    std::printf("%-46s %12s req/s   p50 %9s   p99 %9s%s\n", what, figures.requests_per_s.c_str(),
                figures.p50.c_str(), figures.p99.c_str(), figures.failures.c_str());
}

City bench_city() {
    City city;
    city.key = "bench";
    city.name = "Bench";
    city.zone = "Europe/Paris";
    city.epsg = 2154;
    city.box = {5.2, 43.2, 5.6, 43.4};
    city.centre = {5.4, 43.3};
    city.synthetic = true;
    return city;
}

Taxonomy bench_taxonomy() {
    Taxonomy taxonomy;
    taxonomy.themes = {{"other", "Autres", "Other"}};
    taxonomy.categories = {
        {CategoryId{0}, "unmapped", "other", "Non classé", "Not mapped", Severity{}}};
    return taxonomy;
}

std::vector<Event> bench_events() {
    Random random(20'261'121);
    std::vector<Event> events(events_of_bench);
    std::uint64_t number = 0;
    for (auto& event : events) {
        event.id = EventId{mix64(++number)};
        event.local_hour = LocalHour{400'000 + static_cast<std::int32_t>(random.below(24 * 730))};
        event.at = Instant{std::chrono::hours{event.local_hour.raw() - 1}};
        event.point = {890'000 + static_cast<std::int32_t>(random.normal() * 3000.0),
                       6'245'000 + static_cast<std::int32_t>(random.normal() * 3000.0)};
    }
    return events;
}

constexpr std::string_view session_cookie = "bench-session-cookie-of-forty-three-letters";

Status fill(DataFolder& folder) {
    auto& metadata = folder.metadata();
    TRY(metadata.save_city(bench_city(), now()));
    TRY(metadata.save_taxonomy(bench_taxonomy(), now()));
    SourceRecord source;
    source.key = "bench";
    TRY(metadata.register_source(source));
    governance::Account account;
    account.login = "bench";
    TRY(metadata.save_account(account));
    governance::Session session;
    session.token_hash = api::SessionDesk::hash_of(session_cookie);
    session.login = "bench";
    session.created = now();
    session.last_seen = session.created;
    TRY(metadata.save_session(session));
    TRY(folder.events().append(bench_events(), {1, 1}));
    return {};
}

/// Bytes of the body of one answer.
std::size_t bytes_of(std::uint16_t port, const std::string& path, const std::string& headers) {
    const std::string command = "curl -s -o /dev/null -w '%{size_download}' " + headers +
                                " 'http://127.0.0.1:" + std::to_string(port) + path + "'";
    std::size_t bytes = 0;
    if (FILE* pipe = popen(command.c_str(), "r"); pipe != nullptr) {
        if (std::fscanf(pipe, "%zu", &bytes) != 1) {
            bytes = 0;
        }
        pclose(pipe);
    }
    return bytes;
}

void measure(std::uint16_t port, int seconds) {
    struct Case {
        const char* name;
        std::string path;
        std::string headers;
    };
    const std::string cookie = "-H 'Cookie: vigie_session=" + std::string(session_cookie) + "'";
    const std::string view = "/api/v1/past/view?from=2015-09-01&to=2016-09-01&cell=500";
    const std::vector<Case> cases = {
        {"page", "/", "-H 'Accept-Encoding: gzip'"},
        {"health", "/api/v1/health", ""},
        {"kept answer, compressed", view, cookie + " -H 'Accept-Encoding: gzip'"},
        {"kept answer, plain", view, cookie}};
    for (const auto& one : cases) {
        const std::size_t bytes = bytes_of(port, one.path, one.headers);
        BareResponder bare(bytes);
        std::printf("\n%s: %zu bytes\n", one.name, bytes);
        {
            const IdleConnections idle(bare.port());
            print(("  bare Beast, " + std::to_string(idle.open()) + " idle").c_str(),
                  run_wrk(std::to_string(bare.port()) + one.path, one.headers, seconds));
        }
        print("  vigie, none idle", run_wrk(std::to_string(port) + one.path, one.headers, seconds));
        const IdleConnections idle(port);
        print(("  vigie, " + std::to_string(idle.open()) + " idle").c_str(),
              run_wrk(std::to_string(port) + one.path, one.headers, seconds));
    }
}

}  // namespace

int main(int count, char** arguments) {
    const int seconds = count > 1 ? std::atoi(arguments[1]) : 5;
    rlimit files{};
    getrlimit(RLIMIT_NOFILE, &files);
    files.rlim_cur = files.rlim_max;
    setrlimit(RLIMIT_NOFILE, &files);
    const std::filesystem::path path =
        std::filesystem::temp_directory_path() / ("vigie_http_bench_" + api::random_token(6));
    if (!DataFolder::create(path)) {
        return 1;
    }
    {
        auto folder = DataFolder::open(path, {});
        const auto filled = folder ? fill(*folder) : Status{};
        if (!folder || !filled) {
            std::fprintf(stderr, "%s\n",
                         (folder ? filled.error() : folder.error()).message.c_str());
            return 1;
        }
    }
    auto folder = DataFolder::open(path, {});
    Log log(open("/dev/null", O_WRONLY | O_CLOEXEC), LogLevel::info, nullptr);
    api::ServerOptions options;
    options.port = 0;
    auto server = api::Server::open(*folder, log, now, options);
    if (!server) {
        std::fprintf(stderr, "%s\n", server.error().message.c_str());
        return 1;
    }
    std::thread thread([&] { (*server)->run(); });
    measure((*server)->port(), seconds);
    (*server)->stop();
    thread.join();
    server->reset();
    folder = tl::unexpected(Error{});
    std::filesystem::remove_all(path);
    return 0;
}
