// The elements that MQTT packets are made of: numbers, texts, lengths. Pure.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace vigie::intake {

/// The largest number that a length of variable size can say.   Source: MQTT 5.0, 1.5.5.
inline constexpr std::uint32_t mqtt_length_max = 268'435'455;

/// Reads elements one after the other. The first that is short or wrong makes it bad, and all that follow zero or empty:
/// a caller reads everything, then asks once. The texts point into the bytes given.
class MqttBytes {
  public:
    explicit MqttBytes(std::string_view bytes) : rest_(bytes) {}
    [[nodiscard]] std::uint8_t byte();
    [[nodiscard]] std::uint16_t two_bytes();
    [[nodiscard]] std::uint32_t four_bytes();
    /// A number of one to four bytes, written as short as it can be.
    [[nodiscard]] std::uint32_t length();
    /// Text: two bytes of length, then UTF-8 that MQTT allows.
    [[nodiscard]] std::string_view text();
    /// The same, of any bytes.
    [[nodiscard]] std::string_view binary();
    /// The next `count` bytes.
    [[nodiscard]] std::string_view take(std::size_t count);
    [[nodiscard]] std::string_view rest() const { return rest_; }
    [[nodiscard]] bool at_end() const { return rest_.empty(); }
    [[nodiscard]] bool is_bad() const { return bad_; }

  private:
    void spoil();
    std::string_view rest_;
    bool bad_ = false;
};

void append_two_bytes(std::string& out, std::uint16_t value);
void append_four_bytes(std::string& out, std::uint32_t value);
/// value <= mqtt_length_max.
void append_length(std::string& out, std::uint32_t value);
/// text: 65,535 bytes at most.
void append_text(std::string& out, std::string_view text);

}  // namespace vigie::intake
