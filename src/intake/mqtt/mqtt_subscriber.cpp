// The socket, TLS and the thread of a subscriber; what is said over them is decided in mqtt_session.cpp. Three coroutines
// share a connection: one reads, one writes, one looks at the time. They and the session are touched by one thread only;
// verdicts come to it through an inbox.

// g++ 12 sees null dereferences in Asio's tagged executor pointers once they are inlined here.
#pragma GCC diagnostic ignored "-Wnull-dereference"
#ifdef __SANITIZE_THREAD__
// The thread sanitizer knows no fences; the mutexes of Asio's queues order what we hand over.
#define BOOST_ASIO_DISABLE_FENCED_BLOCK 1
#endif

#include "intake/mqtt/mqtt_subscriber.h"

#include <fmt/format.h>

#include <array>
#include <boost/asio.hpp>
#include <boost/asio/experimental/awaitable_operators.hpp>
#include <boost/asio/ssl.hpp>
#include <mutex>
#include <optional>
#include <thread>
#include <utility>

#include "intake/mqtt/mqtt_inbox.h"
#include "intake/mqtt/mqtt_retry.h"
#include "intake/mqtt/mqtt_session.h"
#include "intake/mqtt/mqtt_tls.h"

namespace vigie::intake {
namespace {

namespace asio = boost::asio;
using tcp = asio::ip::tcp;
using boost::system::error_code;
using Clock = std::chrono::steady_clock;

constexpr auto no_throw = asio::as_tuple(asio::use_awaitable);

constexpr std::size_t read_bytes = std::size_t{64} << 10;
/// A broker that sends and does not read our acknowledgements: beyond this we stop reading too.
constexpr std::size_t output_bytes_max = std::size_t{256} << 10;
/// How often the session is asked about the time; its shortest span is a second.
constexpr std::chrono::milliseconds tick_interval{200};
/// What is left of a connection that is over: our last bytes, then the broker's close.
constexpr std::chrono::seconds goodbye_time_max{1};
/// A connection that held so long was a good one.
constexpr std::chrono::seconds good_connection_time{10};

std::string french(const error_code& error) {
    const std::pair<error_code, const char*> sentences[] = {
        {asio::error::eof, "le courtier a coupé la connexion"},
        {asio::ssl::error::stream_truncated, "le courtier a coupé la connexion"},
        {asio::error::connection_reset, "la connexion a été rompue"},
        {asio::error::broken_pipe, "la connexion a été rompue"},
        {asio::error::connection_refused, "personne n'écoute à cette adresse"},
        {asio::error::host_not_found, "nom de machine inconnu"},
        {asio::error::network_unreachable, "machine hors d'atteinte"},
        {asio::error::host_unreachable, "machine hors d'atteinte"},
    };
    for (const auto& [code, sentence] : sentences) {
        if (error == code) {
            return sentence;
        }
    }
    return error.message();
}

class AsioSubscriber final : public MqttSubscriber {
  public:
    AsioSubscriber(const MqttOptions& options, Take take, Notice notice)
        : options_(options), take_(std::move(take)), notice_(std::move(notice)), session_(options), random_(options.seed) {}
    ~AsioSubscriber() override { AsioSubscriber::stop(); }

    Status begin();
    State state() const override {
        const std::lock_guard lock(state_mutex_);
        return state_;
    }
    void stop() override;

  private:
    asio::awaitable<void> live();
    asio::awaitable<void> meet();
    asio::awaitable<bool> connect(tcp::socket& socket);
    asio::awaitable<void> meet_with_tls(tcp::socket socket);
    template <class Stream>
    asio::awaitable<void> converse(Stream& stream);
    template <class Stream>
    asio::awaitable<void> read_all(Stream& stream);
    template <class Stream>
    asio::awaitable<void> write_all(Stream& stream);
    asio::awaitable<void> watch_time(tcp::socket::lowest_layer_type& socket);
    void take_verdicts();
    void attend();
    void lose(const std::string& why);
    void abandon_connecting();
    void begin_stop();
    void wake();
    void say(NoticeKind kind, const std::string& text);

    const MqttOptions options_;
    const Take take_;
    const Notice notice_;
    MqttSession session_;
    Random random_;
    asio::io_context io_{1};
    std::optional<asio::ssl::context> tls_;
    std::shared_ptr<MqttInbox> inbox_ = std::make_shared<MqttInbox>();  // shared with the verdicts still out, which may outlive us
    tcp::resolver resolver_{io_};
    asio::steady_timer limit_{io_};
    asio::steady_timer retry_{io_};
    asio::steady_timer tick_{io_};
    asio::steady_timer reader_turn_{io_};  ///< cancelled when there may be something to read for
    asio::steady_timer writer_turn_{io_};  ///< the same for writing
    tcp::socket* connecting_ = nullptr;
    bool stopping_ = false;
    bool conversing_ = false;
    bool gone_ = false;   ///< the connection
    bool ready_ = false;  ///< said for this connection
    std::string why_;     ///< the last connection ended, or none was made
    std::string said_;    ///< the last disconnection told: the same is not told twice
    std::array<char, read_bytes> buffer_{};
    std::string output_;

