// One thread moves the bytes of all connections by coroutines; answers that take time are made by a
// pool of workers, and passwords by one thread apart. Connections are touched by the network's
// thread only.

// g++ 12 sees null dereferences in Asio's tagged executor pointers once they are inlined here.
#pragma GCC diagnostic ignored "-Wnull-dereference"
#ifdef __SANITIZE_THREAD__
// The thread sanitizer knows no fences; the mutexes of Asio's queues order what we hand over.
#define BOOST_ASIO_DISABLE_FENCED_BLOCK 1
#endif

#include "api/network.h"

#include <array>
#include <atomic>
#include <boost/asio.hpp>
#include <boost/asio/ssl.hpp>
#include <boost/beast/core/tcp_stream.hpp>
#include <boost/beast/ssl/ssl_stream.hpp>
#include <functional>
#include <list>
#include <optional>
#include <utility>

#include "api/large_body.h"
#include "api/listening.h"
#include "api/request_reader.h"

namespace vigie::api {
namespace {

namespace asio = boost::asio;
namespace beast = boost::beast;
using tcp = asio::ip::tcp;
using boost::system::error_code;
using Stopwatch = std::chrono::steady_clock;

using State = RequestReader::State;

constexpr auto no_throw = asio::as_tuple(asio::use_awaitable);

Refusal refusal_of(State state) {
    switch (state) {
        case State::head_too_large: return Refusal::head_too_large;
        case State::body_too_large: return Refusal::body_too_large;
        case State::length_unsaid: return Refusal::length_unsaid;
        default: return Refusal::malformed;
    }
}

class AsioNetwork final : public Network {
  public:
    AsioNetwork(const NetworkOptions& options, Responder& responder)
        : options_(options),
          responder_(responder),
          fixed_headers_(security_headers(options.https)),
          workers_(static_cast<std::size_t>(options.workers)) {}

    ~AsioNetwork() override {
        // Answers under way look at requests that live in the coroutines, so they end before the
        // coroutines do.
        workers_.stop();
        doorman_.stop();
        workers_.join();
        doorman_.join();
    }

    Status bind() {
        if (auto* const certificate = TRY(load_certificate(options_))) {
            tls_.emplace(certificate);
        }
        const ListeningSocket listening = TRY(listen_on(options_));
        port_ = listening.port;
        acceptor_.assign(listening.is_v6 ? tcp::v6() : tcp::v4(), listening.descriptor);
        return {};
    }
    std::uint16_t port() const override { return port_; }
    void run() override {
        asio::co_spawn(io_, accept_all(), asio::detached);
        io_.run();
    }
    void stop() override {
        asio::post(io_, [this] { begin_stop(); });
    }

  private:
    struct Connection {
        bool idle = true;  ///< waiting for a request
        bool from_loopback = false;
        std::function<void()> close;  ///< ends what it is waiting for
    };
    struct Place {  // in live_ for as long as the coroutine lives
        AsioNetwork& network;
        std::list<Connection>::iterator at;
        ~Place() { network.leave(at); }
    };

    void begin_stop();
    void leave(std::list<Connection>::iterator at);
    asio::awaitable<void> accept_all();
    asio::awaitable<void> welcome(tcp::socket socket);
    asio::awaitable<void> turn_away(tcp::socket socket);
    template <class Stream>
    asio::awaitable<void> converse(Stream& stream, Connection& connection);
    template <class Stream>
    asio::awaitable<std::optional<State>> read_request(Stream& stream, RequestReader& reader,
                                                       Connection& connection, bool is_new);
    template <class Stream>
    asio::awaitable<bool> write_response(Stream& stream, const Response& response, bool with_body,
                                         bool keep_alive);
    std::optional<Response> refusal_of_body(const RequestReader& reader, const Connection& connection);
    template <class Stream>
    asio::awaitable<void> drop_rest(Stream& stream);
    asio::awaitable<Response> respond(const Request& request);
    asio::awaitable<Response> accept_message(const Request& request);
    asio::awaitable<Response> answer_on(asio::thread_pool& pool, std::atomic<int>& waiting,
                                        const Request& request);

