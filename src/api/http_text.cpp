#include "api/http_text.h"

#include <algorithm>
#include <charconv>

namespace vigie::api {

namespace {

int hex_digit(char c) {
    if (c >= '0' && c <= '9') {
        return c - '0';
    }
    if (c >= 'a' && c <= 'f') {
        return c - 'a' + 10;
    }
    if (c >= 'A' && c <= 'F') {
        return c - 'A' + 10;
    }
    return -1;
}

char lower(char c) {
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
}

std::string_view trimmed(std::string_view text) {
    while (!text.empty() && (text.front() == ' ' || text.front() == '\t')) {
        text.remove_prefix(1);
    }
    while (!text.empty() && (text.back() == ' ' || text.back() == '\t')) {
        text.remove_suffix(1);
    }
    return text;
}

/// Takes the text before the next `separator` off the front of `rest`.
std::string_view take_until(std::string_view& rest, char separator) {
    const auto end = rest.find(separator);
    const auto piece = rest.substr(0, end);
    rest = end == std::string_view::npos ? std::string_view{} : rest.substr(end + 1);
    return piece;
}

bool equal_ignoring_case(std::string_view a, std::string_view b) {
    return std::equal(a.begin(), a.end(), b.begin(), b.end(),
                      [](char x, char y) { return lower(x) == lower(y); });
}

/// The q of "fr;q=0.8", in thousandths; 1000 when it is not given, 0 when it can not be read.
int weight_of(std::string_view parameters) {
    while (!parameters.empty()) {
        const auto piece = trimmed(take_until(parameters, ';'));
        if (piece.size() < 2 || lower(piece[0]) != 'q' || piece[1] != '=') {
            continue;
        }
        double weight = 0.0;
        const auto end = std::from_chars(piece.data() + 2, piece.data() + piece.size(), weight);
        if (end.ec != std::errc{} || !(weight >= 0.0 && weight <= 1.0)) {
            return 0;
        }
        return static_cast<int>(weight * 1000.0);
    }
    return 1000;
}

/// Length of the UTF-8 sequence at the front of `text`, 0 when there is none.
std::size_t utf8_length(std::string_view text) {
    const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(text[i]); };
    const unsigned char first = byte(0);
    if (first < 0x80) {
        return 1;
    }
    const std::size_t length = first >= 0xc2 && first <= 0xdf   ? 2
                               : (first & 0xf0) == 0xe0         ? 3
                               : first >= 0xf0 && first <= 0xf4 ? 4
                                                                : 0;
    if (length == 0 || text.size() < length) {
        return 0;
    }
    for (std::size_t i = 1; i < length; ++i) {
        if ((byte(i) & 0xc0) != 0x80) {
            return 0;
        }
    }
    // Overlong forms and surrogates are refused: they let one text be written two ways.
    const unsigned char second = byte(1);
    const bool wrong = (first == 0xe0 && second < 0xa0) || (first == 0xed && second > 0x9f) ||
                       (first == 0xf0 && second < 0x90) || (first == 0xf4 && second > 0x8f);
    return wrong ? 0 : length;
}

}  // namespace

bool is_utf8(std::string_view text) {
    while (!text.empty()) {
        const std::size_t length = utf8_length(text);
        if (length == 0) {
            return false;
        }
        text.remove_prefix(length);
    }
    return true;
}

std::optional<std::string> percent_decoded(std::string_view text, bool plus_is_space) {
    std::string out;
    out.reserve(text.size());
    for (std::size_t i = 0; i < text.size(); ++i) {
        char c = text[i];
        if (c == '%') {
            if (i + 2 >= text.size()) {
                return std::nullopt;
            }
            const int high = hex_digit(text[i + 1]);
            const int low = hex_digit(text[i + 2]);
            if (high < 0 || low < 0) {
                return std::nullopt;
            }
            c = static_cast<char>(high * 16 + low);
            i += 2;
        } else if (c == '+' && plus_is_space) {
            c = ' ';
        }
        if (static_cast<unsigned char>(c) < 0x20 || c == 0x7f) {
            return std::nullopt;
        }
        out += c;
    }
    if (!is_utf8(out)) {
        return std::nullopt;
    }
    return out;
}

