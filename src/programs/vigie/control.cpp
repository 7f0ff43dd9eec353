#include "programs/vigie/control.h"

#include <fmt/format.h>
#include <poll.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

#include <boost/json.hpp>
#include <cstring>
#include <list>
#include <mutex>
#include <thread>

#include "base/errno_text.h"
#include "programs/vigie/command_line.h"

namespace vigie::programs {

namespace json = boost::json;

namespace {

/// Commands served at once over the socket; an import is one, and the others are short.
constexpr std::size_t connections_max = 16;
constexpr int poll_ms = 200;

/// A command that opens the folder itself stays under 512 MB, whatever it imports: the rest is the pipeline's batches, the
/// identity index and the fact cube (bench/large_file_bench.sh).
constexpr StoreLimits command_limits{.memory_bytes = 160ULL << 20, .threads = 2};

class Descriptor {
  public:
    explicit Descriptor(int number = -1) : number_(number) {}
    Descriptor(Descriptor&& other) noexcept : number_(std::exchange(other.number_, -1)) {}
    Descriptor& operator=(Descriptor&& other) noexcept {
        std::swap(number_, other.number_);
        return *this;
    }
    ~Descriptor() {
        if (number_ >= 0) {
            close(number_);
        }
    }
    [[nodiscard]] int number() const { return number_; }

  private:
    int number_;
};

Result<sockaddr_un> address_of(const std::string& path) {
    sockaddr_un address{};
    address.sun_family = AF_UNIX;
    if (path.size() >= sizeof address.sun_path) {
        return fail(ErrorCode::invalid_input,
                    fmt::format("le chemin du dossier est trop long pour une prise locale ({} octets, {} au plus)",
                                path.size(), sizeof address.sun_path - 1));
    }
    std::memcpy(address.sun_path, path.c_str(), path.size() + 1);
    return address;
}

bool send_line(int socket_number, const json::object& object) {
    std::string line = json::serialize(object) + "\n";
    for (std::size_t sent = 0; sent < line.size();) {
        const auto n = send(socket_number, line.data() + sent, line.size() - sent, MSG_NOSIGNAL);
        if (n <= 0) {
            return false;
        }
        sent += static_cast<std::size_t>(n);
    }
    return true;
}

/// Reads lines from a socket; gives up when `stop` is set.
class LineReader {
  public:
    explicit LineReader(int socket_number) : socket_(socket_number) {}

    Result<json::object> next(const std::atomic<bool>& stop) {
        for (;;) {
            if (const auto end = buffer_.find('\n'); end != std::string::npos) {
                boost::system::error_code failure;
                json::value value = json::parse(std::string_view(buffer_).substr(0, end), failure);
                buffer_.erase(0, end + 1);
                if (failure || !value.is_object()) {
                    return fail(ErrorCode::invalid_input, "ligne illisible sur la prise locale");
                }
                return std::move(value.as_object());
            }
            if (buffer_.size() > control_line_max) {
                return fail(ErrorCode::invalid_input, "ligne trop longue sur la prise locale");
            }
            TRY(receive(stop));
        }
    }

  private:
    Status receive(const std::atomic<bool>& stop) {
        for (;;) {
            if (stop.load()) {
                return fail(ErrorCode::unavailable, "interrompu");
            }
            pollfd waiting{socket_, POLLIN, 0};
            const int ready = poll(&waiting, 1, poll_ms);
            if (ready == 0) {
                continue;
            }
            char chunk[16384];
            const auto n = recv(socket_, chunk, sizeof chunk, 0);
            if (n <= 0) {
                return fail(ErrorCode::unavailable, "le serveur a fermé la connexion avant la fin");
            }
            buffer_.append(chunk, static_cast<std::size_t>(n));
            return {};
        }
    }

    int socket_;
    std::string buffer_;
};

/// True when the peer has closed its end (nothing more is expected from it while it waits for us).
bool peer_closed(int socket_number) {
    char byte = 0;
    pollfd waiting{socket_number, POLLIN | POLLRDHUP, 0};
    if (poll(&waiting, 1, 0) <= 0) {
        return false;
    }
    return (waiting.revents & (POLLHUP | POLLRDHUP | POLLERR)) != 0 || recv(socket_number, &byte, 1, MSG_PEEK) == 0;
}

json::object error_object(const Error& error) {
    return {{"error", json::object{{"code", name_of(error.code)}, {"message", error.message}}}};
}

/// An import registers its source; the server and the inbox know sources by heart.
bool changes_sources(const json::object& request) {
    const auto* operation = request.if_contains("do");
    return operation != nullptr && operation->is_string() &&
           (operation->get_string() == "import" || operation->get_string().starts_with("source."));
}

bool is_live_operation(const json::object& request) {
    const auto* operation = request.if_contains("do");
    return operation != nullptr && operation->is_string() && operation->get_string() == "source.replay";
}

ErrorCode code_from(std::string_view name) {
    for (const auto code : {ErrorCode::invalid_input, ErrorCode::not_found, ErrorCode::denied, ErrorCode::conflict,
                            ErrorCode::unavailable, ErrorCode::corrupt}) {
        if (name == name_of(code)) {
            return code;
        }
    }
    return ErrorCode::internal;
}

class SocketListener final : public ControlListener {
  public:
    SocketListener(DataFolder& folder, std::function<void()> on_changed, LiveOperation live, Descriptor listening)
        : folder_(folder), on_changed_(std::move(on_changed)), live_(std::move(live)), listening_(std::move(listening)), acceptor_([this] { accept_all(); }) {}