    NetworkOptions options_;
    Responder& responder_;
    const std::string fixed_headers_;
    asio::io_context io_{1};
    std::optional<asio::ssl::context> tls_;
    tcp::acceptor acceptor_{io_};
    asio::steady_timer stop_timer_{io_};
    std::uint16_t port_ = 0;
    bool stopping_ = false;
    std::list<Connection> live_;
    std::size_t refusals_ = 0;
    std::uint64_t large_bodies_ = 0;  // bytes announced of large bodies under way
    std::atomic<int> inbox_waiting_ = 0;
    std::atomic<int> workers_waiting_ = 0;
    std::atomic<int> doorman_waiting_ = 0;
    asio::thread_pool workers_;
    asio::thread_pool doorman_{1};
};

void AsioNetwork::begin_stop() {
    if (stopping_) {
        return;
    }
    stopping_ = true;
    error_code ignored;  // closing is all that is wanted
    acceptor_.close(ignored);
    for (auto& connection : live_) {
        if (connection.idle) {
            connection.close();
        }
    }
    if (!live_.empty()) {
        stop_timer_.expires_after(stop_time_max);
        stop_timer_.async_wait([this](const error_code& error) {
            if (!error) {
                io_.stop();
            }
        });
    }
}

void AsioNetwork::leave(std::list<Connection>::iterator at) {
    live_.erase(at);
    if (stopping_ && live_.empty()) {
        stop_timer_.cancel();
    }
}

asio::awaitable<void> AsioNetwork::accept_all() {
    constexpr std::chrono::milliseconds pause{100};  // when the machine has no descriptor left
    while (!stopping_) {
        auto [error, socket] = co_await acceptor_.async_accept(no_throw);
        if (stopping_ || error == asio::error::operation_aborted) {
            break;
        }
        if (error) {
            asio::steady_timer timer(io_, pause);
            co_await timer.async_wait(no_throw);
            continue;
        }
        error_code ignored;  // slower, not wrong, without it
        socket.set_option(tcp::no_delay(true), ignored);
        if (live_.size() < options_.connections_max) {
            asio::co_spawn(io_, welcome(std::move(socket)), asio::detached);
        } else if (refusals_ < refusals_max && !tls_) {
            asio::co_spawn(io_, turn_away(std::move(socket)), asio::detached);
        }
    }
}

asio::awaitable<void> AsioNetwork::welcome(tcp::socket socket) {
    error_code error;
    const auto peer = socket.remote_endpoint(error).address();
    const Place place{*this, live_.emplace(live_.end())};
    Connection& connection = *place.at;
    connection.from_loopback =
        !error && (peer.is_loopback() ||
                   (peer.is_v6() && peer.to_v6().is_v4_mapped() &&
                    asio::ip::make_address_v4(asio::ip::v4_mapped, peer.to_v6()).is_loopback()));
    if (!tls_) {
        beast::tcp_stream stream(std::move(socket));
        connection.close = [&stream] { stream.cancel(); };
        co_await converse(stream, connection);
        stream.socket().shutdown(tcp::socket::shutdown_send, error);
        co_return;
    }
    beast::ssl_stream<beast::tcp_stream> stream(std::move(socket), *tls_);
    connection.close = [&stream] { beast::get_lowest_layer(stream).cancel(); };
    beast::get_lowest_layer(stream).expires_after(handshake_time_max);
    auto [refused] = co_await stream.async_handshake(asio::ssl::stream_base::server, no_throw);
    if (!refused) {
        co_await converse(stream, connection);
        beast::get_lowest_layer(stream).expires_after(goodbye_time_max);
        co_await stream.async_shutdown(no_throw);
    }
}

asio::awaitable<void> AsioNetwork::turn_away(tcp::socket socket) {
    ++refusals_;
    beast::tcp_stream stream(std::move(socket));
    stream.expires_after(goodbye_time_max);
    const Response response = responder_.refuse_request(Refusal::too_busy, Language::fr);
    if (co_await write_response(stream, response, true, false)) {
        error_code ignored;
        stream.socket().shutdown(tcp::socket::shutdown_send, ignored);
        co_await drop_rest(stream);
    }
    --refusals_;
}

/// What the peer goes on sending after a refusal is read and dropped: closing over unread bytes would take our answer away from it.
template <class Stream>
asio::awaitable<void> AsioNetwork::drop_rest(Stream& stream) {
    beast::get_lowest_layer(stream).expires_after(goodbye_time_max);
    std::array<char, 16 * 1024> dropped{};
    for (bool open = true; open;) {
        auto [error, count] = co_await stream.async_read_some(asio::buffer(dropped), no_throw);
        open = !error;
    }
}

template <class Stream>
asio::awaitable<void> AsioNetwork::converse(Stream& stream, Connection& connection) {
    RequestReader reader;
    bool keep_alive = true;
    while (keep_alive && !stopping_) {
        auto state = co_await read_request(stream, reader, connection, true);
        if (!state) {
            break;
        }
        const auto begun = Stopwatch::now();
        const LargeBody room(large_bodies_, *state == State::wants_room ? reader.body_bytes() : 0);
        std::optional<Response> refused;
        if (*state == State::wants_room) {
            refused = refusal_of_body(reader, connection);
            if (!refused) {
                state = reader.allow_body();
                if (*state == State::needs_more) {
                    state = co_await read_request(stream, reader, connection, false);
                }
                if (!state) {
                    break;
                }
            }
        }
        const bool readable = *state == State::done;
        Request request = readable ? reader.request() : Request{};
        request.from_loopback = connection.from_loopback;
        request.over_tls = tls_.has_value();
        Response response;
        if (readable) {
            response = co_await respond(request);
        } else if (refused) {
            response = std::move(*refused);
        } else {
            response = responder_.refuse_request(refusal_of(*state), Language::fr);
        }
        keep_alive = readable && reader.keep_alive() && !stopping_;
        const bool with_body = request.method != Method::head;
        const bool written = co_await write_response(stream, response, with_body, keep_alive);
        const auto took =
            std::chrono::duration_cast<std::chrono::microseconds>(Stopwatch::now() - begun);
        responder_.note_served(request, response, took);
        if (written && (refused || *state == State::body_too_large)) {
            co_await drop_rest(stream);
        }
        keep_alive = keep_alive && written;
    }
}

/// None when the peer went away or took too long.
template <class Stream>
asio::awaitable<std::optional<RequestReader::State>> AsioNetwork::read_request(
    Stream& stream, RequestReader& reader, Connection& connection, bool is_new) {
    State state = is_new ? reader.begin() : State::needs_more;
    bool begun = reader.has_begun();
    beast::get_lowest_layer(stream).expires_after(begun ? request_time_max : idle_time_max);
    while (state == State::needs_more) {
        if (reader.wants_continue()) {
            constexpr std::string_view go_on = "HTTP/1.1 100 Continue\r\n\r\n";
            co_await asio::async_write(stream, asio::buffer(go_on.data(), go_on.size()), no_throw);
        }
        const auto room = reader.room();
        connection.idle = !begun;
        auto [error, count] =
            co_await stream.async_read_some(asio::buffer(room.data(), room.size()), no_throw);
        connection.idle = false;
        if (error) {
            co_return std::nullopt;
        }
        if (!begun) {
            begun = true;
            beast::get_lowest_layer(stream).expires_after(request_time_max);
        }
        state = reader.take(count);
    }
    co_return state;
}

template <class Stream>
asio::awaitable<bool> AsioNetwork::write_response(Stream& stream, const Response& response,
                                                  bool with_body, bool keep_alive) {
    const std::string head = render_head(response, fixed_headers_, keep_alive);
    const std::string_view body = with_body ? response.body.bytes : std::string_view{};
    const std::array<asio::const_buffer, 2> parts{asio::buffer(head),
                                                  asio::buffer(body.data(), body.size())};
    beast::get_lowest_layer(stream).expires_after(response_time_max);
    auto [error, count] = co_await asio::async_write(stream, parts, no_throw);
    co_return !error;
}

std::optional<Response> AsioNetwork::refusal_of_body(const RequestReader& reader, const Connection& connection) {
    if (large_bodies_ > large_bodies_bytes_max) {
        return responder_.refuse_request(Refusal::too_busy, Language::fr);
    }
    Request head = reader.request();
    head.from_loopback = connection.from_loopback;
    head.over_tls = tls_.has_value();
    return responder_.refuse_body(head);
}

asio::awaitable<Response> AsioNetwork::respond(const Request& request) {
    auto begun = responder_.begin(request);
    if (auto* ready = std::get_if<Response>(&begun)) {
        co_return std::move(*ready);
    }
    if (std::get<Lane>(begun) == Lane::inbox) {
        if (inbox_waiting_ >= inbox_waiting_max) {
            co_return responder_.refuse_request(Refusal::too_busy, Language::fr);
        }
        co_return co_await accept_message(request);
    }
    const bool doorman = std::get<Lane>(begun) == Lane::doorman;
    auto& waiting = doorman ? doorman_waiting_ : workers_waiting_;
    if (waiting >= (doorman ? doorman_queue_max : worker_queue_max)) {
        co_return responder_.refuse_request(Refusal::too_busy, Language::fr);
    }
    co_return co_await answer_on(doorman ? doorman_ : workers_, waiting, request);
}

asio::awaitable<Response> AsioNetwork::accept_message(const Request& request) {
    const auto start = [this, &request](auto handler) {
        ++inbox_waiting_;
        // A std::function must be copyable, and a handler is not: it is kept aside until it is called.
        auto kept = std::make_shared<decltype(handler)>(std::move(handler));
        auto work = std::make_shared<asio::executor_work_guard<asio::io_context::executor_type>>(asio::make_work_guard(io_));
        responder_.accept(request, [this, kept = std::move(kept), work = std::move(work)](Response response) {
            --inbox_waiting_;
            asio::post(io_, [kept, work, response = std::move(response)]() mutable { (*kept)(std::move(response)); });
        });
    };
    return asio::async_initiate<const asio::use_awaitable_t<>, void(Response)>(start, asio::use_awaitable);
}

asio::awaitable<Response> AsioNetwork::answer_on(asio::thread_pool& pool, std::atomic<int>& waiting,
                                                 const Request& request) {
    const auto start = [this, &pool, &waiting, &request](auto handler) {
        ++waiting;
        asio::post(pool, [this, &waiting, &request, handler = std::move(handler),
                          work = asio::make_work_guard(io_)]() mutable {
            Response response = responder_.answer(request);
            --waiting;
            asio::post(io_,
                       [handler = std::move(handler), response = std::move(response)]() mutable {
                           handler(std::move(response));
                       });
        });
    };
    return asio::async_initiate<const asio::use_awaitable_t<>, void(Response)>(start,
                                                                               asio::use_awaitable);
}

}  // namespace

Result<std::unique_ptr<Network>> Network::open(const NetworkOptions& options,
                                               Responder& responder) {
    auto network = std::make_unique<AsioNetwork>(options, responder);
    TRY(network->bind());
    return std::unique_ptr<Network>(std::move(network));
}

}  // namespace vigie::api