    mutable std::mutex state_mutex_;
    State state_;
    std::mutex stop_mutex_;
    std::thread thread_;
};

Status AsioSubscriber::begin() {
    if (options_.tls) {
        tls_.emplace(asio::ssl::context::tls_client);
        TRY(load_tls(tls_->native_handle(), options_));
    }
    inbox_->open([this] { asio::post(io_, [this] { take_verdicts(); }); });
    asio::co_spawn(io_, live(), asio::detached);
    thread_ = std::thread([this] { io_.run(); });
    return {};
}

void AsioSubscriber::stop() {
    const std::lock_guard lock(stop_mutex_);
    if (!thread_.joinable()) {
        return;
    }
    asio::post(io_, [this] { begin_stop(); });
    thread_.join();
    inbox_->close();
}

void AsioSubscriber::begin_stop() {
    take_verdicts();  // what is on disk is acknowledged before the goodbye
    stopping_ = true;
    retry_.cancel();
    if (conversing_) {
        session_.say_goodbye();
        wake();
    } else {
        abandon_connecting();
    }
}

void AsioSubscriber::abandon_connecting() {
    resolver_.cancel();
    if (connecting_ != nullptr) {
        error_code ignored;  // closing is all that is wanted
        connecting_->close(ignored);
    }
}

void AsioSubscriber::say(NoticeKind kind, const std::string& text) {
    if (notice_) {
        notice_(kind, fmt::format("courtier MQTT {}:{} : {}", options_.host, options_.port, text));
    }
}

// --- one connection after the other ---------------------------------------------------------------------------------

asio::awaitable<void> AsioSubscriber::live() {
    unsigned failures = 0;
    while (!stopping_) {
        const auto begun = Clock::now();
        const auto acknowledged = session_.counts().acknowledged;
        co_await meet();
        if (stopping_) {
            break;
        }
        const bool did_good = session_.counts().acknowledged > acknowledged || (ready_ && Clock::now() - begun >= good_connection_time);
        failures = did_good ? 0 : failures + 1;
        if (ready_ || said_ != why_) {
            said_ = why_;
            say(NoticeKind::disconnected, why_);
        }
        ready_ = false;
        retry_.expires_after(retry_pause(options_, failures, random_));
        co_await retry_.async_wait(no_throw);
    }
    ready_ = false;
    attend();
}

asio::awaitable<void> AsioSubscriber::meet() {
    tcp::socket socket(io_);
    connecting_ = &socket;
    limit_.expires_after(mqtt_connect_time_max);
    limit_.async_wait([this](const error_code& error) {
        if (!error) {
            why_ = fmt::format("pas de connexion en {} s", mqtt_connect_time_max.count());
            abandon_connecting();
        }
    });
    why_.clear();
    if (co_await connect(socket)) {
        if (tls_) {
            co_await meet_with_tls(std::move(socket));
        } else {
            co_await converse(socket);
        }
    }
    limit_.cancel();
    connecting_ = nullptr;
    attend();
}

asio::awaitable<bool> AsioSubscriber::connect(tcp::socket& socket) {
    const auto [resolve_error, addresses] = co_await resolver_.async_resolve(options_.host, std::to_string(options_.port), no_throw);
    error_code error = resolve_error;
    if (!error) {
        const auto [connect_error, address] = co_await asio::async_connect(socket, addresses, no_throw);
        error = connect_error;
    }
    if (!error && (stopping_ || !socket.is_open())) {
        error = asio::error::operation_aborted;
    }
    if (error) {
        why_ = why_.empty() ? french(error) : why_;
        co_return false;
    }
    socket.set_option(tcp::no_delay(true), error);  // slower, not wrong, without it
    co_return true;
}

asio::awaitable<void> AsioSubscriber::meet_with_tls(tcp::socket socket) {
    asio::ssl::stream<tcp::socket> stream(std::move(socket), *tls_);
    connecting_ = &stream.next_layer();
    if (const auto named = expect_host(stream.native_handle(), options_.host); !named) {
        why_ = named.error().message;
        co_return;
    }
    const auto [error] = co_await stream.async_handshake(asio::ssl::stream_base::client, no_throw);
    if (error) {
        const std::string refusal = certificate_refusal(stream.native_handle(), options_.host);
        why_ = !why_.empty() ? why_ : !refusal.empty() ? refusal : "TLS n'a pas pu être établi : " + french(error);
        co_return;
    }
    co_await converse(stream);
}

template <class Stream>
asio::awaitable<void> AsioSubscriber::converse(Stream& stream) {
    using namespace asio::experimental::awaitable_operators;
    limit_.cancel();
    connecting_ = nullptr;
    if (stopping_) {
        co_return;
    }
    conversing_ = true;
    gone_ = false;
    session_.open(Clock::now());
    co_await (read_all(stream) && write_all(stream) && watch_time(stream.lowest_layer()));
    conversing_ = false;
    if (!session_.reason().empty()) {
        why_ = session_.reason();
    }
    session_.close();
}

template <class Stream>
asio::awaitable<void> AsioSubscriber::read_all(Stream& stream) {
    while (!gone_) {
        const bool may_read = session_.wants_bytes() && session_.output_bytes() < output_bytes_max;
        if (!may_read && !session_.is_over()) {
            reader_turn_.expires_at(Clock::time_point::max());
            co_await reader_turn_.async_wait(no_throw);
            continue;
        }
        const auto [error, count] = co_await stream.async_read_some(asio::buffer(buffer_), no_throw);
        session_.receive({buffer_.data(), count}, Clock::now());  // passes over what comes after the end
        attend();
        if (error) {
            lose(french(error));
        }
    }
}

template <class Stream>
asio::awaitable<void> AsioSubscriber::write_all(Stream& stream) {
    while (!gone_) {
        if (session_.has_output()) {
            session_.take_output(output_);
            const auto [error, count] = co_await asio::async_write(stream, asio::buffer(output_), no_throw);
            if (error) {
                lose(french(error));
            }
            reader_turn_.cancel();
        } else if (session_.is_over()) {
            // The broker reads our last bytes, then closes; to close first could take them from under it.
            error_code ignored;
            stream.lowest_layer().shutdown(tcp::socket::shutdown_send, ignored);
            co_return;
        } else {
            writer_turn_.expires_at(Clock::time_point::max());
            co_await writer_turn_.async_wait(no_throw);
        }
    }
}

asio::awaitable<void> AsioSubscriber::watch_time(tcp::socket::lowest_layer_type& socket) {
    std::optional<Clock::time_point> over_at;
    while (!gone_) {
        tick_.expires_after(tick_interval);
        co_await tick_.async_wait(no_throw);
        const auto now = Clock::now();
        session_.tick(now);
        attend();
        if (session_.is_over()) {
            over_at = over_at.value_or(now);
            if (now - *over_at >= goodbye_time_max) {
                lose({});
            }
        }
    }
    error_code ignored;  // closing is all that is wanted
    socket.close(ignored);
}

/// The connection is gone, or must be: all three coroutines end.
void AsioSubscriber::lose(const std::string& why) {
    if (!std::exchange(gone_, true)) {
        why_ = why;
    }
    tick_.cancel();
    wake();
}

void AsioSubscriber::wake() {
    reader_turn_.cancel();
    writer_turn_.cancel();
}

// --- between the session and the caller -----------------------------------------------------------------------------

void AsioSubscriber::take_verdicts() {
    const auto now = Clock::now();
    for (const auto& [ticket, kept] : inbox_->take()) {
        session_.verdict(ticket, kept, now);
    }
    attend();
}

/// After each call of the session: passes on what it left.
void AsioSubscriber::attend() {
    for (auto& delivery : session_.take_deliveries()) {
        take_(std::move(delivery.message), verdict_of(inbox_, delivery.ticket));
    }
    std::optional<std::string> error;
    if (conversing_ && session_.is_ready() && !ready_) {
        ready_ = true;
        said_.clear();
        error.emplace();
        say(NoticeKind::connected, fmt::format("connecté (MQTT {}{})", options_.version == MqttVersion::v5 ? "5" : "3.1.1", options_.tls ? ", TLS" : ""));
    }
    if (!conversing_ && !why_.empty()) {
        error = why_;
    }
    for (auto& warning : session_.take_warnings()) {
        say(NoticeKind::warning, warning);
        error = std::move(warning);
    }
    {
        const std::lock_guard lock(state_mutex_);
        state_.connected = conversing_ && session_.is_ready();
        state_.last_error = error ? std::move(*error) : std::move(state_.last_error);
        state_.counts = session_.counts();
    }
    wake();
}

}  // namespace

Result<std::unique_ptr<MqttSubscriber>> MqttSubscriber::start(const MqttOptions& options, Take take, Notice notice) {
    TRY(check_mqtt_options(options));
    auto subscriber = std::make_unique<AsioSubscriber>(options, std::move(take), std::move(notice));
    TRY(subscriber->begin());
    return subscriber;
}

}  // namespace vigie::intake
