#include "simulator/wire_words.h"

namespace vigie::simulator {
namespace {

constexpr std::string_view unknown_code = "INCONNU-1";

}  // namespace

std::string_view code_of(const Record& record) {
    if (record.fault == Fault::no_category) {
        return {};
    }
    return record.fault == Fault::unknown_code ? unknown_code : record.route->codes[record.code];
}

std::string_view origin_of(const Record& record) {
    if (!record.origin_known) {
        return {};
    }
    switch (record.route->finder) {
        case Finder::patrol:
            return "Patrouille";
        case Finder::camera:
            return "Vidéoprotection";
        case Finder::service:
        case Finder::resident:
            return "Appel d'un riverain";
    }
    return {};
}

std::string cp1252(std::string_view utf8) {
    std::string bytes;
    for (std::size_t i = 0; i < utf8.size(); ++i) {
        const auto byte = static_cast<unsigned char>(utf8[i]);
        if (byte < 0x80 || i + 1 == utf8.size()) {
            bytes.push_back(utf8[i]);
        } else {
            const auto low = static_cast<unsigned char>(utf8[++i]);
            bytes.push_back(static_cast<char>(((byte & 0x03U) << 6U) | (low & 0x3FU)));
        }
    }
    return bytes;
}

}  // namespace vigie::simulator
