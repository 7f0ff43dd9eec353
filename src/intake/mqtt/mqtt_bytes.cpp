#include "intake/mqtt/mqtt_bytes.h"

#include "base/assert.h"
#include "intake/mqtt/mqtt_topic.h"

namespace vigie::intake {

void MqttBytes::spoil() {
    bad_ = true;
    rest_ = {};
}

std::string_view MqttBytes::take(std::size_t count) {
    if (count > rest_.size()) {
        spoil();
        return {};
    }
    const std::string_view taken = rest_.substr(0, count);
    rest_.remove_prefix(count);
    return taken;
}

std::uint8_t MqttBytes::byte() {
    const std::string_view one = take(1);
    return one.empty() ? std::uint8_t{0} : static_cast<std::uint8_t>(one[0]);
}

std::uint16_t MqttBytes::two_bytes() {
    const std::uint32_t high = byte();
    return static_cast<std::uint16_t>(high << 8U | byte());
}

std::uint32_t MqttBytes::four_bytes() {
    const std::uint32_t high = two_bytes();
    return high << 16U | two_bytes();
}

std::uint32_t MqttBytes::length() {
    std::uint32_t value = 0;
    for (unsigned shift = 0; shift <= 21; shift += 7) {
        const std::uint32_t next = byte();
        value |= (next & 0x7FU) << shift;
        if (next < 0x80) {
            // A last byte of zero adds nothing: the number was written longer than it is (MQTT 5.0, 1.5.5-1).
            if (next == 0 && shift > 0) {
                spoil();
            }
            return bad_ ? 0 : value;
        }
    }
    spoil();
    return 0;
}

std::string_view MqttBytes::binary() {
    const std::size_t size = two_bytes();
    return take(size);
}

std::string_view MqttBytes::text() {
    const std::string_view taken = binary();
    if (!is_mqtt_text(taken)) {
        spoil();
        return {};
    }
    return taken;
}

void append_two_bytes(std::string& out, std::uint16_t value) {
    out.push_back(static_cast<char>(value >> 8U));
    out.push_back(static_cast<char>(value & 0xFFU));
}

void append_four_bytes(std::string& out, std::uint32_t value) {
    append_two_bytes(out, static_cast<std::uint16_t>(value >> 16U));
    append_two_bytes(out, static_cast<std::uint16_t>(value & 0xFFFFU));
}

void append_length(std::string& out, std::uint32_t value) {
    VIGIE_ASSERT(value <= mqtt_length_max);
    for (; value >= 0x80; value >>= 7U) {
        out.push_back(static_cast<char>((value & 0x7FU) | 0x80U));
    }
    out.push_back(static_cast<char>(value));
}

void append_text(std::string& out, std::string_view text) {
    VIGIE_ASSERT(text.size() <= mqtt_text_bytes_max);
    append_two_bytes(out, static_cast<std::uint16_t>(text.size()));
    out.append(text);
}

}  // namespace vigie::intake