Result<Parameters> parse_query(std::string_view query) {
    Parameters parameters;
    while (!query.empty()) {
        auto piece = take_until(query, '&');
        if (piece.empty()) {
            continue;
        }
        const auto raw_name = take_until(piece, '=');
        auto name = percent_decoded(raw_name, true);
        if (!name) {
            return fail(ErrorCode::invalid_input, "");
        }
        auto value = percent_decoded(piece, true);
        if (!value || find_parameter(parameters, *name) || parameters.size() >= parameters_max) {
            return fail(ErrorCode::invalid_input, std::move(*name));
        }
        parameters.push_back({std::move(*name), std::move(*value)});
    }
    return parameters;
}

std::optional<std::string_view> find_parameter(const Parameters& parameters,
                                               std::string_view name) {
    for (const auto& parameter : parameters) {
        if (parameter.name == name) {
            return parameter.value;
        }
    }
    return std::nullopt;
}

std::optional<std::string_view> find_cookie(std::string_view header, std::string_view name) {
    while (!header.empty()) {
        auto piece = trimmed(take_until(header, ';'));
        const bool has_value = piece.find('=') != std::string_view::npos;
        if (take_until(piece, '=') == name && has_value) {
            return piece;
        }
    }
    return std::nullopt;
}

std::optional<std::string> host_name_of(std::string_view host_header) {
    const auto name_end = !host_header.empty() && host_header.front() == '['
                              ? host_header.find(']') + 1
                              : host_header.find(':');
    if (name_end == 0) {
        return std::nullopt;
    }
    const auto name = host_header.substr(0, name_end);
    const auto port = host_header.substr(name.size());
    const bool port_is_right =
        port.empty() ||
        (port.front() == ':' && port.size() <= 6 &&
         std::all_of(port.begin() + 1, port.end(), [](char c) { return c >= '0' && c <= '9'; }));
    if (name.empty() || name.size() > 253 || !port_is_right) {
        return std::nullopt;
    }
    std::string lowered(name);
    std::transform(lowered.begin(), lowered.end(), lowered.begin(), lower);
    return lowered;
}

Language preferred_language(std::string_view accept_language) {
    int french = -1;
    int english = -1;
    while (!accept_language.empty()) {
        auto piece = take_until(accept_language, ',');
        const auto tag = trimmed(take_until(piece, ';'));
        const int weight = weight_of(piece);
        const auto primary = tag.substr(0, tag.find('-'));
        if (equal_ignoring_case(primary, "fr")) {
            french = std::max(french, weight);
        } else if (equal_ignoring_case(primary, "en")) {
            english = std::max(english, weight);
        }
    }
    return english > 0 && english > french ? Language::en : Language::fr;
}

bool accepts_gzip(std::string_view accept_encoding) {
    while (!accept_encoding.empty()) {
        auto piece = take_until(accept_encoding, ',');
        const auto coding = trimmed(take_until(piece, ';'));
        if (equal_ignoring_case(coding, "gzip")) {
            return weight_of(piece) > 0;
        }
    }
    return false;
}

bool matches_etag(std::string_view if_none_match, std::string_view etag) {
    const auto opaque = [](std::string_view tag) {
        return tag.starts_with("W/") ? tag.substr(2) : tag;
    };
    if (etag.empty()) {
        return false;
    }
    while (!if_none_match.empty()) {
        const auto tag = trimmed(take_until(if_none_match, ','));
        if (tag == "*" || (!tag.empty() && opaque(tag) == opaque(etag))) {
            return true;
        }
    }
    return false;
}

}  // namespace vigie::api
