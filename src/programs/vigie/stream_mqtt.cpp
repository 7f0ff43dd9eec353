#include "programs/vigie/stream_mqtt.h"

#include <fmt/format.h>
#include <mosquitto.h>

#include <charconv>
#include <thread>
#include <unordered_map>

namespace vigie::programs {

namespace {

using simulator::LiveMessage;
using namespace std::chrono_literals;

/// Messages published and not yet acknowledged: bounds the memory while the broker is away.
constexpr std::size_t outstanding_max = 2'000;
/// On the wire at once; the library's default of 20 holds back a burst.
constexpr unsigned inflight_max = 200;
constexpr int keep_alive_s = 30;
constexpr int quality_at_least_once = 1;

class MqttTransport final : public StreamTransport {
  public:
    MqttTransport(StreamBook& book, StopSign& stop) : book_(book), stop_(stop) {}

    ~MqttTransport() override {
        if (client_ != nullptr) {
            finish(std::chrono::steady_clock::now());
            mosquitto_destroy(client_);
            mosquitto_lib_cleanup();
        }
    }

    Status open(const MqttStreamOptions& options) {
        mosquitto_lib_init();
        constexpr bool clean_session = false;
        client_ = mosquitto_new(options.client.c_str(), clean_session, this);
        if (client_ == nullptr) {
            mosquitto_lib_cleanup();
            return fail(ErrorCode::unavailable, "MQTT : client impossible à créer");
        }
        const bool has_user = !options.user.empty();
        int result = has_user ? mosquitto_username_pw_set(client_, options.user.c_str(), options.password.c_str()) : MOSQ_ERR_SUCCESS;
        if (result == MOSQ_ERR_SUCCESS && !options.ca_file.empty()) {
            result = mosquitto_tls_set(client_, options.ca_file.c_str(), nullptr, nullptr, nullptr, nullptr);
        }
        if (result != MOSQ_ERR_SUCCESS) {
            return fail(ErrorCode::unavailable, fmt::format("MQTT : réglages refusés ({})", mosquitto_strerror(result)));
        }
        mosquitto_max_inflight_messages_set(client_, inflight_max);
        mosquitto_reconnect_delay_set(client_, 1, 4, true);
        mosquitto_publish_callback_set(client_, [](mosquitto* /*client*/, void* self, int message_id) {
            static_cast<MqttTransport*>(self)->acknowledge(message_id);
        });
        connector_ = std::thread([this, options] { connect(options); });
        return {};
    }

    void offer(LiveMessage message) override {
        std::unique_lock lock(mutex_);
        while (outstanding_.size() >= outstanding_max && !stop_.is_raised()) {
            changed_.wait_for(lock, 50ms);
        }
        // Published under the mutex, so that the acknowledgement, which takes it, finds the message.
        int message_id = 0;
        if (!stop_.is_raised() && publish(message, message_id)) {
            outstanding_.emplace(message_id, std::move(message));
            return;
        }
        lock.unlock();
        book_.waiting(message);
    }

    void finish(Deadline deadline) override {
        if (finished_) {
            return;
        }
        finished_ = true;
        {
            std::unique_lock lock(mutex_);
            changed_.wait_until(lock, deadline, [this] { return outstanding_.empty(); });
        }
        giving_up_.raise();
        connector_.join();
        mosquitto_disconnect(client_);
        // Not by force: a thread that is cancelled within our callback would end the program.
        constexpr bool by_force = false;
        mosquitto_loop_stop(client_, by_force);
        for (const auto& [id, message] : outstanding_) {
            book_.waiting(message);
        }
        outstanding_.clear();
    }

  private:
    [[nodiscard]] bool publish(const LiveMessage& message, int& message_id) {
        const auto length = static_cast<int>(message.bytes.size());
        const int result = mosquitto_publish(client_, &message_id, message.name.c_str(), length, message.bytes.data(), quality_at_least_once, false);
        // Without a connection the library has queued the message all the same, and sends it when there is one.
        return result == MOSQ_ERR_SUCCESS || result == MOSQ_ERR_NO_CONN;
    }

    /// Tries until the broker is there; from then on the library connects again by itself.
    void connect(const MqttStreamOptions& options) {
        while (!connect_once(options)) {
            if (giving_up_.wait_for(500ms)) {
                return;
            }
        }
    }

    /// Nothing is published meanwhile: before its thread runs, the library would write from ours.
    bool connect_once(const MqttStreamOptions& options) {
        const std::lock_guard guard(mutex_);
        return mosquitto_connect(client_, options.host.c_str(), options.port, keep_alive_s) == MOSQ_ERR_SUCCESS &&
               mosquitto_loop_start(client_) == MOSQ_ERR_SUCCESS;
    }

    /// On the library's thread.
    void acknowledge(int message_id) {
        LiveMessage message;
        {
            const std::lock_guard guard(mutex_);
            const auto found = outstanding_.find(message_id);
            if (found == outstanding_.end()) {
                return;
            }
            message = std::move(found->second);
            outstanding_.erase(found);
            changed_.notify_all();
        }
        book_.acknowledged(message, {});
    }

    StreamBook& book_;
    StopSign& stop_;
    StopSign giving_up_;
    mosquitto* client_ = nullptr;
    std::thread connector_;
    bool finished_ = false;
    std::mutex mutex_;
    std::condition_variable changed_;
    std::unordered_map<int, LiveMessage> outstanding_;
};

}  // namespace

Status parse_mqtt_address(const std::string& address, MqttStreamOptions& options) {
    const std::size_t colon = address.rfind(':');
    options.host = address.substr(0, colon);
    bool is_right = !options.host.empty();
    if (colon != std::string::npos) {
        const char* end = address.data() + address.size();
        const auto read = std::from_chars(address.data() + colon + 1, end, options.port);
        is_right = is_right && read.ec == std::errc{} && read.ptr == end && options.port > 0 && options.port < 65'536;
    }
    return is_right ? Status{} : fail(ErrorCode::invalid_input, fmt::format("--mqtt {} : HÔTE:PORT est attendu", address));
}

Result<std::unique_ptr<StreamTransport>> make_mqtt_transport(const MqttStreamOptions& options, StreamBook& book, StopSign& stop) {
    auto transport = std::make_unique<MqttTransport>(book, stop);
    TRY(transport->open(options));
    return transport;
}

}  // namespace vigie::programs