    ~SocketListener() override {
        stop_.store(true);
        acceptor_.join();
        for (auto& connection : connections_) {
            connection.thread.join();
        }
        unlink(folder_.socket_path().c_str());
    }

  private:
    struct Connection {
        std::atomic<bool> ended{false};
        std::thread thread;
    };

    void accept_all() {
        while (!stop_.load()) {
            connections_.remove_if([](Connection& connection) {
                if (connection.ended.load()) {
                    connection.thread.join();
                    return true;
                }
                return false;
            });
            pollfd waiting{listening_.number(), POLLIN, 0};
            if (poll(&waiting, 1, poll_ms) <= 0) {
                continue;
            }
            Descriptor peer(accept4(listening_.number(), nullptr, nullptr, SOCK_CLOEXEC));
            if (peer.number() < 0) {
                continue;
            }
            if (connections_.size() >= connections_max) {
                send_line(peer.number(), error_object({ErrorCode::unavailable, "trop de commandes en cours sur ce dossier"}));
                continue;
            }
            auto& connection = connections_.emplace_back();
            connection.thread = std::thread([this, &connection, socket = std::move(peer)] {
                serve(socket.number());
                connection.ended.store(true);
            });
        }
    }

    void serve(int socket_number) {
        LineReader reader(socket_number);
        const auto request = reader.next(stop_);
        if (!request) {
            return;
        }
        std::atomic<bool> cancel{false};
        std::atomic<bool> finished{false};
        std::thread watcher([&] {
            while (!finished.load()) {
                if (stop_.load() || peer_closed(socket_number)) {
                    cancel.store(true);
                    return;
                }
                std::this_thread::sleep_for(std::chrono::milliseconds(poll_ms / 4));
            }
        });
        const auto show = [&](const json::object& progress) { send_line(socket_number, {{"progress", progress}}); };
        const auto outcome = live_ && is_live_operation(*request) ? live_(*request) : perform(folder_, *request, show, cancel);
        finished.store(true);
        watcher.join();
        if (on_changed_ && changes_sources(*request)) {
            on_changed_();
        }
        send_line(socket_number, outcome ? json::object{{"done", *outcome}} : error_object(outcome.error()));
    }

    DataFolder& folder_;
    std::function<void()> on_changed_;
    LiveOperation live_;
    Descriptor listening_;
    std::atomic<bool> stop_{false};
    std::list<Connection> connections_;  // touched by the acceptor thread only, and by the destructor after it ended
    std::thread acceptor_;
};

Result<json::object> delegate(const std::string& directory, const json::object& request, const ProgressSink& progress) {
    const std::string path = directory + "/vigie.sock";
    const auto address = TRY(address_of(path));
    const Descriptor peer(socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0));
    if (connect(peer.number(), reinterpret_cast<const sockaddr*>(&address), sizeof address) != 0) {
        return fail(ErrorCode::conflict, fmt::format("un autre processus tient le dossier {} mais ne répond pas sur sa prise locale ({})",
                                                     directory, errno_text(errno)));
    }
    if (!send_line(peer.number(), request)) {
        return fail(ErrorCode::unavailable, "le serveur a fermé la connexion");
    }
    LineReader reader(peer.number());
    for (;;) {
        json::object answer = TRY(reader.next(stop_requested()));
        if (const auto* value = answer.if_contains("progress"); value != nullptr && value->is_object()) {
            progress(value->get_object());
        } else if (auto* done = answer.if_contains("done"); done != nullptr && done->is_object()) {
            return std::move(done->get_object());
        } else if (const auto* error = answer.if_contains("error"); error != nullptr && error->is_object()) {
            const auto& object = error->get_object();
            return fail(code_from(object.at("code").as_string()), std::string(object.at("message").as_string()));
        }
    }
}

}  // namespace

Result<std::unique_ptr<ControlListener>> ControlListener::open(DataFolder& folder, std::function<void()> on_changed, LiveOperation live) {
    const std::string path = folder.socket_path();
    const auto address = TRY(address_of(path));
    unlink(path.c_str());  // ours: the lock is held, so a socket that lies there belongs to a process that is gone
    Descriptor listening(socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0));
    const mode_t before = umask(0177);
    const int bound = bind(listening.number(), reinterpret_cast<const sockaddr*>(&address), sizeof address);
    umask(before);
    if (bound != 0 || listen(listening.number(), static_cast<int>(connections_max)) != 0) {
        return fail(ErrorCode::unavailable, fmt::format("la prise locale {} ne s'ouvre pas : {}", path, errno_text(errno)));
    }
    return std::make_unique<SocketListener>(folder, std::move(on_changed), std::move(live), std::move(listening));
}

Result<json::object> perform_or_delegate(const std::string& directory, const json::object& request, const ProgressSink& progress) {
    auto folder = DataFolder::open(directory, command_limits);
    if (folder) {
        return perform(*folder, request, progress, stop_requested());
    }
    if (folder.error().code == ErrorCode::conflict && access((directory + "/vigie.sock").c_str(), F_OK) == 0) {
        return delegate(directory, request, progress);
    }
    return tl::unexpected(folder.error());
}

}  // namespace vigie::programs
