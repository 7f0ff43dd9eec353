#include "intake/mqtt/mqtt_properties.h"

#include <array>

namespace vigie::intake {
namespace {

enum class Form : std::uint8_t { flag, two_bytes, four_bytes, length, text, binary, pair };

struct Kind {
    std::uint8_t id;
    Form form;
    std::uint8_t carriers;
    bool repeats;
};

constexpr std::uint8_t in_connack = 1;
constexpr std::uint8_t in_publish = 2;
constexpr std::uint8_t in_goodbye = 16;
constexpr std::uint8_t in_answers = 1 + 4 + 8 + 16;

// Left out, hence refused: those only a client sends; those a broker may send only to who asked (authentication 0x15 0x16,
// response information 0x1A); the session expiry in a broker's DISCONNECT (3.14.2.2.2). Source: MQTT 5.0, table 2-4.
constexpr std::array kinds{
    Kind{0x01, Form::flag, in_publish, false},        // payload format
    Kind{0x02, Form::four_bytes, in_publish, false},  // message expiry
    Kind{0x03, Form::text, in_publish, false},        // content type
    Kind{0x08, Form::text, in_publish, false},        // response topic
    Kind{0x09, Form::binary, in_publish, false},      // correlation data
    Kind{0x0B, Form::length, in_publish, true},       // subscription identifier
    Kind{0x11, Form::four_bytes, in_connack, false},  // session expiry
    Kind{0x12, Form::text, in_connack, false},        // assigned client identifier
    Kind{0x13, Form::two_bytes, in_connack, false},   // server keep alive
    Kind{0x1C, Form::text, in_connack | in_goodbye, false},  // server reference
    Kind{0x1F, Form::text, in_answers, false},               // reason string
    Kind{0x21, Form::two_bytes, in_connack, false},          // receive maximum
    Kind{0x22, Form::two_bytes, in_connack, false},          // topic alias maximum
    Kind{0x23, Form::two_bytes, in_publish, false},          // topic alias
    Kind{0x24, Form::flag, in_connack, false},               // maximum QoS
    Kind{0x25, Form::flag, in_connack, false},               // retain available
    Kind{0x26, Form::pair, in_answers | in_publish, true},   // user property
    Kind{0x27, Form::four_bytes, in_connack, false},         // maximum packet size
    Kind{0x28, Form::flag, in_connack, false},               // wildcard subscriptions available
    Kind{0x29, Form::flag, in_connack, false},               // subscription identifiers available
    Kind{0x2A, Form::flag, in_connack, false},               // shared subscriptions available
};

const Kind* kind_of(std::uint32_t id, MqttCarrier carrier) {
    for (const auto& kind : kinds) {
        if (kind.id == id) {
            return (kind.carriers & static_cast<unsigned>(carrier)) != 0 ? &kind : nullptr;
        }
    }
    return nullptr;
}

struct Value {
    std::uint32_t number = 0;
    std::string_view text;
};

Value read_value(MqttBytes& bytes, Form form) {
    Value value;
    switch (form) {
        case Form::flag: value.number = bytes.byte(); break;
        case Form::two_bytes: value.number = bytes.two_bytes(); break;
        case Form::four_bytes: value.number = bytes.four_bytes(); break;
        case Form::length: value.number = bytes.length(); break;
        case Form::text: value.text = bytes.text(); break;
        case Form::binary: value.text = bytes.binary(); break;
        case Form::pair:
            static_cast<void>(bytes.text());
            static_cast<void>(bytes.text());
            break;
    }
    return value;
}

bool may_be_zero(std::uint8_t id) { return id != 0x0B && id != 0x21 && id != 0x27; }

void keep(std::uint8_t id, const Value& value, MqttProperties& properties) {
    switch (id) {
        case 0x11: properties.session_expiry_s = value.number; break;
        case 0x13: properties.server_keep_alive_s = static_cast<std::uint16_t>(value.number); break;
        case 0x1F: properties.reason_text = value.text; break;
        case 0x23: properties.topic_alias = static_cast<std::uint16_t>(value.number); break;
        case 0x24: properties.qos_max = static_cast<std::uint8_t>(value.number); break;
        case 0x27: properties.packet_bytes_max = value.number; break;
        default: break;
    }
}

}  // namespace

std::optional<MqttFault> read_properties(MqttBytes& bytes, MqttCarrier carrier, MqttProperties& properties) {
    const std::uint32_t size = bytes.length();
    MqttBytes rest(bytes.take(size));
    if (bytes.is_bad()) {
        return MqttFault{MqttReason::malformed_packet, "propriétés plus longues que leur paquet"};
    }
    std::uint64_t seen = 0;  // by identifier: all are below 64
    while (!rest.at_end()) {
        const Kind* kind = kind_of(rest.length(), carrier);
        if (kind == nullptr) {
            return MqttFault{MqttReason::malformed_packet, "propriété qui n'a pas sa place dans ce paquet"};
        }
        if (!kind->repeats && (seen >> kind->id & 1U) != 0) {
            return MqttFault{MqttReason::protocol_error, "propriété répétée"};
        }
        seen |= std::uint64_t{1} << kind->id;
        const Value value = read_value(rest, kind->form);
        if (rest.is_bad()) {
            return MqttFault{MqttReason::malformed_packet, "propriété coupée ou mal écrite"};
        }
        if ((kind->form == Form::flag && value.number > 1) ||
            (kind->form != Form::text && kind->form != Form::binary && kind->form != Form::pair && value.number == 0 && !may_be_zero(kind->id))) {
            return MqttFault{MqttReason::protocol_error, "propriété d'une valeur interdite"};
        }
        keep(kind->id, value, properties);
    }
    return std::nullopt;
}

}  // namespace vigie::intake
