// g++ 12 sees null dereferences in Asio's tagged executor pointers once they are inlined here.
#pragma GCC diagnostic ignored "-Wnull-dereference"

#include "programs/vigie/stream_http.h"

#include <fmt/format.h>

#include <algorithm>
#include <boost/asio/connect.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/beast/core.hpp>
#include <boost/beast/http.hpp>
#include <boost/json.hpp>
#include <charconv>
#include <deque>
#include <optional>
#include <thread>

namespace vigie::programs {

namespace {

namespace asio = boost::asio;
namespace beast = boost::beast;
namespace http = boost::beast::http;
using asio::ip::tcp;
using boost::system::error_code;
using simulator::LiveMessage;
using namespace std::chrono_literals;

/// Deliveries that wait for a connection: enough to keep all busy, few enough to be nothing in memory.
constexpr std::size_t queued_max = 256;
constexpr auto answer_timeout = 15s;
constexpr std::uint64_t answer_bytes_max = 64 << 10;
constexpr std::chrono::milliseconds first_pause = 50ms;
constexpr std::chrono::milliseconds longest_pause = 2s;
constexpr std::chrono::milliseconds retry_after_max = 30s;

/// What a server said, or that it said nothing.
struct Answer {
    int status = 0;  ///< 0: no answer
    std::chrono::milliseconds retry_after{0};
    std::string receipt;
};

bool is_worth_another_try(int status) {
    return status == 0 || status == 408 || status == 429 || status == 500 || status == 502 || status == 503 || status == 504;
}

std::string receipt_in(const std::string& body) {
    error_code wrong;
    const boost::json::value value = boost::json::parse(body, wrong);
    if (wrong || !value.is_object()) {
        return {};
    }
    const boost::json::value* receipt = value.as_object().if_contains("receipt");
    if (receipt == nullptr) {
        return {};
    }
    return receipt->is_string() ? std::string(receipt->as_string()) : boost::json::serialize(*receipt);
}

std::chrono::milliseconds seconds_in(std::string_view text) {
    std::int64_t seconds = 0;
    const auto read = std::from_chars(text.data(), text.data() + text.size(), seconds);
    const bool is_number = read.ec == std::errc{} && seconds >= 0 && seconds <= 3600;
    return is_number ? std::min<std::chrono::milliseconds>(std::chrono::seconds(seconds), retry_after_max) : 0ms;
}

/// One connection, opened when it is needed and kept while the server keeps it.
class Connection {
  public:
    explicit Connection(const HttpTarget& target) : target_(target) {}

    /// Sends and waits for the answer; an answer without a status when anything broke.
    Answer post(const LiveMessage& message, const std::string& token) {
        if (!stream_ && !connect()) {
            return {};
        }
        const simulator::LiveSourceFacts& facts = simulator::facts_of(message.source);
        http::request<http::string_body> request{http::verb::post, target_.path + "/api/v1/ingest/" + std::string(facts.key), 11};
        request.set(http::field::host, target_.host + ':' + target_.port);
        request.set(http::field::authorization, "Bearer " + token);
        request.set("Idempotency-Key", message.key);
        request.set(http::field::content_type, message.content_type);
        request.keep_alive(true);
        request.body() = message.bytes;
        request.prepare_payload();
        http::response_parser<http::string_body> response;
        response.body_limit(answer_bytes_max);
        const bool done = run([&](auto handler) { http::async_write(*stream_, request, handler); }) &&
                          run([&](auto handler) { http::async_read(*stream_, buffer_, response, handler); });
        if (!done) {
            close();
            return {};
        }
        Answer answer;
        answer.status = static_cast<int>(response.get().result_int());
        answer.retry_after = seconds_in(std::string_view(response.get()[http::field::retry_after]));
        if (answer.status == 202) {
            answer.receipt = receipt_in(response.get().body());
        }
        if (!response.get().keep_alive()) {
            close();
        }
        return answer;
    }

  private:
    bool connect() {
        tcp::resolver resolver(context_);
        error_code failure;
        const auto found = resolver.resolve(target_.host, target_.port, failure);
        if (failure) {
            return false;
        }
        stream_.emplace(context_);
        const bool connected = run([&](auto handler) {
            stream_->async_connect(found, [handler](error_code code, const tcp::endpoint&) { handler(code, 0); });
        });
        if (!connected) {
            close();
            return false;
        }
        stream_->socket().set_option(tcp::no_delay(true), failure);
        return true;
    }

    /// Starts one operation and waits for its end or for the time limit.
    template <class Start>
    bool run(Start start) {
        error_code result = asio::error::operation_aborted;
        stream_->expires_after(answer_timeout);
        start([&result](error_code code, std::size_t) { result = code; });
        context_.restart();
        context_.run();
        return !result;
    }

    void close() {
        stream_.reset();
        buffer_.clear();
    }

