// The codec of MQTT: first byte the version, then a broker's packets. What is checked besides not crashing: views stay
// inside the bytes, what is taken keeps the bounds, topics are names, and lengths are written back as they were.
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

#include "intake/mqtt/mqtt_bytes.h"
#include "intake/mqtt/mqtt_packet.h"
#include "intake/mqtt/mqtt_topic.h"

using namespace vigie::intake;

namespace {

void require(bool fact) {
    if (!fact) {
        std::abort();
    }
}

bool lies_in(std::string_view part, std::string_view whole) {
    return part.empty() || (part.data() >= whole.data() && part.data() + part.size() <= whole.data() + whole.size());
}

void require_fault(const MqttFault& fault) { require(is_refusal(fault.reason) && !fault.what.empty()); }

void read_body(std::string_view body, const MqttHeader& header, MqttVersion version) {
    switch (header.type) {
        case MqttPacketType::connack:
            if (const auto read = read_connack(body, version)) {
                require(lies_in(read->reason_text, body) && read->qos_max <= 2);
                require(!read->session_present || read->reason == MqttReason::success);
            } else {
                require_fault(read.error());
            }
            break;
        case MqttPacketType::publish:
            if (const auto read = read_publish(body, header.flags, version)) {
                require(lies_in(read->topic, body) && lies_in(read->payload, body));
                require(is_topic_name(read->topic));
                require(read->topic.starts_with("$share/") || topic_matches(read->topic, read->topic));
                require((read->packet_id != 0) == ((header.flags & 6U) == 2));
                const auto start = read_publish_start(body.substr(0, mqtt_publish_start_bytes_max), header.flags);
                require(start && start->topic == read->topic && start->packet_id == read->packet_id);
            } else {
                require_fault(read.error());
            }
            break;
        case MqttPacketType::suback:
            if (const auto read = read_suback(body, version)) {
                require(!read->reasons.empty() && read->reasons.size() <= mqtt_filters_max && read->packet_id != 0);
            }
            break;
        case MqttPacketType::pubrel: static_cast<void>(read_pubrel(body, version)); break;
        case MqttPacketType::disconnect:
            if (const auto read = read_disconnect(body)) {
                require(lies_in(read->reason_text, body) && !mqtt_reason_text(read->reason).empty());
            }
            break;
        default: break;
    }
}

void read_topics(std::string_view text) {
    const auto half = text.substr(0, text.size() / 2);
    const auto rest = text.substr(text.size() / 2);
    const bool matches = topic_matches(half, rest);
    // Without wildcards a filter is a topic; with # it takes what its beginning takes.
    if (is_topic_filter(half) && is_topic_name(rest)) {
        require(matches == (half == rest) || half.find_first_of("+#") != std::string_view::npos || half.starts_with("$share/"));
        require(half != "#" || matches == !rest.starts_with('$'));
    }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    std::string_view bytes(reinterpret_cast<const char*>(data), size);
    if (bytes.empty()) {
        return 0;
    }
    const auto version = (static_cast<unsigned char>(bytes[0]) & 1U) != 0 ? MqttVersion::v5 : MqttVersion::v3_1_1;
    bytes.remove_prefix(1);
    read_topics(bytes);
    while (const auto read = read_header(bytes, version)) {
        if (!*read) {
            break;
        }
        const MqttHeader& header = **read;
        std::string written;
        append_length(written, static_cast<std::uint32_t>(header.body_bytes));
        require(written == bytes.substr(1, header.header_bytes - 1));
        if (header.body_bytes > bytes.size() - header.header_bytes) {
            break;
        }
        read_body(bytes.substr(header.header_bytes, header.body_bytes), header, version);
        bytes.remove_prefix(header.header_bytes + header.body_bytes);
    }
    return 0;
}
