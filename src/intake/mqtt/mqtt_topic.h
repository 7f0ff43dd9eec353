// Names and filters of topics, and the texts MQTT allows. Pure.
#pragma once

#include <cstddef>
#include <string_view>

namespace vigie::intake {

/// The longest text of a packet, in bytes: its length is written in two (MQTT 5.0, 1.5.4).
inline constexpr std::size_t mqtt_text_bytes_max = 65'535;

/// Well-formed UTF-8 of at most 65,535 bytes without U+0000 or a surrogate. O(size).
/// Source: MQTT 5.0, 1.5.4; MQTT 3.1.1, 1.5.3.
[[nodiscard]] bool is_mqtt_text(std::string_view text);

/// A topic a message may be published on: not empty, no `+` nor `#`. Source: MQTT 5.0, 4.7.1.
[[nodiscard]] bool is_topic_name(std::string_view topic);

/// A filter one may subscribe to: `+` alone in its level, `#` alone in the last one; `$share/group/filter` has both parts.
/// Source: MQTT 5.0, 4.7.1 and 4.8.2.
[[nodiscard]] bool is_topic_filter(std::string_view filter);

/// Whether a message on `topic` is one of those `filter` asks for. A shared filter (`$share/group/...`) is judged by its last part;
/// a filter that begins with a wildcard never takes a topic that begins with `$`. O(size).   Source: MQTT 5.0, 4.7.1 to 4.7.3, 4.8.2.
[[nodiscard]] bool topic_matches(std::string_view filter, std::string_view topic);

}  // namespace vigie::intake
