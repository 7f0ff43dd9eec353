// One subscriber's side of an MQTT session, without a socket or a clock: bytes and verdicts go in, bytes and messages
// come out. It outlives its connections, as the broker's side does.
//
//     open --> CONNECT --> (CONNACK) --> SUBSCRIBE --> (SUBACK) --> ready
//     PUBLISH --> delivery with a ticket --> verdict(ticket, kept) --> PUBACK, in the order the messages came
//
// A message without verdict keeps its place across connections: when the broker sends it again, flagged and with the
// same packet identifier and content, it is not delivered twice, and a verdict that came meanwhile is sent at once.
// QoS 2 is never asked for, and refused.
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <deque>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "intake/mqtt/mqtt_message.h"
#include "intake/mqtt/mqtt_options.h"
#include "intake/mqtt/mqtt_packet.h"

namespace vigie::intake {

/// Most time for the name, TCP and TLS together, then for the broker's answer to CONNECT.
inline constexpr std::chrono::seconds mqtt_connect_time_max{5};
/// Most time for an answer to SUBSCRIBE or PINGREQ without a byte coming, unless the keep-alive is shorter.
inline constexpr std::chrono::seconds mqtt_answer_time_max{10};
/// Most bytes of messages without verdict: 64 MiB hold a full window of messages of 128 KiB.
inline constexpr std::size_t mqtt_in_flight_bytes_max = std::size_t{64} << 20;
/// What a message without verdict costs us besides its bytes, about.
inline constexpr std::size_t mqtt_entry_bytes = 256;

struct MqttDelivery {
    std::uint64_t ticket = 0;  ///< never used twice
    MqttMessage message;
};

/// Not thread-safe. After each call, take what it left: output, deliveries, warnings.
class MqttSession {
  public:
    using Moment = std::chrono::steady_clock::time_point;

    /// options: checked by check_mqtt_options.
    explicit MqttSession(MqttOptions options);

    /// A connection is there: says CONNECT.
    void open(Moment now);
    /// Bytes of the broker, cut anywhere. Give none while wants_bytes() is false.
    void receive(std::string_view bytes, Moment now);
    /// kept: the message is on disk; PUBACK follows once those before it have theirs. Not kept: it is forgotten, and the connection
    /// is over so that the broker sends it again. Unknown tickets are passed over.
    void verdict(std::uint64_t ticket, bool kept, Moment now);
    /// Every second or oftener: keep-alive, and answers that do not come.
    void tick(Moment now);
    /// Says DISCONNECT; the broker keeps the session.
    void say_goodbye();
    /// The connection is gone. Verdicts still come in.
    void close();

    /// False while the window is full: what the broker sends stays in the socket.
    [[nodiscard]] bool wants_bytes() const;
    /// The connection must be closed, once the output is written.
    [[nodiscard]] bool is_over() const { return phase_ == Phase::over; }
    /// In French, why it is over; empty after say_goodbye().
    [[nodiscard]] const std::string& reason() const { return reason_; }
    /// The broker has accepted the connection and answered every subscription.
    [[nodiscard]] bool is_ready() const { return phase_ == Phase::open && subscribed_; }
    [[nodiscard]] const MqttCounts& counts() const { return counts_; }
    [[nodiscard]] bool has_output() const { return !output_.empty(); }
    [[nodiscard]] std::size_t output_bytes() const { return output_.size(); }
    /// Bytes held: what is not yet read, plus messages without verdict (as they were delivered). For tests of its bounds.
    [[nodiscard]] std::size_t bytes_held() const;

    /// Puts the bytes to send into `into`, whose room is kept for the next.
    void take_output(std::string& into);
    [[nodiscard]] std::vector<MqttDelivery> take_deliveries();
    /// In French, for the log.
    [[nodiscard]] std::vector<std::string> take_warnings();

  private:
    enum class Phase : std::uint8_t { closed, connecting, open, over };
    /// Of topic and payload: what tells a message sent again from another under the same packet identifier.
    struct Digest {
        std::uint64_t low = 0;
        std::uint64_t high = 0;
        bool operator==(const Digest&) const = default;
    };
    struct Entry {
        std::uint16_t packet_id = 0;  ///< 0: nothing to acknowledge (QoS 0, or the broker has lost the session)
        bool is_current = false;      ///< received on this connection
        bool is_decided = false;
        bool is_refused = false;
        std::size_t bytes = 0;
        Digest digest;
    };
    using Entries = std::unordered_map<std::uint64_t, Entry>;

    void read_packets();
    bool read_packet(std::string_view bytes);
    void handle(const MqttHeader& header, std::string_view body);
    void handle_connack(const MqttConnack& connack);
    void handle_suback(const MqttSuback& suback);
    void handle_publish(const MqttPublish& publish);
    bool begin_skip(const MqttHeader& header, std::string_view bytes);
    bool is_new(const MqttPublish& publish, const Digest& digest);
    void refuse(const MqttPublish& publish, const Digest& digest);
    void send_pubacks();
    void settle(Entries::iterator at);
    void forget_broker_session();
    [[nodiscard]] bool is_full() const;
    void send_ping();
    void end(MqttReason reason, std::string text);
    void fault(const MqttFault& fault);

    const MqttOptions options_;
    const std::size_t publish_bytes_max_;
    Phase phase_ = Phase::closed;
    bool subscribed_ = false;       ///< on this connection
    bool ever_subscribed_ = false;  ///< in the session the broker has
    bool ping_awaited_ = false;
    bool suback_awaited_ = false;
    std::chrono::seconds keep_alive_;
    Moment now_;
    Moment asked_at_;
    Moment last_sent_;
    Moment last_heard_;
    std::string reason_;

    std::string input_;
    std::size_t input_begin_ = 0;  ///< where the first packet not yet read begins
    std::size_t skip_left_ = 0;    ///< bytes still to come of a message too large to be held
    std::string output_;
    std::vector<MqttDelivery> deliveries_;
    std::vector<std::string> warnings_;

    std::uint64_t next_ticket_ = 1;
    Entries entries_;                                        ///< by ticket
    std::unordered_map<std::uint16_t, std::uint64_t> by_id_;  ///< tickets of what is not acknowledged
    std::deque<std::uint64_t> order_;                        ///< tickets received on this connection and not acknowledged
    std::size_t in_flight_bytes_ = 0;
    MqttCounts counts_;
};

}  // namespace vigie::intake
