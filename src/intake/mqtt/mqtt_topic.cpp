#include "intake/mqtt/mqtt_topic.h"

#include <cstdint>

namespace vigie::intake {
namespace {

constexpr std::string_view share_prefix = "$share/";

std::uint8_t byte_of(char c) { return static_cast<std::uint8_t>(c); }

/// Bytes of the well-formed character that `text` (not empty) begins with, or 0.   Source: Unicode 15, table 3-7.
std::size_t character_bytes(std::string_view text) {
    const std::uint8_t first = byte_of(text[0]);
    if (first < 0x80) {
        return first == 0 ? 0 : 1;
    }
    const std::size_t count = first >= 0xC2 && first <= 0xDF ? 2 : (first & 0xF0U) == 0xE0 ? 3 : first >= 0xF0 && first <= 0xF4 ? 4 : 0;
    if (count == 0 || text.size() < count) {
        return 0;
    }
    // The second byte's range excludes what is too long, a surrogate, or beyond U+10FFFF.
    const std::uint8_t low = first == 0xE0 ? 0xA0 : first == 0xF0 ? 0x90 : 0x80;
    const std::uint8_t high = first == 0xED ? 0x9F : first == 0xF4 ? 0x8F : 0xBF;
    if (byte_of(text[1]) < low || byte_of(text[1]) > high) {
        return 0;
    }
    for (std::size_t i = 2; i < count; ++i) {
        if ((byte_of(text[i]) & 0xC0U) != 0x80) {
            return 0;
        }
    }
    return count;
}

/// Takes the first level off `rest`; `more` says whether a slash followed it.
std::string_view take_level(std::string_view& rest, bool& more) {
    const std::size_t slash = rest.find('/');
    more = slash != std::string_view::npos;
    const std::string_view level = rest.substr(0, slash);
    rest.remove_prefix(more ? slash + 1 : rest.size());
    return level;
}

/// The filter without `$share/group/`; empty when a shared filter lacks a part.
std::string_view unshared(std::string_view filter) {
    if (!filter.starts_with(share_prefix)) {
        return filter;
    }
    filter.remove_prefix(share_prefix.size());
    const std::size_t slash = filter.find('/');
    const std::string_view group = filter.substr(0, slash);
    if (slash == std::string_view::npos || group.empty() || group.find_first_of("+#") != std::string_view::npos) {
        return {};
    }
    return filter.substr(slash + 1);
}

}  // namespace

bool is_mqtt_text(std::string_view text) {
    if (text.size() > mqtt_text_bytes_max) {
        return false;
    }
    while (!text.empty()) {
        const std::size_t count = character_bytes(text);
        if (count == 0) {
            return false;
        }
        text.remove_prefix(count);
    }
    return true;
}

bool is_topic_name(std::string_view topic) {
    return !topic.empty() && is_mqtt_text(topic) && topic.find_first_of("+#") == std::string_view::npos;
}

bool is_topic_filter(std::string_view filter) {
    if (!is_mqtt_text(filter)) {
        return false;
    }
    std::string_view rest = unshared(filter);
    if (rest.empty()) {
        return false;
    }
    for (bool more = true; more;) {
        const std::string_view level = take_level(rest, more);
        if (level == "#" ? more : level != "+" && level.find_first_of("+#") != std::string_view::npos) {
            return false;
        }
    }
    return true;
}

bool topic_matches(std::string_view filter, std::string_view topic) {
    std::string_view pattern = unshared(filter);
    if (pattern.empty() || topic.empty() || (topic[0] == '$' && (pattern[0] == '+' || pattern[0] == '#'))) {
        return false;
    }
    bool more_pattern = true;
    bool more_topic = true;
    while (more_pattern && more_topic) {
        const std::string_view wanted = take_level(pattern, more_pattern);
        if (wanted == "#") {
            return true;
        }
        const std::string_view level = take_level(topic, more_topic);
        if (wanted != "+" && wanted != level) {
            return false;
        }
    }
    // "a/#" takes "a" itself too.
    return more_pattern == more_topic || (more_pattern && pattern == "#");
}

}  // namespace vigie::intake