    const HttpTarget& target_;
    asio::io_context context_{1};
    std::optional<beast::tcp_stream> stream_;
    beast::flat_buffer buffer_;
};

class HttpTransport final : public StreamTransport {
  public:
    HttpTransport(HttpStreamOptions options, StreamBook& book, StopSign& stop) : options_(std::move(options)), book_(book), stop_(stop) {
        for (std::size_t i = 0; i < options_.connections; ++i) {
            workers_.emplace_back([this] { work(); });
        }
    }

    ~HttpTransport() override { finish(std::chrono::steady_clock::now()); }

    void offer(LiveMessage message) override {
        std::unique_lock lock(mutex_);
        while (queue_.size() >= queued_max && !stop_.is_raised()) {
            changed_.wait_for(lock, 50ms);
        }
        if (stop_.is_raised()) {
            lock.unlock();
            book_.waiting(message);
            return;
        }
        queue_.push_back(std::move(message));
        changed_.notify_one();
    }

    void finish(Deadline deadline) override {
        {
            const std::lock_guard guard(mutex_);
            deadline_ = std::min(deadline_, deadline);
            finishing_ = true;
            changed_.notify_all();
            pause_over_.notify_all();
        }
        for (std::thread& worker : workers_) {
            worker.join();
        }
        workers_.clear();
        for (const LiveMessage& message : queue_) {
            book_.waiting(message);
        }
        queue_.clear();
    }

  private:
    void work() {
        Connection connection(options_.target);
        while (std::optional<LiveMessage> message = next()) {
            deliver(connection, *message);
        }
    }

    std::optional<LiveMessage> next() {
        std::unique_lock lock(mutex_);
        changed_.wait(lock, [this] { return !queue_.empty() || finishing_; });
        if (queue_.empty() || is_late()) {
            return std::nullopt;
        }
        LiveMessage message = std::move(queue_.front());
        queue_.pop_front();
        changed_.notify_all();
        return message;
    }

    /// The mutex is held.
    [[nodiscard]] bool is_late() const { return std::chrono::steady_clock::now() >= deadline_; }

    /// Waits before another try; false when there is no time left for one.
    bool pause(std::chrono::milliseconds time) {
        std::unique_lock lock(mutex_);
        const Deadline until = std::chrono::steady_clock::now() + time;
        while (std::chrono::steady_clock::now() < until && !is_late()) {
            pause_over_.wait_until(lock, std::min(until, deadline_));
        }
        return !is_late();
    }

    void deliver(Connection& connection, const LiveMessage& message) {
        const std::string& token = options_.tokens.find(simulator::facts_of(message.source).key)->second;
        std::chrono::milliseconds wait = first_pause;
        for (;;) {
            const Answer answer = connection.post(message, token);
            if (answer.status == 200 || answer.status == 202) {
                book_.acknowledged(message, answer.receipt);
                return;
            }
            if (!is_worth_another_try(answer.status)) {
                book_.refused(message, answer.status);
                return;
            }
            if (!pause(std::max(wait, answer.retry_after))) {
                book_.waiting(message);
                return;
            }
            wait = std::min(2 * wait, longest_pause);
        }
    }

    HttpStreamOptions options_;
    StreamBook& book_;
    StopSign& stop_;
    std::mutex mutex_;
    std::condition_variable changed_;     // the queue
    std::condition_variable pause_over_;  // apart, so that a delivery wakes a worker that is free, not one that waits to try again
    std::deque<LiveMessage> queue_;
    Deadline deadline_ = Deadline::max();
    bool finishing_ = false;
    std::vector<std::thread> workers_;
};

}  // namespace

Result<HttpTarget> parse_http_url(const std::string& url) {
    constexpr std::string_view scheme = "http://";
    const auto refuse = [&] {
        return fail(ErrorCode::invalid_input, fmt::format("--url {} : http://HÔTE[:PORT][/CHEMIN] est attendu", url));
    };
    if (!url.starts_with(scheme)) {
        return refuse();
    }
    std::string rest = url.substr(scheme.size());
    HttpTarget target;
    if (const std::size_t slash = rest.find('/'); slash != std::string::npos) {
        target.path = rest.substr(slash);
        rest.resize(slash);
    }
    while (target.path.ends_with('/')) {
        target.path.pop_back();
    }
    const std::size_t colon = rest.rfind(':');
    target.host = rest.substr(0, colon);
    target.port = colon == std::string::npos ? "80" : rest.substr(colon + 1);
    const bool is_number = !target.port.empty() && std::all_of(target.port.begin(), target.port.end(), [](char c) { return c >= '0' && c <= '9'; });
    const bool is_plain = target.path.find_first_of(" ?#\r\n") == std::string::npos && target.host.find_first_of(" @[]\r\n") == std::string::npos;
    if (target.host.empty() || !is_number || !is_plain) {
        return refuse();
    }
    return target;
}

std::unique_ptr<StreamTransport> make_http_transport(HttpStreamOptions options, StreamBook& book, StopSign& stop) {
    return std::make_unique<HttpTransport>(std::move(options), book, stop);
}

}  // namespace vigie::programs
