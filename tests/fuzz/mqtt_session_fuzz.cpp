// A session fed with what an arbitrary broker sends, in arbitrary pieces, between arbitrary verdicts, cuts and pauses.
//
//     byte 0: the version, and whether we welcome the session before anything else; then operations:
//     0..0x7F  that many bytes and one come from the broker     0x80..  one of the verbs below, with an argument in it
//
// What is checked: PUBACK is said for no message that was not kept, nor twice on a connection for one message; messages
// and memory stay within their bounds; what is kept stays kept.
#include <algorithm>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>
#include <vector>

#include "intake/mqtt/mqtt_session.h"

using namespace vigie::intake;

namespace {

constexpr std::size_t window = 8;
constexpr std::size_t message_bytes = 64;
// Enough for a packet beyond all bounds; more would only be slow.
constexpr std::size_t filler_bytes_max = std::size_t{160} << 10;
constexpr int operations_max = 200;

void require(bool fact) {
    if (!fact) {
        std::abort();
    }
}

MqttOptions options_of(MqttVersion version) {
    MqttOptions options;
    options.host = "h";
    options.client_id = "c";
    options.version = version;
    options.filters = {"t", "u/#"};
    options.window = window;
    options.message_bytes_max = message_bytes;
    return options;
}

class Broker {
  public:
    explicit Broker(MqttVersion version) : version_(version), session_(options_of(version)) { open(); }

    void open() {
        session_.open(now_);
        attend();
    }
    void welcome(bool present) {
        const std::string connack = std::string("\x20", 1) + (version_ == MqttVersion::v5 ? '\x03' : '\x02') + static_cast<char>(present) + '\0';
        hear(version_ == MqttVersion::v5 ? connack + '\0' : connack);
        const std::string suback = version_ == MqttVersion::v5 ? std::string("\x90\x05\0\1\0\1\1", 7) : std::string("\x90\x04\0\1\1\1", 6);
        if (session_.bytes_held() == 0 && !session_.is_ready() && !session_.is_over()) {
            hear(suback);
        }
    }
    void hear(std::string_view bytes) {
        if (!session_.wants_bytes()) {
            return;
        }
        session_.receive(bytes, now_);
        attend();
    }
    void judge(std::size_t which, bool kept) {
        if (waiting_.empty()) {
            return;
        }
        const auto at = waiting_.begin() + static_cast<std::ptrdiff_t>(which % waiting_.size());
        const std::uint64_t ticket = *at;
        waiting_.erase(at);
        kept_ += kept ? 1 : 0;
        session_.verdict(ticket, kept, now_);
        session_.verdict(ticket, true, now_);  // a second word changes nothing
        attend();
    }
    void cut() {
        session_.close();
        attend();
        open();
    }
    void say_goodbye() {
        session_.say_goodbye();
        attend();
    }
    void pass(unsigned seconds) {
        now_ += std::chrono::seconds(seconds);
        session_.tick(now_);
        attend();
    }

  private:
    /// Reads what the session says as a broker would.
    void read_output(std::string_view output) {
        while (!output.empty()) {
            require(output.size() >= 2);
            const auto first = static_cast<unsigned char>(output[0]);
            const std::size_t size = 2 + static_cast<unsigned char>(output[1]);
            require(output.size() >= size && size < 130);
            if (first == 0x40) {
                const bool refused = size == 5;
                require(size == 4 || (refused && version_ == MqttVersion::v5 && output[4] == '\x97'));
                pubacks_ += refused ? 0 : 1;
            } else {
                require(first == 0x10 || first == 0x82 || first == 0xC0 || first == 0xE0 || first == 0x70);
            }
            output.remove_prefix(size);
        }
    }
    void attend() {
        for (const auto& delivery : session_.take_deliveries()) {
            require(delivery.ticket > last_ticket_);
            last_ticket_ = delivery.ticket;
            require(delivery.message.payload.size() <= message_bytes && !delivery.message.topic.empty());
            waiting_.push_back(delivery.ticket);
        }
        static_cast<void>(session_.take_warnings());
        require(waiting_.size() <= window);
        require(session_.counts().in_flight == waiting_.size());
        require(session_.bytes_held() <= (window + 2) * (std::size_t{256} << 10));
        session_.take_output(output_);
        read_output(output_);
        // A PUBACK of 3.1.1 has no place for a refusal: those of messages too large look like the others.
        const std::uint64_t refused = version_ == MqttVersion::v5 ? 0 : session_.counts().refused;
        require(pubacks_ <= kept_ + refused);
        require(session_.counts().acknowledged <= kept_);
        require(!session_.is_over() || !session_.wants_bytes());
    }

    MqttVersion version_;
    MqttSession session_;
    MqttSession::Moment now_;
    std::string output_;
    std::vector<std::uint64_t> waiting_;
    std::uint64_t last_ticket_ = 0;
    std::uint64_t kept_ = 0;
    std::uint64_t pubacks_ = 0;
};

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    std::string_view bytes(reinterpret_cast<const char*>(data), size);
    if (bytes.empty()) {
        return 0;
    }
    const auto kind = static_cast<unsigned char>(bytes[0]);
    bytes.remove_prefix(1);
    Broker broker((kind & 1U) != 0 ? MqttVersion::v5 : MqttVersion::v3_1_1);
    if ((kind & 2U) != 0) {
        broker.welcome((kind & 4U) != 0);
    }
    std::size_t filler_left = filler_bytes_max;
    for (int operation = 0; operation < operations_max && !bytes.empty(); ++operation) {
        const auto verb = static_cast<unsigned char>(bytes[0]);
        bytes.remove_prefix(1);
        const unsigned argument = verb & 0x0FU;
        if (verb < 0x80) {
            const auto piece = bytes.substr(0, std::size_t{verb} + 1);
            bytes.remove_prefix(piece.size());
            broker.hear(piece);
        } else if (verb < 0xA0) {
            broker.judge(argument, true);
        } else if (verb < 0xB0) {
            broker.judge(argument, false);
        } else if (verb == 0xB0) {
            broker.say_goodbye();
        } else if (verb < 0xC0) {
            broker.pass(argument);
        } else if (verb < 0xE0) {
            broker.cut();
            broker.welcome((argument & 1U) != 0);
        } else if (verb < 0xF0) {
            broker.cut();
        } else {
            // Many bytes of the next one: a message too large takes many.
            const char filler = bytes.empty() ? 'x' : bytes[0];
            const std::size_t count = std::min(filler_left, std::size_t{1} << argument);
            filler_left -= count;
            broker.hear(std::string(count, filler));
        }
    }
    return 0;
}
